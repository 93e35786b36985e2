"""Terms of payouts as an operator writes them in the settings.

"bdt_fee=15,bdt_most=5000+15000+25000" changes what is named and leaves the rest as it is.
"""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from market.money import Currency
from market.payout_terms import LEVELS, PAYOUT_TERMS, PayoutTerms

_AMOUNTS = {
    "fee": "fee_flat_minor",
    "least": "least_minor",
    "second": "second_operator_minor",
    "pin": "pin_minor",
}
_BP_MOST = 5_000


def read_payout_terms(text: str) -> tuple[PayoutTerms, ...]:
    """The terms of each payout currency; raises ValueError in words for operators."""
    terms = {one.currency.value.lower(): one for one in PAYOUT_TERMS}
    for change in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = change.partition("=")
        currency, _, what = name.strip().lower().partition("_")
        if currency not in terms:
            raise ValueError(f"{name}: begin with {' or '.join(f'{one}_' for one in terms)}")
        terms[currency] = replace(terms[currency], **_changed(what, value, terms[currency]))
    for one in terms.values():
        _check(one)
    return tuple(terms.values())


def _changed(what: str, value: str, terms: PayoutTerms) -> dict[str, Any]:
    currency = terms.currency
    if what in _AMOUNTS:
        return {_AMOUNTS[what]: _minor(value, currency)}
    if what == "most":
        most = tuple(_minor(part, currency) for part in value.split("+"))
        if len(most) != LEVELS:
            raise ValueError(f"most is {LEVELS} amounts with plus signs, one for each level")
        return {"most_minor": most}
    if what == "bp":
        return {"fee_bp": int(_number(value))}
    raise ValueError(f"there is no {what}; there are: {', '.join([*_AMOUNTS, 'most', 'bp'])}")


def _minor(text: str, currency: Currency) -> int:
    minor = _number(text).scaleb(currency.exponent)
    if minor != minor.to_integral_value() or minor < 0:
        raise ValueError(f"{text} is no amount of {currency}")
    return int(minor)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"{text} is no number")
    return number


def _check(terms: PayoutTerms) -> None:
    """What people are offered must leave them something."""
    least, name = terms.least_minor, terms.currency.value
    if not 0 <= terms.fee_bp <= _BP_MOST:
        raise ValueError(f"{name}: bp is from 0 to {_BP_MOST}")
    if least < 1 or terms.fee_flat_minor + least * terms.fee_bp // 10_000 >= least:
        raise ValueError(f"{name}: the fee would take all of the smallest withdrawal")
    if sorted(terms.most_minor) != list(terms.most_minor) or terms.most_minor[0] < least:
        raise ValueError(f"{name}: most may not fall from level to level, nor lie below least")
