"""Read models of the house's own money: what owners and operators see before they act."""

from dataclasses import dataclass

from market.house_postings import CORRECTABLE
from market.ledger import Transfer
from market.proposals import MoneyProposal
from market.trust import Check, Held, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Coffers:
    """The house's own accounts of one currency, in minor units.

    `fees` earned and not spent, `from_stars` what of fees in Stars has become this currency
    (they count among the fees in Stars), `capital` of the owner, `promo` and `goodwill` budgets,
    `costs` of providers, `losses`, `unknown` money that belongs to nobody known.
    """

    currency: str
    fees: int
    capital: int
    promo: int
    goodwill: int
    costs: int
    losses: int
    unknown: int
    from_stars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What somebody owes the house after a payment was taken back."""

    person_id: int
    name: str
    currency: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseLine:
    """A transfer of the house's own money; `act` is its journal's code.

    `goes_back`: the charge of money from nobody known whose sender Telegram names; else empty.
    """

    id: int
    act: str
    at_ms: int
    transfer: Transfer
    is_corrected: bool
    goes_back: str = ""

    @property
    def may_go_back(self) -> bool:
        """It can be sent to who sent it; it was neither sent nor mirrored before."""
        return bool(self.goes_back) and not self.is_corrected

    @property
    def may_be_corrected(self) -> bool:
        """Nobody's order and nobody's withdrawal hangs on it, and it was not mirrored."""
        return self.act in CORRECTABLE and not self.is_corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Treasury:
    """The page about the house's money; `lines` newest first. `is_owner`: the reader is one.

    `draws` wait for a second person.

    `purses` are where owners may put money in and take it out, with what lies there.
    """

    positions: tuple[Position, ...]
    held: tuple[Held, ...]
    purses: tuple[Held, ...]
    coffers: tuple[Coffers, ...]
    debts: tuple[Debt, ...]
    checks: tuple[Check, ...]
    lines: tuple[HouseLine, ...]
    draws: tuple[MoneyProposal, ...] = ()
    is_owner: bool
    is_frozen: bool
    now_ms: int
