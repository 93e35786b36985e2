"""How far providers' own lists were read, and which were not since the house was restored.

The rows are `feed`'s: a restored house has those of its backup, so it reads on from that moment.
"""

from market.payout_terms import Way
from market.policy import Policy
from market.rails import CRYPTO_PAY, STARS
from services.feed_rows import Reading
from services.ports import UnitOfWork

MARGIN_MS = 60 * 60_000


def paid_list(rail: str) -> str:
    """The name under which the reading of a rail's paid invoices is kept."""
    return f"{rail}:paid"


def sent_list(rail: str) -> str:
    """The same for what was sent."""
    return f"{rail}:sent"


async def since_ms(uow: UnitOfWork, listed: str, *, never_ms: int) -> int:
    """From when on the list may hold news: a little before it was read last."""
    read_ms = (await uow.books.reading(listed)).read_ms
    return never_ms if read_ms is None else max(0, read_ms - MARGIN_MS)


async def was_read(uow: UnitOfWork, listed: str, *, at_ms: int) -> None:
    """It was read to its end, beginning at that moment."""
    await uow.books.read_on(listed, Reading(0, at_ms))


async def is_read(uow: UnitOfWork, listed: str, *, from_ms: int) -> bool:
    """It was read to its end since that moment."""
    read_ms = (await uow.books.reading(listed)).read_ms
    return read_ms is not None and read_ms >= from_ms


async def unread(uow: UnitOfWork, policy: Policy, *, from_ms: int) -> tuple[str, ...]:
    """The rails whose lists were not read to their end since that moment."""
    lists = {STARS: [STARS]}
    if policy.takes_usdt or Way.CRYPTO_PAY in policy.payout_ways:
        lists[CRYPTO_PAY] = [paid_list(CRYPTO_PAY), sent_list(CRYPTO_PAY)]
    missing = [
        rail
        for rail, names in lists.items()
        for name in names
        if not await is_read(uow, name, from_ms=from_ms)
    ]
    return tuple(dict.fromkeys(missing))
