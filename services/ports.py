"""What the services need from outside: storage, clock, ids, rails and messages, as Protocols.

`storage` implements UnitOfWork, `bot.kit` implements Messenger, Stars and Chats, `payments`
implements Rail. Nothing here decides anything.
"""

from contextlib import AbstractAsyncContextManager
from typing import Protocol, runtime_checkable

from market.change import Change
from market.money import Money
from market.people import Person
from services.bill_rows import BillCall, Billed, BillReport
from services.feed_rows import FeedRow, StarsBalance
from services.payout_rows import PayoutCall, PayoutOutcome
from services.repositories import (
    Absences,
    Bills,
    Books,
    Claims,
    Coupons,
    Gigs,
    Inbox,
    Ledger,
    Orders,
    Outbox,
    Payees,
    Payments,
    People,
    Pins,
    Places,
    Privacy,
    Proposals,
    Rails,
    Rates,
    Reports,
    Reviews,
    Rooms,
    Threads,
    Tips,
    Upkeep,
    Withdrawals,
)
from services.rows import Command, Later, OutboxRow, Refused, SendOutcome, ToRead


class Clock(Protocol):
    """Wall time in epoch milliseconds."""

    def now_ms(self) -> int: ...
    def is_sane(self) -> bool:
        """False while it runs ahead of what others say; nobody's money then moves by it."""
        ...

    def heard(self, date_ms: int) -> None:
        """Telegram's date of something that happened just now."""
        ...


class Ids(Protocol):
    """Random identifiers."""

    def token(self) -> str:
        """128 random bits as 32 hex digits."""
        ...


class UnitOfWork(Protocol):
    """The stored house within one database transaction."""

    people: People
    gigs: Gigs
    orders: Orders
    payments: Payments
    withdrawals: Withdrawals
    payees: Payees
    rates: Rates
    pins: Pins
    proposals: Proposals
    bills: Bills
    coupons: Coupons
    claims: Claims
    rails: Rails
    reviews: Reviews
    rooms: Rooms
    reports: Reports
    absences: Absences
    ledger: Ledger
    books: Books
    threads: Threads
    tips: Tips
    outbox: Outbox
    inbox: Inbox
    places: Places
    privacy: Privacy
    upkeep: Upkeep

    async def command(self, command: Command, *, name: str, now_ms: int) -> str | None:
        """Claim the key for `name`: None the first time, else the result stored before ("")."""
        ...

    async def result(self, command: Command, result: str) -> None:
        """Keep what a repeated command should answer."""
        ...

    async def record(self, change: Change, *, now_ms: int) -> None:
        """Write a whole change: journals, order (compare and set), event, outbox rows, refunds.

        Raises Conflict when the order moved meanwhile, InsufficientFunds when the database
        refuses an overdraft.
        """
        ...


class Storage(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A writing transaction: commits at the end, rolls back on any exception.

        Raises Busy when the database stays locked.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A consistent reading view; writing through it fails."""
        ...

    async def in_charge(self) -> bool:
        """Whether this process is the one that handles updates; it becomes so when nobody is.

        The charge ends with the process, however that ends. Raises Busy when it cannot be told.
        """
        ...


class Messenger(Protocol):
    """Sends one notice to its reader or place, rendered now."""

    async def send(self, row: OutboxRow) -> SendOutcome: ...


class Stars(Protocol):
    """Telegram Stars at the provider."""

    async def refund(self, telegram_id: int, charge_id: str) -> SendOutcome:
        """Send the whole charge back; "already refunded" counts as Sent."""
        ...


class StarsFeed(Protocol):
    """What Telegram itself says about the bot's Stars."""

    async def transactions(self, *, offset: int, limit: int) -> tuple[FeedRow, ...]:
        """What came in and went out, the oldest first; raises when Telegram does not answer."""
        ...

    async def balance(self) -> StarsBalance:
        """What the bot has; raises when Telegram does not answer."""
        ...


class Files(Protocol):
    """The bytes of files at Telegram."""

    async def fingerprint(self, file: ToRead) -> str:
        """SHA-256 of the bytes in hex; empty when they cannot be read (gone, or over 20 MB)."""
        ...


class Rail(Protocol):
    """A way money comes in and goes back."""

    name: str

    async def refund(self, person: Person, charge_id: str) -> SendOutcome: ...


@runtime_checkable
class PayoutRail(Protocol):
    """A way money goes out to a person, known to the provider by our `spend_id`."""

    name: str

    async def pay(self, call: PayoutCall) -> PayoutOutcome:
        """Send it unless it was sent: asks first, so a repeat with the same id pays once."""
        ...

    async def ask(self, call: PayoutCall) -> PayoutOutcome:
        """What became of it, sending nothing. NotPaid: the provider has never seen the id."""
        ...


@runtime_checkable
class BillRail(Protocol):
    """A rail that asks for money by an invoice of its own, with a link."""

    name: str

    async def bill(self, call: BillCall) -> Billed | Later | Refused:
        """Have the invoice made unless it was made: asks first, so a repeat makes no second."""
        ...

    async def look(self, external_ids: tuple[str, ...]) -> tuple[BillReport, ...]:
        """What these invoices are now; raises RailAway."""
        ...

    async def paid(self, *, since_ms: int) -> tuple[BillReport, ...]:
        """All invoices paid since then, whoever made them; raises RailAway."""
        ...

    async def withdraw(self, external_id: str) -> bool:
        """Let nobody pay it any more; False when it was too late. Raises RailAway."""
        ...


@runtime_checkable
class ListsSendings(Protocol):
    """A rail that can be asked for everything that left through it."""

    name: str

    async def sent(self, *, since_ms: int) -> tuple[FeedRow, ...]:
        """All of it since then, the oldest first, `payload` our key; raises RailAway."""
        ...


@runtime_checkable
class HoldsMoney(Protocol):
    """A rail that can be asked what it keeps for the house."""

    name: str

    async def holdings(self) -> Money:
        """Raises when the provider does not answer."""
        ...


class Chats(Protocol):
    """Questions about chats."""

    async def may_post(self, chat_id: int) -> bool: ...
    async def create_topic(self, chat_id: int, name: str) -> int: ...
