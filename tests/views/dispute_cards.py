"""Cards of a dispute at each of its stages."""

from dataclasses import replace
from typing import Any

from market.cases import DisputeCard, Happened, Moment
from market.dispute import Dispute
from market.read import Statement
from market.states import Event, Role, State
from tests.support.samples import NOW_MS, POLICY, dispute, statement
from tests.views.order_cards import card_in, event

B, S = Role.BUYER, Role.SELLER
ANSWER = statement(
    number=2, role=S, text="I drew it myself, <look>.", files=(), at_ms=NOW_MS - 600_000
)
HEARD = dispute(seller_said=True)
STAGES: dict[str, Dispute] = {
    "opened": dispute(),
    "unheard": dispute(evidence_by_ms=NOW_MS - 1),
    "heard": HEARD,
    "by_seller": dispute(by=S, buyer_said=False, seller_said=True),
    "refund": replace(HEARD, verdict_minor=0, verdict_by=3),
    "split": replace(HEARD, verdict_minor=125, verdict_by=3),
    "release": replace(HEARD, verdict_minor=250, verdict_by=3),
    "appealed": replace(HEARD, verdict_minor=125, verdict_by=3, appealed_by=S),
}


def dispute_card(role: Role, now: Dispute, **changes: Any) -> DisputeCard:
    """The sample dispute as one side sees it."""
    card = card_in(State.DISPUTED, role)
    things: list[Happened] = [
        event(Event.DISPUTE, State.DELIVERED, State.DISPUTED, note="copied"),
        *_statements(now),
    ]
    if now.verdict_minor is not None:
        words = "The picture is older than the order, <sorry>."
        things.append(event(Event.DECIDE, State.DISPUTED, State.DISPUTED, note=words))
    base = DisputeCard(
        order=replace(card.order, dispute=now),
        viewer=role,
        viewer_id=card.order.party(role) if role in {B, S} else 3,
        gig=card.gig,
        buyer_name=card.buyer_name,
        seller_name=card.seller_name,
        statements=_statements(now),
        timeline=tuple(Moment(thing.at_ms, thing) for thing in things),
        proposal=None,
        needs_second=False,
        now_ms=NOW_MS,
        policy=POLICY,
    )
    return replace(base, **changes)


def _statements(now: Dispute) -> tuple[Statement, ...]:
    first = statement(role=now.by)
    return (first, ANSWER) if now.both_said else (first,)
