"""People, the absences they declare and the reports about them. Protocols only."""

from typing import Protocol

from market.absence import Absence
from market.people import Contact, Person
from market.reports import Act, Report, StandingChange, Subject


class People(Protocol):
    """Accounts and, apart from them, private data (encrypted at rest)."""

    async def by_telegram(self, telegram_id: int) -> Person | None: ...
    async def get(self, person_id: int) -> Person:
        """Raise NotFound."""
        ...

    async def add(self, telegram_id: int, *, language: str, zone: str, now_ms: int) -> Person: ...
    async def save(self, person: Person) -> None: ...
    async def contact(self, person_id: int) -> Contact: ...
    async def save_contact(self, person_id: int, contact: Contact) -> None: ...
    async def to_digest(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        """Whose daily summary is due."""
        ...

    async def find(self, words: str, *, limit: int) -> tuple[int, ...]:
        """People by own id, Telegram id or an order's code (buyer, then seller); for operators."""
        ...


class Absences(Protocol):
    """Declared absences."""

    async def add(self, absence: Absence) -> Absence:
        """Kept under a new id."""
        ...

    async def of(self, person_id: int, *, after_ms: int) -> tuple[Absence, ...]:
        """Those that end after the moment, the earliest first."""
        ...

    async def end(self, absence_id: int, *, at_ms: int) -> None:
        """Back earlier: it ends then; one that has not begun is forgotten."""
        ...


class Reports(Protocol):
    """What operators have to look at, what was done to people, and the log of operators' acts."""

    async def add(self, report: Report) -> int | None:
        """The new report's id (the given one is ignored); None when the same one is open."""
        ...

    async def get(self, report_id: int) -> Report:
        """Raise NotFound."""
        ...

    async def open(self, subjects: tuple[Subject, ...], *, limit: int) -> tuple[Report, ...]:
        """Unsettled ones, oldest first."""
        ...

    async def close(self, report_id: int, *, operator_id: int, answer: str, now_ms: int) -> bool:
        """False when it was settled before."""
        ...

    async def about(self, person_id: int, *, limit: int) -> tuple[Report, ...]:
        """Reports on the person, his gigs, reviews and rooms, newest first."""
        ...

    async def add_standing(self, change: StandingChange) -> None: ...
    async def standings(self, person_id: int) -> tuple[StandingChange, ...]:
        """Newest first."""
        ...

    async def paused_until(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        """People whose pause is over."""
        ...

    async def acts(self, *, from_ms: int, until_ms: int, limit: int) -> tuple[Act, ...]:
        """Newest first; `until_ms` itself is left out."""
        ...
