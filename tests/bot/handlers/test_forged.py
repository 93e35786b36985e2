"""10,000 forged, foreign, old and repeated buttons and tampered invoices: none has any effect."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.ui.callbacks import encode
from bot.ui.taps import AcceptDelivery, CancelOrder, PauseGig, RefuseRequest
from market.states import State
from tests.support.forging import Forger, filled, tampered
from tests.support.inline import InlineStorage
from tests.support.office import Office, digests
from tests.support.telegram import Person
from tests.support.town import Town

STRANGER, SEED = 777, 20_260_501
SECOND_WALL = 1_500
FOREIGN, GARBAGE, STALE, REPLAYS, INVOICES = 6_000, 1_500, 1_500, 500, 500
NAMES = {STRANGER: "Ann", 501: "Rahim", 502: "Ayesha", 503: "Nasrin"}


class Scene:
    """A house full of business, its front end, and somebody who has no part in any of it."""

    def __init__(self, town: Town, storage: InlineStorage) -> None:
        self.town = town
        self.storage = storage
        self.random = Random(SEED)  # noqa: S311 - repeatable

    async def prepare(self) -> None:
        """Everybody has arrived before, so that arriving writes nothing."""
        await self.town.settle_in()
        await filled(self.town)
        await self.town.citizen(STRANGER, name=NAMES[STRANGER], code="en")
        self.office = await Office.open(self.town)
        self.forger = Forger(self.random, self.numbers)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.storage.connection.execute(question)]

    def numbers(self, question: str) -> list[int]:
        return [row[0] for row in self.rows(question)]

    def state(self) -> dict[str, str]:
        return digests(self.storage.connection)

    async def taps(self, telegram_id: int, data: str) -> None:
        self.office.telegram.calls.clear()
        await self.office.takes(Person(telegram_id, NAMES[telegram_id]).taps(data))


@pytest.fixture
async def scene(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    """The scene; its books are right in the end."""
    path = tmp_path / "forged.sqlite3"
    shutil.copyfile(sqlite_file, path)
    storage = InlineStorage(path)
    scene = Scene(Town(storage), storage)
    await scene.prepare()
    yield scene
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()
    await scene.office.bot.shutdown()
    storage.kill()


async def test_buttons_about_other_peoples_business(scene: Scene) -> None:
    """A stranger presses every kind of button with every number there is: nothing changes."""
    before = scene.state()
    for _ in range(FOREIGN):
        await scene.taps(STRANGER, scene.forger.foreign())
    assert scene.state() == before


async def test_the_second_wall_alone(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gate wide open the services still refuse: nothing changes."""

    async def opened(*_: object) -> None: ...

    monkeypatch.setattr("bot.kit.access.authorise", opened)
    before = scene.state()
    for _ in range(SECOND_WALL):
        await scene.taps(STRANGER, scene.forger.foreign())
    assert scene.state() == before


async def test_data_that_no_button_carries(scene: Scene) -> None:
    """Bent and invented data: nothing changes, and everything is answered."""
    before = scene.state()
    for _ in range(GARBAGE):
        await scene.taps(STRANGER, scene.forger.garbage())
        assert len(scene.office.telegram.named("answerCallbackQuery")) == 1
    assert scene.state() == before


async def test_old_versions_by_the_parties_themselves(scene: Scene) -> None:
    """Buyer and seller press what their order has left behind: nothing changes."""
    orders = scene.rows("SELECT id, version, buyer_id, seller_id FROM orders")
    telegram_ids = dict(scene.rows("SELECT id, telegram_id FROM person"))
    before = scene.state()
    for _ in range(STALE):
        order_id, version, *people = scene.random.choice(orders)
        presser = telegram_ids[scene.random.choice(people)]
        await scene.taps(presser, scene.forger.stale(order_id, version))
    assert scene.state() == before


async def test_the_same_updates_again(scene: Scene) -> None:
    """What had its effect has none again, with the same query id or with a new one."""
    updates = await _acted(scene)
    before = scene.state()
    for number in range(REPLAYS):
        again = dict(scene.random.choice(updates))
        query = again["callback_query"]
        if number % 2:
            again["callback_query"] = query | {"id": f"other{number}"}
        await scene.office.takes(again)
    assert scene.state() == before


async def _acted(scene: Scene) -> list[dict[str, Any]]:
    """Taps that did something, once."""
    delivered, unpaid = (
        scene.rows(f"SELECT id, version FROM orders WHERE state = '{state.value}'")[0]
        for state in (State.DELIVERED, State.AWAITING_PAYMENT)
    )
    asked = scene.rows("SELECT id, version FROM orders WHERE request_until_ms IS NOT NULL")[0]
    wanted = [
        (502, AcceptDelivery(delivered[0], delivered[1], 1)),
        (503, CancelOrder(unpaid[0], unpaid[1], 1)),
        (502, RefuseRequest(*asked)),
        (501, PauseGig(1)),
    ]
    updates = []
    for telegram_id, button in wanted:
        before = scene.state()
        updates.append(Person(telegram_id, NAMES[telegram_id]).taps(encode(button)))
        await scene.office.takes(updates[-1])
        assert scene.state() != before
    return updates


async def test_invoices_that_are_not_as_the_house_wrote_them(scene: Scene) -> None:
    """Another payer, amount, currency or id: every checkout is refused, nothing changes."""
    intents = scene.rows(
        "SELECT i.id, p.telegram_id, i.amount_minor FROM payment_intent i"
        " JOIN person p ON p.id = i.person_id"
    )
    before, lies = scene.state(), tampered(intents, scene.random)
    for _ in range(INVOICES):
        lie = next(lies)
        payer = Person(int(str(lie.pop("from"))), "Ann")
        raw = payer.checks_out()
        raw["pre_checkout_query"] |= lie
        scene.office.telegram.calls.clear()
        await scene.office.takes(raw)
        (answer,) = scene.office.telegram.named("answerPreCheckoutQuery")
        assert answer["ok"] is False
    assert scene.state() == before


async def test_a_payment_that_came_is_not_booked_twice(scene: Scene) -> None:
    """Telegram tells of the same charge a hundred times: one effect."""
    (intent_id, telegram_id, total) = scene.rows(
        "SELECT i.id, p.telegram_id, i.amount_minor FROM payment_intent i"
        " JOIN orders o ON o.id = i.order_id JOIN person p ON p.id = i.person_id"
        " WHERE o.state = 'awaiting_payment' AND i.currency = 'XTR'"
    )[0]
    paid = {
        "currency": "XTR",
        "total_amount": total,
        "invoice_payload": intent_id,
        "telegram_payment_charge_id": "charge-replayed",
        "provider_payment_charge_id": "",
    }
    payer = Person(telegram_id, NAMES[telegram_id])
    raw = payer.message(successful_payment=paid)
    await scene.office.takes(raw)
    before = scene.state()
    for _ in range(100):
        await scene.office.takes(raw)
    assert scene.state() == before


async def test_the_walk_would_see_an_effect(scene: Scene) -> None:
    """One button that its owner presses changes the digests."""
    before = scene.state()
    await scene.taps(501, encode(PauseGig(1)))
    assert scene.state() != before


def test_ten_thousand() -> None:
    """The numbers above are those that were promised."""
    assert FOREIGN + GARBAGE + STALE + REPLAYS + INVOICES >= 10_000
