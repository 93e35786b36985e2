"""Rows about the running of the house itself."""

from market.read import SweepRun
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

    async def beat(self, now_ms: int) -> None:
        await self._sql.run("beat", now_ms=now_ms)

    async def flag(self, name: str) -> str | None:
        value: str | None = await self._sql.value("flag_get", name=name)
        return value

    async def set_flag(self, name: str, value: str, *, now_ms: int) -> None:
        await self._sql.run("flag_set", name=name, value=value, now_ms=now_ms)

    async def log_act(self, operator_id: int, *, act: str, detail: str, now_ms: int) -> None:
        await self._sql.run(
            "act_log", operator_id=operator_id, act=act, detail=detail, now_ms=now_ms
        )
