"""Providers' lists beside the ledger, and the ledger as the house's owner reads it. Protocols."""

from typing import Protocol

from market.change import Refund
from market.treasury import Coffers, Debt, HouseLine
from market.trust import Check, Held, Outgoing, Position, StuckRow
from services.feed_rows import FeedRow, OpenRow, Reading


class Books(Protocol):
    """What providers list and hold, and what the ledger says about it."""

    async def reading(self, rail: str) -> Reading: ...
    async def read_on(self, rail: str, reading: Reading) -> None:
        """Keep how far the list was read; without a moment the last one stays."""
        ...

    async def booked(self, rail: str, *, from_ms: int, until_ms: int) -> set[tuple[str, str]]:
        """(external id, direction) of the booked lines of that span."""
        ...

    async def see(self, row: FeedRow, *, now_ms: int) -> bool:
        """Write a line down; True as long as it is not booked."""
        ...

    async def book(self, row: FeedRow, what: str) -> None:
        """What became of the line; written once."""
        ...

    async def fail(self, row: FeedRow, error: str) -> None:
        """Why the line could not be booked."""
        ...

    async def open_rows(self, *, before_ms: int, limit: int) -> tuple[OpenRow, ...]: ...
    async def unlisted(
        self, rail: str, *, from_ms: int, until_ms: int, limit: int
    ) -> tuple[tuple[str, int | None], ...]:
        """(charge, order) that came in at that time and that the provider does not list."""
        ...

    async def add_check(self, check: Check) -> None: ...
    async def checks(self, rail: str, currency: str, *, limit: int) -> tuple[Check, ...]:
        """Newest first."""
        ...

    async def refund_state(self, rail: str, charge_id: str) -> str | None:
        """pending, failed, sent, or void when it was given up; None: never promised.

        Who writes holds the refund from here on.
        """
        ...

    async def outgoing(self, *, limit: int) -> tuple[Outgoing, ...]:
        """What leaves as soon as it may, oldest first."""
        ...

    async def stuck(self, **limits_ms: int) -> dict[str, int]:
        """How many rows of each kind are past their limit; kinds without any are left out."""
        ...

    async def stuck_rows(self, *, limit: int, **limits_ms: int) -> tuple[StuckRow, ...]:
        """The same rows one by one, what waits longest first."""
        ...

    async def give_up(self, row_id: int, *, operator_id: int, now_ms: int) -> Refund | None:
        """End a dead refund row for good and its refund with it.

        None: there is no such row, or its money has gone back meanwhile.
        """
        ...

    async def coffers(self) -> tuple[Coffers, ...]: ...
    async def debts(self, *, limit: int) -> tuple[Debt, ...]:
        """The largest first, without names."""
        ...

    async def house_lines(self, *, limit: int) -> tuple[HouseLine, ...]:
        """Newest first."""
        ...

    async def house_line(self, transfer_id: int) -> HouseLine | None: ...
    async def sender(self, rail: str, external_id: str) -> int | None:
        """The Telegram account that a listed payment came from, where the list names one."""
        ...

    async def is_posted(self, key: str) -> bool:
        """There is a journal of that key."""
        ...

    async def balance(self, account_id: str) -> int:
        """Credits less debits; 0 for an account that does not exist."""
        ...

    async def in_flight(self, rail: str, currency: str) -> int:
        """What was promised to leave by this rail and may have left: refunds, payouts."""
        ...

    async def positions(self) -> tuple[Position, ...]: ...
    async def held(self) -> tuple[Held, ...]:
        """What each rail holds by the ledger."""
        ...
