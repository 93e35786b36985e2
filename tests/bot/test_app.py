"""The house at its start: who is not in charge writes nothing; who is, in which order."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.app import House, build
from market.policy import Policy
from storage.keeping import SUFFIX
from tests.bot.test_config import settings
from tests.support.clock import SeededIds, SettableClock


class Parts:
    """Stands for every part of a house and remembers what was asked of it."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.charge = asyncio.Event()
        self.policy = Policy()

    def __getattr__(self, name: str) -> Any:
        async def called(*_: object, **__: object) -> int:
            self.calls.append(name)
            return 0

        return called


class Standing(Parts):
    """An inbox whose process is not in charge yet."""

    async def stand_by(self) -> None:
        self.calls.append("stand_by")
        await self.charge.wait()


class Ticking(Parts):
    """A runner that remembers when it began."""

    def __init__(self, seen: Parts) -> None:
        super().__init__()
        self.seen = seen

    def start(self) -> None:
        self.seen.calls.append("sweeps")


async def test_a_second_process_writes_nothing_before_it_is_in_charge() -> None:
    """Then deadlines are mended and money is held before the first sweep, the audit among them."""
    upkeep, inbox = Parts(), Standing()
    services: Any = Parts()
    services.upkeep = upkeep
    parts: Any = Parts()
    house = House(
        application=parts,
        bot=parts,
        storage=parts,
        services=services,
        inbox=inbox,  # type: ignore[arg-type]
        runner=Ticking(upkeep),  # type: ignore[arg-type]
        drawer=parts,
    )
    start = asyncio.create_task(house._start())
    while "stand_by" not in inbox.calls:  # noqa: ASYNC110 - it looks from outside
        await asyncio.sleep(0)
    assert upkeep.calls == []
    inbox.charge.set()
    await start
    assert upkeep.calls == ["mend_outage", "hold_money", "sweeps"]


@pytest.mark.parametrize("has_folder", [True, False])
async def test_backups_are_made_where_there_is_a_folder(
    tmp_path: Path, *, has_folder: bool
) -> None:
    """A sealed file in it for each run of the sweep; without a folder there is no such sweep."""
    folder = tmp_path / "kept"
    given = settings(
        token="7:x",
        base_url="http://127.0.0.1:9",
        database=f"sqlite:///{tmp_path / 'house.sqlite3'}",
        key="07" * 32,
        backups=folder if has_folder else None,
    )
    house = await build(given, SettableClock(1_790_000_000_000), SeededIds())
    table = house.runner._table
    if has_folder:
        await table["backup"].work()
    await house.storage.close()
    assert ("backup" in table) is has_folder
    assert [path.suffix for path in tmp_path.glob("kept/*")] == [SUFFIX] * has_folder
