"""Orders in taka: sent by hand, claimed, seen on the statement by operators, sent back by hand."""

from functools import partial

import pytest

from bot.views.categories import category_name
from market.money import Currency, Money
from tests.stories import acts
from tests.stories.conftest import HOUR_MS, Town
from tests.support.actors import Actor, start_parameter
from tests.support.pictures import png

pytestmark = pytest.mark.story
PATIENCE_S = 60.0
TITLE = "A music lesson at your home"
PRICE = Money(120_050, Currency.BDT)
MUCH = Money(1_200_000, Currency.BDT)
SECOND_TRX, BANK_REF = "9AB1C2D3E5", "FT26/112-0047"
PURSES = (
    "SELECT id, credits - debits FROM account WHERE id LIKE 'L:%' AND credits <> debits ORDER BY id"
)
NUMBER, TRX, SENT = "01711-000001", "9AB1C2D3E4", "8ZZ9Y8X7W6"
NOT_FOUND = "🔎 <b>Your payment has not been found.</b> You can pay now, or tell us again."
TAKEN = (
    "This payment was claimed before and does not count twice. Please check the number; if it is "
    "yours, write to /paysupport."
)
LANDED = (
    "🔎 <b>{came} has arrived, but {due} is due.</b> It is your credit here now, and the order "
    "still waits for its payment. You can send the whole {due}; or cancel the order and order "
    "again, then your credit is used first and only the rest is asked for. If you would rather "
    "have the money back, write to /paysupport."
)
NOT_YET = (
    "🔎 <b>{buyer} sent another amount than is due.</b> The order is not paid yet; please start "
    "only when I tell you that it is."
)
CLAIMS, REFUNDS = "💳 Payments to find", "↩️ Refunds by hand"
WHY = "Lessons are given by a teacher who comes to your home."


async def takes_taka(operator: Actor, wallet: str = "bKash") -> None:
    """The owner enters a wallet, reads the policy, accepts it and says why."""
    called = operator.label(wallet)
    await operator.person.forgets()
    await operator.says("/admin")
    await operator.taps("Ways to pay")
    await operator.taps("{wallet}: enter it…", wallet=called)
    await operator.says(NUMBER)
    await operator.says("Olivia Khan")
    await operator.taps("Nothing else")
    await operator.taps("Keep it")
    lessons = category_name("lessons", operator.tr)
    await operator.sees_button("{wallet}: change…", wallet=called)
    labels = await operator.person.buttons()
    await operator.person.taps(next(one for one in labels if lessons in one))
    await operator.taps("It is not digital…")
    await operator.taps("I have read it and answer for it")
    await operator.says(WHY)
    await operator.sees_button("{wallet}: change…", wallet=called)


async def offers_lessons(seller: Actor, price: str) -> None:
    """The gig conversation, with a price in taka."""
    await seller.taps("Sell")
    await seller.person.taps("📚 " + category_name("lessons", seller.tr))
    await seller.says(TITLE)
    await seller.says("An hour with the harmonium, at your home in Dhaka. I bring the instrument.")
    await seller.sees_button("Without a picture")
    await seller.person.uploads("photo", files={"lesson.png": png(800, 600)})
    await seller.taps("Price in taka")
    await seller.says(price)
    await seller.says("3")
    await seller.says("1")
    await seller.says("Where do you live?")
    await seller.taps("Publish")
    await seller.sees_button("Show my gig")


async def shop_link(town: Town, wallet: str = "bKash", price: str = "1200.50") -> str:
    """Lessons are announced; answers the deep link's parameter."""
    await acts.connected(town)
    await takes_taka(town.operator, wallet)
    await town.seller.arrives()
    await offers_lessons(town.seller, price)
    reader = town.buyer.person.at(town.group, topic=await acts.topic_of(town, "lessons"))
    return start_parameter(await reader.sees(TITLE, within_s=PATIENCE_S))


async def orders(buyer: Actor, link: str, price: Money = PRICE) -> None:
    """A newcomer comes by the announcement and orders."""
    shown = buyer.tr.money(price)
    await buyer.arrives(start=f"/start {link}")
    await buyer.taps("Order for {price}", price=shown)
    await buyer.agrees()
    await buyer.taps("Order and pay {price}", price=shown)


async def begins_claim(buyer: Actor, price: Money = PRICE, wallet: str = "bKash") -> None:
    """From the exact amount and the number to the first question."""
    await buyer.taps("How to pay")
    shown = await buyer.sees(NUMBER)
    assert buyer.tr.money(price) in shown["text"]
    await buyer.taps("I have sent it: {wallet}", wallet=buyer.label(wallet))


async def claims(buyer: Actor, reference: str = TRX) -> None:
    """From the exact amount and the number to "operators are looking for it"."""
    await begins_claim(buyer)
    await buyer.says(reference.lower())
    await buyer.says("01711004321")
    await buyer.sees(buyer.label("Payment being checked"))


async def from_queue(operator: Actor, queue: str, words: str) -> None:
    """The operator opens the one entry of a queue that shows these words."""
    await operator.person.forgets()
    await operator.says("/admin")
    await operator.sees_button("Look again")
    for part in (operator.label(queue), words):
        await operator.person.taps(await acts.eventually(partial(labelled, operator, part)))


