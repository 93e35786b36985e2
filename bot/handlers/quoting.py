"""Ordering by taps: what an order costs, paid this way or that, and placing it.

Typing a coupon's code is a conversation (`bot.conversations.coupon_code`).
"""

from markupsafe import Markup

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.codes import paying_of
from bot.ui.taps import AgreeAndOrder, AskOrder, PayWith, PlaceOrder, PlacePaying
from bot.views.orders import order_screen
from bot.views.pricing import paid_here_toast
from bot.views.quotes import changed_note, invoice_toast, quote_screen, terms_first
from market.contract import Order
from market.errors import Stale, TermsNotAccepted
from market.paying import AS_USUAL, Paying
from market.rights import By
from services.registry import Services

Ordering = AskOrder | PayWith | PlaceOrder | PlacePaying


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, AskOrder, on_ask_order, by=By.AGREED, otherwise=on_terms_first),
        tap(services, AgreeAndOrder, on_agree_and_order, by=By.ANYBODY),
        tap(services, PayWith, on_pay_with, by=By.AGREED, otherwise=on_terms_first),
        tap(services, PlaceOrder, on_place_order, by=By.AGREED, otherwise=on_terms_first),
        tap(services, PlacePaying, on_place_paying, by=By.AGREED, otherwise=on_terms_first),
    ]


async def on_terms_first(turn: Turn, tap: Ordering) -> None:
    """The terms, and from there back to the gig."""
    await _show_terms(turn, tap.gig_id)


async def on_ask_order(turn: Turn, tap: AskOrder) -> None:
    await _show_quote(turn, tap.gig_id)


async def on_agree_and_order(turn: Turn, tap: AgreeAndOrder) -> None:
    await turn.services.people.accept_terms(turn.command, tap.version)
    await _show_quote(turn, tap.gig_id)


async def on_pay_with(turn: Turn, tap: PayWith) -> None:
    await _show_quote(turn, tap.gig_id, paying_of(tap.ways, tap.head, tap.tail))


async def on_place_order(turn: Turn, tap: PlaceOrder) -> None:
    await _place(turn, tap, AS_USUAL)


async def on_place_paying(turn: Turn, tap: PlacePaying) -> None:
    await _place(turn, tap, paying_of(tap.ways, tap.head, tap.tail))


async def _place(turn: Turn, tap: PlaceOrder | PlacePaying, paying: Paying) -> None:
    """The invoice follows by the outbox. A gig that changed meanwhile is quoted again.

    A second tap, of a double tap or on an old quote, leads to the order that waits for its payment.
    """
    orders = turn.services.orders
    waiting = await orders.unpaid(turn.person.id, tap.gig_version_id)
    if waiting is not None:
        await turn.toast(invoice_toast(turn.tr))
        await turn.show(order_screen(waiting, turn.tr))
        return
    try:
        order = await orders.place(turn.command, tap.gig_id, tap.gig_version_id, paying)
    except Stale:
        await _show_quote(turn, tap.gig_id, paying, changed_note(turn.tr))
    except TermsNotAccepted:
        await _show_terms(turn, tap.gig_id)
    else:
        await turn.toast(_placed_toast(turn, order))
        card = await orders.card(turn.person.id, order.id)
        await turn.show(order_screen(card, turn.tr))


def _placed_toast(turn: Turn, order: Order) -> str:
    return invoice_toast(turn.tr) if order.charge.minor else paid_here_toast(turn.tr)


async def _show_quote(
    turn: Turn, gig_id: int, paying: Paying = AS_USUAL, note: Markup | None = None
) -> None:
    try:
        quote = await turn.services.orders.quote(turn.person.id, gig_id, paying)
    except TermsNotAccepted:
        await _show_terms(turn, gig_id)
    else:
        await turn.show(quote_screen(quote, turn.tr, turn.policy, note))


async def _show_terms(turn: Turn, gig_id: int) -> None:
    ways = await turn.services.rails.open_ways()
    await turn.show(terms_first(ways, turn.tr, turn.policy, gig_id))
