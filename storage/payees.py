"""Where people want their money, sealed; what stops their payouts; the rates of owners."""

from market.errors import NotFound
from market.money import Currency
from market.payout_read import Detail, Guard
from market.payout_terms import Rate, Way
from storage.cipher import Cipher
from storage.queries import Row, Sql

_NOTHING = b""


class Payees:
    """services.repositories.Payees."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def detail(self, person_id: int, way: Way) -> Detail | None:
        row = await self._sql.one("payout_detail_live", person_id=person_id, way=way)
        return None if row is None else self._detail(row)

    async def by_id(self, detail_id: int) -> Detail:
        row = await self._sql.one("payout_detail_get", id=detail_id)
        if row is None:
            raise NotFound("detail")
        return self._detail(row)

    async def all_of(self, person_id: int) -> tuple[Detail, ...]:
        rows = await self._sql.rows("payout_details_of", person_id=person_id)
        return tuple(self._detail(row) for row in rows)

    async def keep(self, person_id: int, way: Way, account: str, *, now_ms: int) -> Detail:
        await self._sql.run("payout_detail_retire", person_id=person_id, way=way, now_ms=now_ms)
        owner = _owner(person_id, way, now_ms)
        number: int = await self._sql.value(
            "payout_detail_add",
            person_id=person_id,
            way=way,
            sealed=self._cipher.seal(account.encode(), owner=owner),
            added_ms=now_ms,
        )
        return await self.by_id(number)

    async def forget(self, person_id: int, *, now_ms: int) -> None:
        await self._sql.run(
            "payout_detail_forget", person_id=person_id, nothing=_NOTHING, now_ms=now_ms
        )

    async def guard(self, person_id: int) -> Guard:
        row = await self._sql.one("payout_guard_get", person_id=person_id)
        return Guard() if row is None else Guard(row["until_ms"], row["stopped_ms"])

    async def save_guard(self, person_id: int, guard: Guard) -> None:
        await self._sql.run(
            "payout_guard_save",
            person_id=person_id,
            until_ms=guard.until_ms,
            stopped_ms=guard.stopped_ms,
        )

    def _detail(self, row: Row) -> Detail:
        way, sealed = Way(row["way"]), bytes(row["sealed"])
        owner = _owner(row["person_id"], way, row["added_ms"])
        return Detail(
            id=row["id"],
            person_id=row["person_id"],
            way=way,
            account=self._cipher.open(sealed, owner=owner).decode() if sealed else "",
            added_ms=row["added_ms"],
            retired_ms=row["retired_ms"],
        )


class Rates:
    """services.repositories.Rates."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, rate: Rate) -> Rate:
        names = ("source", "target", "micro", "set_ms", "set_by")
        values = {name: getattr(rate, name) for name in names}
        number: int = await self._sql.value("payout_rate_add", **values)
        return Rate(id=number, **values)

    async def newest(self, source: Currency, target: Currency) -> Rate | None:
        row = await self._sql.one("payout_rate_newest", source=source, target=target)
        return None if row is None else _rate(row)

    async def history(self, source: Currency, target: Currency, *, limit: int) -> tuple[Rate, ...]:
        rows = await self._sql.rows(
            "payout_rate_history", source=source, target=target, row_limit=limit
        )
        return tuple(_rate(row) for row in rows)


def _rate(row: Row) -> Rate:
    return Rate(
        id=row["id"],
        source=Currency(row["source"]),
        target=Currency(row["target"]),
        micro=row["micro"],
        set_ms=row["set_ms"],
        set_by=row["set_by"],
    )


def _owner(person_id: int, way: Way, added_ms: int) -> str:
    """A sealed account that was moved to another row does not open."""
    return f"payout:{person_id}:{way}:{added_ms}"