async def labelled(operator: Actor, part: str) -> str:
    """The newest button with these words in it, once there is one; alarms may come meanwhile."""
    shown = [row for one in reversed(await operator.person.messages()) for row in one["buttons"]]
    return next((button["label"] for row in shown for button in row if part in button["label"]), "")


async def promised(town: Town) -> bool:
    """Something is to go back."""
    return bool(acts.rows(town, "SELECT 1 FROM refund"))


async def types_amount(operator: Actor, amount: str) -> None:
    """What stands on the statement, and yes."""
    await operator.taps("Type the amount that I see…")
    await operator.says(amount)
    await operator.taps("Yes, book it")


async def test_taka_are_sent_seen_and_sent_back(town: Town) -> None:
    """The exact amount pays the order; cancelled, it goes back under a reference."""
    buyer, operator = town.buyer, town.operator
    await orders(buyer, await shop_link(town))
    await claims(buyer)
    await operator.taps("Have a look")
    await operator.taps("💳 The payment")
    card = await operator.sees(TRX)
    assert "4321" in card["text"]
    assert operator.tr.money(PRICE) not in card["text"]
    await types_amount(operator, "1200.50")
    await buyer.sees("✅")
    await buyer.taps("Cancel the order")
    await buyer.taps("Yes, cancel")
    await acts.eventually(partial(promised, town))
    await from_queue(operator, REFUNDS, operator.tr.money(PRICE))
    await operator.taps("I have sent it…")
    await operator.says(SENT.lower())
    await operator.sees(SENT)
    await buyer.sees(SENT)


async def test_whatever_a_claim_meets_the_money_is_the_buyers(town: Town) -> None:
    """Rejected, claimed by a rival, of another amount, found by nobody: at last it pays once."""
    buyer, operator, seller = town.buyer, town.operator, town.seller
    link = await shop_link(town)
    await orders(buyer, link)
    await claims(buyer)
    rival = await rival_is_refused(town, link)
    await from_queue(operator, CLAIMS, TRX)
    await operator.taps("Not found…")
    await operator.says("Nothing under this number.")
    await buyer.reads(NOT_FOUND)
    await claims(buyer)
    await from_queue(operator, CLAIMS, TRX)
    await types_amount(operator, "1200")
    came, due = buyer.tr.money(Money(120_000, Currency.BDT)), buyer.tr.money(PRICE)
    await buyer.reads(LANDED, came=came, due=due)
    await seller.reads(NOT_YET, buyer="Ann")
    await claims(buyer, SECOND_TRX)
    await nobody_looks(town)
    await from_queue(operator, CLAIMS, SECOND_TRX)
    await types_amount(operator, "1200.50")
    await buyer.sees("✅")
    purses = acts.rows(town, PURSES)
    assert purses == [("L:escrow:1:1:BDT", 120_050), ("L:user:3:credit:BDT", 120_000)]
    assert rival.words("Payment being checked") not in (await rival.last())["text"]


async def rival_is_refused(town: Town, link: str) -> Actor:
    """Somebody else claims the same number, and sees that sender's digits are four."""
    rival = await Actor.create(town.house.sandbox, "Rafiq", town.buyer.tr.language)
    await orders(rival, link)
    await begins_claim(rival)
    await rival.says(TRX)
    await rival.reads(TAKEN)
    await rival.says("8YY7X6W5V4")
    await rival.says("12")
    await rival.reads(
        "I need the last four digits of the number that you sent it from, for example 4321."
    )
    await rival.says("/cancel")
    return rival


async def nobody_looks(town: Town) -> None:
    """After 12 hours operators are alarmed; after 24 more the buyer is asked again."""
    town.house.advance(12 * HOUR_MS)
    await town.operator.reads("A payment by hand still waits to be found. The buyer waits.")
    town.house.advance(24 * HOUR_MS)
    await town.buyer.reads(NOT_FOUND)


async def test_much_money_at_a_bank_is_seen_by_two(town: Town) -> None:
    """Neither reads what the other typed; two different amounts begin anew, the same one pays."""
    buyer, first = town.buyer, town.operator
    link = await shop_link(town, "Bank transfer", "12000")
    second = await acts.second_operator(town)
    await orders(buyer, link, MUCH)
    await begins_claim(buyer, MUCH, "Bank transfer")
    await buyer.says(BANK_REF.lower())
    await buyer.says("৪৩২১")
    await buyer.sees(buyer.label("Payment being checked"))
    await looks(first, "12000")
    refused = await first.taps("Type the amount that I see…")
    assert refused["answer"] == first.words("Here another operator has to speak.")
    await second.reads("Much money was sent by hand; a second operator has to see it, too.")
    await looks(second, "11900")
    await first.reads("Two operators saw different amounts of the same payment.")
    await looks(second, "12000")
    await looks(first, "12000")
    await buyer.sees("✅")
    await town.seller.sees("🎉")
    assert acts.rows(town, PURSES) == [("L:escrow:1:1:BDT", MUCH.minor)]


async def looks(operator: Actor, amount: str) -> None:
    """From the queue to what stands on the bank's statement; no screen gives it away."""
    await from_queue(operator, CLAIMS, BANK_REF)
    card = await operator.sees(BANK_REF)
    assert operator.tr.money(MUCH) not in card["text"]
    await types_amount(operator, amount)
    await operator.sees(BANK_REF)
