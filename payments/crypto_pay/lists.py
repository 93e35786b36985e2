"""Crypto Pay's own lists, read to their end: paid invoices, and everything that was sent.

No document says in which order they come: reading stops early only where a page shows it.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from market.money import Currency, Money
from market.rails import CRYPTO_PAY
from payments.crypto_pay import answers
from payments.crypto_pay.answers import Invoice, Sending
from payments.crypto_pay.client import EXPIRES_MAX_S, PAGE, CryptoPay
from payments.crypto_pay.refusals import NobodyKnows, NotDone, NotNow
from services.bill_rows import RailAway
from services.feed_rows import FeedRow

PAGES_MAX = 1_000
COMPLETED = "completed"
RowT = TypeVar("RowT", Invoice, Sending)


async def paid_since(client: CryptoPay, since_ms: int) -> tuple[Invoice, ...]:
    """Everything that was paid since then, and older ones with it; raises RailAway.

    An invoice that was paid just now may have been made as long ago as its link can live.
    """
    made_ms = since_ms - EXPIRES_MAX_S * 1_000

    async def page(offset: int) -> tuple[Invoice, ...]:
        return await client.invoices(status="paid", offset=offset)

    return await _whole(page, lambda one: one.created_ms, made_ms)


async def sent_since(client: CryptoPay, since_ms: int) -> tuple[FeedRow, ...]:
    """Everything that was sent since then, the oldest first; raises RailAway."""

    async def page(offset: int) -> tuple[Sending, ...]:
        return await client.all_transfers(offset=offset)

    found = await _whole(page, lambda one: one.at_ms, since_ms)
    rows = {one.transfer_id: _row(one) for one in found if (one.at_ms or since_ms) >= since_ms}
    return tuple(sorted(rows.values(), key=lambda row: row.at_ms))


async def _whole(
    page: Callable[[int], Awaitable[tuple[RowT, ...]]],
    moment: Callable[[RowT], int | None],
    since_ms: int,
) -> tuple[RowT, ...]:
    found: list[RowT] = []
    for number in range(PAGES_MAX):
        try:
            rows = await page(number * PAGE)
        except (NotDone, NotNow, NobodyKnows) as failure:
            raise RailAway(str(failure)) from None
        found += rows
        if len(rows) < PAGE or _is_past([moment(one) for one in rows], since_ms):
            return tuple(found)
    raise RailAway("the list has no end")


def _is_past(moments: list[int | None], since_ms: int) -> bool:
    """The page goes back in time and has passed the moment: what follows is older still."""
    known = [one for one in moments if one is not None]
    goes_back = len(known) == len(moments) and known == sorted(known, reverse=True)
    return goes_back and known[-1] < since_ms


def _row(sent: Sending) -> FeedRow:
    """One sending as a line; in other money than the house keeps its amount is 0."""
    amount = answers.money(sent.asset, sent.amount)
    is_plain = amount is not None and sent.status == COMPLETED
    return FeedRow(
        rail=CRYPTO_PAY,
        external_id=sent.transfer_id,
        direction="out",
        kind="transfer" if is_plain else f"{sent.status} {sent.amount} {sent.asset}",
        amount=amount or Money(0, Currency.USDT),
        at_ms=sent.at_ms or 0,
        telegram_id=sent.user_id,
        payload=sent.spend_id,
    )
