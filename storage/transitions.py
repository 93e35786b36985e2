"""Comparing the database's legal moves with the market's transition table at start."""

from market.table import TRANSITIONS
from storage.errors import CannotOpen
from storage.queries import Sql


async def check_transitions(sql: Sql) -> None:
    """Raise CannotOpen when table and program disagree."""
    ours = {(str(row.event), str(row.src), str(row.dst)) for row in TRANSITIONS}
    rows = await sql.rows("transitions")
    stored = {(row["event"], row["src"], row["dst"]) for row in rows}
    if ours != stored:
        odd = ", ".join(sorted(" ".join(move) for move in ours ^ stored))
        raise CannotOpen(f"The database's table of order moves differs from the program's: {odd}.")
