"""Sending money by Crypto Pay: once, whatever happens on the way."""

from decimal import Decimal

import pytest

from payments.crypto_pay.client import SPEND_ID_MAX, CryptoPay
from payments.crypto_pay.rail import OWN_FAULT_MS, CryptoPayRail
from services.payout_rows import NotPaid, Paid, Unknown, Wait
from services.ports import BillRail, PayoutRail
from tests.support.crypto_bench import PAYEE, START_MS, Bench, payout
from tests.support.crypto_pay import TOKEN, Fault

AFTER: tuple[Fault, ...] = ("silent after", "broken after")


def test_one_rail_has_both_ways(bench: Bench) -> None:
    """The rail asks for money, and pays it out."""
    assert (isinstance(bench.rail, PayoutRail), isinstance(bench.rail, BillRail)) == (True, True)


async def test_a_payout_arrives(bench: Bench) -> None:
    """The person has the money, and we the provider's id of it."""
    outcome = await bench.rail.pay(payout())
    assert Paid("7001") == outcome
    assert Decimal("12.5") == bench.fake.sent_to(PAYEE)


async def test_amounts_are_written_as_decimals(bench: Bench) -> None:
    """The provider reads text: no float can lose a digit."""
    await bench.rail.pay(payout(amount="12.345678"))
    assert bench.fake.named("transfer")[0]["amount"] == "12.345678"


async def test_the_same_id_pays_once(bench: Bench) -> None:
    """Asked twice, the second answer tells of the first sending."""
    first = await bench.rail.pay(payout())
    assert first == await bench.rail.pay(payout())
    assert len(bench.fake.transfers) == 1


@pytest.mark.parametrize("fault", AFTER)
async def test_an_answer_that_is_lost_is_asked_for(bench: Bench, fault: Fault) -> None:
    """Sent, but nobody heard: unknown, and the next try finds it instead of paying again."""
    bench.fake.fail("transfer", fault)
    assert isinstance(await bench.rail.pay(payout()), Unknown)
    assert Paid("7001") == await bench.rail.pay(payout())
    assert Decimal("12.5") == bench.fake.sent_to(PAYEE)


@pytest.mark.parametrize("fault", ["silent before", "broken before", "garbage"])
async def test_a_call_that_came_to_nothing_is_made_again(bench: Bench, fault: Fault) -> None:
    """Not sent, but that is not known either: the next try asks, then sends."""
    bench.fake.fail("transfer", fault)
    assert isinstance(await bench.rail.pay(payout()), Unknown)
    assert Paid("7001") == await bench.rail.pay(payout())
    assert [name for name, _ in bench.fake.calls] == ["getTransfers", "transfer"] * 2


@pytest.mark.parametrize("fault", ["silent before", "broken before", "garbage", "denied"])
async def test_nothing_is_sent_before_the_question_is_answered(bench: Bench, fault: Fault) -> None:
    """While it cannot be told whether it was sent, nothing is sent."""
    bench.fake.fail("getTransfers", fault)
    assert isinstance(await bench.rail.pay(payout()), Unknown)
    assert bench.fake.named("transfer") == []


async def test_a_storm_pays_once(bench: Bench) -> None:
    """However many calls go wrong, one sending is left in the end."""
    bench.fake.fail("getTransfers", "broken before", "silent before")
    bench.fake.fail("transfer", "broken before", "silent after", "broken after")
    outcomes = [await bench.rail.pay(payout()) for _ in range(8)]
    assert Paid("7001") == outcomes[-1]
    assert Decimal("12.5") == bench.fake.sent_to(PAYEE)


async def test_a_refusal_is_believed_only_after_asking(bench: Bench) -> None:
    """Sent meanwhile by a rival: the provider's no to the known id is no "not paid"."""
    rival = CryptoPayRail(CryptoPay(TOKEN, bench.url), bench.clock, str)
    pay_there = rival.pay(payout())
    ask = bench.client.transfers

    async def ask_late(*, spend_id: str) -> object:
        known = await ask(spend_id=spend_id)
        if not bench.fake.transfers:
            await pay_there
        return known

    bench.client.transfers = ask_late  # type: ignore[method-assign, assignment]
    assert Paid("7001") == await bench.rail.pay(payout())
    await rival._client.close()
    assert Decimal("12.5") == bench.fake.sent_to(PAYEE)


