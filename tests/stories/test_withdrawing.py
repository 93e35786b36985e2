"""Stars become taka: an owner sets rate and funds, a seller withdraws, an operator pays."""

import time

import pytest

from bot.i18n import translator
from bot.views.payout_words import rate_words
from market.money import Currency, Money
from market.payout_terms import MICRO
from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town
from tests.support.actors import Actor
from tests.support.pictures import png

pytestmark = pytest.mark.story

REFERENCE = "DHQ7X2P1AB"


def taka(actor: Actor, minor: int) -> str:
    """An amount of taka as the person reads it."""
    return str(actor.tr.money(Money(minor, Currency.BDT)))


async def earned(town: Town) -> None:
    """The seller has earned 225 Stars that may be withdrawn."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await acts.accept(town)
    town.house.advance(22 * DAY_MS)
    await acts.wallet_says(town.seller, "✅ Available: <b>{amount}</b>", 225)


async def rate_is_set(town: Town, rate: str, for_1000: int) -> None:
    """The owner says what a Star brings."""
    owner = town.operator
    await owner.says("/admin")
    await owner.taps("💱 Rates")
    await owner.taps("Set the rate for {money}", money=owner.label("taka"))
    await owner.says(rate)
    await owner.reads(
        "{stars} would bring {amount}.",
        stars=acts.stars(owner, 1_000),
        amount=taka(owner, for_1000),
    )
    await owner.taps("Set this rate")
    await owner.reads("<b>Left for payouts</b>, open ones subtracted:")


async def funds_are_declared(town: Town) -> None:
    """The owner has put own money into the bKash wallet."""
    owner = town.operator
    await owner.says("/admin")
    await owner.taps("The house's money")
    await owner.taps("Own money put in")
    await owner.person.taps("bKash, BDT")
    await owner.says("5000")
    await owner.taps("Write it down")
    await owner.sees_button("Own money put in")


async def withdraws(town: Town) -> None:
    """From the wallet to a request."""
    seller = town.seller
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("Withdraw")
    await seller.taps("bKash")
    await seller.says("০১৭১২ ৩৪৫৬৭৮")
    await seller.taps("All: {amount}", amount=acts.stars(seller, 225))
    shown = await seller.reads("You receive: <b>{amount}</b>", amount=taka(seller, 34_550))
    assert "01712345678" not in shown["text"]
    assert seller.words("Exchanged: {amount}", amount=taka(seller, 35_550)) in shown["text"]
    assert any(line in shown["text"] for line in dated(town, "Rate: {rate}, set on {date}."))
    await seller.taps("Withdraw {amount}", amount=acts.stars(seller, 225))
    await seller.sees_button("Take it back")


def dated(town: Town, english: str, **values: str) -> set[str]:
    """A sentence about the rate and its date, in whichever zone the seller reads dates."""
    seller, now_ms = town.seller, int(time.time() * 1_000) + town.house.offset_ms
    rate = rate_words(158 * MICRO, Currency.XTR, Currency.BDT, seller.tr)
    readers = [translator(seller.tr.language, zone=zone) for zone in ("UTC", "Asia/Dhaka")]
    return {seller.words(english, rate=rate, date=one.date(now_ms), **values) for one in readers}


async def statement_says(town: Town, left: int, *words: tuple[str, int]) -> None:
    """Each transfer in words with its amount, and the balance after the last one."""
    seller = town.seller
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("Statement: months, PDF, CSV")
    shown = (await seller.sees("→ " + taka(seller, left)))["text"]
    for english, amount in words:
        assert f"{taka(seller, amount)} {seller.words(english)}" in shown, shown


async def test_stars_become_taka_on_bkash(town: Town) -> None:
    """From the earned Stars to the reference in the seller's hand; the books are right."""
    await earned(town)
    await rate_is_set(town, "1.58", 158_000)
    await funds_are_declared(town)
    await withdraws(town)
    await statement_says(town, 35_550, ("from the exchange", 35_550), ("on its way to you", 35_550))
    frozen = dated(
        town,
        "Exchanged: {source} into {amount}. Rate: {rate}, set on {date}.",
        source=acts.stars(town.seller, 225),
        amount=taka(town.seller, 35_550),
    )
    await rate_is_set(town, "1.20", 120_000)
    town.house.advance(73 * HOUR_MS)
    operator, seller = town.operator, town.seller
    await operator.reads("A withdrawal waits to be approved or sent.")
    await operator.taps("Have a look")
    await operator.taps("I send it")
    await operator.sees("01712345678")
    await operator.taps("I have sent it…")
    await operator.says(REFERENCE.lower())
    await operator.says("5")
    await operator.sees_button("Back")
    await operator.person.uploads("photo", files={"sent.png": png(300, 600)})
    await operator.sees(REFERENCE)
    told = await seller.sees(REFERENCE)
    assert taka(seller, 34_550) in told["text"]
    await seller.taps("The withdrawal")
    receipt = await seller.reads("Sent")
    assert any(line in receipt["text"] for line in frozen), receipt["text"]
    await statement_says(town, 0, ("sent to you", 34_550), ("fee of your withdrawal", 1_000))
    await operator.says("/admin")
    await operator.taps("How the house runs")
    await operator.taps("The books")
    await operator.reads("<b>The books</b>")
