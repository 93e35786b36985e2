"""The house's limits on a gig, checked again at publishing (the typed steps check them first)."""

from dataclasses import replace

from market.errors import AmountOutOfRange, NotFound, NumberOutOfRange
from market.gig import CATEGORY_KEYS, Limits, NewGig, checked
from market.money import Money
from market.policy import Policy


def within(new: NewGig, policy: Policy) -> NewGig:
    """The gig with trimmed texts.

    Raises NotFound (category), TextTooShort, TextTooLong, AmountOutOfRange or NumberOutOfRange.
    """
    limits = policy.limits
    if new.category not in CATEGORY_KEYS:
        raise NotFound("category")
    _price(new.price, policy)
    _number(new.delivery_days, limits.days_low, limits.days_high)
    _number(new.revisions, limits.revisions_low, limits.revisions_high)
    return replace(
        new,
        title=checked(new.title, least=limits.title_least, most=limits.title_max),
        description=checked(
            new.description, least=limits.description_least, most=limits.description_max
        ),
        question=_question(new.question, limits),
    )


def _price(price: Money, policy: Policy) -> None:
    low, high = policy.price_limits(price.currency)
    if not low <= price.minor <= high:
        raise AmountOutOfRange(low, high, price.currency)


def _number(value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise NumberOutOfRange(low, high)


def _question(question: str | None, limits: Limits) -> str | None:
    if question is None:
        return None
    return checked(question, least=1, most=limits.question_max)
