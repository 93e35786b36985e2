"""An order in USDT: a link to @CryptoBot, paid while the bot is dead, and sent back once."""

import time
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.views.categories import category_name
from tests.stories import acts
from tests.stories.conftest import Town, peopled
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
LINK = "https://t.me/CryptoBot?start=IV7001"


class Counter:
    """The town and the provider of USDT beside it."""

    def __init__(self, town: Town, fake: FakeCryptoPay) -> None:
        self.town, self.fake = town, fake


@pytest.fixture
async def counter(tmp_path: Path, languages: tuple[str, str]) -> AsyncIterator[Counter]:
    """A house with a token for Crypto Pay; the buyer has an account there."""
    house = await House.open(tmp_path)
    fake = FakeCryptoPay(lambda: int(time.time() * 1_000) + house.offset_ms, balance=Decimal(5))
    house.settings = {
        "GIGHAAT_CRYPTO_PAY_TOKEN": TOKEN,
        "GIGHAAT_CRYPTO_PAY_BASE_URL": await fake.start(),
        "GIGHAAT_WINDOWS": "default,sweep_ms=200,drain_ms=100,bills_ms=200",
    }
    town = await peopled(house, languages)
    fake.users.add(town.buyer.id)
    yield Counter(town, fake)
    await house.close()
    await fake.stop()


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


async def orders(town: Town) -> str:
    """The buyer comes by the announcement and orders; answers the price as she reads it."""
    reader = town.buyer.person.at(town.group, topic=await acts.topic_of(town, "lessons"))
    link = start_parameter(await reader.sees(TITLE, within_s=PATIENCE_S))
    price = town.buyer.tr.money(usdt("12.5"))
    await town.buyer.arrives(start=f"/start {link}")
    await town.buyer.taps("Order for {price}", price=price)
    await town.buyer.agrees()
    await town.buyer.taps("Order and pay {price}", price=price)
    return price


async def test_paid_by_a_link_and_sent_back(counter: Counter) -> None:
    """Paid while the bot is dead and seen after its start; cancelled, it goes back once."""
    town, fake = counter.town, counter.fake
    await acts.connected(town)
    await lessons_are_not_digital(town.operator)
    await town.seller.arrives()
    await offers_lessons(town.seller)
    price = await orders(town)
    shown = await town.buyer.sees_button("Pay {due} in @CryptoBot", due=price)
    urls = [button["url"] for row in shown["buttons"] for button in row if button["url"]]
    assert urls == [LINK]
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
