"""Withdrawals as people make them: offers, accounts, requests, changing one's mind."""

import asyncio
from dataclasses import replace

import pytest

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    AmountOutOfRange,
    DetailsUnreadable,
    InsufficientFunds,
    MarketError,
    NotFound,
    NothingToWithdraw,
    PayoutsFrozen,
    RateChanged,
    Stale,
    TooManyWithdrawals,
    WayClosed,
    WrongState,
)
from market.house_postings import taken_back
from market.money import Currency, Money
from market.notices import Notice
from market.payout_settings import read_payout_terms
from market.payout_terms import Way
from market.withdrawal import WithdrawalState
from storage import OpenStorage
from tests.support.payouts import BKASH, Till, stars
from tests.support.town import POLICY, Town

EARNED, TAKA, RESERVED = (
    "L:user:1:earned:XTR",
    "L:user:1:earned:BDT",
    "L:user:1:wd:BDT",
)


@pytest.fixture
async def till(town: Town) -> Till:
    """Rates, funds and earnings are there."""
    return await Till(town).opened()


async def test_an_offer_says_what_may_be_withdrawn_and_how(till: Till) -> None:
    """225 Stars, to bKash and Nagad; nothing goes where no money was put in."""
    offer = await till.town.services.withdrawals.offer(till.town.seller.id)
    assert offer.balances == (stars(225),)
    ways = {option.way: option for option in offer.options}
    bkash = ways[Way.BKASH]
    assert (bkash.low_minor, bkash.high_minor, bkash.account) == (64, 225, None)
    assert bkash.rate is not None
    assert (ways[Way.BANK].is_open, ways[Way.BKASH].is_open) == (False, True)
    assert Way.CRYPTO_PAY not in ways
    assert (offer.left_today, offer.is_first) == (3, True)
    assert offer.from_ms == offer.now_ms + 72 * HOUR_MS
    assert offer.option(Way.BKASH, Currency.BDT) is None


async def test_a_request_is_exchanged_and_reserved_at_once(till: Till) -> None:
    """The Stars are sold at the rate of that moment, the taka wait for an operator."""
    card = await till.requested()
    withdrawal = card.withdrawal
    assert (withdrawal.source, withdrawal.amount, withdrawal.net) == (
        stars(225),
        Money(35_550, Currency.BDT),
        Money(34_550, Currency.BDT),
    )
    assert card.account == "017•••678"
    assert await till.purses(EARNED, TAKA, RESERVED) == [0, 0, 35_550]
    await till.rate("9", Currency.BDT)
    assert (await till.stored(withdrawal.id)).rate_micro == 158_000_000


async def test_earned_taka_are_not_exchanged(till: Till) -> None:
    """What came back in taka goes out in taka, first to nobody's rate."""
    paid = await till.paid()
    await till.do("came_back", paid, reason="The number is wrong.")
    card = await till.requested(34_550, cur="BDT")
    assert card.withdrawal.source == card.withdrawal.amount == Money(34_550, Currency.BDT)
    assert card.withdrawal.rate_micro is None
    assert await till.purses(TAKA, RESERVED) == [0, 34_550]


async def test_the_same_tap_asks_once(till: Till) -> None:
    """A repeated command answers the first withdrawal."""
    await till.account()
    command, wish = till.town.command(till.town.seller), await till.wish(100)
    first = await till.town.services.withdrawals.request(command, wish)
    again = await till.town.services.withdrawals.request(command, wish)
    assert first.withdrawal == again.withdrawal
    assert await till.purses(EARNED) == [125]


async def test_two_at_once_cannot_have_the_same_money(till: Till) -> None:
    """One is reserved, the other is refused."""
    await till.account()
    wish, town = await till.wish(200), till.town
    asked = [town.services.withdrawals.request(town.command(town.seller), wish) for _ in range(2)]
    ends = await asyncio.gather(*asked, return_exceptions=True)
    refused = [end for end in ends if isinstance(end, MarketError)]
    assert len(refused) == 1
    assert isinstance(refused[0], AmountOutOfRange | NothingToWithdraw | InsufficientFunds)
    assert await till.purses(EARNED) == [25]


async def test_funds_are_promised_once(town: Town) -> None:
    """What the owner declared for a wallet is all that may be asked for, all together."""
    till = await Till(town).opened(funds_minor=12_000)
    await till.requested(70)  # ৳110.60
    with pytest.raises(NothingToWithdraw):
        await till.requested(70)


async def test_stars_are_bought_from_the_owners_money_only(town: Town) -> None:
    """Taka that belong to other people are no funds for an exchange."""
    till = await Till(town).opened()
    owed = taken_back("x", "y", town.buyer.id, Money(19_990_000, Currency.BDT), from_credit=0)
    await till.post(replace(owed, key="a debt of the buyer eats the owner's money"))
    offer = await town.services.withdrawals.offer(town.seller.id)
    option = offer.option(Way.BKASH, Currency.XTR)
    assert option is not None
    assert option.high_minor == 63  # ৳100 of the owner are left, and ৳100 is the least


