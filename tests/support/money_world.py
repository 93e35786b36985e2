"""What lives outside of the house in the money day: Telegram's till, Crypto Pay, a wallet, people.

All of it outlives the process. Where processes really die it is kept in a file after each change.
"""

import pickle
from collections import defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from market.money import Currency, Money
from payments.crypto_pay.client import CryptoPay
from payments.crypto_pay.refusals import NobodyKnows
from services.feed_rows import FeedRow, StarsBalance
from services.rows import Later, OutboxRow, SendOutcome, Sent
from tests.support.clock import SettableClock
from tests.support.crypto_pay import TOKEN, FakeCryptoPay
from tests.support.doom import Doom
from tests.support.town import START_MS

WORLD = "world.pickle"


@dataclass
class Till:
    """Telegram's Stars: who paid, what went back, and the list of both."""

    rows: list[FeedRow] = field(default_factory=list)
    loses_answers: int = 0

    def add(self, external_id: str, minor: int, at_ms: int, **changes: Any) -> None:
        """A line of the list; the same one again changes nothing."""
        facts: dict[str, Any] = {"direction": "in", "kind": "invoice"} | changes
        row = FeedRow(
            rail="stars",
            external_id=external_id,
            amount=Money(minor, Currency.XTR),
            at_ms=at_ms,
            **facts,
        )
        if self.find(external_id, row.direction) is None:
            self.rows.append(row)

    def find(self, external_id: str, direction: str) -> FeedRow | None:
        """The line of that id and direction."""
        key = (external_id, direction)
        return next((row for row in self.rows if (row.external_id, row.direction) == key), None)

    def send_back(self, charge_id: str, at_ms: int) -> None:
        """A whole charge, once."""
        paid = self.find(charge_id, "in")
        assert paid is not None, f"{charge_id} never came in"
        self.add(charge_id, paid.amount.minor, at_ms, direction="out", telegram_id=paid.telegram_id)

    @property
    def balance_minor(self) -> int:
        """What the bot has."""
        signed = [r.amount.minor if r.direction == "in" else -r.amount.minor for r in self.rows]
        return sum(signed)


@dataclass
class World:
    """`done` is what has happened out there, `seen` what people saw before they pressed."""

    clock: SettableClock = field(default_factory=lambda: SettableClock(START_MS))
    till: Till = field(default_factory=Till)
    wallet_minor: int = 0
    heard: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    seen: dict[str, Any] = field(default_factory=dict)
    phase: int = 0
    folder: Path = Path()
    is_kept: bool = False

    def __post_init__(self) -> None:
        self.crypto = FakeCryptoPay(
            self.clock.now_ms, users={501, 502}, faults=defaultdict(deque), takes_fee=True
        )

    def kept(self) -> None:
        """Nothing of it is forgotten when the house's process dies now."""
        if self.is_kept:
            fresh = self.folder / "world.new"
            fresh.write_bytes(pickle.dumps(self))
            fresh.rename(self.folder / WORLD)

    def books(self) -> dict[str, object]:
        """All that providers and people know at the end."""
        crypto = self.crypto
        return {
            "stars": sorted((r.external_id, r.direction, r.amount.minor) for r in self.till.rows),
            "transfers": sorted(
                (t["spend_id"], t["user_id"], t["amount"]) for t in crypto.transfers
            ),
            "invoices": [(one["amount"], one["status"]) for one in crypto.invoices.values()],
            "usdt_minor": int(crypto.balance.scaleb(6)),
            "balance": self.till.balance_minor,
            "wallet": self.wallet_minor,
            "heard": sorted(self.heard),
        }


@dataclass
class Telegram:
    """The house's side of Telegram: messages, refunds and the list of Stars; each is a point."""

    world: World
    doom: Doom

    async def send(self, row: OutboxRow) -> SendOutcome:
        """A notice; a second one under the same key is the first once more."""
        self.doom.live_or_die()
        assert row.message is not None
        self.world.heard.add(row.message.key)
        self.world.kept()
        return Sent()

    async def refund(self, _telegram_id: int, charge_id: str) -> SendOutcome:
        """The whole charge goes back; the answer may be lost on its way."""
        world = self.world
        self.doom.point("refund", "before")
        is_known = world.till.find(charge_id, "out") is not None
        world.till.send_back(charge_id, world.clock.now_ms())
        is_lost = world.till.loses_answers > 0 and not is_known
        world.till.loses_answers -= is_lost
        world.kept()
        self.doom.point("refund", "after")
        return Later(world.clock.now_ms(), "no answer", counts=True) if is_lost else Sent()

    async def transactions(self, *, offset: int, limit: int) -> tuple[FeedRow, ...]:
        """The oldest first."""
        self.doom.point("list", "before")
        return tuple(self.world.till.rows[offset : offset + limit])

    async def balance(self) -> StarsBalance:
        """What the bot has."""
        return StarsBalance(self.world.till.balance_minor)


class Wire(CryptoPay):
    """Our client with the provider's books at the other end, and nothing in between."""

    def __init__(self, world: World, doom: Doom) -> None:
        super().__init__(TOKEN, "http://crypto.pay", now_s=lambda: world.clock.now_ms() / 1_000)
        self._world = world
        self._doom = doom

    async def _call(self, method: str, given: dict[str, object]) -> object:
        fake = self._world.crypto
        self._doom.point(method, "before")
        fault = fake.faults[method].popleft() if fake.faults[method] else None
        request = SimpleNamespace(headers={"Crypto-Pay-API-Token": TOKEN})
        answer = fake._answer(cast("Any", request), method, given)
        self._world.kept()
        self._doom.point(method, "after")
        if fault is not None:
            raise NobodyKnows(f"{method}: no answer")
        return self._result(cast("Any", answer), cast("bytes", answer.body))
