"""Which backups stay."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.keeping import kept, name_at, newest, tidy

START = datetime(2026, 3, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000)


def test_three_months_of_backups() -> None:
    """48 of the last hours, one of each of 14 days, one of each of 8 weeks."""
    moments = [START + QUARTER * number for number in range(90 * 96)]
    backups = [(Path(name_at(ms(one))), one) for one in moments]
    stay = set(kept(backups))
    staying = [moment for path, moment in backups if path in stay]
    assert moments[-48:] == staying[-48:]
    assert len({one.date() for one in staying if one > moments[-1] - timedelta(days=14)}) == 14
    assert len({one.isocalendar()[:2] for one in staying}) == 8
    assert len(staying) == 48 + 13 + 5


def test_few_backups_stay() -> None:
    """Nothing goes while there are few."""
    backups = [(Path(name_at(ms(START + QUARTER * n))), START + QUARTER * n) for n in range(40)]
    assert {path for path, _ in backups} == set(kept(backups))


def test_a_folder_is_tidied(tmp_path: Path) -> None:
    """Old ones go, other people's files stay, and the newest is known."""
    names = [name_at(ms(START + QUARTER * number)) for number in range(60)]
    for name in [*names, "notes.txt", "mine.gighaat"]:
        (tmp_path / name).touch()
    assert tidy(tmp_path) == 60 - 48
    assert {*names[-48:], "notes.txt", "mine.gighaat"} == {one.name for one in tmp_path.iterdir()}
    assert tmp_path / names[-1] == newest(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    """There is no newest of nothing."""
    assert newest(tmp_path) is None