async def test_nothing_leaves_while_the_house_is_owed(till: Till) -> None:
    """Debts are subtracted from what may be withdrawn."""
    town = till.town
    owed = taken_back("stars", "c", town.seller.id, stars(25), from_credit=0)
    await till.post(owed)
    offer = await town.services.withdrawals.offer(town.seller.id)
    assert offer.balances == (stars(200),)


async def test_without_a_rate_stars_are_not_exchanged(town: Town) -> None:
    """An owner has to set one first; then what was asked for is looked at."""
    till = Till(town)
    await till.fund(Way.BKASH, 10_000_000)
    with pytest.raises(WayClosed):
        await till.requested()
    await till.rate("1.58", Currency.BDT)
    with pytest.raises(NothingToWithdraw):
        await till.requested()


async def test_limits_are_the_least_and_what_there_is(till: Till) -> None:
    """In the money that is given."""
    await till.account()
    for minor in (1, 63, 226):
        with pytest.raises(AmountOutOfRange):
            await till.requested(minor)


@pytest.mark.parametrize(
    ("new_below", "known_below", "most"), [(2, 3, 95), (1, 2, 158), (1, 1, 216)]
)
async def test_limits_are_those_of_the_level(
    storage: OpenStorage, new_below: int, known_below: int, most: int
) -> None:
    """Of 225 Stars a new seller gets ৳151 out at once, a known one ৳251, one of old ৳342."""
    payouts = read_payout_terms("bdt_most=151+251+342")
    levels = replace(
        POLICY,
        payouts=payouts,
        new_seller_orders=new_below,
        known_seller_orders=known_below,
    )
    town = Town(storage, levels)
    await town.settle_in()
    till = await Till(town).opened()
    offer = await town.services.withdrawals.offer(town.seller.id)
    option = offer.option(Way.BKASH, Currency.XTR)
    assert option is not None
    assert (option.low_minor, option.high_minor) == (64, most)
    with pytest.raises(AmountOutOfRange):
        await till.requested(most + 1)
    await till.requested(most)


@pytest.mark.parametrize("way", [Way.CRYPTO_PAY, Way.NAGAD, Way.BANK])
async def test_a_way_may_be_closed(till: Till, way: Way) -> None:
    """Switched off, without an account, without funds."""
    refusal = {
        Way.CRYPTO_PAY: WayClosed,
        Way.NAGAD: DetailsUnreadable,
        Way.BANK: NothingToWithdraw,
    }[way]
    wish, town = await till.wish(100, way), till.town
    with pytest.raises(refusal):
        await town.services.withdrawals.request(town.command(town.seller), wish)


async def test_a_new_rate_is_shown_before_it_counts(till: Till) -> None:
    """A request at the old rate is refused; the person sees the new one first."""
    await till.account()
    wish, town = await till.wish(), till.town
    await till.rate("1.50", Currency.BDT)
    with pytest.raises(RateChanged):
        await town.services.withdrawals.request(town.command(town.seller), wish)


async def test_three_withdrawals_a_day(till: Till) -> None:
    """The fourth waits for the next day."""
    for _ in range(3):
        card = await till.requested(64)
    till.town.clock.advance(DAY_MS - 1)
    with pytest.raises(TooManyWithdrawals):
        await till.requested(64)
    withdrawals = till.town.services.withdrawals
    await withdrawals.cancel(till.town.command(till.town.seller), card.withdrawal.id, version=0)
    till.town.clock.advance(1)
    await till.requested(64)


async def test_an_account_is_sealed_and_masked(till: Till) -> None:
    """In the database it cannot be read; its person sees the ends of it."""
    await till.account()
    async with till.town.storage.read() as uow:
        (row,) = await uow._sql.rows(  # type: ignore[attr-defined]
            "payout_details_of", person_id=till.town.seller.id
        )
        (detail,) = await uow.payees.all_of(till.town.seller.id)
    assert BKASH.encode() not in bytes(row["sealed"])
    assert detail.account == BKASH
    offer = await till.town.services.withdrawals.offer(till.town.seller.id)
    option = offer.option(Way.BKASH, Currency.XTR)
    assert option is not None
    assert option.account == "017•••678"


async def test_a_changed_account_freezes_payouts_and_is_told(till: Till) -> None:
    """72 hours from the change; what is on its way keeps its account."""
    before = await till.ripe(minor=100)
    await till.account("01898765432")
    town = till.town
    with pytest.raises(PayoutsFrozen):
        await till.requested(100)
    with pytest.raises(PayoutsFrozen):
        await till.do("take", before)
    await town.drain()
    assert town.messenger.notices(town.seller)[-1] is Notice.PAYOUT_ACCOUNT_CHANGED
    town.clock.advance(72 * HOUR_MS)
    card = await till.do("take", before)
    assert card.account == BKASH


