"""The picture of an order's life in docs/order.md is drawn from the table.

`GIGHAAT_APPROVE=1 pytest tests/market/test_diagram.py` draws it anew.
"""

import os
from pathlib import Path

from market.order import TRANSITIONS
from market.states import State

PAGE = Path(__file__).parents[2] / "docs" / "order.md"
HEAD = """# The life of an order

Drawn from `TRANSITIONS` in `market/order.py` by `tests/market/test_diagram.py`. An arrow names the
row of the table, the event and who may cause it; the clock acts when a deadline has passed.

```mermaid
"""


def drawn() -> str:
    """The page as the table wants it."""
    arrows = [
        f"    {row.src} --> {row.dst}: {row.number} {row.event} ({', '.join(sorted(row.roles))})"
        for row in TRANSITIONS
    ]
    ends = [f"    {state} --> [*]" for state in State if state.is_final]
    lines = ["stateDiagram-v2", f"    [*] --> {State.DRAFT}: 1 create (buyer)", *arrows, *ends]
    return HEAD + "\n".join(lines) + "\n```\n"


def test_the_diagram_is_that_of_the_table() -> None:
    """A changed table changes the page."""
    if os.environ.get("GIGHAAT_APPROVE") == "1":
        PAGE.write_text(drawn(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == drawn()
