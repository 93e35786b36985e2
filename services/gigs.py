"""Gigs: publishing, pausing, shelves and cards."""

from market.errors import GigUnavailable, NotFound, Standing, TermsNotAccepted, WrongState
from market.gig import CATEGORY_KEYS, Gig, GigState, NewGig
from market.people import TERMS_VERSION, Person
from market.people import Standing as PersonStanding
from market.policy import Policy
from market.read import GigCard, Page, Shelf
from market.reports import Subject
from services import announcing
from services.attempts import retried
from services.away import away_soon, away_until
from services.gig_limits import within
from services.ports import Clock, Storage, UnitOfWork
from services.rails import is_taken
from services.reporting import filed, new_report
from services.rows import Command

LINES = 8
MINE_MAX = 100


class GigService:
    """What sellers do with their gigs and what everybody sees of them."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @retried
    async def publish(self, command: Command, new: NewGig) -> Gig:
        """Put a gig on its shelf and queue its announcements.

        Raises TermsNotAccepted, Standing, CurrencyClosed, or what `gig_limits.within` raises.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="publish", now_ms=now_ms)
            if before is not None:
                return await uow.gigs.get(int(before))
            in_good_standing(await uow.people.get(command.person_id))
            checked = within(new, self._policy)
            await is_taken(uow, self._policy, checked.category, checked.price.currency)
            gig = await uow.gigs.add(command.person_id, checked, now_ms=now_ms)
            await announcing.announce(uow, gig, now_ms=now_ms)
            await self._have_looked_at(uow, gig, now_ms=now_ms)
            await uow.result(command, str(gig.id))
            return gig

    @retried
    async def revise(self, command: Command, gig_id: int, new: NewGig) -> Gig:
        """Put right what operators took a gig down for; they are asked for another look.

        Raises NotFound for others than the seller, WrongState for a gig that was not taken down,
        and what `publish` raises.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            gig = await uow.gigs.get(gig_id)
            if gig.seller_id != command.person_id:
                raise NotFound("gig")
            if await uow.command(command, name="revise", now_ms=now_ms) is None:
                if gig.state is not GigState.TAKEN_DOWN:
                    raise WrongState("gig", gig.state)
                in_good_standing(await uow.people.get(command.person_id))
                checked = within(new, self._policy)
                await is_taken(uow, self._policy, checked.category, checked.price.currency)
                gig = await uow.gigs.revise(gig, checked, now_ms=now_ms)
                await self._ask_again(uow, gig, now_ms=now_ms)
            return gig

    async def _ask_again(self, uow: UnitOfWork, gig: Gig, *, now_ms: int) -> None:
        """Once as long as nobody has looked: whoever looks sees the newest version."""
        again = new_report(Subject.GIG_AGAIN, gig.id, by=gig.seller_id, words="", now_ms=now_ms)
        await filed(uow, self._policy, again)

    async def _have_looked_at(self, uow: UnitOfWork, gig: Gig, *, now_ms: int) -> None:
        """Operators look at the first gigs of a seller, which are public meanwhile."""
        most = self._policy.first_gigs
        if len(await uow.gigs.of_seller(gig.seller_id, limit=most + 1)) <= most:
            first = new_report(Subject.FIRST_GIG, gig.id, by=None, words="", now_ms=now_ms)
            await uow.reports.add(first)

    async def card(self, gig_id: int) -> GigCard:
        async with self._storage.read() as uow:
            return await carded(uow, await uow.gigs.get(gig_id), now_ms=self._clock.now_ms())

    async def version_card(self, gig_version_id: int) -> GigCard:
        """The gig as it was in that version."""
        async with self._storage.read() as uow:
            gig = await uow.gigs.version(gig_version_id)
            return await carded(uow, gig, now_ms=self._clock.now_ms())

    async def shelves(self) -> tuple[Shelf, ...]:
        """Every category in its order, also the empty ones."""
        async with self._storage.read() as uow:
            counts = {shelf.category: shelf.gigs for shelf in await uow.gigs.shelves()}
        return tuple(Shelf(key, counts.get(key, 0)) for key in CATEGORY_KEYS)

    async def browse(self, category: str, *, cursor: int | None, forward: bool) -> Page:
        async with self._storage.read() as uow:
            return await uow.gigs.browse(category, cursor=cursor, forward=forward, limit=LINES)

    async def mine(self, person_id: int) -> tuple[Gig, ...]:
        async with self._storage.read() as uow:
            return await uow.gigs.of_seller(person_id, limit=MINE_MAX)

    async def pause(self, command: Command, gig_id: int) -> Gig:
        """Take no new orders. Only the seller can; for others there is no such gig (NotFound).

        Raises GigUnavailable when operators took the gig down.
        """
        return await self._set_state(command, gig_id, GigState.PAUSED)

    async def resume(self, command: Command, gig_id: int) -> Gig:
        """Take orders again; raises NotFound for others than the seller."""
        return await self._set_state(command, gig_id, GigState.ACTIVE)

    @retried
    async def _set_state(self, command: Command, gig_id: int, state: GigState) -> Gig:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            gig = await uow.gigs.get(gig_id)
            if gig.seller_id != command.person_id:
                raise NotFound("gig")
            if gig.state is GigState.TAKEN_DOWN:
                raise GigUnavailable(gig_id)
            is_first = await uow.command(command, name=f"gig_{state}", now_ms=now_ms) is None
            if is_first and gig.state is not state:
                await uow.gigs.set_state(gig_id, state)
                await announcing.edit(uow, gig, reason=command.key, now_ms=now_ms)
            return await uow.gigs.get(gig_id)


async def carded(uow: UnitOfWork, gig: Gig, *, now_ms: int) -> GigCard:
    """The gig as a buyer sees it, with its seller's name and figures."""
    seller = await uow.people.contact(gig.seller_id)
    rating = await uow.gigs.rating(gig.seller_id, now_ms=now_ms)
    back_ms = await away_until(uow, gig.seller_id, now_ms=now_ms)
    soon = await away_soon(uow, gig.seller_id, now_ms=now_ms)
    return GigCard(gig, seller.name, rating, back_ms, soon)


def in_good_standing(person: Person) -> None:
    """Trading needs good standing and accepted terms; raises Standing or TermsNotAccepted."""
    if person.standing is not PersonStanding.GOOD:
        raise Standing(person.standing)
    if not person.has_accepted_terms:
        raise TermsNotAccepted(TERMS_VERSION)
