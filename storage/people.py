"""Accounts of people; their names are sealed and lie in a table of their own."""

from market.errors import NotFound
from market.people import Contact, Person, Standing
from storage import contacts
from storage.cipher import Cipher
from storage.queries import Row, Sql

_NAME_MAX = 12  # 36 to this power still fits into a column


class People:
    """services.repositories.People."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def by_telegram(self, telegram_id: int) -> Person | None:
        row = await self._sql.one("person_by_telegram", telegram_id=telegram_id)
        return None if row is None else _person(row)

    async def get(self, person_id: int) -> Person:
        row = await self._sql.one("person_get", id=person_id)
        if row is None:
            raise NotFound("person")
        return _person(row)

    async def add(self, telegram_id: int, *, language: str, zone: str, now_ms: int) -> Person:
        """A person who came twice at once is one person."""
        row = await self._sql.one(
            "person_add", telegram_id=telegram_id, language=language, zone=zone, now_ms=now_ms
        )
        assert row is not None, "an upsert answers its row"
        return _person(row)

    async def save(self, person: Person) -> None:
        await self._sql.run(
            "person_save",
            id=person.id,
            language=person.language,
            language_chosen=int(person.language_chosen),
            zone=person.zone,
            standing=person.standing,
            terms_version=person.terms_version,
            unreachable_ms=person.unreachable_ms,
            digest_hour=person.digest_hour,
            next_digest_ms=person.next_digest_ms,
        )

    async def to_digest(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("people_to_digest", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def find(self, words: str, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("people_found", **_named(words), row_limit=4)
        return tuple(dict.fromkeys(row["id"] for row in rows))[:limit]

    async def contact(self, person_id: int) -> Contact:
        sealed = await self._sql.value("contact_get", person_id=person_id)
        return contacts.unseal(self._cipher, person_id, sealed)

    async def save_contact(self, person_id: int, contact: Contact) -> None:
        sealed = contacts.seal(self._cipher, person_id, contact)
        await self._sql.run("contact_save", person_id=person_id, sealed=sealed)


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        telegram_id=row["telegram_id"],
        language=row["language"],
        zone=row["zone"],
        standing=Standing(row["standing"]),
        terms_version=row["terms_version"],
        created_ms=row["created_ms"],
        language_chosen=bool(row["language_chosen"]),
        unreachable_ms=row["unreachable_ms"],
        digest_hour=row["digest_hour"],
        next_digest_ms=row["next_digest_ms"],
    )


def _named(words: str) -> dict[str, int]:
    """What an operator typed, as a person's number and as an order's code; -1 where it is none."""
    name = words.strip().removeprefix("#")
    is_name = name.isascii() and name.isalnum() and len(name) <= _NAME_MAX
    number = int(name) if is_name and name.isdigit() else -1
    return {"number": number, "order_id": int(name, 36) if is_name else -1}
