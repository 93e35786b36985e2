"""The table of periodic work: what runs, how often, and which service method it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from market.deadlines import HOUR_MS, MINUTE_MS
from services.ports import Files, Messenger, Rail
from services.registry import Services

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Sweep:
    """One row. A run is written down for the operators at most every `kept_every_ms`.

    A failed run is always written down, and so is the one after it. What ticks every second would
    otherwise commit two more rows a second with nothing to do.
    """

    name: str
    every_ms: int
    work: Work
    kept_every_ms: int = 0


def sweeps(
    services: Services,
    messenger: Messenger,
    rails: dict[str, Rail],
    files: Files | None = None,
) -> tuple[Sweep, ...]:
    """Everything the house does by itself. Each is a bounded batch and may run twice.

    Without `files` delivered files keep no hash of their bytes.
    """
    upkeep, windows = services.upkeep, services.policy.windows

    async def drain() -> int:
        return await services.post.drain(messenger, rails, files)

    return (
        Sweep("lapse", windows.sweep_ms, upkeep.lapse),
        Sweep("nudge", windows.sweep_ms, upkeep.nudge),
        Sweep("drain", windows.drain_ms, drain, kept_every_ms=windows.heartbeat_ms),
        Sweep("heartbeat", windows.heartbeat_ms, upkeep.beat),
        Sweep("digest", MINUTE_MS, upkeep.digest, kept_every_ms=HOUR_MS),
        Sweep("free_paused", MINUTE_MS, upkeep.free_paused, kept_every_ms=HOUR_MS),
        Sweep("owner_digest", 10 * MINUTE_MS, services.desk.owner_digest, kept_every_ms=HOUR_MS),
        Sweep("expire_drafts", HOUR_MS, upkeep.expire_drafts),
        Sweep("prune", HOUR_MS, upkeep.prune),
        Sweep("audit", windows.audit_ms, upkeep.audit),
    )
