"""Making a coupon: code, worth, how many orders, how long.

Sellers make their own, operators the house's.
"""

import re
from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import PickSpan, PickWorth, SkipStep, StartCoupon, StartHouseCoupon
from bot.views import coupons
from bot.views.deliveries import wants_words
from market.amounts import parse_amount, parse_count, plain
from market.coupon import NewCoupon, code_of
from market.errors import NotFound
from market.money import Currency, Money
from market.rights import By
from services.registry import Services

CODE, WORTH, USES, SPAN = "code", "worth", "uses", "span"
_PERCENT = re.compile(r"[0-9]{1,3}%")


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponDraft:
    """The coupon so far; `gig_id` 0 means all gigs, `is_of_house` that the house pays."""

    gig_id: int
    currency: Currency
    is_of_house: bool = False
    code: str = ""
    percent: int | None = None
    amount_minor: int | None = None
    uses_most: int | None = None


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="coupon",
        by=By.SELLER,
        draft=CouponDraft,
        steps={
            CODE: Step(ask=_ask_code, wants=wants_words, text=on_code),
            WORTH: Step(
                ask=_ask_worth, wants=wants_words, text=on_worth, taps={PickWorth: on_pick_worth}
            ),
            USES: Step(
                ask=_ask_uses, wants=wants_words, text=on_uses, taps={SkipStep: on_any_uses}
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


def _ask_worth(turn: Turn, draft: CouponDraft) -> Screen:
    return coupons.worth_question(turn.tr, Money(50 * 10**draft.currency.exponent, draft.currency))


def _ask_uses(turn: Turn, _draft: CouponDraft) -> Screen:
    return coupons.uses_question(turn.tr)


def _ask_span(turn: Turn, _draft: CouponDraft) -> Screen:
    return coupons.span_question(turn.tr)


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
    return Go(CODE, CouponDraft(gig_id=0, currency=Currency.XTR, is_of_house=True))


async def on_code(_turn: Turn, draft: CouponDraft, text: str) -> Next:
    return Go(WORTH, replace(draft, code=code_of(text)))


async def on_worth(turn: Turn, draft: CouponDraft, text: str) -> Next:
    if _PERCENT.fullmatch(plain(text)):
        percent = parse_count(plain(text).removesuffix("%"), low=1, high=100)
        return Go(USES, replace(draft, percent=percent, amount_minor=None))
    _, most = turn.policy.price_limits(draft.currency)
    amount = parse_amount(text, draft.currency, low_minor=1, high_minor=most)
    return Go(USES, replace(draft, percent=None, amount_minor=amount.minor))


async def on_pick_worth(_turn: Turn, draft: CouponDraft, tap: PickWorth) -> Next:
    percent = parse_count(str(tap.percent), low=1, high=100)
    return Go(USES, replace(draft, percent=percent, amount_minor=None))


async def on_uses(_turn: Turn, draft: CouponDraft, text: str) -> Next:
    return Go(SPAN, replace(draft, uses_most=parse_count(text, low=1, high=coupons.USES_MOST)))


async def on_any_uses(_turn: Turn, draft: CouponDraft, _tap: SkipStep) -> Next:
    return Go(SPAN, replace(draft, uses_most=None))


async def on_span(turn: Turn, draft: CouponDraft, text: str) -> Next:
    return await _make(turn, draft, parse_count(text, low=1, high=coupons.SPAN_MOST))


async def on_pick_span(turn: Turn, draft: CouponDraft, tap: PickSpan) -> Next:
    return await on_span(turn, draft, str(tap.days))


async def _make(turn: Turn, draft: CouponDraft, days: int) -> Next:
    of, new = turn.services.coupons, _new(draft, turn.now_ms, days * turn.policy.windows.day_ms)
    if draft.is_of_house:
        await of.make_for_house(turn.command, new)
        made, gig_id = await of.of_house(turn.person.id), None
    else:
        await of.make(turn.command, new)
        made, gig_id = await of.mine(turn.person.id), draft.gig_id
    screen = coupons.coupons_screen(made, turn.tr, now_ms=turn.now_ms, gig_id=gig_id)
    return Done(screen, coupons.made_toast(turn.tr))


def _new(draft: CouponDraft, now_ms: int, span_ms: int) -> NewCoupon:
    """A seller's per cent hold in every currency."""
    is_free = draft.percent is not None and not draft.is_of_house
    return NewCoupon(
        code=draft.code,
        gig_id=draft.gig_id or None,
        percent_bp=None if draft.percent is None else draft.percent * 100,
        amount_minor=draft.amount_minor,
        currency=None if is_free else draft.currency,
        uses_most=draft.uses_most,
        from_ms=now_ms,
        until_ms=now_ms + span_ms,
    )
