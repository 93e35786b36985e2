"""Wallets: balances and statements through an order's life."""

from market.states import State
from tests.support.town import Town


async def test_a_wallet_follows_the_order(town: Town) -> None:
    """Held, clearing with its moment, then available; the statement tells each step."""
    order = await town.order_in(State.COMPLETED)
    wallet = await town.services.wallet.wallet(town.seller.id, page=0)
    assert ({"clearing": 225}, order.clock_at_ms) == (
        await town.balances(town.seller),
        wallet.next_clear_ms,
    )
    assert [line.code for line in wallet.lines] == ["P5"]
    assert (wallet.page, wallet.has_more) == (0, False)


async def test_a_long_statement_has_pages(town: Town) -> None:
    """Eight lines to a page, newest first."""
    gig = await town.gig()
    for _ in range(5):
        await town.order_in(State.COMPLETED, gig)
    first = await town.services.wallet.wallet(town.buyer.id, page=0)
    second = await town.services.wallet.wallet(town.buyer.id, page=1)
    assert (
        len(first.lines),
        first.has_more,
        len(second.lines),
        second.has_more,
    ) == (8, True, 2, False)
