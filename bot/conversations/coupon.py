"""Making a coupon: code, worth, how many orders, how long.

Sellers make their own, operators the house's, which also have a currency, a cap and a first day.
"""

import re
from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.i18n.dates import read_day
from bot.kit.flows import Done, Flow, Go, Next, Stay, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import (
    PickCurrency,
    PickSpan,
    PickWorth,
    SkipStep,
    StartCoupon,
    StartHouseCoupon,
)
from bot.views import coupons
from bot.views.absence import begins_ms, not_a_day, today_of
from bot.views.deliveries import wants_words
from market.amounts import parse_amount, parse_count, plain
from market.coupon import DAYS_MOST, NewCoupon, code_of
from market.errors import NotFound
from market.money import Currency, Money
from market.rights import By
from services.registry import Services

CURRENCY, CODE, WORTH, CAP = "currency", "code", "worth", "cap"
USES, FIRST, SPAN = "uses", "first", "span"
_PERCENT = re.compile(r"[0-9]{1,3}%")


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponDraft:
    """The coupon so far; `gig_id` 0 means all gigs, `is_of_house` that the house pays.

    `from_ms` 0 means from the moment on at which it is made.
    """

    gig_id: int
    currency: Currency
    is_of_house: bool = False
    code: str = ""
    percent: int | None = None
    amount_minor: int | None = None
    most_minor: int | None = None
    uses_most: int | None = None
    from_ms: int = 0


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="coupon",
        by=By.SELLER,
        draft=CouponDraft,
        steps={
            CURRENCY: Step(ask=_ask_currency, wants=wants_words, taps={PickCurrency: on_currency}),
            CODE: Step(ask=_ask_code, wants=wants_words, text=on_code),
            WORTH: Step(
                ask=_ask_worth, wants=wants_words, text=on_worth, taps={PickWorth: on_pick_worth}
            ),
            CAP: Step(ask=_ask_cap, wants=wants_words, text=on_cap, taps={SkipStep: on_no_cap}),
            USES: Step(
                ask=_ask_uses, wants=wants_words, text=on_uses, taps={SkipStep: on_any_uses}
            ),
            FIRST: Step(
                ask=_ask_first, wants=not_a_day, text=on_first, taps={SkipStep: on_at_once}
            ),
            SPAN: Step(
                ask=_ask_span, wants=wants_words, text=on_span, taps={PickSpan: on_pick_span}
            ),
        },
        entries={StartCoupon: on_start, StartHouseCoupon: on_start_house},
        entry_by={StartHouseCoupon: By.OPERATOR},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a coupon")


def _ask_code(turn: Turn, _draft: CouponDraft) -> Screen:
    return coupons.code_question(turn.tr)


def _ask_currency(turn: Turn, _draft: CouponDraft) -> Screen:
    return coupons.currency_question(turn.tr)


def _ask_worth(turn: Turn, draft: CouponDraft) -> Screen:
    return coupons.worth_question(turn.tr, _example(draft))


def _ask_cap(turn: Turn, draft: CouponDraft) -> Screen:
    return coupons.cap_question(turn.tr, _example(draft))


def _example(draft: CouponDraft) -> Money:
    return Money(50 * 10**draft.currency.exponent, draft.currency)


def _ask_uses(turn: Turn, _draft: CouponDraft) -> Screen:
    return coupons.uses_question(turn.tr)


def _ask_first(turn: Turn, _draft: CouponDraft) -> Screen:
    return coupons.first_question(turn.tr)


def _ask_span(turn: Turn, draft: CouponDraft) -> Screen:
    return coupons.span_question(turn.tr, from_ms=draft.from_ms)


async def on_start(turn: Turn, tap: StartCoupon) -> Next:
    """An amount is meant in the currency of the gig, for all gigs in Stars."""
    currency = Currency.XTR
    if tap.gig_id:
        gig = (await turn.services.gigs.card(tap.gig_id)).gig
        if gig.seller_id != turn.person.id:
            raise NotFound("gig")
        currency = gig.price.currency
    return Go(CODE, CouponDraft(gig_id=tap.gig_id, currency=currency))


async def on_start_house(turn: Turn, _tap: StartHouseCoupon) -> Next:
    await turn.services.coupons.of_house(turn.person.id)
    return Go(CURRENCY, CouponDraft(gig_id=0, currency=Currency.XTR, is_of_house=True))


async def on_currency(_turn: Turn, draft: CouponDraft, tap: PickCurrency) -> Next:
    """Whatever a gig may be priced in, by its place."""
    if not 0 <= tap.currency < len(Currency):
        raise NotFound("currency")
    return Go(CODE, replace(draft, currency=list(Currency)[tap.currency]))


