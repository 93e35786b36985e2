"""Coupons as their makers see them: the list, the questions of a new one, stopping one."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    LeaveFlow,
    PickCurrency,
    PickSpan,
    PickWorth,
    ShowCoupons,
    ShowGig,
    ShowHouseCoupons,
    ShowMyGigs,
    SkipStep,
    StartCoupon,
    StartHouseCoupon,
    StopCoupon,
)
from bot.views.desk import desk_button
from bot.views.house_words import currency_name
from bot.views.order_money import percent
from market.coupon import CODE_LEAST, CODE_MOST, Coupon, CouponUse, HouseCoupons
from market.money import Currency, Money

EXAMPLE = "EID20"
PERCENTS = (5, 10, 20, 50)
SPANS = (7, 30, 90)
USES_MOST = 10_000
SPAN_MOST = 365
_SHOWN_MAX = 10


def coupons_screen(
    uses: tuple[CouponUse, ...], tr: Translator, *, now_ms: int, gig_id: int
) -> Screen:
    """A seller's coupons; live ones can be stopped."""
    words = [tr("🏷 <b>My coupons</b>"), *_entries(uses, tr, now_ms), _how(tr)]
    rows = (*_new(gig_id, tr), *_stops(uses, tr), (_back(gig_id, tr),))
    return Screen(text=Markup("\n\n").join(words), rows=rows)


def house_screen(of: HouseCoupons, tr: Translator, *, now_ms: int) -> Screen:
    """The house's coupons, and what its budgets can still give."""
    head = [tr("🏷 <b>The house's coupons</b>"), _budget(of.left, tr)]
    words = [*head, *_entries(of.uses, tr, now_ms), _how_of_house(tr)]
    make = Button(label=tr.label("Make a coupon"), tap=StartHouseCoupon(), style="primary")
    rows = ((make,), *_stops(of.uses, tr), (desk_button(tr),))
    return Screen(text=Markup("\n\n").join(words), rows=rows)


def _budget(left: tuple[Money, ...], tr: Translator) -> Markup:
    if not left:
        return tr("The coupon budget is empty: codes give nothing until an owner fills it.")
    amounts = ", ".join(tr.money(one) for one in left)
    return tr("Left in the coupon budget: <b>{amounts}</b>", amounts=amounts)


def _entries(uses: tuple[CouponUse, ...], tr: Translator, now_ms: int) -> list[Markup]:
    return [_entry(one, tr, now_ms) for one in uses[:_SHOWN_MAX]] or [_none(tr)]


def _stops(uses: tuple[CouponUse, ...], tr: Translator) -> tuple[tuple[Button, ...], ...]:
    shown = [one.coupon for one in uses[:_SHOWN_MAX]]
    return tuple((_stop(one, tr),) for one in shown if one.stopped_ms is None)


def _none(tr: Translator) -> Markup:
    return tr("There is none yet.")


def _how_of_house(tr: Translator) -> Markup:
    return tr(
        "<i>The house pays these coupons from its coupon budget; the sellers get their full "
        "price. When the budget is used up, a code gives nothing.</i>"
    )


def _how(tr: Translator) -> Markup:
    return tr(
        "<i>A coupon takes its worth off your price, and our fee is on what is left. Everybody "
        "can use it once. Give its code to whom you like.</i>"
    )


