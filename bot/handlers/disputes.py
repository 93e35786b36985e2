"""Disputes by taps: the dispute's screen, its evidence, giving in. Speaking is a conversation."""

from bot.handlers.cases import show_case
from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import GiveIn, ShowDispute, ShowEvidence
from bot.views.disputes import (
    dispute_screen,
    evidence_album,
    evidence_screen,
    gave_in_toast,
    give_in_confirm,
)
from bot.views.orders import order_screen
from market.asking import may_begin
from market.cases import DisputeCard
from market.errors import NotFound
from market.rights import By
from market.states import Event, Role
from services.parcels import parcels
from services.registry import Services

GIVING_IN = (Event.CONCEDE_SELLER, Event.CONCEDE_BUYER)


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowDispute, on_show_dispute, by=By.VIEWER),
        tap(services, ShowEvidence, on_show_evidence, by=By.VIEWER),
        tap(services, GiveIn, on_give_in, by=By.PARTY),
    ]


async def on_show_dispute(turn: Turn, tap: ShowDispute) -> None:
    """Operators see it as a case that they may decide."""
    card = await _card(turn, tap.order_id)
    if card.viewer is Role.OPERATOR:
        await show_case(turn, tap.order_id)
    else:
        await turn.show(dispute_screen(card, turn.tr))


async def on_show_evidence(turn: Turn, tap: ShowEvidence) -> None:
    """A statement in full, as new messages: its files, then its words."""
    card = await _card(turn, tap.order_id)
    told = [one for one in card.statements if one.number == tap.statement]
    if not told:
        raise NotFound("statement")
    for parcel in parcels(told[0].files):
        await turn.send(evidence_album(card.order.id, tap.statement, parcel, turn.tr))
    await turn.send(evidence_screen(card, told[0], turn.tr))


async def on_give_in(turn: Turn, tap: GiveIn) -> None:
    """The exact parts first, then the end."""
    card = await _card(turn, tap.order_id)
    if tap.sure != 1:
        may_begin(card.order, card.viewer, GIVING_IN, version_seen=tap.version)
        await turn.show(give_in_confirm(card, turn.tr))
        return
    event = _giving_in(card)
    moved = await turn.services.orders.act(
        turn.command, tap.order_id, event=event, version=tap.version
    )
    await turn.toast(gave_in_toast(turn.tr))
    await turn.show(order_screen(moved, turn.tr))


def _giving_in(card: DisputeCard) -> Event:
    """Which of the two it is follows from the role."""
    is_buyer = card.order.buyer_id == card.viewer_id
    return Event.CONCEDE_BUYER if is_buyer else Event.CONCEDE_SELLER


async def _card(turn: Turn, order_id: int) -> DisputeCard:
    return await turn.services.disputes.card(turn.person.id, order_id)
