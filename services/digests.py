"""The day's summary at the hour that a person chose; nothing to say is no message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from market.deadlines import DAY_MS
from market.errors import NumberOutOfRange
from market.notices import Message, Notice
from market.people import Person
from market.read import BoardLine
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

LAST_HOUR = 23
NEAREST = 5
LINES_MOST = 500


class DigestService:
    """Choosing the hour; the sweep that writes the summaries is `Upkeep.digest`."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @retried
    async def choose_hour(self, command: Command, hour: int | None) -> Person:
        """Daily at that hour in the person's zone, None for never; raises NumberOutOfRange."""
        if hour is not None and not 0 <= hour <= LAST_HOUR:
            raise NumberOutOfRange(0, LAST_HOUR)
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            person = await uow.people.get(command.person_id)
            if await uow.command(command, name="digest_hour", now_ms=now_ms) is None:
                person = scheduled(replace(person, digest_hour=hour), now_ms=now_ms)
                await uow.people.save(person)
            return person


def scheduled(person: Person, *, now_ms: int) -> Person:
    """The person with the moment of the next summary."""
    if person.digest_hour is None:
        return replace(person, next_digest_ms=None)
    at_ms = next_at(person.digest_hour, ZoneInfo(person.zone), now_ms=now_ms)
    return replace(person, next_digest_ms=at_ms)


def next_at(hour: int, zone: ZoneInfo, *, now_ms: int) -> int:
    """The first full hour of that name after the moment, in the zone."""
    here = datetime.fromtimestamp(now_ms / 1_000, UTC).astimezone(zone)
    at = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    while at.timestamp() * 1_000 <= now_ms:
        at += timedelta(days=1)
    return int(at.timestamp() * 1_000)


async def summarise(uow: UnitOfWork, person: Person, *, now_ms: int) -> None:
    """Queue the summary that is due, and set the next one's moment."""
    if person.next_digest_ms is None or person.next_digest_ms > now_ms:
        return  # another sweep was faster
    lines = await uow.orders.board(
        person.id, finished=False, offset=0, limit=LINES_MOST, now_ms=now_ms
    )
    facts = told(lines, now_ms=now_ms)
    if facts is not None:
        key = f"digest:{person.id}:{person.next_digest_ms}"
        message = Message(
            notice=Notice.DIGEST, key=key, person_id=person.id, facts=facts, fold="digest"
        )
        await uow.outbox.add(message, now_ms=now_ms)
    await uow.people.save(scheduled(person, now_ms=now_ms))


def told(lines: tuple[BoardLine, ...], *, now_ms: int) -> dict[str, object] | None:
    """What the summary says; None when nothing waits, is late, is new or is due within a day."""
    soon = [line for line in lines if line.until_ms is not None and line.until_ms < now_ms + DAY_MS]
    counts: dict[str, object] = {
        "waiting": sum(line.waits_for_me for line in lines),
        "late": sum(line.is_late for line in lines),
        "unread": sum(line.unread for line in lines),
        "soon": len(soon),
    }
    if not any(counts.values()):
        return None
    return counts | {"open": len(lines), "nearest": [_line(line) for line in _nearest(lines)]}


def _nearest(lines: tuple[BoardLine, ...]) -> list[BoardLine]:
    dated = [line for line in lines if line.until_ms is not None]
    return sorted(dated, key=lambda line: line.until_ms or 0)[:NEAREST]


def _line(line: BoardLine) -> dict[str, object]:
    return {
        "order": line.order_id,
        "title": line.title,
        "role": line.role.value,
        "state": line.state.value,
        "until_ms": line.until_ms,
        "waits": line.waits_for_me,
    }
