"""Tips. Protocols only."""

from typing import Protocol

from market.tip import Tip


class Tips(Protocol):
    """What buyers give on top of completed work."""

    async def add(self, tip: Tip) -> Tip:
        """Store an offered tip; its id is given here."""
        ...

    async def get(self, tip_id: int) -> Tip:
        """Raise NotFound."""
        ...

    async def of_intent(self, intent_id: str) -> Tip | None: ...
    async def of_charge(self, rail: str, charge_id: str) -> Tip | None: ...
    async def of_order(self, order_id: int) -> tuple[Tip, ...]:
        """All of them, oldest first."""
        ...

    async def due(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        """Paid tips whose clearing is over, oldest first."""
        ...

    async def move(self, before: Tip, after: Tip) -> None:
        """Compare and set; raises Conflict when it moved meanwhile."""
        ...
