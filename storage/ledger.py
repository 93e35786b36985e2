"""Reading the ledger: balances, statements, and the audit from scratch."""

from market.desk import HouseMoney
from market.ledger import Account
from market.money import Currency, Money
from market.read import AuditFinding, Balance, StatementLine
from market.statement import Moves, Part, Period, Purses, StatementRow
from storage.queries import Row, Sql

# Which query looks for which rule; what an order holds has two sides, and so have refunds.
RULES = {
    "audit_i1": "I1",
    "audit_i2": "I2",
    "audit_i3": "I3",
    "audit_released": "I3",
    "audit_i4": "I4",
    "audit_i5": "I5",
    "audit_tips": "I5",
    "audit_facts": "I5",
    "audit_i6": "I6",
    "audit_i7": "I7",
    "audit_paid": "I7",
    "audit_i8": "I8",
    "audit_sent_back": "I8",
    "audit_withdrawals": "I8",
    "audit_i11": "I11",
}
_PURSES = {"earned": "available", "clearing": "clearing", "credit": "credit", "wd": "leaving"}


class Ledger:
    """services.repositories.Ledger."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def holds(self, account: Account) -> int:
        name = "account_locked" if self._sql.writing else "account_holds"
        return int(await self._sql.value(name, id=account.id) or 0)

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

    async def moves(self, person_id: int) -> tuple[Moves, ...]:
        rows = await self._sql.rows("statement_moves", person_id=person_id)
        return tuple(
            Moves(Currency(row["currency"]), row["first_ms"], row["last_ms"]) for row in rows
        )

    async def purses(self, person_id: int, currency: Currency, *, before_ms: int) -> Purses:
        rows = await self._sql.rows(
            "statement_sums", person_id=person_id, currency=currency, before_ms=before_ms
        )
        held = {_purse(row["account"]): int(row["minor"]) for row in rows}
        return Purses(**held | {"owed": -held.get("owed", 0)})

    async def transfers(
        self, person_id: int, currency: Currency, period: Period, part: Part
    ) -> tuple[StatementRow, ...]:
        rows = await self._sql.rows(
            "statement_rows",
            person_id=person_id,
            currency=currency,
            from_ms=period.from_ms,
            until_ms=period.until_ms,
            direction=-1 if part.newest_first else 1,
            row_limit=part.limit,
            row_offset=part.offset,
        )
        return tuple(_row(row) for row in rows)

    async def of_order(self, order_id: int) -> tuple[StatementLine, ...]:
        rows = await self._sql.rows("statement_of_order", order_id=order_id)
        return tuple(_line(row) for row in rows)

    async def house_money(self) -> tuple[HouseMoney, ...]:
        rows = await self._sql.rows("house_money")
        sums = [name for name in HouseMoney.__slots__ if name != "currency"]
        return tuple(
            HouseMoney(row["currency"], **{name: int(row[name]) for name in sums}) for row in rows
        )

    async def next_clear_ms(self, person_id: int) -> int | None:
        moment: int | None = await self._sql.value("next_clear_ms", seller_id=person_id)
        return moment

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(RULES)

    async def broken(self, rule: str) -> tuple[AuditFinding, ...]:
        rows = await self._sql.rows(rule)
        return tuple(AuditFinding(RULES[rule], _detail(row)) for row in rows)

    async def audit(self) -> tuple[AuditFinding, ...]:
        findings: list[AuditFinding] = []
        for rule in RULES:
            findings += await self.broken(rule)
        return tuple(findings)


def _balance(row: Row) -> Balance:
    return Balance(
        currency=row["currency"],
        held_for_me=int(row["held_for_me"]),
        paid_held=int(row["paid_held"]),
        clearing=int(row["clearing"]),
        available=int(row["available"]),
        credit=int(row["credit"]),
        leaving=int(row["leaving"]),
    )


def _line(row: Row) -> StatementLine:
    return StatementLine(
        at_ms=row["at_ms"],
        code=row["code"],
        amount=Money(row["sign"] * row["amount_minor"], Currency(row["currency"])),
        account=row["account"],
        order_id=row["order_id"],
    )


def _purse(account: str) -> str:
    """Which field of Purses an account is, by its id (market.ledger)."""
    parts = account.split(":")
    return "owed" if parts[1] == "recv" else _PURSES[parts[3]]


def _row(row: Row) -> StatementRow:
    """Inner moves change nothing, so what they moved stands in the line."""
    currency, change = Currency(row["currency"]), int(row["change_minor"])
    line = StatementLine(
        at_ms=row["at_ms"],
        code=row["code"],
        amount=Money(change or row["amount_minor"], currency),
        account="",
        order_id=row["order_id"],
    )
    return StatementRow(line, Money(int(row["balance_minor"]), currency), is_inner=not change)


def _detail(row: Row) -> str:
    return f"{row['subject']}: {row['stored']} is stored, {row['computed']} is right"
