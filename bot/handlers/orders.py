"""Orders by taps: the order's screen, the board, and one-tap acts. Placing one is in `quoting`.

Acts that need words or files are conversations. Refusals fly: the kit words them and shows the
order as it is now.
"""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import (
    AcceptDelivery,
    CancelOrder,
    ClearFiles,
    FilterBoard,
    FinishFiles,
    ResumeWork,
    ShowBoard,
    ShowDeliveries,
    ShowFiles,
    ShowInvoice,
    ShowOrder,
)
from bot.views.board import board_screen, filter_at
from bot.views.deliveries import cancelled_toast, collected_before_toast
from bot.views.notice_files import album, files_of
from bot.views.order_confirms import accept_confirm, cancel_confirm
from bot.views.order_files import history_screen, words_screen
from bot.views.orders import order_screen, title_words
from bot.views.quotes import invoice_toast
from market.asking import may_begin
from market.board import BoardFilter
from market.errors import NotFound
from market.read import OrderCard
from market.rights import By
from market.states import Event
from services.parcels import parcels
from services.registry import Services

CANCELS = (
    Event.CANCEL_UNPAID,
    Event.BUYER_CANCEL_EARLY,
    Event.LATE_CANCEL,
    Event.SELLER_CANCEL,
)
Acting = AcceptDelivery | CancelOrder | ResumeWork


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "orders", on_orders, by=By.ANYBODY),
        tap(services, ShowOrder, on_show_order, by=By.VIEWER),
        tap(services, ShowBoard, on_show_board, by=By.ANYBODY),
        tap(services, FilterBoard, on_filter_board, by=By.ANYBODY),
        tap(services, ShowInvoice, on_show_invoice, by=By.PARTY),
        tap(services, AcceptDelivery, on_accept_delivery, by=By.PARTY),
        tap(services, CancelOrder, on_cancel_order, by=By.PARTY),
        tap(services, ResumeWork, on_resume_work, by=By.PARTY),
        tap(services, ShowFiles, on_show_files, by=By.VIEWER),
        tap(services, ShowDeliveries, on_show_deliveries, by=By.VIEWER),
        tap(services, FinishFiles, on_late_finish, by=By.VIEWER),
        tap(services, ClearFiles, on_late_finish, by=By.VIEWER),
    ]


async def on_orders(turn: Turn) -> None:
    await _show_board(turn, finished=False, page=0)


async def on_show_board(turn: Turn, tap: ShowBoard) -> None:
    await _show_board(turn, finished=bool(tap.finished), page=max(0, tap.page))


async def on_filter_board(turn: Turn, tap: FilterBoard) -> None:
    await _show_board(turn, finished=False, page=max(0, tap.page), which=filter_at(tap.which))


async def on_show_order(turn: Turn, tap: ShowOrder) -> None:
    await turn.show(order_screen(await _card(turn, tap.order_id), turn.tr))


async def on_show_invoice(turn: Turn, tap: ShowInvoice) -> None:
    await turn.services.orders.resend_invoice(turn.command, tap.order_id)
    await turn.toast(invoice_toast(turn.tr))


async def on_accept_delivery(turn: Turn, tap: AcceptDelivery) -> None:
    if tap.sure == 1:
        await _act(turn, tap, Event.ACCEPT)
        return
    card = await _card(turn, tap.order_id)
    may_begin(card.order, card.viewer, (Event.ACCEPT,), version_seen=tap.version)
    await turn.show(accept_confirm(card, turn.tr))


async def on_cancel_order(turn: Turn, tap: CancelOrder) -> None:
    """Which way of cancelling it is follows from state and role; sellers explain theirs first."""
    card = await _card(turn, tap.order_id)
    event = may_begin(card.order, card.viewer, CANCELS, version_seen=tap.version)
    if tap.sure != 1 or event is Event.SELLER_CANCEL:
        await turn.show(cancel_confirm(card, turn.tr))
        return
    await _act(turn, tap, event, cancelled_toast(turn.tr))


async def on_resume_work(turn: Turn, tap: ResumeWork) -> None:
    await _act(turn, tap, Event.RESUME)


async def on_late_finish(turn: Turn, tap: FinishFiles | ClearFiles) -> None:
    """Nothing is being collected: the second tap of a double tap, or an old message."""
    card = await _card(turn, tap.order_id)
    await turn.toast(collected_before_toast(turn.tr))
    await turn.show(order_screen(card, turn.tr))


async def on_show_files(turn: Turn, tap: ShowFiles) -> None:
    """The whole text and all files once more, as new messages."""
    card = await _card(turn, tap.order_id)
    files = files_of(card, tap.delivery)
    if files is None:
        raise NotFound("files")
    words = words_screen(card, tap.delivery, turn.tr)
    for parcel in parcels(files):
        await turn.send(album(card, tap.delivery, parcel, turn.tr))
    await turn.send(words)


async def on_show_deliveries(turn: Turn, tap: ShowDeliveries) -> None:
    """Every version that was delivered, with what was asked before it."""
    card = await _card(turn, tap.order_id)
    await turn.show(history_screen(card, title_words(card, turn.tr), turn.tr))


async def _act(turn: Turn, tap: Acting, event: Event, toast: str | None = None) -> None:
    moved = await turn.services.orders.act(
        turn.command, tap.order_id, event=event, version=tap.version
    )
    if toast is not None:
        await turn.toast(toast)
    await turn.show(order_screen(moved, turn.tr))


async def _card(turn: Turn, order_id: int) -> OrderCard:
    return await turn.services.orders.card(turn.person.id, order_id)


async def _show_board(
    turn: Turn, *, finished: bool, page: int, which: BoardFilter = BoardFilter.ALL
) -> None:
    board = await turn.services.orders.board(
        turn.person.id, finished=finished, page=page, which=which
    )
    await turn.show(
        board_screen(board, turn.tr, now_ms=turn.now_ms, finished=finished, which=which)
    )
