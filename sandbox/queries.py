"""Questions that wait for the bot: callback, inline and pre-checkout queries, answered once."""

import asyncio
import random
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.people import User

QUERIES_KEPT = 2_000
CALLBACK, INLINE, CHECKOUT = "callback", "inline", "checkout"


@dataclass(slots=True, eq=False)
class Pending:
    id: str
    kind: str
    person: "User"
    asked_at: float
    lasts: float
    answer: "asyncio.Future[dict[str, Any]]" = field(repr=False)
    lapsed: "asyncio.Future[None]" = field(repr=False)
    note: str = ""
    offset: str = ""

    def is_open(self, now: float) -> bool:
        return not self.answer.done() and now - self.asked_at <= self.lasts


class Queries:
    def __init__(self) -> None:
        self._pending: OrderedDict[str, Pending] = OrderedDict()

    def ask(self, kind: str, *, person: "User", now: float, lasts: float, note: str) -> Pending:
        pending = Pending(
            id=str(random.getrandbits(62)),
            kind=kind,
            person=person,
            asked_at=now,
            lasts=lasts,
            answer=asyncio.get_running_loop().create_future(),
            lapsed=asyncio.get_running_loop().create_future(),
            note=note,
        )
        self._pending[pending.id] = pending
        if len(self._pending) > QUERIES_KEPT:
            self._pending.popitem(last=False)
        return pending

    def answer(self, query_id: str, *, kind: str, now: float, value: dict[str, Any]) -> Pending:
        pending = self._pending.get(query_id)
        if pending is None or pending.kind != kind or not pending.is_open(now):
            raise refuse("query_old")
        pending.answer.set_result(value)
        return pending

    def find(self, query_id: str, *, kind: str, now: float) -> Pending:
        pending = self._pending.get(query_id)
        if pending is None or pending.kind != kind or not pending.is_open(now):
            raise refuse("query_old")
        return pending

    def lapse(self, now: float) -> None:
        """Whoever waits for the answer to a question that is too old by now waits no more."""
        for pending in self._pending.values():
            if not pending.is_open(now) and not pending.lapsed.done():
                pending.lapsed.set_result(None)

    def unanswered(self, now: float, *, after: float) -> list[Pending]:
        return [
            pending
            for pending in self._pending.values()
            if not pending.answer.done() and now - pending.asked_at > after
        ]


async def answered(pending: Pending, *, within: float) -> dict[str, Any] | None:
    """None when the bot stays silent; the query stays open until it is too old."""
    either: set[asyncio.Future[Any]] = {pending.answer, pending.lapsed}
    await asyncio.wait(either, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    return pending.answer.result() if pending.answer.done() else None