async def test_the_same_account_again_changes_nothing(till: Till) -> None:
    """Nobody is frozen for typing the own number twice, or for a message handled twice."""
    await till.account()
    await till.account()
    town = till.town
    command = town.command(town.seller)
    for _ in range(2):
        guard = await town.services.withdrawals.keep_account(command, Way.BKASH, "01898765432")
    assert guard.until_ms == town.clock.now_ms() + 72 * HOUR_MS
    async with town.storage.read() as uow:
        assert len(await uow.payees.all_of(town.seller.id)) == 2


async def test_a_stranger_in_the_account_is_stopped(till: Till) -> None:
    """The word "not me" stops everything until an operator has looked; once is enough."""
    before, town = await till.ripe(minor=100), till.town
    await till.account("01898765432")
    for _ in range(2):
        await town.services.withdrawals.not_me(town.command(town.seller))
    town.clock.advance(100 * HOUR_MS)
    with pytest.raises(PayoutsFrozen):
        await till.do("take", before)
    with pytest.raises(PayoutsFrozen):
        await till.requested(100)
    await town.drain()
    alarms = [
        row.message.facts["what"]
        for row in town.messenger.sent
        if row.message and row.message.notice is Notice.ALARM
    ]
    assert alarms.count("payout_not_me") == 1
    looked = await town.services.payouts.guard(town.operator.id, town.seller.id)
    assert looked.guard.stopped_ms is not None
    for _ in range(2):
        card = await town.services.payouts.let_go(town.command(town.operator), town.seller.id)
    assert card.guard.stopped_ms is None
    assert [one.id for one in card.open] == [before.id]
    town.clock.advance(72 * HOUR_MS)  # the account was changed once more
    await till.do("take", before)
    await town.drain()
    assert town.messenger.notices(town.seller).count(Notice.PAYOUTS_FREED) == 1


async def test_a_person_changes_his_mind(till: Till) -> None:
    """The Stars are there again, at no other rate; what is on its way cannot be stopped."""
    card, town = await till.requested(), till.town
    await till.rate("1.20", Currency.BDT)
    withdrawals, command = town.services.withdrawals, town.command(town.seller)
    with pytest.raises(Stale):
        await withdrawals.cancel(town.command(town.seller), card.withdrawal.id, version=1)
    for _ in range(2):
        over = await withdrawals.cancel(command, card.withdrawal.id, version=0)
    assert over.withdrawal.state is WithdrawalState.CANCELLED
    assert await till.purses(EARNED, TAKA, RESERVED, "X:fx:BDT") == [225, 0, 0, 0]
    taken = await till.sending()
    with pytest.raises(WrongState):
        await withdrawals.cancel(town.command(town.seller), taken.id, version=taken.version)


async def test_others_withdrawals_do_not_exist(till: Till) -> None:
    """Neither to be seen nor to be cancelled."""
    card, town = await till.requested(), till.town
    withdrawals = town.services.withdrawals
    with pytest.raises(NotFound):
        await withdrawals.card(town.buyer.id, card.withdrawal.id)
    with pytest.raises(NotFound):
        await withdrawals.cancel(town.command(town.buyer), card.withdrawal.id, version=0)
    with pytest.raises(NotFound):
        await withdrawals.card(town.seller.id, 99)
    assert (await withdrawals.card(town.seller.id, card.withdrawal.id)) == card


async def test_the_history_has_pages(till: Till) -> None:
    """Six to a page, newest first."""
    await till.account()
    for _ in range(7):
        card = await till.requested(64)
        town = till.town
        await town.services.withdrawals.cancel(
            town.command(town.seller), card.withdrawal.id, version=0
        )
        town.clock.advance(DAY_MS)
    withdrawals = town.services.withdrawals
    first = await withdrawals.page(town.seller.id, page=0)
    last = await withdrawals.page(town.seller.id, page=1)
    assert [one.withdrawal.id for one in (*first.cards, *last.cards)] == [7, 6, 5, 4, 3, 2, 1]
    assert (first.has_more, last.has_more) == (True, False)


async def test_a_forgotten_account_cannot_be_read(till: Till) -> None:
    """The withdrawal stays, its account is gone."""
    card, town = await till.requested(), till.town
    async with town.storage.begin() as uow:
        await uow.payees.forget(town.seller.id, now_ms=town.clock.now_ms())
    seen = await town.services.withdrawals.card(town.seller.id, card.withdrawal.id)
    assert seen.account == "•••"
    async with town.storage.read() as uow:
        assert await uow.payees.detail(town.seller.id, Way.BKASH) is None
        with pytest.raises(NotFound):
            await uow.payees.by_id(99)
