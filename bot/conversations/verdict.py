"""Saying a verdict: the seller's part, the reasons, then all of it once more before it is said."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import ConfirmVerdict, DecideCase, PickShare, StepBack
from bot.views import verdict as views
from bot.views.case import case_screen
from bot.views.verdict import ALL, NOTHING, PARTS, Verdict, minor_of
from market.amounts import parse_amount
from market.asking import may_begin
from market.cases import DisputeCard
from market.contract import Act
from market.dispute_guards import may_decide, may_resolve
from market.errors import AnotherOperator, NumberOutOfRange, Stale
from market.gig import checked
from market.money import Currency, Money
from market.rights import By
from market.states import Event, Role
from services.registry import Services

SHARE, WORDS, SURE = "share", "words", "sure"
LAST_WORDS = (Event.RESOLVE_REFUND, Event.RESOLVE_RELEASE, Event.RESOLVE_SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictDraft:
    """Which dispute, as it was seen; `minor` is the seller's part of the price before the fee.

    `effect` and `after` are what was said about money and about what follows.
    """

    order_id: int
    version: int
    price_minor: int
    currency: Currency
    minor: int = 0
    effect: str = ""
    after: str = ""
    reason: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    wants = views.wants_reasons
    return Flow(
        name="verdict",
        by=By.OPERATOR,
        draft=VerdictDraft,
        steps={
            SHARE: Step(
                ask=_ask_share, wants=wants, text=on_amount, taps={PickShare: on_pick_share}
            ),
            WORDS: Step(ask=_ask_words, wants=wants, text=on_words, taps={StepBack: on_back}),
            SURE: Step(
                ask=_ask_sure,
                wants=wants,
                text=on_words,
                taps={ConfirmVerdict: on_confirm, StepBack: on_back},
            ),
        },
        entries={DecideCase: on_decide},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your verdict")


def _ask_share(turn: Turn, draft: VerdictDraft) -> Screen:
    return views.share_question(draft.order_id, _price(draft), turn.tr)


def _ask_words(turn: Turn, draft: VerdictDraft) -> Screen:
    return views.reason_question(_shown(draft), turn.policy.limits.note_max, turn.tr)


def _ask_sure(turn: Turn, draft: VerdictDraft) -> Screen:
    return views.sure_question(_shown(draft), turn.tr)


def _price(draft: VerdictDraft) -> Money:
    return Money(draft.price_minor, draft.currency)


def _shown(draft: VerdictDraft) -> Verdict:
    return Verdict(
        order_id=draft.order_id,
        price=_price(draft),
        effect=Markup(draft.effect),  # noqa: S704 - made by shares_lines
        after=Markup(draft.after),  # noqa: S704 - made by what_follows
        reason=draft.reason,
    )


async def on_decide(turn: Turn, tap: DecideCase) -> Next:
    case = await turn.services.desk.case(turn.person.id, tap.order_id)
    card = case.card
    _is_decidable(turn, card, version=tap.version)
    price = card.order.terms.price
    draft = VerdictDraft(
        order_id=tap.order_id,
        version=tap.version,
        price_minor=price.minor,
        currency=price.currency,
    )
    return Go(SHARE, draft)


def _is_decidable(turn: Turn, card: DisputeCard, *, version: int) -> None:
    """A verdict may be said now; raises what saying it would raise."""
    if not card.may_speak:
        raise AnotherOperator
    dispute = card.order.dispute
    is_last = dispute is not None and dispute.appealed_by is not None
    events = LAST_WORDS if is_last else (Event.DECIDE,)
    may_begin(card.order, card.viewer, events, version_seen=version)
    act = Act(
        event=events[0],
        role=Role.OPERATOR,
        now_ms=card.now_ms,
        windows=card.policy.windows,
        person_id=turn.person.id,
    )
    (may_resolve if is_last else may_decide)(card.order, act)


async def on_amount(turn: Turn, draft: VerdictDraft, text: str) -> Next:
    most = draft.price_minor
    amount = parse_amount(text, draft.currency, low_minor=0, high_minor=most)
    return await _with_minor(turn, draft, amount.minor)


async def on_pick_share(turn: Turn, draft: VerdictDraft, tap: PickShare) -> Next:
    if tap.percent not in {NOTHING, *PARTS, ALL}:
        raise NumberOutOfRange(NOTHING, ALL)
    return await _with_minor(turn, draft, minor_of(_price(draft), tap.percent))


async def _with_minor(turn: Turn, draft: VerdictDraft, minor: int) -> Next:
    """Reasons that were written before stay; the part alone changed."""
    case = await turn.services.desk.case(turn.person.id, draft.order_id)
    chosen = _told(case.card, replace(draft, minor=minor), turn.tr)
    return Go(SURE if chosen.reason else WORDS, chosen)


def _told(card: DisputeCard, draft: VerdictDraft, tr: Translator) -> VerdictDraft:
    effect = Markup("\n").join(views.shares_lines(card, draft.minor, tr))
    return replace(draft, effect=str(effect), after=str(views.what_follows(card, tr)))


async def on_back(_turn: Turn, draft: VerdictDraft, _tap: StepBack) -> Next:
    return Go(SHARE, draft)


async def on_words(turn: Turn, draft: VerdictDraft, text: str) -> Next:
    reason = checked(text, least=1, most=turn.policy.limits.note_max)
    return Go(SURE, replace(draft, reason=reason))


async def on_confirm(turn: Turn, draft: VerdictDraft, _tap: ConfirmVerdict) -> Next:
    try:
        card = await turn.services.disputes.propose_or_decide(
            turn.command,
            draft.order_id,
            version=draft.version,
            minor=draft.minor,
            reason=draft.reason,
        )
    except Stale:
        return await _once_more(turn, draft)
    is_proposed = card.proposal is not None
    toast = views.proposed_toast(turn.tr) if is_proposed else views.said_toast(turn.tr)
    case = await turn.services.desk.case(turn.person.id, draft.order_id)
    return Done(case_screen(case, turn.tr), toast)


async def _once_more(turn: Turn, draft: VerdictDraft) -> Next:
    """Something was added; where a verdict is still open, what was written is kept."""
    case = await turn.services.desk.case(turn.person.id, draft.order_id)
    card = case.card
    _is_decidable(turn, card, version=card.order.version)
    await turn.send(case_screen(case, turn.tr))
    now = _told(card, replace(draft, version=card.order.version), turn.tr)
    return Go(SURE, now, views.things_changed(turn.tr))
