"""Much money leaves only when two people agree: a refund by hand, and what the owner takes out."""

import pytest

from bot.views.desk import DRAWS, queue_name
from market.money import Currency, Money
from tests.stories import acts
from tests.stories.conftest import Town
from tests.stories.test_by_hand import (
    CLAIMS,
    PRICE,
    REFUNDS,
    SENT,
    TRX,
    claims,
    from_queue,
    orders,
    shop_link,
    types_amount,
)
from tests.support.actors import Actor

pytestmark = pytest.mark.story

DRAWN = Money(200_000, Currency.BDT)
LIMITED = {"GIGHAAT_PAYOUT_TERMS": "bdt_second=1000"}


async def paid_and_cancelled(town: Town) -> None:
    """A lesson for 1,200.50 taka that an operator has seen arrive and its buyer has cancelled."""
    buyer, operator = town.buyer, town.operator
    await orders(buyer, await shop_link(town))
    await claims(buyer)
    await from_queue(operator, CLAIMS, TRX)
    await types_amount(operator, "1200.50")
    await buyer.sees("✅")
    await buyer.taps("Cancel the order")
    await buyer.taps("Yes, cancel")


async def test_a_large_refund_by_hand_is_confirmed_before_it_is_sent(town: Town) -> None:
    """Who proposed it waits; the other one reads amount, person and wallet, then it may go."""
    await paid_and_cancelled(town)
    first, second = town.operator, await acts.second_operator(town, **LIMITED)
    shown = second.tr.money(PRICE)
    await from_queue(first, REFUNDS, first.tr.money(PRICE))
    await first.taps("Propose to send it")
    await first.reads("Another operator has to confirm it; please do not send it yet.")
    await second.reads("Much money is to go back by hand; a second operator confirms it.")
    await second.taps("Have a look")
    card = await second.sees_button("Confirm: {amount}", amount=shown)
    for words in (shown, "Ann", second.label("bKash"), "Olivia"):
        assert words in card["text"]
    await second.taps("Confirm: {amount}", amount=shown)
    await second.sees_button("I have sent it…")
    await first.reads("A second operator has confirmed a refund by hand: it may be sent.")
    await first.taps("Have a look")
    await first.taps("I have sent it…")
    await first.says(SENT.lower())
    await first.sees(SENT)
    await town.buyer.sees(SENT)
    logged = "SELECT act FROM operator_act WHERE act LIKE 'refund_%' ORDER BY id"
    assert [row[0] for row in acts.rows(town, logged)] == [
        "refund_proposed",
        "refund_confirmed",
        "refund_sent",
    ]


async def takes_out(owner: Actor) -> None:
    """From the desk to a draw of 2,000 taka."""
    await owner.person.forgets()
    await owner.says("/admin")
    await owner.taps("The house's money")
    await owner.taps("Take money out")
    await owner.person.taps("bKash, BDT")
    await owner.says("2000")
    await owner.taps("Write it down")
    await owner.sees_button("Take money out")


async def test_a_large_draw_is_confirmed_by_somebody_else(town: Town) -> None:
    """It stands in the queue of the other one; nothing is booked before."""
    owner, second = town.operator, await acts.second_operator(town, **LIMITED)
    await owner.says("/admin")
    await owner.taps("The house's money")
    await owner.taps("Own money put in")
    await owner.person.taps("bKash, BDT")
    await owner.says("5000")
    await owner.taps("Write it down")
    await takes_out(owner)
    there = "SELECT debits - credits FROM account WHERE id = 'A:prov:manual:bkash:BDT'"
    assert acts.rows(town, there) == [(500_000,)]
    await second.reads("Much money is to be taken out; a second person has to confirm it.")
    shown = second.tr.money(DRAWN)
    await second.says("/admin")
    await second.person.taps(f"{queue_name(DRAWS, second.tr)} ({second.tr.number(1)})")
    labels = await second.person.buttons()
    await second.person.taps(next(one for one in labels if shown in one))
    await second.taps("Confirm: {amount}", amount=shown)
    await second.sees("✅")
    await owner.reads("A draw was confirmed and booked.")
    assert acts.rows(town, there) == [(300_000,)]
