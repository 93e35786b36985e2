"""What the operator of a house has decided, in one frozen value: fees, limits, windows, names."""

from dataclasses import dataclass, field

from market.deadlines import DEFAULT, Windows
from market.gig import Limits

STAR_COSTS_USD_CENTS = 2.0
STAR_BRINGS_USD_CENTS = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Settings that market rules and texts depend on.

    `fee_bp` is the house's fee in basis points of the price, at least `fee_least_minor`.
    `poisha_per_star` is the operator's rough value of one Star in BDT minor units (for "≈ ৳"),
    None shows no estimate. `operators` are Telegram ids. A new seller is one with fewer than
    `new_seller_orders` cleared orders; his clearing period is `new_seller_factor` times as long
    (not the hold after a charge, which is the provider's).
    """

    fee_bp: int = 1_000
    fee_least_minor: int = 1
    new_seller_orders: int = 3
    new_seller_factor: int = 2
    poisha_per_star: int | None = 160
    operators: frozenset[int] = frozenset()
    operator_name: str = ""
    operator_contact: str = ""
    limits: Limits = field(default_factory=Limits)
    windows: Windows = DEFAULT
