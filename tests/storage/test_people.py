"""People and their sealed contacts."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from market.errors import NotFound
from market.people import Contact, Standing
from storage import Cipher, OpenStorage, WrongKey
from tests.support.walk import START_MS, Market, placed


async def test_a_new_person_is_found_by_both_ids(storage: OpenStorage) -> None:
    """Adding answers the stored person, who is found by telegram id and by own id."""
    async with storage.begin() as unit:
        person = await unit.people.add(77, language="bn", zone="Asia/Dhaka", now_ms=START_MS)
    async with storage.read() as unit:
        assert person == await unit.people.by_telegram(77)
        assert person == await unit.people.get(person.id)
        assert await unit.people.by_telegram(78) is None


async def test_adding_twice_is_one_person(storage: OpenStorage) -> None:
    """The second adding changes nothing and answers the first person."""
    async with storage.begin() as unit:
        one = await unit.people.add(77, language="bn", zone="Asia/Dhaka", now_ms=1)
        other = await unit.people.add(77, language="en", zone="UTC", now_ms=2)
    assert one == other


async def test_saving_changes_everything_that_may_change(storage: OpenStorage) -> None:
    """Language, zone, standing, terms and reachability are stored."""
    async with storage.begin() as unit:
        person = await unit.people.add(77, language="bn", zone="Asia/Dhaka", now_ms=1)
        changed = replace(
            person,
            language="en",
            language_chosen=True,
            zone="UTC",
            standing=Standing.PAUSED,
            terms_version=1,
            unreachable_ms=9,
            digest_hour=8,
            next_digest_ms=50,
        )
        await unit.people.save(changed)
        assert changed == await unit.people.get(person.id)


async def test_digests_are_due_at_their_moment(storage: OpenStorage) -> None:
    """Whoever chose an hour, the longest overdue first."""
    async with storage.begin() as unit:
        people = [
            await unit.people.add(tid, language="bn", zone="Asia/Dhaka", now_ms=1)
            for tid in (71, 72, 73)
        ]
        for person, moment in zip(people, (60, 50, None), strict=True):
            await unit.people.save(replace(person, digest_hour=8, next_digest_ms=moment))
        assert await unit.people.to_digest(49, limit=9) == ()
        assert (people[1].id, people[0].id) == await unit.people.to_digest(60, limit=9)
        assert (people[1].id,) == await unit.people.to_digest(60, limit=1)


async def test_operators_find_people(storage: OpenStorage, market: Market) -> None:
    """By own number, Telegram id or an order's code, which means both parties; once each."""
    for _ in range(11):
        order = await placed(storage, market)
    buyer, seller = market.buyer.id, market.seller.id
    async with storage.read() as unit:
        find = unit.people.find
        assert (seller, buyer) == await find(f"#{seller}", limit=9)
        assert (buyer,) == await find(" 1001 ", limit=9)
        assert order.id == 11
        assert (buyer, seller) == await find("#b", limit=9)
        assert (buyer,) == await find("B", limit=1)
        for nobody in ("", "#", "zz", "-1", "১", "9" * 40, "karim@example.org"):
            assert await find(nobody, limit=9) == ()


async def test_an_unknown_person_is_not_found(storage: OpenStorage) -> None:
    """Getting an unknown id raises NotFound."""
    async with storage.read() as unit:
        with pytest.raises(NotFound):
            await unit.people.get(5)


async def test_contacts_are_kept_and_replaced(storage: OpenStorage) -> None:
    """The last saved contact counts; nobody has an empty name."""
    async with storage.begin() as unit:
        person = await unit.people.add(77, language="bn", zone="Asia/Dhaka", now_ms=1)
        assert Contact("", None) == await unit.people.contact(person.id)
        await unit.people.save_contact(person.id, Contact("রহিম", "rahim"))
        await unit.people.save_contact(person.id, Contact("রহিমা", None))
        assert Contact("রহিমা", None) == await unit.people.contact(person.id)


async def test_names_are_not_readable_in_the_file(
    sqlite_storage: OpenStorage, tmp_path: Path
) -> None:
    """No byte of the database files shows a name."""
    async with sqlite_storage.begin() as unit:
        person = await unit.people.add(77, language="bn", zone="Asia/Dhaka", now_ms=1)
        await unit.people.save_contact(person.id, Contact("Abdur Rahman", "abdur_rahman"))
    written = b"".join(file.read_bytes() for file in tmp_path.glob("gighaat*"))
    assert person.zone.encode() in written
    assert b"ahman" not in written


def test_a_sealed_value_opens_for_its_owner_only() -> None:
    """Another row's owner or a changed byte does not open."""
    cipher = Cipher(b"a" * 32)
    sealed = cipher.seal(b"secret", owner="person:1")
    assert cipher.open(sealed, owner="person:1") == b"secret"
    with pytest.raises(InvalidTag):
        cipher.open(sealed, owner="person:2")


def test_an_older_key_still_opens() -> None:
    """After a change of keys what was sealed before opens, and an unknown key is named."""
    sealed = Cipher(b"a" * 32).seal(b"secret", owner="x")
    assert Cipher(b"b" * 32, b"a" * 32).open(sealed, owner="x") == b"secret"
    with pytest.raises(WrongKey):
        Cipher(b"b" * 32).open(sealed, owner="x")


def test_a_key_has_32_bytes_and_is_never_shown() -> None:
    """A short key is refused; the cipher's repr tells nothing."""
    with pytest.raises(ValueError, match="32 bytes"):
        Cipher(b"short")
    assert repr(Cipher(b"k" * 32)) == "Cipher(…)"
