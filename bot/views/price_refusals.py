"""Words for refusals around prices: coupons, balances, tips; `problems` has all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.coupons import EXAMPLE
from market import errors
from market.errors import MarketError, Why


def _refused(error: errors.CouponRefused, tr: Translator) -> Markup:
    return tr("{code}: {why}", code=error.code, why=_why(error.why, tr))


def _why(why: Why, tr: Translator) -> Markup:
    words = {
        Why.UNKNOWN: tr("there is no such coupon here. Please check the code."),
        Why.NOT_YET: tr("this coupon does not work yet."),
        Why.OVER: tr("this coupon has run out."),
        Why.STOPPED: tr("this coupon was stopped."),
        Why.OTHER_GIG: tr("this coupon is for another gig."),
        Why.OTHER_CURRENCY: tr("this coupon is for another currency."),
        Why.USED: tr("you have used this coupon; it serves everybody once."),
        Why.USED_UP: tr("this coupon is used up."),
        Why.BUDGET: tr("nothing is left in this coupon's budget for now."),
        Why.SMALL: tr("it would take nothing off this price."),
    }
    return words[why]


def _code(error: errors.CodeUnfit, tr: Translator) -> Markup:
    return tr(
        "A code is {least} to {most} Latin letters and digits, such as {example}.",
        least=error.least,
        most=error.most,
        example=EXAMPLE,
    )


def _code_taken(error: errors.CodeTaken, tr: Translator) -> Markup:
    return tr(
        "There is a coupon {code} already. Stop it first, or choose another code.", code=error.code
    )


def _coupon(error: errors.CouponUnfit, tr: Translator) -> Markup:
    if error.what == "dates":
        return tr("A coupon works from now on, for a year at most.")
    return tr("That makes no coupon. Please begin again.")


def _tip(_error: errors.TipUnfit, tr: Translator) -> Markup:
    return tr("A tip for this order is not possible any more.")


PRICE_REFUSALS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    errors.CouponRefused: _refused,
    errors.CodeUnfit: _code,
    errors.CodeTaken: _code_taken,
    errors.CouponUnfit: _coupon,
    errors.TipUnfit: _tip,
}
