"""What the cards of an order and of its dispute have in common, for words that both show."""

from typing import Protocol

from bot.views.typed import name_of
from market.contract import Order
from market.gig import Gig
from market.policy import Policy
from market.states import Role


class Seen(Protocol):
    """An order as one reader sees it now."""

    @property
    def order(self) -> Order:
        """The order."""

    @property
    def viewer(self) -> Role:
        """The reader's role."""

    @property
    def gig(self) -> Gig:
        """What was ordered."""

    @property
    def buyer_name(self) -> str:
        """As the buyer calls herself."""

    @property
    def seller_name(self) -> str:
        """As the seller calls himself."""

    @property
    def now_ms(self) -> int:
        """The moment of reading."""

    @property
    def policy(self) -> Policy:
        """The house's windows and settings."""


def party_name(seen: Seen, role: Role) -> str:
    """The name of one party, fit to be shown."""
    return name_of(seen.buyer_name if role is Role.BUYER else seen.seller_name)
