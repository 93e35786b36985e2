"""USDT through @CryptoBot, in and out: by links, by webhooks, too late, and over a dead bot."""

import json
import socket
import time
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.views.categories import category_name
from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town, peopled
from tests.support.actors import Actor, start_parameter
from tests.support.crypto_bench import usdt
from tests.support.crypto_pay import TOKEN, FakeCryptoPay
from tests.support.house import House
from tests.support.pictures import png

pytestmark = pytest.mark.story
MINUTE_MS = 60_000
PATIENCE_S = 60.0
TITLE = "Conversation practice, one hour"
WHY = "Lessons are given live, by people and for people."
LINKS = "https://t.me/CryptoBot?start=IV"
PATH, HEADER = "/crypto-pay", "crypto-pay-api-signature"


class Counter:
    """The town, the provider of USDT beside it, and the door for its webhooks."""

    def __init__(self, town: Town, fake: FakeCryptoPay, port: int) -> None:
        self.town, self.fake, self.port = town, fake, port

    async def knocks(self, raw: bytes, signature: str) -> int:
        """Somebody brings a webhook to the house; the answer's code."""
        url = f"http://127.0.0.1:{self.port}{PATH}"
        session = self.town.house.sandbox.session
        async with session.post(url, data=raw, headers={HEADER: signature}) as answer:
            return answer.status


@pytest.fixture
async def counter(tmp_path: Path, languages: tuple[str, str]) -> AsyncIterator[Counter]:
    """A house with a token for Crypto Pay; the buyer has an account there."""
    house, port = await House.open(tmp_path), free_port()
    fake = FakeCryptoPay(lambda: int(time.time() * 1_000) + house.offset_ms, balance=Decimal(5))
    house.settings = {
        "GIGHAAT_CRYPTO_PAY_TOKEN": TOKEN,
        "GIGHAAT_CRYPTO_PAY_BASE_URL": await fake.start(),
        "GIGHAAT_CRYPTO_PAY_WEBHOOK_PORT": str(port),
        "GIGHAAT_WINDOWS": "default,sweep_ms=200,drain_ms=100,bills_ms=200",
    }
    town = await peopled(house, languages)
    fake.users.add(town.buyer.id)
    yield Counter(town, fake, port)
    await house.close()
    await fake.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def lessons_are_not_digital(operator: Actor) -> None:
    """The owner reads the policy, accepts it and says why."""
    await operator.person.forgets()
    await operator.says("/admin")
    await operator.taps("Ways to pay")
    lessons = category_name("lessons", operator.tr)
    await operator.reads("Crypto Pay is set up: USDT is taken, too.")
    labels = await operator.person.buttons()
    await operator.person.taps(next(one for one in labels if lessons in one))
    await operator.taps("It is not digital…")
    await operator.taps("I have read it and answer for it")
    await operator.says(WHY)
    await operator.reads("Crypto Pay is set up: USDT is taken, too.")


async def offers_lessons(seller: Actor) -> None:
    """The gig conversation, with a price in USDT."""
    await seller.taps("Sell")
    await seller.person.taps("📚 " + category_name("lessons", seller.tr))
    await seller.says(TITLE)
    await seller.says("We talk for an hour about whatever you like, and I correct you gently.")
    await seller.sees_button("Without a picture")
    await seller.person.uploads("photo", files={"lesson.png": png(800, 600)})
    await seller.taps("Price in USDT")
    await seller.says("12.5")
    await seller.says("3")
    await seller.says("1")
    await seller.taps("Ask nothing")
    await seller.taps("Publish")
    await seller.sees_button("Show my gig")


async def shop_link(town: Town) -> str:
    """Lessons are announced; answers the deep link's parameter."""
    await acts.connected(town)
    await lessons_are_not_digital(town.operator)
    await town.seller.arrives()
    await offers_lessons(town.seller)
    reader = town.buyer.person.at(town.group, topic=await acts.topic_of(town, "lessons"))
    return start_parameter(await reader.sees(TITLE, within_s=PATIENCE_S))


async def orders(buyer: Actor, link: str, *, is_new: bool = True) -> None:
    """The buyer comes by the announcement, orders, and has the provider's link."""
    price = buyer.tr.money(usdt("12.5"))
    if is_new:
        await buyer.arrives(start=f"/start {link}")
        await buyer.taps("Order for {price}", price=price)
        await buyer.agrees()
    else:
        await buyer.says(f"/start {link}")
        await buyer.taps("Order for {price}", price=price)
    await buyer.taps("Order and pay {price}", price=price)
    shown = await buyer.sees_button("Pay {due} in @CryptoBot", due=price)
    urls = [button["url"] for row in shown["buttons"] for button in row if button["url"]]
    assert urls[0].startswith(LINKS)


async def test_paid_by_a_link_and_sent_back(counter: Counter) -> None:
    """Paid while the bot is dead and seen after its start; cancelled, it goes back once."""
    town, fake = counter.town, counter.fake
    await orders(town.buyer, await shop_link(town))
    await town.house.kill_bot()
    fake.pay(7001)
    await town.house.start_bot()
    await town.buyer.person.sees("✅", within_s=PATIENCE_S)
    fake.balance += 1
    fake.fail("transfer", "silent after")
    await town.seller.sees("🎉")
    await cancels(town.seller)
    await acts.eventually(lambda: sent(fake), within_s=PATIENCE_S)
    town.house.advance(MINUTE_MS)
    back = town.buyer.label("to your wallet in @CryptoBot")
    await town.buyer.person.sees(back, within_s=PATIENCE_S)
    assert Decimal("12.5") == fake.sent_to(town.buyer.id)
    assert len(fake.transfers) == 1


