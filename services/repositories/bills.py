"""Invoices at providers. Protocol only."""

from typing import Protocol

from market.bill import Bill, BillState
from services.bill_rows import Billed
from services.rows import Intent


class Bills(Protocol):
    """Bills, at most one live one (asked or open) for each intent."""

    async def add(self, intent: Intent, *, now_ms: int) -> Bill | None:
        """A bill to be asked for; None while the intent has a live one."""
        ...

    async def get(self, bill_id: int) -> Bill:
        """Raise NotFound."""
        ...

    async def of_order(self, order_id: int) -> Bill | None:
        """The newest bill of the order."""
        ...

    async def opened(self, bill_id: int, billed: Billed, *, now_ms: int) -> None: ...
    async def ended(self, bill_id: int, state: BillState, *, now_ms: int) -> None:
        """A bill that is paid stays paid."""
        ...

    async def by_external(self, rail: str, external_id: str) -> Bill | None: ...
    async def open(self, rail: str, *, limit: int) -> tuple[Bill, ...]:
        """Bills that the provider has made and that may still be paid, oldest look first."""
        ...

    async def unwanted(self, rail: str, *, now_ms: int, limit: int) -> tuple[Bill, ...]:
        """Open bills whose order waits for no payment any more, but for those left alone."""
        ...

    async def leave(self, bill_id: int, *, until_ms: int) -> None:
        """It is none of the unwanted until then."""
        ...

    async def looked(self, bill_ids: tuple[int, ...], *, now_ms: int) -> None:
        """They were asked about now: others come first next time."""
        ...
