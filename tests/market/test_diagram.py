"""The pictures and the table of an order's life in docs/order.md are drawn from the table.

`GIGHAAT_APPROVE=1 pytest tests/market/test_diagram.py` draws them anew.
"""

import inspect
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from market.notices import ALARMED, TOLD
from market.order import clock_event
from market.row import Row
from market.states import Event, State
from market.table import TRANSITIONS
from tests.support.orders import order_in

PAGE = Path(__file__).parents[2] / "docs" / "order.md"
HEAD = """# The life of an order

Drawn from `TRANSITIONS` in `market/table.py` by `tests/market/test_diagram.py`: first all states
with the numbers of the rows that lead from one to the next, then each phase with events and
actors, then every row with its condition, money, clock and readers. Row numbers are those of the
table that the house was built from; from 33 on they are ours (decision 8). The clock acts when
the order's one moment (`clock_at_ms`) has come.
"""
PHASES: dict[str, frozenset[int]] = {
    "Paying": frozenset({2, 3, 4, 5, 6, 7}),
    "What the seller must know": frozenset({8, 9, 10}),
    "The work": frozenset({11, 12, 13, 14, 15, 16, 18, 19}),
    "Time": frozenset({17, 33, 34}),
    "Ending together": frozenset({20, 21, 22, 35}),
    "Disputes": frozenset({23, 24, 25, 26, 27, 28, 29, 30, 36, 37, 38}),
    "Clearing and chargebacks": frozenset({31, 32}),
}
LIVE_REQUEST = """While a request waits for an answer (rows 20 and 33) the state's own clock
stands still and `lapse` is what the clock does. While a verdict waits for an appeal the clock
carries it out.

Whoever causes an event that both hear of has the screen and gets no notice. Reviews are asked for
where an order was completed, and money is announced where some cleared.
"""


def page() -> str:
    """The page as the table wants it."""
    parts = [HEAD, overview(), *(phase(*one) for one in PHASES.items())]
    return "\n".join([*parts, "## States and clocks\n", *states(), LIVE_REQUEST, *table(), ""])


def overview() -> str:
    """All states, one arrow for each pair, with row numbers only."""
    pairs: dict[tuple[State, State], set[int]] = defaultdict(set)
    for row in TRANSITIONS:
        if row.src is not row.dst:
            pairs[row.src, row.dst].add(row.number)
    arrows = [
        f"{src} --> {dst}: {', '.join(map(str, sorted(numbers)))}"
        for (src, dst), numbers in pairs.items()
    ]
    ends = [f"{state} --> [*]" for state in State if state.is_final]
    return drawn([f"[*] --> {State.DRAFT}: 1", *arrows, *ends])


def phase(title: str, numbers: frozenset[int]) -> str:
    """One phase: its arrows, those of one pair of states and one row together."""
    arrows: dict[tuple[State, State], list[str]] = defaultdict(list)
    for row in TRANSITIONS:
        if row.number in numbers:
            arrows[row.src, row.dst].append(f"{row.number} {row.event} ({who(row)})")
    lines = [f"{src} --> {dst}: {'<br/>'.join(each)}" for (src, dst), each in arrows.items()]
    first = [f"[*] --> {State.DRAFT}: 1 create (buyer)"] if 2 in numbers else []
    return f"## {title}\n\n" + drawn([*first, *lines])


def drawn(arrows: list[str]) -> str:
    """A mermaid block."""
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {arrow}" for arrow in arrows), "```", ""]
    return "\n".join(lines)


def who(row: Row) -> str:
    """The roles of a row."""
    return ", ".join(sorted(row.roles))


def states() -> Iterator[str]:
    """What the clock does in each state."""
    yield "| state | money is held | the clock does |\n|---|---|---|"
    for state in State:
        held = "yes" if state.is_funded else ""
        clock = "" if state.is_final or state is State.DRAFT else clock_event(order_in(state))
        yield f"| {state} | {held} | {clock} |"
    yield ""


def table() -> Iterator[str]:
    """Every row, those that differ by their first state together."""
    yield "## Every row\n"
    yield "| # | event | from → to | who | condition | money | clock | told |"
    yield "|---|---|---|---|---|---|---|---|"
    merged: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(TRANSITIONS, key=lambda row: row.number):
        dst = None if row.src is row.dst else row.dst
        look = (row.number, row.event, dst, row.roles, row.guard, row.fits)
        merged[*look, row.money, said(row.clock)].append(row)
    for rows in merged.values():
        yield line(rows)


def line(rows: list[Row]) -> str:
    """One line of the table."""
    row = rows[0]
    source = ", ".join(one.src for one in rows)
    dst = "the same" if row.src is row.dst else row.dst
    fits = "" if row.fits.__name__ == "always" else said(row.fits)
    condition = " ".join(filter(None, [fits, quiet(row.guard, "free")]))
    money, clock = quiet(row.money, "nothing"), quiet(row.clock, "none")
    cells = [row.number, row.event, f"{source} → {dst}", who(row), condition, money, clock]
    return "| " + " | ".join(map(str, [*cells, told(row.event)])) + " |"


def quiet(part: Callable[..., Any], silent: str) -> str:
    """What a part of a row says of itself, nothing for the part that does nothing."""
    return "" if part.__name__ == silent else said(part)


def said(part: Callable[..., Any]) -> str:
    """The first paragraph of a docstring, on one line."""
    words = inspect.getdoc(part)
    assert words, f"{part.__name__} says nothing of itself"
    return " ".join(words.split("\n\n")[0].split())


def told(event: Event) -> str:
    """Who hears what."""
    heard = [f"{one.role}: {one.notice}{' (silent)' * one.is_silent}" for one in TOLD[event]]
    alarm = [f"operators: {ALARMED[event]}"] if event in ALARMED else []
    return "; ".join([*heard, *alarm])


def test_the_page_is_that_of_the_table() -> None:
    """A changed table changes the page."""
    if os.environ.get("GIGHAAT_APPROVE") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_row_is_drawn_once() -> None:
    """Each row number belongs to one phase."""
    numbers = [number for phase_numbers in PHASES.values() for number in phase_numbers]
    assert sorted(numbers) == sorted({row.number for row in TRANSITIONS})