def _new(gig_id: int, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    every = Button(label=tr.label("For all my gigs"), tap=StartCoupon(0), style="primary")
    if not gig_id:
        return ((every,),)
    only = Button(label=tr.label("For this gig"), tap=StartCoupon(gig_id), style="primary")
    return ((only, every),)


def _back(gig_id: int, tr: Translator) -> Button:
    tap = ShowGig(gig_id, 0) if gig_id else ShowMyGigs()
    return Button(label=tr.label("Back"), tap=tap)


def _entry(use: CouponUse, tr: Translator, now_ms: int) -> Markup:
    coupon = use.coupon
    used = tr.n("{n} order", "{n} orders", use.uses)
    if coupon.uses_most is not None:
        used = tr("{used} of {most}", used=used, most=coupon.uses_most)
    facts = {
        "code": coupon.code,
        "worth": worth_words(coupon, tr),
        "until": tr.when(coupon.until_ms, now_ms),
    }
    if coupon.stopped_ms is None and now_ms < coupon.from_ms:
        return tr(
            "🕒 <code>{code}</code>: {worth} off, from {begins} until {until}",
            begins=tr.when(coupon.from_ms, now_ms),
            **facts,
        )
    return tr(
        "{sign} <code>{code}</code>: {worth} off, until {until}; used for {used}",
        sign="🟢" if coupon.is_live(now_ms) else "⏹",
        used=used,
        **facts,
    )


def worth_words(coupon: Coupon, tr: Translator) -> str:
    """20%, 20% (at most ৳100) or 50 ⭐."""
    if coupon.percent_bp is not None:
        return _part_words(coupon, percent(coupon.percent_bp, tr), tr)
    assert coupon.amount_minor is not None, "a coupon has one worth"
    assert coupon.currency is not None, "an amount has a currency"
    return tr.money(Money(coupon.amount_minor, coupon.currency))


def _part_words(coupon: Coupon, part: str, tr: Translator) -> str:
    if coupon.most_minor is None or coupon.currency is None:
        return tr.label("{percent}%", percent=part)
    cap = tr.money(Money(coupon.most_minor, coupon.currency))
    return tr.label("{percent}% (at most {cap})", percent=part, cap=cap)


def _stop(coupon: Coupon, tr: Translator) -> Button:
    label = tr.label("Stop {code}", code=coupon.code)
    return Button(label=label, tap=StopCoupon(coupon.id, 0))


def stop_confirm(coupon: Coupon, tr: Translator) -> Screen:
    """Placed orders keep what they were given."""
    text = tr(
        "Stop the coupon <code>{code}</code>? Nobody can use it any more; orders that have used "
        "it stay as they are. It cannot be started again, but you can make a new one.",
        code=coupon.code,
    )
    yes = Button(label=tr.label("Stop it"), tap=StopCoupon(coupon.id, 1), style="danger")
    where = ShowHouseCoupons() if coupon.is_of_house else ShowCoupons(0)
    return Screen(text=text, rows=((yes,), (Button(label=tr.label("Back"), tap=where),)))


def stopped_toast(tr: Translator) -> str:
    """It is off."""
    return tr.label("Stopped.")


def made_toast(tr: Translator, *, from_ms: int = 0) -> str:
    """It works from now on, or from its first day."""
    if from_ms:
        return tr.label("The coupon is made. It works from {day}.", day=tr.date(from_ms))
    return tr.label("The coupon works from now on.")


def currency_question(tr: Translator) -> Screen:
    """Which money the house gives away."""
    text = tr(
        "🏷 <b>A new coupon of the house</b>\nFor orders in which currency? It is paid from the "
        "coupon budget in that currency."
    )
    picks = tuple(
        Button(label=currency_name(one, tr), tap=PickCurrency(number))
        for number, one in enumerate(Currency)
    )
    return Screen(text=text, rows=(picks[:2], picks[2:], (_later(tr),)))


def code_question(tr: Translator) -> Screen:
    """What buyers will type."""
    text = tr(
        "🏷 <b>A new coupon</b>\nWhich code shall buyers type? Latin letters and digits, {least} "
        "to {most} of them, for example {example}.",
        least=CODE_LEAST,
        most=CODE_MOST,
        example=EXAMPLE,
    )
    return Screen(text=text, rows=((_later(tr),),))


def worth_question(tr: Translator, example: Money) -> Screen:
    """Per cent as buttons, or typed; or an amount."""
    text = tr(
        "How much does it take off? Tap, or write: 15% for a part of the price, or a plain "
        "number such as {n} for {amount}.",
        n=50,
        amount=tr.money(example),
    )
    picks = tuple(
        Button(label=tr.label("{percent}%", percent=tr.number(one)), tap=PickWorth(one))
        for one in PERCENTS
    )
    return Screen(text=text, rows=(picks[:2], picks[2:], (_later(tr),)))


def cap_question(tr: Translator, example: Money) -> Screen:
    """The most that the house pays for one order."""
    text = tr(
        "How much may it take off one order at most? Write an amount, such as {n} for {amount}.",
        n=50,
        amount=tr.money(example),
    )
    free = Button(label=tr.label("Without a limit"), tap=SkipStep())
    return Screen(text=text, rows=((free,), (_later(tr),)))


def uses_question(tr: Translator) -> Screen:
    """How many orders it may serve."""
    text = tr("How many orders may use it? Everybody can use it once. Please write a number.")
    free = Button(label=tr.label("As many as come"), tap=SkipStep())
    return Screen(text=text, rows=((free,), (_later(tr),)))


def first_question(tr: Translator) -> Screen:
    """From when on it works."""
    text = tr("From which day on does it work? Type a day like 24 Nov or 24/11.")
    now = Button(label=tr.label("From now on"), tap=SkipStep())
    return Screen(text=text, rows=((now,), (_later(tr),)))


def not_that_day(tr: Translator) -> Markup:
    """The first day is over, or too far off."""
    return tr("Please name today or a later day, less than a year from now.")


def span_question(tr: Translator, *, from_ms: int = 0) -> Screen:
    """How long it works."""
    text = tr("For how many days does it work, from now on? Tap or write a number.")
    if from_ms:
        text = tr(
            "For how many days does it work, from {day} on? Tap or write a number.",
            day=tr.date(from_ms),
        )
    picks = tuple(
        Button(label=tr.n("{n} day", "{n} days", one), tap=PickSpan(one)) for one in SPANS
    )
    return Screen(text=text, rows=(picks, (_later(tr),)))


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Not now"), tap=LeaveFlow())
