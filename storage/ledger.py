"""Reading the ledger: balances, statements, and the audit from scratch."""

from market.money import Currency, Money
from market.read import AuditFinding, Balance, StatementLine
from storage.queries import Row, Sql

RULES = ("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I11")


class Ledger:
    """services.repositories.Ledger."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def balances(self, person_id: int) -> tuple[Balance, ...]:
        rows = await self._sql.rows("balances", person_id=person_id)
        return tuple(_balance(row) for row in rows)

    async def statement(
        self, person_id: int, *, offset: int, limit: int
    ) -> tuple[StatementLine, ...]:
        rows = await self._sql.rows(
            "statement", person_id=person_id, row_limit=limit, row_offset=offset
        )
        return tuple(_line(row) for row in rows)

    async def next_clear_ms(self, person_id: int) -> int | None:
        moment: int | None = await self._sql.value("next_clear_ms", seller_id=person_id)
        return moment

    async def audit(self) -> tuple[AuditFinding, ...]:
        findings: list[AuditFinding] = []
        for rule in RULES:
            rows = await self._sql.rows(f"audit_{rule.lower()}")
            findings += [AuditFinding(rule, _detail(row)) for row in rows]
        return tuple(findings)


def _balance(row: Row) -> Balance:
    return Balance(
        currency=row["currency"],
        held_for_me=int(row["held_for_me"]),
        paid_held=int(row["paid_held"]),
        clearing=int(row["clearing"]),
        available=int(row["available"]),
        credit=int(row["credit"]),
    )


def _line(row: Row) -> StatementLine:
    return StatementLine(
        at_ms=row["at_ms"],
        code=row["code"],
        amount=Money(row["sign"] * row["amount_minor"], Currency(row["currency"])),
        account=row["account"],
        order_id=row["order_id"],
    )


def _detail(row: Row) -> str:
    return f"{row['subject']}: {row['stored']} is stored, {row['computed']} is right"
