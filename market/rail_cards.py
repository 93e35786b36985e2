"""Read models around rails: paying by hand, claims and refunds at the desk, what owners set up."""

from dataclasses import dataclass, field

from market.claims import ByHand, Claim
from market.contract import Order
from market.money import Money
from market.payout_terms import Rate, Way
from market.proposals import MoneyProposal
from market.rails import CategoryPolicy, Wallet
from market.read import OrderCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHandCard:
    """What a buyer needs to send the money: how much, where to, and what was claimed last."""

    card: OrderCard
    wallets: tuple[Wallet, ...]
    claim: Claim | None

    @property
    def due(self) -> Money:
        """Exactly this has to arrive."""
        return self.card.order.charge


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """A claim as operators see it. The amount due is not in it: they type what they saw.

    `refusals` counts references of the person that were refused; `names` are the operators'.
    """

    claim: Claim
    order: Order
    title: str
    buyer_name: str
    wallet: Wallet | None
    refusals: int
    names: dict[int, str]
    now_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandRefundCard:
    """A refund by hand as operators see it; `is_frozen`: no money leaves the house now.

    `is_safe`: safe mode, in which it is asked what was sent before the restore.

    `needs_second`: it may be sent only once another operator than the one who proposed it has
    confirmed it. `names` are the operators'.
    """

    refund: ByHand
    buyer_name: str
    is_frozen: bool
    now_ms: int
    is_safe: bool = False
    needs_second: bool = False
    proposal: MoneyProposal | None = None
    is_author: bool = False
    names: dict[int, str] = field(default_factory=dict)

    @property
    def is_stopped(self) -> bool:
        """Nobody may send it, nor say that it was sent."""
        return self.is_frozen and not self.is_safe

    @property
    def may_be_sent(self) -> bool:
        """Nobody else has to agree (any more)."""
        is_agreed = self.proposal is not None and self.proposal.is_confirmed
        return is_agreed or not self.needs_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Everything that owners have set up; a category without a decision is digital.

    `is_owner`: the reader may change it.
    """

    wallets: tuple[Wallet, ...]
    categories: tuple[tuple[str, CategoryPolicy | None], ...]
    takes_usdt: bool
    is_owner: bool

    def wallet(self, name: str) -> Wallet | None:
        """The wallet of that name, None before it was entered."""
        return next((one for one in self.wallets if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWays:
    """How money can come into the house and leave it just now, as everybody may read it.

    Stars are always taken. Work of `categories` is not digital: it may be paid to `wallets` and,
    with `takes_usdt`, by Crypto Pay; both are empty without such work. `ways_out` can bring what
    people earn here, Stars at the `rates`.
    """

    categories: tuple[str, ...] = ()
    wallets: tuple[str, ...] = ()
    takes_usdt: bool = False
    ways_out: tuple[Way, ...] = ()
    rates: tuple[Rate, ...] = ()

    @property
    def takes_stars_only(self) -> bool:
        """Nothing else pays for a new order."""
        return not (self.wallets or self.takes_usdt)
