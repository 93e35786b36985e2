"""Money that leaves: withdrawals, where people want them, and the rates of owners. Protocols."""

from typing import Protocol

from market.money import Currency
from market.payout_read import Detail, Funds, Guard, WithdrawalEvent, Word
from market.payout_terms import Rate, Way
from market.withdrawal import Doing, Withdrawal


class Withdrawals(Protocol):
    """Withdrawals. Their money moves in the same database transaction, before their state."""

    async def add(self, withdrawal: Withdrawal) -> Withdrawal:
        """Stored under a new id."""
        ...

    async def get(self, withdrawal_id: int) -> Withdrawal:
        """Raise NotFound. Inside `begin` the row is locked until the commit."""
        ...

    async def by_spend(self, spend_id: str) -> Withdrawal | None:
        """The one that is sent under this id; locked as by `get`."""
        ...

    async def say(self, word: Word) -> int:
        """Keep what an owner says of it; answers the word's id."""
        ...

    async def word(self, withdrawal_id: int) -> Word | None:
        """What was said of it last."""
        ...

    async def move(self, before: Withdrawal, after: Withdrawal, doing: Doing) -> None:
        """Compare and set, with its row of the history; raises Conflict."""
        ...

    async def history(self, withdrawal_id: int) -> tuple[WithdrawalEvent, ...]: ...
    async def of(self, person_id: int, *, offset: int, limit: int) -> tuple[Withdrawal, ...]:
        """Newest first."""
        ...

    async def count_since(self, person_id: int, since_ms: int) -> int:
        """How many were asked for after that moment."""
        ...

    async def has_arrived(self, person_id: int) -> bool:
        """One of the person's withdrawals was paid and did not come back."""
        ...

    async def open(self, *, limit: int) -> tuple[Withdrawal, ...]:
        """Those not at their end, in the order in which they may be sent."""
        ...

    async def to_send(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        """What a rail may send by itself now."""
        ...

    async def to_tell(self, now_ms: int, *, told_ms: int, limit: int) -> tuple[int, ...]:
        """What waits for operators who have not heard of it since `told_ms`."""
        ...

    async def told(self, withdrawal_id: int, *, now_ms: int) -> None: ...
    async def is_referenced(self, way: Way, reference: str) -> bool:
        """A payout of this way has that reference."""
        ...

    async def withdrawable(self, person_id: int, currency: Currency) -> int:
        """Earnings less the person's debts, minor units."""
        ...

    async def funds(self, way: Way) -> Funds:
        """What can be promised; whoever promises afterwards waits for this commit."""
        ...


class Rates(Protocol):
    """What owners pay for one currency in another one."""

    async def add(self, rate: Rate) -> Rate:
        """Kept under a new id; from now on it counts."""
        ...

    async def newest(self, source: Currency, target: Currency) -> Rate | None: ...
    async def history(self, source: Currency, target: Currency, *, limit: int) -> tuple[Rate, ...]:
        """Newest first."""
        ...


class Payees(Protocol):
    """People's accounts, encrypted at rest, and what stops their payouts."""

    async def detail(self, person_id: int, way: Way) -> Detail | None:
        """The present account of this way."""
        ...

    async def by_id(self, detail_id: int) -> Detail: ...
    async def all_of(self, person_id: int) -> tuple[Detail, ...]:
        """Older ones too, oldest first."""
        ...

    async def keep(self, person_id: int, way: Way, account: str, *, now_ms: int) -> Detail:
        """The present account from now on."""
        ...

    async def forget(self, person_id: int, *, now_ms: int) -> None:
        """No account of the person can be read any more."""
        ...

    async def guard(self, person_id: int) -> Guard: ...
    async def save_guard(self, person_id: int, guard: Guard) -> None: ...
