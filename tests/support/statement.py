"""The wallet's own statement in the tests of whole lives: what came by hand, what was sent back.

What operators do about it goes through the real services.
"""

from dataclasses import dataclass, field

from market.errors import NotFound
from services.claims import Said
from services.registry import Services
from tests.support.by_hand import BKASH, DIGITS


@dataclass
class Statement:
    """Of the one wallet: references and amounts that came, and those that left again."""

    capital_minor: int
    came: dict[str, int] = field(default_factory=dict)
    sent_back: set[str] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)

    def balance(self) -> int:
        """What the wallet holds."""
        gone = self.sent_back | self.taken_back
        return self.capital_minor + sum(
            minor for reference, minor in self.came.items() if reference not in gone
        )


def said(order_id: int, version: int) -> Said:
    """What the buyer types about this sending; the same screen names the same reference."""
    return Said(wallet=BKASH.name, reference=f"TRX{order_id:03}{version:04}", digits=DIGITS)


async def sought(services: Services, operator_id: int, order_id: int) -> int:
    """The claim that operators look for; raises NotAnOperator, or NotFound without one."""
    for card in await services.claim_desk.queue(operator_id):
        if card.order.id == order_id:
            return card.claim.id
    raise NotFound("claim")
