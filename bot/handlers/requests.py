"""Requests by taps: the ways out of an order, agreeing, refusing, taking back, looking longer.

Asking needs words and is a conversation.
"""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import (
    AgreeRequest,
    GiveTime,
    LookLonger,
    RefuseRequest,
    ShowWaysOut,
    TakeBackRequest,
)
from bot.views.asking import longer_toast, look_longer_screen
from bot.views.orders import order_screen, title_words
from bot.views.requests import (
    agree_confirm,
    ended_toast,
    refused_toast,
    taken_back_toast,
    time_given_toast,
)
from bot.views.ways import foreseen
from bot.views.ways_out import ways_out_screen
from market.asking import may_begin
from market.errors import NoLongerLooks
from market.read import OrderCard
from market.request_guards import answers_cancel
from market.rights import By
from market.states import Event
from services.registry import Services

Answering = AgreeRequest | GiveTime | RefuseRequest | TakeBackRequest
WAYS = (Event.ASK_CANCEL,)


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowWaysOut, on_show_ways_out, by=By.PARTY),
        tap(services, AgreeRequest, on_agree_request, by=By.PARTY),
        tap(services, GiveTime, on_give_time, by=By.PARTY),
        tap(services, RefuseRequest, on_refuse_request, by=By.PARTY),
        tap(services, TakeBackRequest, on_take_back_request, by=By.PARTY),
        tap(services, LookLonger, on_look_longer, by=By.PARTY),
    ]


async def on_show_ways_out(turn: Turn, tap: ShowWaysOut) -> None:
    card = await _card(turn, tap.order_id)
    may_begin(card.order, card.viewer, WAYS, version_seen=tap.version)
    await turn.show(ways_out_screen(card, turn.tr))


async def on_agree_request(turn: Turn, tap: AgreeRequest) -> None:
    """The exact parts first, then the end."""
    if tap.sure == 1:
        await _act(turn, tap, Event.AGREE_CANCEL, ended_toast(turn.tr))
        return
    card = await _card(turn, tap.order_id)
    may_begin(card.order, card.viewer, (Event.AGREE_CANCEL,), version_seen=tap.version)
    answers_cancel(card.order, foreseen(card, Event.AGREE_CANCEL))
    await turn.show(agree_confirm(card, title_words(card, turn.tr), turn.tr))


async def on_give_time(turn: Turn, tap: GiveTime) -> None:
    await _act(turn, tap, Event.EXTEND, time_given_toast(turn.tr))


async def on_refuse_request(turn: Turn, tap: RefuseRequest) -> None:
    await _act(turn, tap, Event.REFUSE, refused_toast(turn.tr))


async def on_take_back_request(turn: Turn, tap: TakeBackRequest) -> None:
    await _act(turn, tap, Event.TAKE_BACK, taken_back_toast(turn.tr))


async def on_look_longer(turn: Turn, tap: LookLonger) -> None:
    if tap.days:
        card = await turn.services.orders.look_longer(
            turn.command, tap.order_id, version=tap.version, days=tap.days
        )
        await turn.toast(longer_toast(card, turn.tr))
        await turn.show(order_screen(card, turn.tr))
        return
    card = await _card(turn, tap.order_id)
    may_begin(card.order, card.viewer, (Event.LOOK_LONGER,), version_seen=tap.version)
    if card.order.longer_looks:
        raise NoLongerLooks
    await turn.show(look_longer_screen(card, turn.tr))


async def _act(turn: Turn, tap: Answering, event: Event, toast: str) -> None:
    moved = await turn.services.orders.act(
        turn.command, tap.order_id, event=event, version=tap.version
    )
    await turn.toast(toast)
    await turn.show(order_screen(moved, turn.tr))


async def _card(turn: Turn, order_id: int) -> OrderCard:
    return await turn.services.orders.card(turn.person.id, order_id)
