"""How a buyer pays: with a coupon, from the balances here, and the rest as one charge."""

from dataclasses import dataclass, replace

from market.contract import Order
from market.split import BP


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """What the buyer has chosen: credit is used unless switched off, earnings when ticked."""

    use_credit: bool = True
    use_earned: bool = False
    code: str = ""


AS_USUAL = Paying()


@dataclass(frozen=True, slots=True)
class Purse:
    """What a person could pay with here, in one currency."""

    credit_minor: int
    earned_minor: int


NO_PURSE = Purse(0, 0)


def buyers_fee(price_minor: int, *, fee_bp: int, least_minor: int) -> int:
    """What the buyer pays on top of the price, floored."""
    return max(price_minor * fee_bp // BP, least_minor)


def from_balances(order: Order, purse: Purse, paying: Paying) -> Order:
    """The draft with what the balances pay: credit first, for it can do nothing else."""
    due = order.terms.due.minor
    credit = min(due, purse.credit_minor) if paying.use_credit else 0
    earned = min(due - credit, purse.earned_minor) if paying.use_earned else 0
    return replace(order, from_credit_minor=credit, from_earned_minor=earned)


def is_short(order: Order, purse: Purse) -> bool:
    """The balances do not hold any more what the order was to take from them."""
    return (
        purse.credit_minor < order.from_credit_minor or purse.earned_minor < order.from_earned_minor
    )
