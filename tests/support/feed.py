"""Telegram's own list of the bot's Stars, for tests: lines are added, never lost."""

from dataclasses import dataclass, field
from typing import Any

from market.money import Currency, Money
from services.feed_rows import FeedRow, StarsBalance

FIRST_MS = 1_789_000_000_000


@dataclass
class FakeFeed:
    """`refuses` raises at the next question; `balance_minor` follows the lines unless it is set."""

    rows: list[FeedRow] = field(default_factory=list)
    balance_minor: int | None = None
    has_extra: bool = False
    refuses: Exception | None = None
    asked: list[int] = field(default_factory=list)

    def add(self, external_id: str, amount: int, **changes: Any) -> FeedRow:
        """A line: by default somebody has paid an invoice."""
        facts: dict[str, Any] = {
            "rail": "stars",
            "external_id": external_id,
            "direction": "in",
            "kind": "invoice",
            "amount": Money(amount, Currency.XTR),
            "at_ms": FIRST_MS + 1_000 * len(self.rows),
        }
        row = FeedRow(**(facts | changes))
        self.rows.append(row)
        return row

    async def transactions(self, *, offset: int, limit: int) -> tuple[FeedRow, ...]:
        self.asked.append(offset)
        if self.refuses is not None:
            raise self.refuses
        return tuple(self.rows[offset : offset + limit])

    async def balance(self) -> StarsBalance:
        if self.balance_minor is not None:
            return StarsBalance(self.balance_minor, has_extra=self.has_extra)
        signed = [r.amount.minor if r.direction == "in" else -r.amount.minor for r in self.rows]
        return StarsBalance(sum(signed), has_extra=self.has_extra)
