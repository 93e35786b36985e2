"""Backup, restore and audit as whoever runs the house uses them: the restore drill."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from market.states import State
from services.freezing import SAFE
from storage import Cipher, OpenStorage, open_storage
from tests.bot.test_config import LOCAL, bot
from tests.support.walk import START_MS, order_at, settle

KEY = "9c02e7b15a4f83d6c1087e3fb92a64d5708e1bc34df6a92e5b07c8d1f3467a90"
SETTINGS = LOCAL | {"GIGHAAT_KEY": KEY, "GIGHAAT_DATABASE": "sqlite:///house.sqlite3"}
AGAIN = {"GIGHAAT_DATABASE": "sqlite:///again.sqlite3"}


async def _house(folder: Path, name: str = "house.sqlite3") -> OpenStorage:
    return await open_storage(f"sqlite:///{folder / name}", cipher=Cipher(bytes.fromhex(KEY)))


async def _busy_day(folder: Path) -> None:
    """Three orders: one at work, one delivered, one completed; the house beats meanwhile."""
    storage = await _house(folder)
    market = await settle(storage)
    for state in (State.IN_PROGRESS, State.DELIVERED, State.COMPLETED):
        await order_at(storage, market, state)
    async with storage.begin() as uow:
        await uow.upkeep.beat(START_MS)
    await storage.close()


async def _money(folder: Path, name: str = "house.sqlite3") -> object:
    storage = await _house(folder, name)
    try:
        async with storage.read() as uow:
            assert await uow.ledger.audit() == ()
            people = [await uow.ledger.balances(one) for one in (1, 2)]
            return people, await uow.ledger.house_money()
    finally:
        await storage.close()


def test_the_restore_drill(tmp_path: Path) -> None:
    """Back up, lose everything, restore: balances are the same, minutes are measured and few."""
    asyncio.run(_busy_day(tmp_path))
    before = asyncio.run(_money(tmp_path))
    code, said, complaint = bot(tmp_path, "backup", **SETTINGS)
    assert (code, complaint) == (0, "")
    kept = next((tmp_path / "backups").iterdir())
    assert str(kept.name) in said
    for path in tmp_path.glob("house.sqlite3*"):
        path.unlink()
    began = time.monotonic()
    code, said, complaint = bot(tmp_path, "restore", str(kept), **SETTINGS)
    print(f"restored in {(time.monotonic() - began) / 60:.2f} minutes")  # noqa: T201 - the drill
    assert (code, complaint) == (0, "")
    assert [words for words in ("The books are right.", "2 people", "never") if words in said] == [
        "The books are right.",
        "2 people",
    ]
    assert "Newest order: #3. Newest payout: none." in said
    assert "Orders that changed last; ask both sides what happened since:" in said
    assert any(line.startswith("  #3 completed") for line in said.splitlines())
    assert before == asyncio.run(_money(tmp_path))


def test_a_restored_house_is_safe(tmp_path: Path) -> None:
    """Nothing leaves, and everybody with a running order is asked to look at it."""
    asyncio.run(_busy_day(tmp_path))
    assert bot(tmp_path, "backup", "b.gighaat", **SETTINGS)[0] == 0
    moved = SETTINGS | AGAIN
    assert bot(tmp_path, "restore", "b.gighaat", **moved)[0] == 0

    async def is_safe() -> bool:
        storage = await _house(tmp_path, "again.sqlite3")
        try:
            async with storage.read() as uow:
                return bool(await uow.upkeep.flag(SAFE))
        finally:
            await storage.close()

    assert asyncio.run(is_safe())
    with closing(sqlite3.connect(tmp_path / "again.sqlite3")) as conn:
        told = conn.execute("SELECT person_id FROM outbox WHERE notice = 'restored'").fetchall()
    assert sorted(told) == [(1,), (2,)]


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("restore", "no.gighaat"), AGAIN, "There is no backup no.gighaat"),
        (("restore", "b.gighaat"), {}, "move it away first"),
        (("restore", "b.gighaat"), AGAIN | {"GIGHAAT_KEY": KEY[::-1]}, "another GIGHAAT_KEY"),
        (("restore",), {}, "usage: python -m bot"),
        (("audit", "now"), {}, "usage: python -m bot"),
        (("backup", "nowhere/b.gighaat"), {}, "nowhere"),
    ],
)
def test_what_cannot_be(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], words: str
) -> None:
    """One line that says what to do, exit code 2, and nothing is changed."""
    asyncio.run(_busy_day(tmp_path))
    assert bot(tmp_path, "backup", "b.gighaat", **SETTINGS)[0] == 0
    code, _, said = bot(tmp_path, *arguments, **(SETTINGS | settings))
    assert (code, said.count("\n")) == (2, 1)
    assert words in said
    assert not (tmp_path / "again.sqlite3").exists()


def test_the_books_are_right(tmp_path: Path) -> None:
    """The audit subcommand finds nothing in a house that is right."""
    asyncio.run(_busy_day(tmp_path))
    assert bot(tmp_path, "audit", **SETTINGS) == (0, "The books are right.\n", "")
