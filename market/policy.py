"""What the operator of a house has decided, in one frozen value: fees, limits, windows, names."""

from dataclasses import dataclass, field

from market.deadlines import DEFAULT, Windows
from market.gig import Limits
from market.money import Currency
from market.payout_terms import BY_HAND, PAYOUT_TERMS, PayoutTerms, Way, level_of
from market.price_limits import PRICES, PriceLimits

STAR_COSTS_USD_CENTS = 2.0
STAR_BRINGS_USD_CENTS = 1.3
# Above these amounts two operators must agree; the one in Stars is the operator's setting.
SECOND_OPERATOR = {
    Currency.BDT: 800_000,
    Currency.USD: 10_000,
    Currency.USDT: 100_000_000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Settings that market rules and texts depend on.

    `fee_bp` is the house's fee in basis points of the price, at least `fee_least_minor`; the buyer
    pays `buyer_fee_bp` on top, at least `buyer_fee_least_minor`.
    `poisha_per_star` is the operator's rough value of one Star in BDT minor units (for "≈ ৳"),
    None shows no estimate. `operators` are Telegram ids. A new seller is one with fewer than
    `new_seller_orders` cleared orders; his clearing period is `new_seller_factor` times as long
    (not the hold after a charge, which is the provider's).

    `owners` are Telegram ids of those who get the daily digest of the operators' acts. A verdict
    on an order whose price in Stars is above `second_operator_minor` needs two operators (see
    `second_operator` for other currencies), and so does money that was sent by hand. A person
    makes at most `claims_a_day` claims of such money, has at most `open_disputes` undecided
    disputes of his own, and in one order asks the other side `requests_most` times at most (each
    stops a clock for a while); a buyer places at most `orders_an_hour` (None: any).
    `takes_usdt`: Crypto Pay is set up.
    Operators look at a seller's `first_gigs` first gigs. An absence lasts at most `absence_days`,
    all of them at most `absence_year_days` in a year, and begins at most `absence_ahead_days`
    from now.

    Payouts, refunds by hand and draws above `money_out` need two people.

    Withdrawals go by `payout_ways` on the terms `payouts`, at most `withdrawals_a_day`; from
    `known_seller_orders` cleared orders on their highest limit counts. `prices` are the limits of
    gigs that are not priced in Stars.
    """

    fee_bp: int = 1_000
    fee_least_minor: int = 1
    buyer_fee_bp: int = 0
    buyer_fee_least_minor: int = 0
    new_seller_orders: int = 3
    new_seller_factor: int = 2
    poisha_per_star: int | None = 160
    operators: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    second_operator_minor: int = 5_000
    claims_a_day: int = 3
    orders_an_hour: int | None = None
    takes_usdt: bool = False
    open_disputes: int = 4
    requests_most: int = 3
    first_gigs: int = 3
    absence_days: int = 30
    absence_year_days: int = 60
    absence_ahead_days: int = 60
    payout_ways: frozenset[Way] = BY_HAND
    payouts: tuple[PayoutTerms, ...] = PAYOUT_TERMS
    withdrawals_a_day: int = 3
    known_seller_orders: int = 20
    operator_name: str = ""
    operator_contact: str = ""
    limits: Limits = field(default_factory=Limits)
    prices: tuple[PriceLimits, ...] = PRICES
    windows: Windows = DEFAULT

    @property
    def owner_ids(self) -> frozenset[int]:
        """The owners; where none is named, the operator with the lowest id."""
        return self.owners or frozenset(sorted(self.operators)[:1])

    def price_limits(self, currency: Currency) -> tuple[int, int]:
        """The least and the most that a gig may cost, in minor units."""
        if currency is Currency.XTR:
            return self.limits.price_low_minor, self.limits.price_high_minor
        found = next(one for one in self.prices if one.currency is currency)
        return found.low_minor, found.high_minor

    def second_operator(self, currency: Currency) -> int:
        """Above this amount, in minor units, one operator alone does not decide."""
        if currency is Currency.XTR:
            return self.second_operator_minor
        return SECOND_OPERATOR[currency]

    def money_out(self, currency: Currency) -> int:
        """Above this amount, in minor units, money leaves only when two people agree."""
        found = (one for one in self.payouts if one.currency is currency)
        terms = next(found, None)
        return self.second_operator(currency) if terms is None else terms.second_operator_minor

    @property
    def open_payouts(self) -> tuple[PayoutTerms, ...]:
        """The terms in the currencies that people can be paid in here."""
        paid_in = {way.currency for way in self.payout_ways}
        return tuple(one for one in self.payouts if one.currency in paid_in)

    def payout_terms(self, way: Way) -> PayoutTerms:
        """The terms of what arrives by that way."""
        return next(terms for terms in self.payouts if terms.currency is way.currency)

    def seller_level(self, cleared: int) -> int:
        """0 new, 1 known, 2 with a long record."""
        return level_of(
            cleared, new_below=self.new_seller_orders, known_below=self.known_seller_orders
        )
