"""Forgetting: a person who asks for it, and what the house has kept long enough.

The ledger and the history of orders are the books and stay; what a row says about a person goes.
"""

from dataclasses import replace

from market.errors import StillNeeded
from market.gig import GigState
from market.people import Person
from market.policy import Policy
from market.privacy import Needs
from services import announcing
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command
from services.sanity import while_sane

BATCH = 50
NOTICES = 500
ERASED_TO = "notices_erased_to"
GIGS_MOST = 1_000


class PrivacyService:
    """What /deletemydata does, and the sweep that forgets by itself."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def needs(self, person_id: int) -> Needs:
        """What stands in the way; nothing when `is_free`."""
        async with self._storage.read() as uow:
            return await self._needs(uow, await uow.people.get(person_id))

    async def _needs(self, uow: UnitOfWork, person: Person) -> Needs:
        runs_house = person.telegram_id in self._policy.operators | self._policy.owner_ids
        return replace(await uow.privacy.needs(person.id), runs_house=runs_house)

    @retried
    async def forget(self, command: Command) -> None:
        """The person is a number from now on; raises StillNeeded.

        Whoever writes again later begins anew, under the same number.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            person = await uow.people.get(command.person_id)
            if await uow.command(command, name="forget", now_ms=now_ms) is not None:
                return
            needs = await self._needs(uow, person)
            if not needs.is_free:
                raise StillNeeded(needs.orders, needs.money, needs.runs_house)
            await self._close_shop(uow, person, command)
            await uow.payees.forget(person.id, now_ms=now_ms)
            await uow.pins.drop(person.id)
            await uow.people.save(_anew(person))
            await uow.privacy.forget(person.id, now_ms=now_ms)

    async def _close_shop(self, uow: UnitOfWork, person: Person, command: Command) -> None:
        """No gig and no coupon of somebody who has left."""
        now_ms = self._clock.now_ms()
        for gig in await uow.gigs.of_seller(person.id, limit=GIGS_MOST):
            if gig.state is GigState.ACTIVE:
                await uow.gigs.set_state(gig.id, GigState.PAUSED)
                await announcing.edit(uow, gig, reason=command.key, now_ms=now_ms)
        for use in await uow.coupons.of_maker(person.id, limit=GIGS_MOST):
            await uow.coupons.stop(use.coupon.id, now_ms=now_ms)

    @while_sane
    async def retain(self) -> int:
        """Erase what is past its time; answers how many orders, claims and pictures of payouts."""
        now_ms, windows = self._clock.now_ms(), self._policy.windows
        async with self._storage.read() as uow:
            due = await uow.privacy.erasable(now_ms - windows.texts_keep_ms, limit=BATCH)
        for order_id in due:
            await self._erase(order_id)
        return len(due) + await self._erase_rest()

    @retried
    async def _erase(self, order_id: int) -> None:
        async with self._storage.begin() as uow:
            await uow.privacy.erase_order(order_id, now_ms=self._clock.now_ms())

    @retried
    async def _erase_rest(self) -> int:
        now_ms, windows = self._clock.now_ms(), self._policy.windows
        async with self._storage.begin() as uow:
            old_ms = now_ms - windows.texts_keep_ms
            after_id = int(await uow.upkeep.flag(ERASED_TO) or 0)
            last_id = await uow.privacy.erase_notices(after_id, old_ms, limit=NOTICES)
            if last_id != after_id:
                await uow.upkeep.set_flag(ERASED_TO, str(last_id), now_ms=now_ms)
            pictures = await uow.privacy.erase_evidence(old_ms, limit=BATCH)
            return pictures + await uow.privacy.erase_claims(
                now_ms - windows.digits_keep_ms, now_ms=now_ms, limit=BATCH
            )


def _anew(person: Person) -> Person:
    """As somebody who has never chosen anything; standing and number stay."""
    return replace(
        person,
        language_chosen=False,
        zone="UTC",
        terms_version=0,
        digest_hour=None,
        next_digest_ms=None,
    )
