"""The table of periodic work: what runs, how often, and which service method it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from market.deadlines import HOUR_MS, MINUTE_MS
from services.ports import (
    BillRail,
    Files,
    HoldsMoney,
    ListsSendings,
    Messenger,
    Rail,
    StarsFeed,
)
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
    stars: StarsFeed | None = None,
) -> tuple[Sweep, ...]:
    """Everything the house does by itself. Each is a bounded batch and may run twice.

    Without `files` delivered files keep no hash of their bytes, without `stars` the house is not
    compared with Telegram.
    """
    upkeep, windows = services.upkeep, services.policy.windows

    async def drain() -> int:
        return await services.post.drain(messenger, rails, files)

    return (
        Sweep("lapse", windows.sweep_ms, upkeep.lapse),
        Sweep("nudge", windows.sweep_ms, upkeep.nudge),
        Sweep("drain", windows.drain_ms, drain, kept_every_ms=windows.heartbeat_ms),
        Sweep("tips", windows.sweep_ms, services.tips.clear, kept_every_ms=HOUR_MS),
        Sweep("heartbeat", windows.heartbeat_ms, upkeep.beat),
        Sweep("clock", windows.sweep_ms, upkeep.watch_clock, kept_every_ms=HOUR_MS),
        Sweep("digest", MINUTE_MS, upkeep.digest, kept_every_ms=HOUR_MS),
        Sweep("free_paused", MINUTE_MS, upkeep.free_paused, kept_every_ms=HOUR_MS),
        Sweep("owner_digest", 10 * MINUTE_MS, services.desk.owner_digest, kept_every_ms=HOUR_MS),
        Sweep("expire_drafts", HOUR_MS, upkeep.expire_drafts),
        Sweep("prune", HOUR_MS, upkeep.prune),
        Sweep("retain", HOUR_MS, services.privacy.retain),
        Sweep("audit", windows.audit_ms, upkeep.audit),
        Sweep("payouts", windows.sweep_ms, services.sending_out.start, kept_every_ms=HOUR_MS),
        Sweep("payouts_told", windows.sweep_ms, services.sending_out.tell, kept_every_ms=HOUR_MS),
        Sweep("pins", windows.sweep_ms, services.pins.reset, kept_every_ms=HOUR_MS),
        Sweep("kept_alarms", windows.sweep_ms, upkeep.tell_kept, kept_every_ms=HOUR_MS),
        Sweep("stuck", windows.stuck_ms, services.stuck.tell),
        Sweep("cover", windows.balance_ms, services.reconciler.cover),
        *(_of_stars(services, stars) if stars is not None else ()),
        *_of_bills(services, rails),
        *_of_sendings(services, rails),
        *_of_holdings(services, rails),
    )


def _of_holdings(services: Services, rails: dict[str, Rail]) -> tuple[Sweep, ...]:
    """What providers say they keep, beside the ledger."""
    every_ms, compare = services.policy.windows.balance_ms, services.reconciler.holdings
    return tuple(
        Sweep(f"{rail.name}_balance", every_ms, partial(compare, rail))
        for rail in rails.values()
        if isinstance(rail, HoldsMoney)
    )


def _of_bills(services: Services, rails: dict[str, Rail]) -> tuple[Sweep, ...]:
    """Open invoices are asked for, where a rail makes any."""
    if not any(isinstance(rail, BillRail) for rail in rails.values()):
        return ()
    look = partial(services.bills.sweep, rails)
    return (Sweep("bills", services.policy.windows.bills_ms, look, kept_every_ms=HOUR_MS),)


def _of_sendings(services: Services, rails: dict[str, Rail]) -> tuple[Sweep, ...]:
    """What left is read, where a rail lists it."""
    if not any(isinstance(rail, ListsSendings) for rail in rails.values()):
        return ()
    read = partial(services.reconciler.sendings.sweep, rails)
    return (Sweep("sendings", services.policy.windows.feed_ms, read, kept_every_ms=HOUR_MS),)


def _of_stars(services: Services, stars: StarsFeed) -> tuple[Sweep, ...]:
    """Telegram's own list, and what it says the bot has."""
    reconciler, windows = services.reconciler, services.policy.windows
    return (
        Sweep("stars_feed", windows.feed_ms, partial(reconciler.feed, stars)),
        Sweep("stars_balance", windows.balance_ms, partial(reconciler.balance, stars)),
    )
