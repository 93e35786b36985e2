"""After a backup was given back: safe mode, and people with running orders hear what to look at.

The files themselves are `storage.backup`'s; leaving safe mode is `services.freezing`'s.
"""

from dataclasses import dataclass

from market.memory import Newest
from market.notices import Message, Notice
from market.rails import CRYPTO_PAY
from services import readings
from services.freezing import begin_safe_mode
from services.ports import Clock, Storage, UnitOfWork

LAST_ORDERS = 10


@dataclass(frozen=True, slots=True)
class Restored:
    """What the backup held.

    `until_ms`: the house worked until then, None when it never did. `people` who take part in
    running orders are told to look at them. `newest`: what happened after that is not in it.
    """

    until_ms: int | None
    people: int
    newest: Newest


class Restoring:
    """Runs once, before the restored house is started."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def restored(self) -> Restored:
        """Nothing may leave from now on until an owner has looked."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            until_ms = await uow.upkeep.heartbeat()
            await begin_safe_mode(uow, now_ms=now_ms)
            await _read_on(uow, until_ms)
            people = await uow.orders.parties_at_work()
            for person_id in people:
                message = Message(
                    notice=Notice.RESTORED,
                    key=f"restored:{now_ms}:{person_id}",
                    person_id=person_id,
                    facts={"until_ms": until_ms},
                )
                await uow.outbox.add(message, now_ms=now_ms)
            newest = await uow.upkeep.newest(limit=LAST_ORDERS)
            return Restored(until_ms, len(people), newest)


async def _read_on(uow: UnitOfWork, until_ms: int | None) -> None:
    """A list that was never read begins where the backup ends; any other where it was read to."""
    listed = readings.sent_list(CRYPTO_PAY)
    if until_ms is not None and (await uow.books.reading(listed)).read_ms is None:
        await readings.was_read(uow, listed, at_ms=until_ms)
