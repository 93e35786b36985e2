"""Which backups are kept: many of today, one of each day, one of each week. Their names, too."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

SUFFIX = ".gighaat"
_NAME = "%Y%m%d-%H%M%S"
_RECENT, _DAYS, _WEEKS = 48, 14, 8


def name_at(now_ms: int) -> str:
    """The name of a backup taken now; names sort by time (UTC)."""
    return datetime.fromtimestamp(now_ms / 1_000, UTC).strftime(_NAME) + SUFFIX


def tidy(folder: Path) -> int:
    """Take away what is not kept any more; answers how many files went. Others' files stay."""
    found = {path: moment for path in folder.glob(f"*{SUFFIX}") if (moment := _moment(path))}
    gone = set(found) - set(kept(found.items()))
    for path in gone:
        path.unlink()
    return len(gone)


def newest(folder: Path) -> Path | None:
    """The last backup in the folder."""
    found = [path for path in folder.glob(f"*{SUFFIX}") if _moment(path)]
    return max(found, default=None)


def kept(backups: Iterable[tuple[Path, datetime]]) -> list[Path]:
    """The newest 48, the last one of each of 14 days, the last one of each of 8 weeks."""
    newest_first = sorted(backups, key=lambda one: one[1], reverse=True)
    days: dict[object, Path] = {}
    weeks: dict[object, Path] = {}
    for path, moment in newest_first:
        days.setdefault(moment.date(), path)
        weeks.setdefault(moment.isocalendar()[:2], path)
    recent = [path for path, _ in newest_first[:_RECENT]]
    return list(
        dict.fromkeys([*recent, *list(days.values())[:_DAYS], *list(weeks.values())[:_WEEKS]])
    )


def _moment(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name.removesuffix(SUFFIX), _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
