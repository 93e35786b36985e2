"""Tips as rows."""

from market.errors import Conflict, NotFound
from market.money import Currency, Money
from market.tip import Tip, TipState
from storage.queries import Row, Sql

_KNOWN = ("id", "order_id", "buyer_id", "seller_id", "intent_id", "offered_ms")
_PAID = ("rail", "charge_id", "paid_ms", "clear_at_ms")


class Tips:
    """services.repositories.Tips."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, tip: Tip) -> Tip:
        row = await self._sql.one(
            "tip_add",
            order_id=tip.order_id,
            buyer_id=tip.buyer_id,
            seller_id=tip.seller_id,
            currency=tip.amount.currency,
            amount_minor=tip.amount.minor,
            intent_id=tip.intent_id,
            offered_ms=tip.offered_ms,
        )
        assert row is not None, "an insert answers its row"
        return _tip(row)

    async def get(self, tip_id: int) -> Tip:
        row = await self._sql.one("tip_get", id=tip_id)
        if row is None:
            raise NotFound("tip")
        return _tip(row)

    async def of_intent(self, intent_id: str) -> Tip | None:
        row = await self._sql.one("tip_of_intent", intent_id=intent_id)
        return None if row is None else _tip(row)

    async def of_charge(self, rail: str, charge_id: str) -> Tip | None:
        row = await self._sql.one("tip_of_charge", rail=rail, charge_id=charge_id)
        return None if row is None else _tip(row)

    async def of_order(self, order_id: int) -> tuple[Tip, ...]:
        return tuple(_tip(row) for row in await self._sql.rows("tips_of_order", order_id=order_id))

    async def due(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("tips_due", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def move(self, before: Tip, after: Tip) -> None:
        moved = await self._sql.value(
            "tip_move",
            id=before.id,
            src=before.state,
            dst=after.state,
            **{name: getattr(after, name) for name in _PAID},
        )
        if moved is None:
            raise Conflict


def _tip(row: Row) -> Tip:
    return Tip(
        amount=Money(row["amount_minor"], Currency(row["currency"])),
        state=TipState(row["state"]),
        **{name: row[name] for name in (*_KNOWN, *_PAID)},
    )
