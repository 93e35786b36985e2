"""What may be erased in the database, and when; notices lose words; an older house is whole."""

from pathlib import Path
from typing import Any

import pytest

from market.states import Event, State
from storage import OpenStorage, open_storage
from tests.storage.conftest import Raw, Refused
from tests.support.databases import CIPHER
from tests.support.houses import house_at
from tests.support.samples import file
from tests.support.town import Town

DAY_MS = 86_400_000
BARE = "{}"
NO_FILE = "file_id = NULL, file_unique_id = NULL, kind = NULL, name = NULL, size_bytes = NULL"
ERASURES = (
    "UPDATE room_message SET words = '🗑', chat_id = 0, message_id = 0, " + NO_FILE,
    "UPDATE delivery SET words = '🗑'",
    "UPDATE delivery_file SET file_id = '', file_unique_id = '', name = ''",
    "UPDATE dispute_statement SET words = '🗑'",
    "UPDATE dispute_statement_file SET file_id = '', file_unique_id = '', name = ''",
)
FORGERIES = (
    "UPDATE room_message SET words = 'I never said that'",
    "UPDATE room_message SET words = '🗑', chat_id = 0, message_id = 0, at_ms = 1, " + NO_FILE,
    "DELETE FROM room_message",
    "UPDATE delivery SET words = 'Something else'",
    "UPDATE delivery SET words = '🗑', digest = 'x'",
    "DELETE FROM delivery",
    "UPDATE delivery_file SET file_id = 'other'",
    "UPDATE delivery_file SET file_id = '', file_unique_id = '', name = '', sha256 = 'x'",
    "DELETE FROM delivery_file",
    "UPDATE dispute_statement SET words = 'All is well'",
    "DELETE FROM dispute_statement",
    "UPDATE dispute_statement_file SET file_id = 'other'",
    "DELETE FROM dispute_statement_file",
)


@pytest.fixture
async def town(storage: OpenStorage) -> Town:
    """A house with people in it."""
    place = Town(storage)
    await place.settle_in()
    return place


async def _evidence(town: Town) -> int:
    """An order in a dispute with words and files everywhere, and a hash."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.say(town.buyer, order.id, "Look", file=file(1))
    services, now = town.services, await town.order(order.id)
    await services.orders.deliver(
        town.command(town.seller), order.id, version=now.version, text="Here", files=(file(2),)
    )
    await town.drain()
    town.clock.advance(town.windows.first_look_ms)
    now = await town.order(order.id)
    await services.disputes.open(
        town.command(town.buyer),
        order.id,
        version=now.version,
        reason="quality",
        text="It is not what we said",
        files=(file(3),),
    )
    return order.id


async def test_evidence_of_an_open_order_stays(town: Town, raw: Raw) -> None:
    """Nothing of it can be erased before the order is over."""
    await _evidence(town)
    for statement in (*ERASURES, *FORGERIES):
        with pytest.raises(Refused, match="immutable"):
            await raw(statement)


async def test_evidence_of_a_closed_order_is_erased_or_stays(town: Town, raw: Raw) -> None:
    """Erasing is all that can happen to it, then."""
    order_id = await _evidence(town)
    await town.act(town.seller, order_id, Event.CONCEDE_SELLER)
    for statement in FORGERIES:
        with pytest.raises(Refused, match="immutable"):
            await raw(statement)
    for statement in ERASURES:
        await raw(statement)
    async with town.storage.read() as uow:
        (delivery,) = await uow.orders.deliveries(order_id)
    assert (delivery.text, delivery.files, len(delivery.digest)) == ("🗑", (), 64)


async def _facts(raw: Raw, person_id: int) -> dict[str, set[str]]:
    """The facts of the notices to a person, by their state."""
    found: dict[str, set[str]] = {}
    for row in await raw(f"SELECT state, facts FROM outbox WHERE person_id = {person_id}"):
        found.setdefault(row[0], set()).add(row[1])
    return found


async def test_notices_to_who_was_forgotten(town: Town, raw: Raw) -> None:
    """Those that went out keep no words."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.seller, order.id)
    await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    await town.drain()
    assert (await _facts(raw, town.buyer.id))["done"] != {BARE}
    await town.services.privacy.forget(town.command(town.buyer))
    assert (await _facts(raw, town.buyer.id))["done"] == {BARE}


async def test_old_notices_lose_their_words(town: Town, raw: Raw) -> None:
    """Half a year after they were written; those that wait are sent as they are; each once."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.drain()
    await town.say(town.buyer, order.id, "Still waiting to be sent")
    town.clock.advance(180 * DAY_MS + 1)
    await town.services.privacy.retain()
    facts = await _facts(raw, town.seller.id)
    assert facts["done"] == {BARE}
    assert facts["queued"] != {BARE}
    looked_at = await raw("SELECT value FROM flag WHERE name = 'notices_erased_to'")
    await town.services.privacy.retain()
    assert await raw("SELECT value FROM flag WHERE name = 'notices_erased_to'") == looked_at


async def test_a_house_that_has_worked(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Schema 7 is laid over it: nothing is erased by that, and then it can be."""
    opened: Any = await open_storage(await house_at(6, engine, request, tmp_path), cipher=CIPHER)
    async with opened.read() as uow:
        due = await uow.privacy.erasable(2**60, limit=99)
        deliveries = [one for order_id in due for one in await uow.orders.deliveries(order_id)]
        assert await uow.ledger.audit() == ()
    assert due
    assert all(one.text != "🗑" for one in deliveries)
    for order_id in due:
        async with opened.begin() as uow:
            await uow.privacy.erase_order(order_id, now_ms=1)
    async with opened.read() as uow:
        assert await uow.privacy.erasable(2**60, limit=99) == ()
        assert await uow.ledger.audit() == ()
    await opened.close()
