"""Payouts by the post itself, through our rail, to a Crypto Pay that fails in every way it can.

`test_payouts` has the rules with a rail of cardboard, `tests/payments` the rail alone. Here nothing
is left out but the process: whatever goes wrong, the provider has seen one sending, or none.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from market.deadlines import HOUR_MS
from market.notices import Message, Notice
from market.payout_terms import BY_HAND, Way
from market.withdrawal import Withdrawal, WithdrawalState
from storage import OpenStorage
from tests.support.crypto_bench import Bench, usdt
from tests.support.crypto_pay import Fault
from tests.support.payouts import Till
from tests.support.town import POLICY, Town

S = WithdrawalState
TRIES = len(POLICY.windows.outbox_retry_ms) + 1
EARNED, RESERVED = "L:user:1:earned:XTR", "L:user:1:wd:USDT"
NET = Decimal("2.925")  # 225 Stars at 0.013


@dataclass
class Desk:
    """The town's withdrawals, and the provider in front of them."""

    till: Till
    bench: Bench

    async def ripe(self) -> Withdrawal:
        """225 Stars are to be sent as USDT, and may be."""
        ripe = await self.till.ripe(minor=225, way=Way.CRYPTO_PAY)
        await self.till.town.services.sending_out.start()
        return ripe

    async def rounds(self, number: int = TRIES) -> Withdrawal:
        """The post goes round so often, an hour apart."""
        for _ in range(number):
            await self.till.drain()
            self.till.town.clock.advance(HOUR_MS)
        return await self.till.stored(1)

    def messages(self, notice: Notice) -> list[Message]:
        """What was said of that kind."""
        rows = [row.message for row in self.till.town.messenger.sent]
        return [row for row in rows if row is not None and row.notice is notice]

    def alarms(self) -> list[object]:
        """What operators were alarmed of."""
        return [one.facts["what"] for one in self.messages(Notice.ALARM)]


@pytest.fixture
async def desk(storage: OpenStorage) -> AsyncIterator[Desk]:
    """A seller with an account at Crypto Pay and 225 Stars earned; audited at the end."""
    town = Town(storage, replace(POLICY, payout_ways=BY_HAND | {Way.CRYPTO_PAY}))
    await town.settle_in()
    bench = await Bench.open(town.clock)
    bench.fake.users.add(town.seller.telegram_id)
    till = await Till(town).opened()
    till.rail = bench.rail  # type: ignore[assignment]
    yield Desk(till, bench)
    await bench.close()
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


TOO_MANY: Fault = "flood"
BROKEN: Fault = "broken before"
FLOOD, STORM = (TOO_MANY,) * TRIES, (BROKEN,) * TRIES
FAULTS: dict[str, dict[str, tuple[Fault, ...]]] = {
    "nothing": {},
    "sent, and no answer": {"transfer": ("silent after",)},
    "sent, and a broken answer": {"transfer": ("broken after",)},
    "not sent, and no answer": {"transfer": ("silent before",)},
    "an answer that cannot be read": {"transfer": ("garbage",)},
    "a known id": {"transfer": ("silent after",), "getTransfers": ("fine", "forgetful")},
    "a storm": {
        "transfer": ("broken before", "silent after", "broken after"),
        "getTransfers": ("broken before", "silent before", "fine", "broken before"),
    },
    "too many calls": {"transfer": FLOOD},
    "too many questions": {"getTransfers": FLOOD},
    "a token that is mended": {"transfer": ("denied",)},
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS.keys())
async def test_whatever_goes_wrong_it_is_sent_once(
    desk: Desk, faults: dict[str, tuple[Fault, ...]]
) -> None:
    """One sending at the provider, P18 once, and the seller hears of it once."""
    for method, kinds in faults.items():
        desk.bench.fake.fail(method, *kinds)
    await desk.ripe()
    paid = await desk.rounds(TRIES + 2)
    (sent,) = desk.bench.fake.transfers
    assert (paid.state, paid.reference) == (S.PAID, str(sent["transfer_id"]))
    assert (sent["spend_id"], Decimal(sent["amount"])) == (paid.spend_id, NET)
    assert await desk.till.purses(RESERVED, EARNED) == [0, 0]
    assert len(desk.messages(Notice.WITHDRAWAL_PAID)) == 1
    assert "dead_payout" not in desk.alarms()


@pytest.mark.parametrize("kind", ["broken before", "broken after"])
async def test_a_storm_that_does_not_end_is_for_operators(desk: Desk, kind: Fault) -> None:
    """After the whole ladder nobody guesses: it is being sent, until an operator tries again."""
    fake, town = desk.bench.fake, desk.till.town
    fake.fail("transfer", kind, *STORM)
    fake.fail("getTransfers", "fine", *STORM)
    await desk.ripe()
    stuck = await desk.rounds(TRIES + 2)
    assert stuck.state is S.SENDING
    assert desk.alarms().count("dead_payout") == 1
    assert await desk.till.purses(RESERVED, EARNED) == [usdt("2.925").minor, 0]
    fake.faults.clear()
    house = town.services.house
    (dead,) = (await house.report(town.operator.id)).failed_refunds
    await house.retry(town.command(town.operator), dead.id)
    assert (await desk.rounds(2)).state is S.PAID
    assert len(fake.transfers) == 1


async def test_a_receiver_whom_the_provider_does_not_know(desk: Desk) -> None:
    """A definite no: P19, the Stars are there again, and the seller reads what to do."""
    desk.bench.fake.users.clear()
    await desk.ripe()
    failed = await desk.rounds(2)
    assert (failed.state, desk.bench.fake.transfers) == (S.FAILED, [])
    assert await desk.till.purses(RESERVED, EARNED) == [0, 225]
    (told,) = desk.messages(Notice.WITHDRAWAL_FAILED)
    assert told.person_id == desk.till.town.seller.id
    assert told.facts["reason"] == "no_account"


@pytest.mark.parametrize("name", ["DUPLICATE", "TRANSFER_ALREADY_COMPLETED", "SPEND_ID_USED"])
async def test_a_no_about_a_known_id_never_gives_the_money_back(desk: Desk, name: str) -> None:
    """Sent, lost, and then denied twice: what may have left is not the seller's a second time."""
    fake: Any = desk.bench.fake
    fake.fail("transfer", "silent after")
    fake.fail("getTransfers", "fine", *(("forgetful",) * 4))
    fake.duplicate = name
    await desk.ripe()
    assert (await desk.rounds(3)).state is S.SENDING
    assert (await desk.rounds(1)).state is S.PAID
    assert len(fake.transfers) == 1