async def cancels(seller: Actor) -> None:
    """With a reason, as sellers do."""
    await seller.taps("Cancel the order")
    await seller.taps("Cancel and give the reason")
    await seller.taps("I have no time for it")
    await seller.taps("Cancel with this reason")


async def sent(fake: FakeCryptoPay) -> bool:
    """The provider has sent something."""
    return bool(fake.transfers)


async def test_what_webhooks_say_counts_once_and_what_comes_late_goes_back(
    counter: Counter,
) -> None:
    """Unsigned and stale ones do nothing, a genuine one pays, once; a late payment is sent back."""
    town, fake, buyer = counter.town, counter.fake, counter.town.buyer
    link = await shop_link(town)
    await orders(buyer, link)
    await only_the_genuine_one_counts(counter)
    await orders(buyer, link, is_new=False)
    await is_paid_too_late(counter)
    await buyer.reads("The order had expired before it arrived; you can order again.")
    await buyer.sees(buyer.label("to your wallet in @CryptoBot"))
    await acts.eventually(lambda: sent(fake))
    (back,) = fake.transfers
    assert (back["user_id"], Decimal(back["amount"])) == (buyer.id, Decimal("12.5"))


async def only_the_genuine_one_counts(counter: Counter) -> None:
    """The provider's list still says that the invoice is open: only webhooks tell."""
    town, fake = counter.town, counter.fake
    paid: dict[str, Any] = {"status": "paid", "paid_asset": "USDT", "paid_amount": "12.5"}
    raw, signature = fake.webhook(7001, **paid)
    stale = fake.webhook(7001, at_ms=fake.now_ms() - 11 * MINUTE_MS, **paid)
    forged = json.dumps(json.loads(raw) | {"update_id": 2}).encode()
    assert [
        await counter.knocks(raw, ""),
        await counter.knocks(forged, signature),
        await counter.knocks(*stale),
    ] == [403, 403, 400]
    assert acts.rows(town, "SELECT state FROM orders") == [("awaiting_payment",)]
    assert await counter.knocks(raw, signature) == 200
    await town.buyer.sees("✅")
    await town.seller.sees("🎉")
    books = acts.rows(town, "SELECT key FROM journal ORDER BY key")
    assert await counter.knocks(raw, signature) == 200
    assert books == acts.rows(town, "SELECT key FROM journal ORDER BY key")
    fake.pay(7001)
    town.house.advance(6 * MINUTE_MS)


async def is_paid_too_late(counter: Counter) -> None:
    """In the last moment, while the provider answers no question; the order has expired then."""
    town, fake = counter.town, counter.fake
    number = max(fake.invoices)
    fake.fail("getInvoices", "broken before", "broken before")
    await acts.eventually(lambda: asked(fake, left=1))
    fake.pay(number)
    town.house.advance(31 * MINUTE_MS)
    await town.buyer.reads(
        "No payment arrived in time. You can order the gig again whenever you like."
    )
    await acts.eventually(lambda: asked(fake, left=0))
    fake.balance += 1
    town.house.advance(MINUTE_MS)


async def asked(fake: FakeCryptoPay, *, left: int) -> bool:
    """Of the questions that go unanswered so many are left."""
    return len(fake.faults["getInvoices"]) == left


async def test_a_payout_is_sent_once_over_a_dead_bot(counter: Counter) -> None:
    """Refused to somebody whom @CryptoBot does not know; then killed between call and record."""
    town, fake, seller = counter.town, counter.fake, counter.town.seller
    await earned(counter)
    await withdraws(seller)
    town.house.advance(73 * HOUR_MS)
    await seller.reads(
        "You are not known to @CryptoBot yet: open @CryptoBot, press Start there, and ask for the "
        "withdrawal once more."
    )
    fake.users.add(seller.id)
    fake.meanwhile["transfer"] = town.house.kill_bot
    await withdraws(seller)
    town.house.advance(73 * HOUR_MS)  # nothing was ever sent, so this is the first one still
    await acts.eventually(lambda: sent(fake))
    await acts.revive(town.house)
    (only,) = fake.transfers
    told = await seller.sees(str(only["transfer_id"]))
    assert seller.tr.money(usdt("11.25")) in told["text"]
    asked = acts.rows(town, "SELECT spend_id, state FROM withdrawal ORDER BY id")
    assert [state for _, state in asked] == ["failed", "paid"]
    assert [one["spend_id"] for one in fake.named("transfer")] == [key for key, _ in asked]
    assert (only["spend_id"], only["user_id"]) == (asked[1][0], seller.id)


async def earned(counter: Counter) -> None:
    """The seller has earned 11.25 USDT that may be withdrawn."""
    town = counter.town
    await orders(town.buyer, await shop_link(town))
    counter.fake.pay(7001)
    await town.buyer.sees("✅")
    await acts.deliver(town)
    await acts.accept(town)
    await town.seller.sees_button("Write a review")
    town.house.advance(7 * DAY_MS)
    wanted = town.seller.words(
        "✅ Available: <b>{amount}</b>", amount=town.seller.tr.money(usdt("11.25"))
    )

    async def it_is_there() -> bool:
        return wanted in await acts.wallet(town.seller)

    await acts.eventually(it_is_there)


async def withdraws(seller: Actor) -> None:
    """All of it, to @CryptoBot."""
    all_of_it = seller.tr.money(usdt("11.25"))
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("Withdraw")
    await seller.taps("Crypto Pay")
    await seller.taps("All: {amount}", amount=all_of_it)
    await seller.taps("Withdraw {amount}", amount=all_of_it)
    await seller.sees_button("Take it back")
