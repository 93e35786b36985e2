"""Providers' lists beside the ledger, and the sums that owners and everybody read."""

from typing import TypeVar

from market.change import Refund
from market.ledger import Account, Transfer
from market.money import Currency, Money
from market.treasury import Coffers, Debt, HouseLine
from market.trust import Check, Held, Outgoing, Position, StuckRow
from services.feed_rows import FeedRow, OpenRow, Reading
from storage.queries import Row, Sql

_PROVIDER = "A:prov:"
SumsT = TypeVar("SumsT", Coffers, Position)


class Books:
    """services.repositories.Books."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def reading(self, rail: str) -> Reading:
        row = await self._sql.one("feed_get", rail=rail)
        return Reading(0, None) if row is None else Reading(row["read_to"], row["read_ms"])

    async def read_on(self, rail: str, reading: Reading) -> None:
        await self._sql.run(
            "feed_read", rail=rail, read_to=reading.read_to, read_ms=reading.read_ms
        )

    async def booked(self, rail: str, *, from_ms: int, until_ms: int) -> set[tuple[str, str]]:
        rows = await self._sql.rows(
            "feed_rows_booked", rail=rail, from_ms=from_ms, until_ms=until_ms
        )
        return {(row["external_id"], row["direction"]) for row in rows}

    async def see(self, row: FeedRow, *, now_ms: int) -> bool:
        await self._sql.run(
            "feed_row_add",
            **_key(row),
            kind=row.kind,
            currency=row.amount.currency,
            amount_minor=row.amount.minor,
            telegram_id=row.telegram_id,
            at_ms=row.at_ms,
            seen_ms=now_ms,
        )
        stored = await self._sql.one("feed_row_get", **_key(row))
        assert stored is not None, "it was written just now"
        return not stored["booked"]

    async def book(self, row: FeedRow, what: str) -> None:
        await self._sql.run("feed_row_booked", **_key(row), booked=what)

    async def fail(self, row: FeedRow, error: str) -> None:
        await self._sql.run("feed_row_failed", **_key(row), error=error)

    async def open_rows(self, *, before_ms: int, limit: int) -> tuple[OpenRow, ...]:
        rows = await self._sql.rows("feed_rows_open", before_ms=before_ms, row_limit=limit)
        return tuple(
            OpenRow(**{name: row[name] for name in OpenRow.__dataclass_fields__}) for row in rows
        )

    async def unlisted(
        self, rail: str, *, from_ms: int, until_ms: int, limit: int
    ) -> tuple[tuple[str, int | None], ...]:
        rows = await self._sql.rows(
            "charges_unlisted", rail=rail, from_ms=from_ms, until_ms=until_ms, row_limit=limit
        )
        return tuple((row["external_id"], row["order_id"]) for row in rows)

    async def add_check(self, check: Check) -> None:
        columns = {name: getattr(check, name) for name in Check.__dataclass_fields__}
        await self._sql.run("balance_check_add", **columns)

    async def checks(self, rail: str, currency: str, *, limit: int) -> tuple[Check, ...]:
        rows = await self._sql.rows("balance_checks", rail=rail, currency=currency, row_limit=limit)
        return tuple(_check(row) for row in rows)

    async def refund_state(self, rail: str, charge_id: str) -> str | None:
        name = "refund_locked" if self._sql.writing else "refund_state"
        state: str | None = await self._sql.value(name, rail=rail, charge_id=charge_id)
        return state

    async def outgoing(self, *, limit: int) -> tuple[Outgoing, ...]:
        names = Outgoing.__dataclass_fields__
        rows = await self._sql.rows("outgoing", row_limit=limit)
        return tuple(Outgoing(**{name: row[name] for name in names}) for row in rows)

    async def stuck(self, **limits_ms: int) -> dict[str, int]:
        rows = await self._sql.rows("stuck", **limits_ms)
        return {row["kind"]: int(row["many"]) for row in rows if row["many"]}

    async def stuck_rows(self, *, limit: int, **limits_ms: int) -> tuple[StuckRow, ...]:
        rows = await self._sql.rows("stuck_rows", row_limit=limit, **limits_ms)
        names = StuckRow.__dataclass_fields__
        return tuple(StuckRow(**{name: row[name] for name in names}) for row in rows)

    async def give_up(self, row_id: int, *, operator_id: int, now_ms: int) -> Refund | None:
        row = await self._sql.one(
            "refund_given_up", row_id=row_id, operator_id=operator_id, now_ms=now_ms
        )
        if row is None:
            return None
        await self._sql.run("outbox_given_up", id=row_id, now_ms=now_ms)
        amount = Money(row["amount_minor"], Currency(row["currency"]))
        return Refund(row["rail"], row["charge_id"], row["payer_id"], amount, row["order_id"])

    async def coffers(self) -> tuple[Coffers, ...]:
        return tuple(_sums(Coffers, row) for row in await self._sql.rows("coffers"))

    async def debts(self, *, limit: int) -> tuple[Debt, ...]:
        rows = await self._sql.rows("debts", row_limit=limit)
        return tuple(
            Debt(person_id=row["person_id"], name="", currency=row["currency"], minor=row["minor"])
            for row in rows
        )

    async def house_lines(self, *, limit: int) -> tuple[HouseLine, ...]:
        return tuple(_line(row) for row in await self._sql.rows("house_lines", row_limit=limit))

    async def house_line(self, transfer_id: int) -> HouseLine | None:
        row = await self._sql.one("house_line", id=transfer_id)
        return None if row is None else _line(row)

    async def sender(self, rail: str, external_id: str) -> int | None:
        found: int | None = await self._sql.value("feed_sender", rail=rail, external_id=external_id)
        return found

    async def is_posted(self, key: str) -> bool:
        return await self._sql.value("journal_hash", key=key) is not None

    async def balance(self, account_id: str) -> int:
        return int(await self._sql.value("account_balance", id=account_id) or 0)

    async def in_flight(self, rail: str, currency: str) -> int:
        return int(await self._sql.value("in_flight", rail=rail, currency=currency))

    async def positions(self) -> tuple[Position, ...]:
        return tuple(_sums(Position, row) for row in await self._sql.rows("positions"))

    async def held(self) -> tuple[Held, ...]:
        return tuple(_held(row) for row in await self._sql.rows("held_by_rail"))


def _sums(kind: type[SumsT], row: Row) -> SumsT:
    """Everything but the currency is a sum, which PostgreSQL gives as a decimal."""
    names = [name for name in kind.__dataclass_fields__ if name != "currency"]
    return kind(currency=row["currency"], **{name: int(row[name]) for name in names})


def _line(row: Row) -> HouseLine:
    transfer = Transfer(
        row["code"],
        _account(row, "debit"),
        _account(row, "credit"),
        Money(row["amount_minor"], Currency(row["currency"])),
    )
    return HouseLine(
        id=row["id"],
        act=row["act"],
        at_ms=row["at_ms"],
        transfer=transfer,
        is_corrected=bool(row["is_corrected"]),
        goes_back=row["goes_back"],
    )


def _account(row: Row, side: str) -> Account:
    return Account(
        row[side],
        Currency(row["currency"]),
        row[f"{side}_kind"],
        row[f"{side}_rule"],
        row[f"{side}_person"],
    )


def _key(row: FeedRow) -> dict[str, str]:
    return {"rail": row.rail, "external_id": row.external_id, "direction": row.direction}


def _check(row: Row) -> Check:
    return Check(**{name: row[name] for name in Check.__dataclass_fields__})


def _held(row: Row) -> Held:
    rail = row["id"].removeprefix(_PROVIDER).removesuffix(f":{row['currency']}")
    return Held(rail=rail, currency=row["currency"], minor=int(row["minor"]))
