"""Wallets: balances and statements through an order's life."""

from typing import Any
from zoneinfo import ZoneInfo

from market import ledger
from market.change import Change
from market.deadlines import DAY_MS
from market.ledger import Journal, Transfer
from market.money import Currency, Money
from market.statement import EVER, LATEST, Purses, Wanted
from market.states import State
from tests.support.prices import give
from tests.support.town import PRICE, Town


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


ZONE = ZoneInfo("Asia/Dhaka")
MONTH_MS = 31 * DAY_MS


async def statement(town: Town, month: int = EVER, currency: Currency | None = None) -> Any:
    """Everything of the seller's in a month."""
    wanted = Wanted(currency, month, ZONE)
    return await town.services.wallet.whole_statement(town.seller.id, wanted, most=100)


async def test_nothing_moved_yet(town: Town) -> None:
    """Who has never had money has no statement."""
    assert await statement(town) is None


async def test_the_statement_adds_up(town: Town) -> None:
    """Each row's balance is the one before and what the row changed; inner moves change nothing."""
    await town.order_in(State.CLEARED)
    await town.order_in(State.COMPLETED)
    whole = await statement(town)
    assert [(row.line.code, row.line.amount.minor, row.is_inner) for row in whole.rows] == [
        ("P5", 225, False),
        ("P7", 225, True),
        ("P5", 225, False),
    ]
    assert [row.balance.minor for row in whole.rows] == [225, 225, 450]
    assert (whole.opening, whole.closing) == (Purses(), Purses(available=225, clearing=225))


async def test_a_statement_by_months(town: Town) -> None:
    """A month begins with what the month before left; a page shows the newest first."""
    gig = await town.gig()
    await town.order_in(State.COMPLETED, gig)
    first = (await statement(town, LATEST)).period.month
    town.clock.advance(2 * MONTH_MS)
    for _ in range(9):
        await town.order_in(State.COMPLETED, gig)
    last, before = await statement(town, LATEST), await statement(town, first)
    assert last.months == (first, last.period.month)
    assert (before.closing.total, last.opening.total, last.closing.total) == (225, 225, 2250)
    assert (await statement(town, first - 7)).period == before.period
    assert (await statement(town, 10**9)).period == last.period
    pages = [await page(town, number) for number in (0, 1)]
    assert [(len(one.rows), one.has_more, one.page) for one in pages] == [
        (8, True, 0),
        (1, False, 1),
    ]
    assert pages[0].rows[0].balance.minor == 2250
    cut = await town.services.wallet.whole_statement(
        town.seller.id, Wanted(None, LATEST, ZONE), most=5
    )
    assert cut is not None
    assert (len(cut.rows), cut.has_more) == (5, True)


async def page(town: Town, number: int) -> Any:
    """A page of the seller's last month."""
    wanted = Wanted(Currency.XTR, LATEST, ZONE)
    return await town.services.wallet.statement(town.seller.id, wanted, page=number)


async def test_currencies_stand_apart(town: Town) -> None:
    """One statement per currency; one that was never used shows the one used last."""
    await town.order_in(State.COMPLETED)
    taka = Money(5_000, Currency.BDT)
    await give(town.storage, ledger.earned(town.seller.id, Currency.BDT), taka.minor)
    await give(town.storage, ledger.credit(town.seller.id, Currency.BDT), taka.minor)
    whole = await statement(town, currency=Currency.BDT)
    assert whole.currencies == (Currency.BDT, Currency.XTR)
    assert whole.closing == Purses(available=5_000, credit=5_000)
    assert (await statement(town, currency=Currency.USDT)).currency is Currency.BDT


async def test_a_debt_is_in_the_statement(town: Town) -> None:
    """What a person owes the house makes the balance smaller."""
    owed = ledger.receivable(town.seller.id, Currency.XTR)
    row = Transfer("P24", owed, ledger.provider("stars", Currency.XTR), PRICE)
    async with town.storage.begin() as uow:
        journal = Journal("test", "taken_back", (row,))
        await uow.record(Change(journals=(journal,)), now_ms=town.clock.now_ms())
    whole = await statement(town)
    assert (whole.closing, whole.closing.total) == (Purses(owed=250), -250)
