"""Ways for money to come in, what each category of work allows, and wallets paid to by hand.

Who may change them is `services.rails`' to say; what is claimed to have been sent is in `claims`.
"""

from dataclasses import dataclass

from market.gig import CATEGORIES, Fulfilment
from market.money import Currency

STARS = "stars"
CRYPTO_PAY = "crypto_pay"
MANUAL = "manual"
# In the order of their buttons; only ever append.
WALLETS = ("bkash", "nagad", "bank")
# The newest wording of what an owner accepts before work is paid outside of Stars.
POLICY_VERSION = 1
_RAILS = {Currency.XTR: STARS, Currency.USDT: CRYPTO_PAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """Where buyers send money by hand, as an owner of the house entered it."""

    name: str
    currency: Currency
    number: str
    holder: str
    instructions: str
    is_open: bool
    changed_by: int
    changed_ms: int

    @property
    def rail(self) -> str:
        """The rail that its money comes by."""
        return by_hand(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPolicy:
    """What an owner has decided about a category, why, and which wording he accepted."""

    category: str
    fulfilment: Fulfilment
    reason: str
    text_version: int
    operator_id: int
    at_ms: int


def rail_of(currency: Currency) -> str:
    """How orders in that currency are paid; by hand, the wallet is known with the claim."""
    return _RAILS.get(currency, MANUAL)


def by_hand(wallet: str) -> str:
    """The rail of a wallet."""
    return f"{MANUAL}:{wallet}"


def is_by_hand(rail: str | None) -> bool:
    """Operators see the money come and send it back themselves."""
    return rail is not None and rail.partition(":")[0] == MANUAL


def wallet_of(rail: str) -> str:
    """The wallet of a rail by hand."""
    return rail.partition(":")[2]


def is_open_to(currency: Currency, fulfilment: Fulfilment, taken: frozenset[Currency]) -> bool:
    """Digital work is paid in Stars only; other work also in what the house takes now."""
    return currency is Currency.XTR or (fulfilment is Fulfilment.NON_DIGITAL and currency in taken)


def currencies(fulfilment: Fulfilment, taken: frozenset[Currency]) -> tuple[Currency, ...]:
    """What a price may be in, Stars first."""
    return tuple(one for one in Currency if is_open_to(one, fulfilment, taken))


def default_fulfilment(category: str) -> Fulfilment:
    """What a category is before an owner has decided anything."""
    found = (one.fulfilment for one in CATEGORIES if one.key == category)
    return next(found, Fulfilment.DIGITAL)
