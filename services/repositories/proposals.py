"""Money that waits for a second person, and people's PINs. Protocols."""

from typing import Protocol

from market.money import Currency, Money
from market.pin import Pin
from market.proposals import MoneyProposal, NewProposal, ProposalState


class Proposals(Protocol):
    """What one person wants to let go and another one has to confirm."""

    async def add(self, proposal: NewProposal) -> MoneyProposal | None:
        """None when this refund was proposed before."""
        ...

    async def get(self, proposal_id: int) -> MoneyProposal:
        """Raise NotFound."""
        ...

    async def of_charge(self, rail: str, charge_id: str) -> MoneyProposal | None: ...
    async def draws(self, *, limit: int) -> tuple[MoneyProposal, ...]:
        """Draws and goodwill that wait, oldest first."""
        ...

    async def end(
        self, proposal: MoneyProposal, state: ProposalState, *, by: int, now_ms: int
    ) -> None:
        """Once; raises Conflict when somebody else was faster."""
        ...

    async def let_go(self, person_id: int, amount: Money, *, now_ms: int) -> None:
        """So much left the house, or was given, on this person's word alone."""
        ...

    async def alone(self, person_id: int, currency: Currency, *, after_ms: int) -> int:
        """What the person let go alone after that moment.

        Inside `begin` the currency is locked until the commit, so nobody lets go more beside.
        """
        ...


class Pins(Protocol):
    """What a person's PIN is compared with; its hash is encrypted at rest."""

    async def get(self, person_id: int) -> Pin | None:
        """Inside `begin` the row is locked until the commit."""
        ...

    async def save(self, pin: Pin) -> None: ...
    async def drop(self, person_id: int) -> None: ...
    async def to_reset(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        """People whose forgotten PIN is over."""
        ...