async def test_a_flood_is_waited_for(bench: Bench) -> None:
    """Told to wait, no call at all is made until then."""
    bench.fake.fail("transfer", "flood")
    assert Wait(START_MS + 7_000, "too many requests") == await bench.rail.pay(payout())
    bench.clock.advance(6_999)
    calls = len(bench.fake.calls)
    assert Wait(START_MS + 7_000, "asking: told to wait") == await bench.rail.pay(payout())
    assert calls == len(bench.fake.calls)
    bench.clock.advance(1)
    assert Paid("7001") == await bench.rail.pay(payout())


async def test_a_flood_of_questions_is_waited_for(bench: Bench) -> None:
    """Before anything was sent, and after a refusal that is not believed yet."""
    bench.fake.fail("getTransfers", "flood")
    assert Wait(START_MS + 7_000, "asking: too many requests") == await bench.rail.pay(payout())
    assert bench.fake.named("transfer") == []
    bench.clock.advance(7_000)
    bench.fake.users.clear()
    bench.fake.fail("getTransfers", "fine", "flood")
    assert Wait(START_MS + 14_000, "asking: too many requests") == await bench.rail.pay(payout())
    bench.clock.advance(7_000)
    assert NotPaid("no_account") == await bench.rail.pay(payout())


async def test_a_provider_that_is_away_was_sent_nothing(bench: Bench) -> None:
    """Without a connection the question stays open; between question and call it is certain."""
    gone = CryptoPayRail(CryptoPay(TOKEN, "http://127.0.0.1:1"), bench.clock, str)
    assert isinstance(await gone.pay(payout()), Unknown)
    await gone._client.close()


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (payout(to=999), "no_account"),
        (payout(amount="0.5"), "amount"),
        (payout(amount="25001"), "amount"),
    ],
)
async def test_a_definite_no_says_why(bench: Bench, call: object, reason: str) -> None:
    """No account there, or an amount that the provider does not send."""
    bench.fake.balance = Decimal(100_000)
    assert NotPaid(reason) == await bench.rail.pay(call)  # type: ignore[arg-type]


async def test_an_empty_till_is_the_house_s_fault(bench: Bench) -> None:
    """The withdrawal is not refused because the house has to fill its till."""
    bench.fake.balance = Decimal(3)
    outcome = await bench.rail.pay(payout())
    assert Wait(START_MS + OWN_FAULT_MS, "400 NOT_ENOUGH_COINS") == outcome
    bench.fake.balance = Decimal(30)
    assert Paid("7001") == await bench.rail.pay(payout())


async def test_a_refused_token_is_the_house_s_fault(bench: Bench) -> None:
    """Nor because its token, or its permission to send, was taken away."""
    bench.fake.fail("transfer", "denied")
    assert Wait(START_MS + OWN_FAULT_MS, "401 UNAUTHORIZED") == await bench.rail.pay(payout())


async def test_another_transfer_under_our_id_stops_everything(bench: Bench) -> None:
    """A sending under our id with other facts is for people to look at."""
    await bench.rail.pay(payout(amount="5"))
    outcome = await bench.rail.pay(payout(amount="6"))
    assert Unknown("transfer 7001 under wd-1 is another one") == outcome


@pytest.mark.parametrize("name", ["SPEND_ID_ALREADY_USED", "duplicate", "ALREADY_DONE"])
async def test_a_no_about_the_id_itself_is_never_final(bench: Bench, name: str) -> None:
    """The id is called used and yet not found: nobody may give the money back on that."""
    ask = bench.client.transfers

    async def forgetful(*, spend_id: str) -> object:
        await ask(spend_id=spend_id)
        return ()

    bench.client.transfers = forgetful  # type: ignore[method-assign, assignment]
    bench.fake.refuse = name
    assert Unknown(f"400 {name}") == await bench.rail.pay(payout())


async def test_asking_sends_nothing(bench: Bench) -> None:
    """The provider has never seen the id, or says what it sent."""
    assert NotPaid("never sent") == await bench.rail.ask(payout())
    await bench.rail.pay(payout())
    assert Paid("7001") == await bench.rail.ask(payout())
    assert len(bench.fake.named("transfer")) == 1


async def test_an_id_that_is_too_long_is_a_bug(bench: Bench) -> None:
    """The provider takes 64 characters."""
    with pytest.raises(AssertionError):
        await bench.rail.pay(payout("x" * (SPEND_ID_MAX + 1)))
