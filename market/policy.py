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

    `owners` are Telegram ids of those who get the daily digest of the operators' acts. A verdict
    on an order whose price is above `second_operator_minor` (in its own currency) needs two
    operators. A person has at most `open_disputes` undecided disputes of his own, and in one
    order asks the other side `requests_most` times at most (each stops a clock for a while).
    Operators look at a seller's `first_gigs` first gigs. An absence lasts at most `absence_days`,
    all of them at most `absence_year_days` in a year, and begins at most `absence_ahead_days`
    from now.
    """

    fee_bp: int = 1_000
    fee_least_minor: int = 1
    new_seller_orders: int = 3
    new_seller_factor: int = 2
    poisha_per_star: int | None = 160
    operators: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    second_operator_minor: int = 5_000
    open_disputes: int = 4
    requests_most: int = 3
    first_gigs: int = 3
    absence_days: int = 30
    absence_year_days: int = 60
    absence_ahead_days: int = 60
    operator_name: str = ""
    operator_contact: str = ""
    limits: Limits = field(default_factory=Limits)
    windows: Windows = DEFAULT

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners; where none is named, the operator with the lowest id."""
        return self.owners or frozenset(sorted(self.operators)[:1])
