"""Arriving, settings and terms: what a person does about the own account."""

from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from market.errors import NotFound, TermsNotAccepted
from market.people import TERMS_VERSION, Contact, Person
from market.policy import Policy
from services.attempts import retried
from services.digests import scheduled
from services.operators import operators
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

LANGUAGES = ("bn", "en")


class PeopleService:
    """Accounts. Names live apart from them and are refreshed whenever a person arrives."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def arrive(
        self, telegram_id: int, *, name: str, username: str | None, language_code: str | None
    ) -> Person:
        """The person of this Telegram account, new or known; writes only what changed."""
        contact = Contact(name, username)
        async with self._storage.read() as uow:
            person = await uow.people.by_telegram(telegram_id)
            if person is not None and await _is_fresh(uow, person, contact):
                return person
        return await self._enter(telegram_id, contact, language_code or "")

    @retried
    async def _enter(self, telegram_id: int, contact: Contact, code: str) -> Person:
        async with self._storage.begin() as uow:
            person = await uow.people.by_telegram(telegram_id)
            if person is None:
                person = await self._add(uow, telegram_id, code)
            person = await _save(uow, replace(person, unreachable_ms=None), was=person)
            await uow.people.save_contact(person.id, contact)
            return person

    async def _add(self, uow: UnitOfWork, telegram_id: int, code: str) -> Person:
        is_bengali = code.lower().startswith("bn")
        return await uow.people.add(
            telegram_id,
            language="bn" if is_bengali else "en",
            zone="Asia/Dhaka" if is_bengali else "UTC",
            now_ms=self._clock.now_ms(),
        )

    async def known(self, telegram_id: int) -> Person | None:
        """The person of this Telegram account, if there is one; writes nothing."""
        async with self._storage.read() as uow:
            return await uow.people.by_telegram(telegram_id)

    async def get(self, person_id: int) -> Person:
        async with self._storage.read() as uow:
            return await uow.people.get(person_id)

    async def contact(self, person_id: int) -> Contact:
        async with self._storage.read() as uow:
            return await uow.people.contact(person_id)

    async def choose_language(self, command: Command, language: str) -> Person:
        """Speak this language from now on; raises NotFound for one that we do not speak."""
        if language not in LANGUAGES:
            raise NotFound("language")
        return await self._change(command, "language", language=language, language_chosen=True)

    async def choose_zone(self, command: Command, zone: str) -> Person:
        """Show times of this zone; raises NotFound when there is no such zone."""
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise NotFound("zone") from None
        return await self._change(command, "zone", zone=zone)

    async def accept_terms(self, command: Command, version: int) -> Person:
        """Agree to the present terms; raises TermsNotAccepted when older ones were shown."""
        if version != TERMS_VERSION:
            raise TermsNotAccepted(TERMS_VERSION)
        return await self._change(command, "terms", terms_version=version)

    @retried
    async def _change(self, command: Command, name: str, **columns: object) -> Person:
        async with self._storage.begin() as uow:
            person = await uow.people.get(command.person_id)
            if await uow.command(command, name=name, now_ms=self._clock.now_ms()) is not None:
                return person
            changed: Person = replace(person, **columns)  # type: ignore[arg-type]
            if changed.zone != person.zone:
                changed = scheduled(changed, now_ms=self._clock.now_ms())
            return await _save(uow, changed, was=person)

    @retried
    async def blocked(self, telegram_id: int) -> None:
        """The person blocked the bot: nothing arrives there until the next arrival."""
        async with self._storage.begin() as uow:
            person = await uow.people.by_telegram(telegram_id)
            if person is not None:
                gone = replace(person, unreachable_ms=self._clock.now_ms())
                await _save(uow, gone, was=person)

    def is_operator(self, person: Person) -> bool:
        return person.telegram_id in self._policy.operators

    async def operators(self) -> tuple[Person, ...]:
        """Those operators of the settings who have arrived."""
        async with self._storage.read() as uow:
            return await operators(uow, self._policy)


async def _is_fresh(uow: UnitOfWork, person: Person, contact: Contact) -> bool:
    return person.unreachable_ms is None and await uow.people.contact(person.id) == contact


async def _save(uow: UnitOfWork, person: Person, *, was: Person) -> Person:
    if person != was:
        await uow.people.save(person)
    return person
