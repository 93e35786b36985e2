"""Coupons as their makers see them: the list, the questions of a new one, stopping one."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    LeaveFlow,
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
from bot.views.order_money import percent
from market.coupon import CODE_LEAST, CODE_MOST, Coupon, CouponUse
from market.money import Money

EXAMPLE = "EID20"
PERCENTS = (5, 10, 20, 50)
SPANS = (7, 30, 90)
USES_MOST = 10_000
SPAN_MOST = 365
_SHOWN_MAX = 10


def coupons_screen(
    uses: tuple[CouponUse, ...], tr: Translator, *, now_ms: int, gig_id: int | None
) -> Screen:
    """A seller's coupons, or with `gig_id` None the house's; live ones can be stopped."""
    shown = uses[:_SHOWN_MAX]
    words = [_entry(one, tr, now_ms) for one in shown] or [_none(tr)]
    head = tr("🏷 <b>The house's coupons</b>") if gig_id is None else tr("🏷 <b>My coupons</b>")
    stops = tuple((_stop(one.coupon, tr),) for one in shown if one.coupon.stopped_ms is None)
    rows = (*_new(gig_id, tr), *stops, (_back(gig_id, tr),))
    return Screen(text=Markup("\n\n").join([head, *words, _how(gig_id, tr)]), rows=rows)


def _none(tr: Translator) -> Markup:
    return tr("There is none yet.")


def _how(gig_id: int | None, tr: Translator) -> Markup:
    if gig_id is None:
        return tr(
            "<i>The house pays these coupons from its coupon budget; the sellers get their full "
            "price. When the budget is used up, a code gives nothing.</i>"
        )
    return tr(
        "<i>A coupon takes its worth off your price, and our fee is on what is left. Everybody "
        "can use it once. Give its code to whom you like.</i>"
    )


def _new(gig_id: int | None, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    label = tr.label("Make a coupon")
    if gig_id is None:
        return ((Button(label=label, tap=StartHouseCoupon(), style="primary"),),)
    every = Button(label=tr.label("For all my gigs"), tap=StartCoupon(0), style="primary")
    if not gig_id:
        return ((every,),)
    only = Button(label=tr.label("For this gig"), tap=StartCoupon(gig_id), style="primary")
    return ((only, every),)


def _back(gig_id: int | None, tr: Translator) -> Button:
    if gig_id is None:
        return desk_button(tr)
    tap = ShowGig(gig_id, 0) if gig_id else ShowMyGigs()
    return Button(label=tr.label("Back"), tap=tap)


def _entry(use: CouponUse, tr: Translator, now_ms: int) -> Markup:
    coupon = use.coupon
    used = tr.n("{n} order", "{n} orders", use.uses)
    if coupon.uses_most is not None:
        used = tr("{used} of {most}", used=used, most=coupon.uses_most)
    return tr(
        "{sign} <code>{code}</code>: {worth} off, until {until}; used for {used}",
        sign="🟢" if coupon.is_live(now_ms) else "⏹",
        code=coupon.code,
        worth=worth_words(coupon, tr),
        until=tr.when(coupon.until_ms, now_ms),
        used=used,
    )


def worth_words(coupon: Coupon, tr: Translator) -> str:
    """20% or 50 ⭐."""
    if coupon.percent_bp is not None:
        return tr.label("{percent}%", percent=percent(coupon.percent_bp, tr))
    assert coupon.amount_minor is not None, "a coupon has one worth"
    assert coupon.currency is not None, "an amount has a currency"
    return tr.money(Money(coupon.amount_minor, coupon.currency))


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


def made_toast(tr: Translator) -> str:
    """It works from now on."""
    return tr.label("The coupon works from now on.")


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


def uses_question(tr: Translator) -> Screen:
    """How many orders it may serve."""
    text = tr("How many orders may use it? Everybody can use it once. Please write a number.")
    free = Button(label=tr.label("As many as come"), tap=SkipStep())
    return Screen(text=text, rows=((free,), (_later(tr),)))


def span_question(tr: Translator) -> Screen:
    """How long it works."""
    text = tr("For how many days does it work, from now on? Tap or write a number.")
    picks = tuple(
        Button(label=tr.n("{n} day", "{n} days", one), tap=PickSpan(one)) for one in SPANS
    )
    return Screen(text=text, rows=(picks, (_later(tr),)))


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Not now"), tap=LeaveFlow())
