"""Proposing an end: which part the seller keeps, the exact amounts, then why."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import PickShare, ProposeEnd, StepBack
from bot.views.asking import (
    PERCENTS,
    asked_toast,
    end_words_question,
    share_intro,
    share_of,
    share_question,
)
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.shares import shares_words
from bot.views.ways import foreseen
from market.amounts import parse_amount
from market.asking import may_begin
from market.errors import NumberOutOfRange
from market.money import Currency, Money
from market.request_guards import asks_cancel
from market.rights import By
from market.states import Event
from services.registry import Services

SHARE, WORDS = "share", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDraft:
    """Which order, as it was seen, and its price; `minor` is the seller's part before the fee.

    `intro` and `effect` are what was said about the money.
    """

    order_id: int
    version: int
    price_minor: int
    currency: Currency
    intro: str
    minor: int = 0
    effect: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="ask_cancel",
        by=By.PARTY,
        draft=EndDraft,
        steps={
            SHARE: Step(
                ask=_ask_share, wants=wants_words, text=on_amount, taps={PickShare: on_pick_share}
            ),
            WORDS: Step(ask=_ask_words, wants=wants_words, text=on_words, taps={StepBack: on_back}),
        },
        entries={ProposeEnd: on_propose_end},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("proposing an end")


def _ask_share(turn: Turn, draft: EndDraft) -> Screen:
    intro = Markup(draft.intro)  # noqa: S704 - made by share_intro
    return share_question(intro, Money(draft.price_minor, draft.currency), turn.tr)


def _ask_words(turn: Turn, draft: EndDraft) -> Screen:
    return end_words_question(Markup(draft.effect), turn.tr)  # noqa: S704 - made by shares_words


async def on_propose_end(turn: Turn, tap: ProposeEnd) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    may_begin(card.order, card.viewer, (Event.ASK_CANCEL,), version_seen=tap.version)
    asks_cancel(card.order, foreseen(card, Event.ASK_CANCEL))
    price = card.order.terms.price
    draft = EndDraft(
        order_id=tap.order_id,
        version=tap.version,
        price_minor=price.minor,
        currency=price.currency,
        intro=str(share_intro(card, turn.tr)),
    )
    return Go(SHARE, draft)


async def on_amount(turn: Turn, draft: EndDraft, text: str) -> Next:
    most = draft.price_minor - 1
    amount = parse_amount(text, draft.currency, low_minor=0, high_minor=most)
    return await _with_minor(turn, draft, amount.minor)


async def on_pick_share(turn: Turn, draft: EndDraft, tap: PickShare) -> Next:
    if tap.percent not in PERCENTS:
        raise NumberOutOfRange(PERCENTS[0], PERCENTS[-1])
    return await _with_minor(turn, draft, share_of(draft.price_minor, tap.percent))


async def _with_minor(turn: Turn, draft: EndDraft, minor: int) -> Next:
    card = await turn.services.orders.card(turn.person.id, draft.order_id)
    effect = str(shares_words(card, minor, turn.tr))
    return Go(WORDS, replace(draft, minor=minor, effect=effect))


async def on_back(_turn: Turn, draft: EndDraft, _tap: StepBack) -> Next:
    return Go(SHARE, draft)


async def on_words(turn: Turn, draft: EndDraft, text: str) -> Next:
    card = await turn.services.orders.ask_cancel(
        turn.command, draft.order_id, version=draft.version, minor=draft.minor, note=text
    )
    return Done(order_screen(card, turn.tr), asked_toast(turn.tr))
