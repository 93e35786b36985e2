"""Telegram's list of Stars as the house reads it."""

from typing import Any

import pytest

from bot.kit.gateway import StarsGateway
from market.money import Currency, Money
from services.feed_rows import FeedRow, StarsBalance
from tests.bot.kit.conftest import Desktop

PAYER = {"id": 11, "is_bot": False, "first_name": "Ann"}
INVOICE = {
    "type": "user",
    "transaction_type": "invoice_payment",
    "user": PAYER,
    "invoice_payload": "abc",
}
AFFILIATE = {"commission_per_mille": 50, "amount": 2}


def row(kind: str, **changes: Any) -> FeedRow:
    """A line as it should be read."""
    facts: dict[str, Any] = {
        "rail": "stars",
        "external_id": "t1",
        "direction": "in",
        "kind": kind,
        "amount": Money(50, Currency.XTR),
        "at_ms": 1_700_000_000_000,
    }
    return FeedRow(**(facts | changes))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"source": INVOICE}, row("invoice", telegram_id=11, payload="abc")),
        (
            {"receiver": INVOICE},
            row("invoice", telegram_id=11, payload="abc", direction="out"),
        ),
        (
            {"source": INVOICE | {"transaction_type": "business_account_transfer"}},
            row("person", telegram_id=11, payload="abc"),
        ),
        (
            {"source": INVOICE | {"affiliate": AFFILIATE}},
            row("invoice", telegram_id=11, payload="abc", has_extra=True),
        ),
        (
            {"receiver": {"type": "fragment"}, "nanostar_amount": 7},
            row("fragment", direction="out", has_extra=True),
        ),
        (
            {"receiver": {"type": "telegram_api", "request_count": 3}},
            row("telegram_api", direction="out"),
        ),
        ({"source": {"type": "other"}}, row("other")),
        ({}, row("nobody", direction="out")),
    ],
)
async def test_lines_are_read(desktop: Desktop, line: dict[str, Any], expected: FeedRow) -> None:
    """Who stood on the other side, which way it went, and what was odd about it."""
    bare = {"id": "t1", "amount": 50, "date": 1_700_000_000}
    answer = {"ok": True, "result": {"transactions": [bare | line]}}
    desktop.telegram.script = lambda _name, _data: (200, answer)
    found = await StarsGateway(desktop.bot, desktop.clock).transactions(offset=3, limit=9)
    assert found == (expected,)


@pytest.mark.parametrize(("more", "has_extra"), [({}, False), ({"nanostar_amount": 1}, True)])
async def test_the_balance_is_read(
    desktop: Desktop, *, more: dict[str, int], has_extra: bool
) -> None:
    """Whole Stars, and whether there are parts of one."""
    answer = {"ok": True, "result": {"amount": 5} | more}
    desktop.telegram.script = lambda _name, _data: (200, answer)
    found = await StarsGateway(desktop.bot, desktop.clock).balance()
    assert StarsBalance(5, has_extra=has_extra) == found
