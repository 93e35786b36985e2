"""An owner sets what the house pays for a Star: a number, what it would mean, and it counts."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import SetRate, StartRate, StepBack
from bot.views import rates as views
from bot.views.payout_words import currency_at
from bot.views.withdraw_asks import wants_yes
from market.errors import NotFound
from market.money import Currency
from market.payout_terms import Rate
from market.rights import By
from services.registry import Services

NUMBER, SURE = "number", "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDraft:
    """For which money, what counts now, and what was typed."""

    target: Currency
    present: Rate | None
    rate: Rate | None = None


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="rate",
        by=By.OWNER,
        draft=RateDraft,
        steps={
            NUMBER: Step(ask=_ask_number, wants=views.wants_rate, text=on_number),
            SURE: Step(
                ask=_ask_sure,
                wants=wants_yes,
                text=on_number,
                taps={SetRate: on_set, StepBack: on_back},
            ),
        },
        entries={StartRate: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("the rate for payouts")


def _ask_number(turn: Turn, draft: RateDraft) -> Screen:
    return views.rate_question(draft.target, draft.present, turn.tr)


def _ask_sure(turn: Turn, draft: RateDraft) -> Screen:
    assert draft.rate is not None, "a rate was typed"
    return views.rate_confirm(draft.rate, draft.present, turn.tr)


async def on_start(turn: Turn, tap: StartRate) -> Next:
    """For owners only; raises NotAnOwner, NotFound."""
    target = currency_at(tap.currency)
    if target not in {terms.currency for terms in turn.policy.payouts}:
        raise NotFound("currency")
    assert target is not None, "None is no payout currency"
    present = await turn.services.rates.may_set(turn.person.id, target)
    return Go(NUMBER, RateDraft(target=target, present=present))


async def on_number(turn: Turn, draft: RateDraft, text: str) -> Next:
    return Go(SURE, replace(draft, rate=turn.services.rates.read(text, draft.target)))


async def on_back(_turn: Turn, draft: RateDraft, _tap: StepBack) -> Next:
    return Go(NUMBER, draft)


async def on_set(turn: Turn, draft: RateDraft, _tap: SetRate) -> Next:
    assert draft.rate is not None, "a rate was typed"
    await turn.services.rates.set(turn.command, draft.rate)
    board = await turn.services.rates.board(turn.person.id)
    return Done(views.rates_screen(board, turn.tr), views.rate_set_toast(turn.tr))
