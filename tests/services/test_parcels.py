"""Packing files, trying again, stirring, and the Stars rail: the small parts by themselves."""

import asyncio
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.errors import Busy, Conflict
from market.files import FileKind, FileRef
from market.people import Person
from payments.stars import StarsRail
from services.attempts import AGAIN_MAX, retried
from services.parcels import ALBUM_MAX, arranged, parcels
from services.ports import Rail
from services.rows import Refused, SendOutcome
from services.stirring import Stirring
from storage import OpenStorage
from tests.support.clock import SeededIds
from tests.support.samples import person

_FILES = st.lists(st.sampled_from(get_args(FileKind)), max_size=30).map(
    lambda kinds: tuple(
        FileRef(file_id=f"{n}", file_unique_id=f"{n}", kind=kind, name="", size=0)
        for n, kind in enumerate(kinds)
    )
)
_MIXED = {"photo": 0, "video": 0, "document": 1, "audio": 2}


@given(_FILES)
def test_parcels_are_what_telegram_takes(files: tuple[FileRef, ...]) -> None:
    """No file is lost, albums are of one sort and at most ten, voices stand alone."""
    boxes = parcels(files)
    assert sorted(files, key=lambda f: int(f.file_id)) == sorted(
        (file for box in boxes for file in box), key=lambda f: int(f.file_id)
    )
    for box in boxes:
        assert 1 <= len(box) <= ALBUM_MAX
        assert len(box) == 1 or len({_MIXED[file.kind] for file in box}) == 1


@given(_FILES)
def test_arranged_files_are_cut_by_position(files: tuple[FileRef, ...]) -> None:
    """Packing the arranged files gives the same parcels, one after the other."""
    assert parcels(files) == parcels(arranged(files))


def test_few_calls_are_enough() -> None:
    """Eleven photos and videos are two calls, whatever stands between them."""
    kinds: list[FileKind] = [*("photo", "document") * 6, *("video",) * 5]
    files = tuple(
        FileRef(file_id=f"{n}", file_unique_id=f"{n}", kind=kind, name="", size=0)
        for n, kind in enumerate(kinds)
    )
    assert [len(box) for box in parcels(files)] == [10, 1, 6]


@pytest.mark.parametrize("error", [Busy(), Conflict()])
async def test_a_lost_race_is_run_again(error: Exception) -> None:
    """After three more tries the refusal flies; before that a success ends it."""
    tries: list[int] = []

    @retried
    async def run(success_at: int) -> int:
        tries.append(1)
        if len(tries) < success_at:
            raise error
        return len(tries)

    assert await run(AGAIN_MAX + 1) == AGAIN_MAX + 1
    tries.clear()
    with pytest.raises(type(error)):
        await run(99)
    assert len(tries) == AGAIN_MAX + 1


async def test_only_a_commit_stirs(sqlite_storage: OpenStorage) -> None:
    """A rolled back transaction and a reading one leave the post alone."""
    stir = asyncio.Event()
    storage = Stirring(sqlite_storage, stir)
    with pytest.raises(RuntimeError):
        await _fail_within(storage)
    async with storage.read():
        pass
    assert not stir.is_set()
    async with storage.begin():
        pass
    assert stir.is_set()


async def _fail_within(storage: Stirring) -> None:
    async with storage.begin():
        raise RuntimeError("bug")


async def test_the_stars_rail_sends_whole_charges_back() -> None:
    """The payer's Telegram id and the charge are all that is said; the outcome is Telegram's."""
    calls: list[Any] = []

    class Till:
        async def refund(self, telegram_id: int, charge_id: str) -> SendOutcome:
            calls.append((telegram_id, charge_id))
            return Refused("no")

    rail: Rail = StarsRail(Till())
    payer: Person = person()
    assert Refused("no") == await rail.refund(payer, "c1")
    assert ([(payer.telegram_id, "c1")], "stars") == (calls, rail.name)


def test_seeded_ids_are_tokens() -> None:
    """32 hex digits, different each time, the same in each run."""
    ids = SeededIds()
    tokens = [ids.token(), ids.token()]
    assert (2, {32}) == (len(set(tokens)), {len(token) for token in tokens})
    assert SeededIds().token() == tokens[0]