async def on_code(_turn: Turn, draft: CouponDraft, text: str) -> Next:
    return Go(WORTH, replace(draft, code=code_of(text)))


async def on_worth(turn: Turn, draft: CouponDraft, text: str) -> Next:
    if _PERCENT.fullmatch(plain(text)):
        percent = parse_count(plain(text).removesuffix("%"), low=1, high=100)
        return _with_percent(draft, percent)
    _, most = turn.policy.price_limits(draft.currency)
    amount = parse_amount(text, draft.currency, low_minor=1, high_minor=most)
    return Go(USES, replace(draft, percent=None, most_minor=None, amount_minor=amount.minor))


async def on_pick_worth(_turn: Turn, draft: CouponDraft, tap: PickWorth) -> Next:
    return _with_percent(draft, parse_count(str(tap.percent), low=1, high=100))


def _with_percent(draft: CouponDraft, percent: int) -> Next:
    """What the house pays may be capped."""
    following = CAP if draft.is_of_house else USES
    return Go(following, replace(draft, percent=percent, amount_minor=None))


async def on_cap(turn: Turn, draft: CouponDraft, text: str) -> Next:
    _, most = turn.policy.price_limits(draft.currency)
    cap = parse_amount(text, draft.currency, low_minor=1, high_minor=most)
    return Go(USES, replace(draft, most_minor=cap.minor))


async def on_no_cap(_turn: Turn, draft: CouponDraft, _tap: SkipStep) -> Next:
    return Go(USES, replace(draft, most_minor=None))


async def on_uses(_turn: Turn, draft: CouponDraft, text: str) -> Next:
    return _with_uses(draft, parse_count(text, low=1, high=coupons.USES_MOST))


async def on_any_uses(_turn: Turn, draft: CouponDraft, _tap: SkipStep) -> Next:
    return _with_uses(draft, None)


def _with_uses(draft: CouponDraft, uses_most: int | None) -> Next:
    """A seller's works at once."""
    return Go(FIRST if draft.is_of_house else SPAN, replace(draft, uses_most=uses_most))


async def on_first(turn: Turn, draft: CouponDraft, text: str) -> Next:
    """A day from today on, at most a year ahead."""
    today = today_of(turn.now_ms, turn.tr)
    day = read_day(text, today)
    if day is None:
        return Stay(not_a_day(turn.tr))
    if not 0 <= (day - today).days < DAYS_MOST:
        return Stay(coupons.not_that_day(turn.tr))
    return Go(SPAN, replace(draft, from_ms=begins_ms(day, turn.tr) if day > today else 0))


async def on_at_once(_turn: Turn, draft: CouponDraft, _tap: SkipStep) -> Next:
    return Go(SPAN, replace(draft, from_ms=0))


async def on_span(turn: Turn, draft: CouponDraft, text: str) -> Next:
    return await _make(turn, draft, parse_count(text, low=1, high=coupons.SPAN_MOST))


async def on_pick_span(turn: Turn, draft: CouponDraft, tap: PickSpan) -> Next:
    return await on_span(turn, draft, str(tap.days))


async def _make(turn: Turn, draft: CouponDraft, days: int) -> Next:
    of, new = turn.services.coupons, _new(draft, turn.now_ms, days * turn.policy.windows.day_ms)
    if draft.is_of_house:
        await of.make_for_house(turn.command, new)
        screen = coupons.house_screen(
            await of.of_house(turn.person.id), turn.tr, now_ms=turn.now_ms
        )
    else:
        await of.make(turn.command, new)
        made = await of.mine(turn.person.id)
        screen = coupons.coupons_screen(made, turn.tr, now_ms=turn.now_ms, gig_id=draft.gig_id)
    return Done(screen, coupons.made_toast(turn.tr, from_ms=draft.from_ms))


def _new(draft: CouponDraft, now_ms: int, span_ms: int) -> NewCoupon:
    """A seller's per cent hold in every currency."""
    is_free = draft.percent is not None and not draft.is_of_house
    from_ms = max(now_ms, draft.from_ms)
    return NewCoupon(
        code=draft.code,
        gig_id=draft.gig_id or None,
        percent_bp=None if draft.percent is None else draft.percent * 100,
        amount_minor=draft.amount_minor,
        currency=None if is_free else draft.currency,
        most_minor=draft.most_minor,
        uses_most=draft.uses_most,
        from_ms=from_ms,
        until_ms=from_ms + span_ms,
    )
