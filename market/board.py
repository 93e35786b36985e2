"""The work board: in which order its lines stand, and which of them a reader wants to see."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from market.read import BoardLine
from market.states import Role

_NEVER_MS = 2**62


class BoardFilter(StrEnum):
    """Which of the unfinished orders the reader looks at."""

    ALL = "all"
    MY_TURN = "my_turn"
    SELLING = "selling"
    BUYING = "buying"
    LATE = "late"


def in_order(lines: Iterable[BoardLine]) -> tuple[BoardLine, ...]:
    """What waits for the reader first, then unread messages, then the rest; nearest moment up."""
    return tuple(sorted(lines, key=urgency))


def urgency(line: BoardLine) -> tuple[int, int, int]:
    """Smaller is more urgent; no two orders are equal."""
    rank = 0 if line.waits_for_me else 1 if line.unread else 2
    return rank, moment_ms(line), line.order_id


def moment_ms(line: BoardLine) -> int:
    """The line's deadline; without one it comes after all others."""
    return _NEVER_MS if line.until_ms is None else line.until_ms


def shown(lines: Iterable[BoardLine], which: BoardFilter) -> tuple[BoardLine, ...]:
    """The lines that pass the filter, in the order given."""
    return tuple(line for line in lines if _PASSES[which](line))


_PASSES: dict[BoardFilter, Callable[[BoardLine], bool]] = {
    BoardFilter.ALL: lambda _line: True,
    BoardFilter.MY_TURN: lambda line: line.waits_for_me,
    BoardFilter.SELLING: lambda line: line.role is Role.SELLER,
    BoardFilter.BUYING: lambda line: line.role is Role.BUYER,
    BoardFilter.LATE: lambda line: line.is_late,
}
