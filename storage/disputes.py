"""What was said in disputes, and verdicts that wait for a second operator."""

from itertools import groupby

from market.dispute import Proposal
from market.files import FileRef
from market.read import Statement
from market.states import Role
from storage.files import files_of, numbered
from storage.queries import Row, Sql


class Disputes:
    """A part of services.repositories.Orders."""

    _sql: Sql

    async def disputed(self, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_disputed", row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def add_statement(
        self, order_id: int, *, role: Role, text: str, files: tuple[FileRef, ...], now_ms: int
    ) -> Statement:
        row = await self._sql.one(
            "statement_add", order_id=order_id, role=role, words=text, at_ms=now_ms
        )
        assert row is not None, "an insert answers its row"
        await self._sql.many("statement_file_add", numbered(row["id"], files))
        return Statement(row["number"], role, text, files, now_ms)

    async def statements(self, order_id: int) -> tuple[Statement, ...]:
        rows = await self._sql.rows("statements", order_id=order_id)
        groups = (list(group) for _, group in groupby(rows, key=lambda row: row["id"]))
        return tuple(_statement(group) for group in groups)

    async def propose(self, proposal: Proposal) -> None:
        values = {name: getattr(proposal, name) for name in Proposal.__slots__}
        await self._sql.run("proposal_keep", **values)

    async def proposal(self, order_id: int) -> Proposal | None:
        row = await self._sql.one("proposal_get", order_id=order_id)
        return None if row is None else Proposal(**{k: row[k] for k in Proposal.__slots__})

    async def drop_proposal(self, order_id: int) -> None:
        await self._sql.run("proposal_drop", order_id=order_id)


def _statement(rows: list[Row]) -> Statement:
    first = rows[0]
    return Statement(
        number=first["number"],
        role=Role(first["role"]),
        text=first["words"],
        files=files_of(rows),
        at_ms=first["at_ms"],
    )
