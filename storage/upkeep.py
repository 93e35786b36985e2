"""Rows about the running of the house itself."""

import json

from market.memory import Newest, OrderMoved
from market.read import SweepRun
from services.rows import KeptAlarm
from storage.queries import Sql


class Upkeep:
    """services.repositories.Upkeep."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def sweep_started(self, name: str, *, every_ms: int, now_ms: int) -> None:
        await self._sql.run("sweep_started", name=name, every_ms=every_ms, now_ms=now_ms)

    async def sweep_succeeded(self, name: str, *, now_ms: int) -> None:
        await self._sql.run("sweep_succeeded", name=name, now_ms=now_ms)

    async def sweep_failed(self, name: str, *, error: str) -> tuple[int, int]:
        row = await self._sql.one("sweep_failed", name=name, error=error)
        assert row is not None, "what failed has started"
        return row["open_ms"], row["every_ms"]

    async def sweeps(self) -> tuple[SweepRun, ...]:
        rows = await self._sql.rows("sweeps")
        return tuple(
            SweepRun(row["name"], row["started_ms"], row["succeeded_ms"], row["error"])
            for row in rows
        )

    async def heartbeat(self) -> int | None:
        name = "heartbeat_locked" if self._sql.writing else "heartbeat"
        moment: int | None = await self._sql.value(name)
        return moment

    async def newest(self, *, limit: int) -> Newest:
        numbers = await self._sql.one("house_newest")
        update = await self._sql.one("inbox_newest")
        assert numbers is not None, "it counts what is there"
        rows = await self._sql.rows("orders_newest", row_limit=limit)
        return Newest(
            orders=tuple(
                OrderMoved(**{name: row[name] for name in OrderMoved.__dataclass_fields__})
                for row in rows
            ),
            update_id=0 if update is None else update["update_id"],
            update_ms=None if update is None else update["received_ms"],
            **{name: numbers[name] for name in ("order_id", "withdrawal_id", "waiting")},
        )

    async def beat(self, now_ms: int) -> None:
        await self._sql.run("beat", now_ms=now_ms)

    async def flag(self, name: str) -> str | None:
        value: str | None = await self._sql.value("flag_get", name=name)
        return value

    async def set_flag(self, name: str, value: str, *, now_ms: int) -> None:
        await self._sql.run("flag_set", name=name, value=value, now_ms=now_ms)

    async def keep_alarm(self, key: str, facts: dict[str, object], *, now_ms: int) -> None:
        text = json.dumps(facts, ensure_ascii=False)
        await self._sql.run("alarm_keep", key=key, facts=text, now_ms=now_ms)

    async def kept_alarms(self, *, limit: int) -> tuple[KeptAlarm, ...]:
        rows = await self._sql.rows("alarms_kept", row_limit=limit)
        return tuple(
            KeptAlarm(row["id"], row["key"], json.loads(row["facts"]), row["at_ms"]) for row in rows
        )

    async def drop_alarm(self, alarm_id: int) -> bool:
        return await self._sql.value("alarm_drop", id=alarm_id) is not None

    async def drop_alarms(self, before_ms: int) -> None:
        await self._sql.run("alarms_drop", before_ms=before_ms)

    async def log_act(self, operator_id: int, *, act: str, detail: str, now_ms: int) -> None:
        await self._sql.run(
            "act_log", operator_id=operator_id, act=act, detail=detail, now_ms=now_ms
        )
