"""Opening a dispute: the reason by a button, then words and evidence; *Done* opens it."""

from dataclasses import replace

from bot.conversations.collecting import (
    COLLECT,
    Collection,
    collected,
    collecting,
    empty,
    unsaid,
    with_text,
)
from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Stay, Step, taken_up
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import FinishFiles, OpenDispute, PickReason
from bot.views.dispute_asks import (
    dispute_question,
    moved_on_note,
    opened_toast,
    reason_question,
    wants_reason,
)
from bot.views.orders import order_screen
from bot.views.reasons import OTHER, dispute_reasons
from bot.views.ways import foreseen
from market.asking import may_begin
from market.dispute_guards import disputable
from market.errors import Stale
from market.gig import is_blank
from market.read import OrderCard
from market.rights import By
from market.states import Event
from services.registry import Services

NAME = "dispute"
REASON = "reason"


def flow(_services: Services) -> Flow:
    """The flow."""
    reason = Step(
        ask=_ask_reason, wants=wants_reason, text=on_words, taps={PickReason: on_pick_reason}
    )
    return Flow(
        name=NAME,
        by=By.PARTY,
        draft=Collection,
        steps={REASON: reason, **collecting(NAME, _ask, on_finish_files)},
        entries={OpenDispute: on_open_dispute},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your dispute")


def _ask_reason(turn: Turn, draft: Collection) -> Screen:
    return reason_question(collected(turn, draft, NAME), draft.by, turn.policy.windows, turn.tr)


def _ask(turn: Turn, draft: Collection) -> Screen:
    return dispute_question(collected(turn, draft, NAME), draft.reason, turn.policy.limits, turn.tr)


async def on_open_dispute(turn: Turn, tap: OpenDispute) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    _may_open(card, version=tap.version)
    before = taken_up(NAME, Collection, order_id=tap.order_id)
    if not isinstance(before, Collection):
        return Go(REASON, empty(card))
    now = replace(before, version=tap.version)
    return Go(COLLECT if now.reason else REASON, now)


def _may_open(card: OrderCard, *, version: int) -> None:
    may_begin(card.order, card.viewer, (Event.DISPUTE,), version_seen=version)
    disputable(card.order, foreseen(card, Event.DISPUTE))


async def on_pick_reason(turn: Turn, draft: Collection, tap: PickReason) -> Next:
    reasons = dispute_reasons(draft.by)
    if not 0 <= tap.reason < len(reasons):
        return Stay(wants_reason(turn.tr))
    return Go(COLLECT, replace(draft, reason=reasons[tap.reason]))


async def on_words(turn: Turn, draft: Collection, text: str) -> Next:
    """Who writes at once has a reason of his own."""
    if is_blank(text):
        return Stay(wants_reason(turn.tr))
    return Go(COLLECT, replace(with_text(turn, draft, text), reason=OTHER))


async def on_finish_files(turn: Turn, draft: Collection, _tap: FinishFiles) -> Next:
    question = unsaid(turn, draft)
    if question is not None:
        return question
    try:
        card = await turn.services.disputes.open(
            turn.command,
            draft.order_id,
            version=draft.version,
            reason=draft.reason,
            text=draft.text,
            files=draft.files,
        )
    except Stale:
        return await _once_more(turn, draft)
    return Done(order_screen(card, turn.tr), opened_toast(turn.tr))


async def _once_more(turn: Turn, draft: Collection) -> Next:
    """The order has moved on; where a dispute is still possible, what was written is kept."""
    card = await turn.services.orders.card(turn.person.id, draft.order_id)
    _may_open(card, version=card.order.version)
    await turn.send(order_screen(card, turn.tr))
    return Go(COLLECT, replace(draft, version=card.order.version), moved_on_note(turn.tr))
