"""Bugs planted in the ways of money: each must be caught by a named test, else the tests are blind.

Three nets: the money day, the money day killed at a step's points, and single tests of a rule.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from market import house_postings, ledger, payout_postings, postings, withdrawal
from market.change import Refund
from market.ledger import Journal
from market.money import MINOR_MAX, Currency, Money
from market.payout_read import Funds
from market.payout_terms import Way
from market.split import Pricing, Split, split
from market.withdrawal import Doing, Withdrawal
from payments.crypto_pay.rail import CryptoPayRail
from services import claims, couponing, draws, payments, payouts, post, sending_out
from services.claims import ClaimService
from services.feed import Feed
from services.feed_rows import FeedRow
from services.outcomes import Outcome
from services.payout_rows import NotPaid, PayoutCall
from services.ports import UnitOfWork
from services.post import Post
from services.reconciling import Reconciler
from services.rows import OutboxRow, Sent
from services.sendings import Sendings
from storage import OpenStorage
from storage.books import Books
from storage.payments import Payments
from storage.withdrawals import Withdrawals
from tests.services import test_claims, test_freezing, test_payouts, test_prices, test_treasury
from tests.support.by_hand import take_taka
from tests.support.money_kills import Clean, held, killed, kills, last_moment
from tests.support.payouts import Till
from tests.support.town import Town

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]


def _always(answer: object) -> Callable[..., Awaitable[object]]:
    async def answers(*_asked: object, **_named: object) -> object:
        return answer

    return answers


def new_spend_id_per_try(patch: Patch) -> None:
    """Every try has an id of its own, so the provider cannot know the first one."""
    tries, call = count(), sending_out._call

    async def anew(uow: UnitOfWork, of: Withdrawal) -> PayoutCall:
        made = await call(uow, of)
        return replace(made, spend_id=f"{made.spend_id}-{next(tries)}")

    patch.setattr(sending_out, "_call", anew)


def no_ask_before_the_retry(patch: Patch) -> None:
    """A sending whose answer was lost is simply made again, and its refusal believed.

    The provider's list would mend it later: that net is taken away.
    """

    async def never_sent(_rail: CryptoPayRail, _call: PayoutCall) -> NotPaid:
        return NotPaid("never sent")

    patch.setattr(CryptoPayRail, "ask", never_sent)
    patch.setattr(Sendings, "sweep", _always(0))


def own_rounding(patch: Patch) -> None:
    """The seller's part is computed by a second formula and not by subtraction."""

    def floors(pricing: Pricing, gross_minor: int) -> Split:
        return replace(split(pricing, gross_minor), seller_minor=gross_minor * 9 // 10)

    patch.setattr(postings, "split", floors)


def withdrawal_without_reserve(patch: Patch) -> None:
    """A request is written down, and the money stays where it can be spent."""
    patch.setattr(payout_postings, "requested", payout_postings._exchange)


def coupon_above_its_budget(patch: Patch) -> None:
    """Nobody looks whether the house has the money that its code gives away."""
    patch.setattr(couponing, "_has_budget", _always(None))


def refund_without_reserve(patch: Patch) -> None:
    """A refund is promised while its money stays the buyer's to spend."""

    def promises(rail: str, charge_id: str, *_facts: object) -> Journal:
        return Journal(f"{rail}:{charge_id}:refund-req", "refund_request", ())

    patch.setattr(ledger, "refund_request", promises)


def no_reconciling(patch: Patch) -> None:
    """The list of Stars is read, and nothing follows from it."""
    patch.setattr(Feed, "book", _always(None))


def no_dedupe_of_the_list(patch: Patch) -> None:
    """Lines that are read once more are booked once more."""
    readings, posted = count(), house_postings.unattributed
    patch.setattr(Books, "see", _always(answer=True))
    patch.setattr(Reconciler, "_known", _always(set()))
    patch.setattr(
        house_postings,
        "unattributed",
        lambda rail, external_id, amount: replace(
            posted(rail, external_id, amount), key=f"{rail}:{external_id}:{next(readings)}"
        ),
    )


@pytest.fixture(scope="module")
def swift() -> Iterator[Path]:
    """A folder in memory, where there is one."""
    memory = Path("/dev/shm")  # noqa: S108 - ours alone, and gone afterwards
    with tempfile.TemporaryDirectory(
        prefix="gighaat-planted-", dir=memory if memory.is_dir() else None
    ) as folder:
        yield Path(folder)


def assert_noticed(failure: BaseException) -> None:
    """A bug was noticed, not a clumsy planting."""
    assert not isinstance(failure, TypeError | AttributeError)


async def the_money_day_is_right(template: Path, folder: Path) -> None:
    """Every step goes through, the audit is clean, and providers hold what the ledger says."""
    try:
        said, known = held(await last_moment(template, folder))
        assert known == said
    finally:
        shutil.rmtree(folder)


async def test_nothing_is_caught_where_nothing_is_planted(sqlite_file: Path, swift: Path) -> None:
    """The day itself is right."""
    await the_money_day_is_right(sqlite_file, swift / "day")


@pytest.mark.parametrize(
    "plant",
    [
        new_spend_id_per_try,
        no_ask_before_the_retry,
        own_rounding,
        withdrawal_without_reserve,
        coupon_above_its_budget,
        refund_without_reserve,
        no_reconciling,
        no_dedupe_of_the_list,
    ],
)
async def test_the_money_day_catches_it(
    plant: Plant, sqlite_file: Path, swift: Path, monkeypatch: Patch
) -> None:
    """With the bug in the house, a step fails or a provider's books differ at the end."""
    plant(monkeypatch)
    with pytest.raises(Exception) as noticed:  # noqa: PT011 - whatever is noticed first
        await the_money_day_is_right(sqlite_file, swift / "day")
    assert_noticed(noticed.value)


def lost_payments_are_not_looked_for(patch: Patch) -> None:
    """What stands in the list is taken for known."""

    async def closes(feed: Feed, row: FeedRow) -> None:
        await feed._close(row, "known")

    patch.setattr(Feed, "_paid", closes)


def written_before_it_is_sent(patch: Patch) -> None:
    """The outbox says done, and only then the call is made."""

    async def works(self: Post, shared: Any) -> None:
        while (row := await self._next(shared)) is not None:
            await self._settle(row, Sent())
            await self._call(shared, row)
            shared.tried += 1

    patch.setattr(Post, "_work", works)


def forgotten_after_a_call(patch: Patch) -> None:
    """A call whose outcome nobody wrote down counts as made when its turn comes again."""
    claimed: set[int] = set()
    call = Post._call

    async def calls(self: Post, shared: Any, row: OutboxRow) -> Outcome:
        if row.kind == "refund" and row.id in claimed:
            return Sent()
        claimed.add(row.id)
        return await call(self, shared, row)

    patch.setattr(Post, "_call", calls)


@pytest.mark.parametrize(
    "caught",
    [
        (lost_payments_are_not_looked_for, "paid c2", True),
        (written_before_it_is_sent, "seller_cancel 2", False),
        (forgotten_after_a_call, "seller_cancel 2", False),
    ],
)
def test_the_kills_catch_it(
    caught: tuple[Plant, str, bool], sqlite_file: Path, swift: Path, monkeypatch: Patch
) -> None:
    """The day goes well; killed at that step's points it does not end as it should."""
    plant, step, loses = caught
    clean = Clean(swift / "clean", frozenset({"before"}), is_quiet=True)
    at = [one.name for one in clean.steps].index(step)
    clean.steps = clean.steps[: at + 2]
    clean.folder.mkdir()
    try:
        asyncio.run(clean.live(sqlite_file))
        mine = [one for one in kills(clean, loses=loses) if one.at == at]
        assert [None] * len(mine) == [_killed(clean, swift, one) for one in mine]
        plant(monkeypatch)
        assert any(_killed(clean, swift, one) for one in mine)
    finally:
        shutil.rmtree(clean.folder)


def _killed(clean: Clean, swift: Path, kill: Any) -> str | None:
    try:
        return asyncio.run(killed(clean, swift / "killed", kill))
    finally:
        shutil.rmtree(swift / "killed")


def credit_used_twice(patch: Patch) -> None:
    """Nobody looks whether another order has used the credit meanwhile."""
    patch.setattr(payments, "is_covered", _always(answer=True))


def used_reference(patch: Patch) -> None:
    """References are compared as they were typed."""
    patch.setattr(claims, "read_reference", lambda _wallet, text: text)


def refusals_count_each_delivery(patch: Patch) -> None:
    """An update that comes twice is two tries of a used reference."""
    patch.setattr(ClaimService, "_is_first_try", _always(answer=True))


def anybody_says_what_became_of_it(patch: Patch) -> None:
    """A withdrawal that one operator holds is another one's to pay as well."""
    patch.setattr(withdrawal, "_holds", lambda _withdrawal, _doing: None)


def one_sending_pays_two(patch: Patch) -> None:
    """The reference of a payout is believed without a look at the others."""
    real = Payments.add_fact

    async def believed(_uow: object, _before: Withdrawal, doing: Doing) -> Doing:
        return doing

    async def always_new(self: Payments, fact: Any) -> bool:
        await real(self, fact)
        return True

    patch.setattr(payouts, "referenced", believed)
    patch.setattr(Payments, "add_fact", always_new)


def refunds_leave_a_frozen_house(patch: Patch) -> None:
    """The post does not ask."""
    patch.setattr(post, "hold_ms", _always(0))


def draw_of_peoples_money(patch: Patch) -> None:
    """The owner takes out whatever is there."""
    patch.setattr(draws, "_covered", _always(None))


def given_up_after_it_went_back(patch: Patch) -> None:
    """Who gives a refund up does not look whether its money has gone back meanwhile."""

    async def gives_up(books: Books, _row_id: int, **_by: object) -> Refund:
        paid = await books._sql.one("fact_get", rail="stars", external_id="charge-1", kind="in")
        assert paid is not None
        return Refund("stars", "charge-1", paid["person_id"], Money(250, Currency.XTR), None)

    patch.setattr(Books, "give_up", gives_up)


def draw_of_promised_money(patch: Patch) -> None:
    """The owner takes out what lies in a wallet for somebody's withdrawal."""
    funds = Withdrawals.funds

    async def unpromised(withdrawals: Withdrawals, way: Way) -> Funds:
        return replace(await funds(withdrawals, way), till_minor=MINOR_MAX)

    patch.setattr(Withdrawals, "funds", unpromised)


async def _of_taka(town: Town) -> Town:
    await take_taka(town)
    return town


async def _of_town(town: Town) -> Town:
    return town


async def _of_till(town: Town) -> Till:
    await town.second()
    return await Till(town).opened()


@pytest.mark.parametrize(
    ("plant", "catches", "given"),
    [
        (
            credit_used_twice,
            test_prices.test_a_charge_for_an_order_short_of_credit_goes_back,
            _of_town,
        ),
        (used_reference, test_claims.test_one_reference_pays_once, _of_taka),
        (
            refusals_count_each_delivery,
            test_claims.test_a_refused_claim_that_comes_again_counts_once,
            _of_taka,
        ),
        (
            anybody_says_what_became_of_it,
            test_payouts.test_only_its_holder_says_what_became_of_it,
            _of_till,
        ),
        (one_sending_pays_two, test_payouts.test_one_sending_pays_one_withdrawal, _of_till),
        (
            refunds_leave_a_frozen_house,
            test_freezing.test_a_freeze_stops_refunds_at_once,
            _of_town,
        ),
        (
            draw_of_peoples_money,
            test_treasury.test_a_draw_leaves_what_people_are_owed,
            _of_town,
        ),
        (
            draw_of_promised_money,
            test_treasury.test_a_draw_leaves_what_withdrawals_were_promised,
            _of_town,
        ),
        (
            given_up_after_it_went_back,
            test_treasury.test_a_refund_that_went_back_is_not_given_up,
            _of_town,
        ),
    ],
)
async def test_the_test_of_the_rule_catches_it(
    plant: Plant,
    catches: Callable[[Any], Awaitable[None]],
    given: Callable[[Town], Awaitable[Any]],
    sqlite_storage: OpenStorage,
    monkeypatch: Patch,
) -> None:
    """The test passes without the bug (it runs by itself), and fails with it."""
    town = Town(sqlite_storage)
    await town.settle_in()
    ready = await given(town)
    plant(monkeypatch)
    with pytest.raises(BaseException) as noticed:  # noqa: PT011 - whatever is noticed first
        await catches(ready)
    assert_noticed(noticed.value)
