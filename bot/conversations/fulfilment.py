"""An owner decides what a category is: reads the policy, accepts it, and says why."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AcceptPolicy, DecideFulfilment
from bot.views.categories import category_at
from bot.views.rails import (
    decided_toast,
    policy_question,
    rails_screen,
    reason_question,
    wants_tap,
    wants_words,
)
from market.errors import NotAnOwner, NotFound, PolicyUnread
from market.gig import Fulfilment
from market.rails import POLICY_VERSION
from market.rights import By
from services.rails import REASON_LEAST
from services.registry import Services

POLICY, REASON = "policy", "reason"
KINDS = (Fulfilment.DIGITAL, Fulfilment.NON_DIGITAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilmentDraft:
    """Which category, what it is to be, and which wording was accepted."""

    category: str
    kind: int
    version: int = 0


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="fulfilment",
        by=By.OWNER,
        draft=FulfilmentDraft,
        steps={
            POLICY: Step(ask=_ask_policy, wants=wants_tap, taps={AcceptPolicy: on_accept}),
            REASON: Step(ask=_ask_reason, wants=wants_words, text=on_reason),
        },
        entries={DecideFulfilment: on_decide},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("what a category is")


def _ask_policy(turn: Turn, draft: FulfilmentDraft) -> Screen:
    return policy_question(draft.category, turn.tr)


def _ask_reason(turn: Turn, draft: FulfilmentDraft) -> Screen:
    most = turn.policy.limits.reason_max
    is_free = KINDS[draft.kind] is Fulfilment.NON_DIGITAL
    return reason_question(draft.category, REASON_LEAST, most, turn.tr, is_free=is_free)


async def on_decide(turn: Turn, tap: DecideFulfilment) -> Next:
    """Raises NotAnOperator, NotAnOwner, NotFound."""
    if not (await turn.services.rails.setup(turn.person.id)).is_owner:
        raise NotAnOwner
    category = category_at(tap.category)
    if category is None or not 0 <= tap.kind < len(KINDS):
        raise NotFound("category")
    return Go(POLICY, FulfilmentDraft(category=category, kind=tap.kind))


async def on_accept(_turn: Turn, draft: FulfilmentDraft, tap: AcceptPolicy) -> Next:
    if tap.version != POLICY_VERSION:
        raise PolicyUnread(POLICY_VERSION)
    return Go(REASON, replace(draft, version=tap.version))


async def on_reason(turn: Turn, draft: FulfilmentDraft, text: str) -> Next:
    rails = turn.services.rails
    await rails.decide(
        turn.command, draft.category, KINDS[draft.kind], reason=text, version=draft.version
    )
    setup = await rails.setup(turn.person.id)
    return Done(rails_screen(setup, turn.tr), decided_toast(turn.tr))
