"""The chat page itself: one order from the first /start to the wallet, by mouse and keyboard.

The seller reads Bengali, the buyer English. `GIGHAAT_SCREENSHOTS=1` keeps the pictures for the
README under docs/screenshots.
"""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.i18n import translator
from bot.views.categories import category_both, category_label
from market.deadlines import HOUR_MS
from market.money import Currency, Money
from sandbox.demo_gigs import OF_KARIM, OF_RAHIMA
from sandbox.demo_market import ENGLISH, Town, arrive, connect, sell, settle
from tests.support.browser import Messenger
from tests.support.chromium import Look, chromium, need_chromium
from tests.support.house import House

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "sandbox/page/js/guide_text.js"
LOGO = OF_RAHIMA[1]
PRICE = Money(500, Currency.XTR)
TALL = Look(width=620, height=930, scale=1.5)
WIDE = Look(width=1440, height=960)
DARK = Look(width=1440, height=960, is_dark=True)
PHONE = Look(width=390, height=844, scale=2)
SMALL = Look(width=390, height=844, scale=1.25)
FILES = {
    "logo.png": LOGO.image(),
    "logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>' * 40,
    "রঙের তালিকা.pdf": b"%PDF-1.4\n" * 900,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A market with one seller's gigs; Rahima and Ann are at their windows for the first time."""

    house: House
    town: Town
    browser: Browser
    album: Path

    async def window(self, person: int, language: str, look: Look) -> Messenger:
        """One more window of a person."""
        url = self.house.url
        return await Messenger.open(self.browser, url, person=person, language=language, look=look)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Sandbox, bot, connected group and channel, two gigs of Karim's, and a browser."""
    need_chromium()
    house = await House.open(tmp_path)
    try:
        town = await settle(house.sandbox)
        house.operators = (town.olivia.id,)
        for chat in (town.group, town.channel):
            await house.sandbox.member("bot", act="join", chat=chat)
            await house.sandbox.member("bot", act="promote", chat=chat)
        await house.start_bot()
        await arrive(town.olivia, ENGLISH)
        await connect(town)
        await sell(town.karim, OF_KARIM)
        keeps = os.environ.get("GIGHAAT_SCREENSHOTS") == "1"
        async with chromium() as browser:
            yield Scene(house, town, browser, ROOT / "docs/screenshots" if keeps else tmp_path)
    finally:
        await house.close()


def test_the_guide_names_real_buttons() -> None:
    """Every button that the page's guide names is called so by the bot."""
    guide = GUIDE.read_text(encoding="utf-8")
    bengali, english = translator("bn"), translator("en")
    of_seller = [bengali.label(name) for name in ("Publish", "Deliver", "Done")]
    names = ("Order", "Answer the question", "Done", "Accept", "Yes, accept")
    of_buyer = [english.label(name) for name in names]
    of_buyer += [english.label(f"{name} {{price}}", price="…") for name in ("Order for", "Pay")]
    missing = [name for name in of_seller + of_buyer if f"“{name}”" not in guide]
    assert missing == []


@pytest.mark.page
@pytest.mark.story
async def test_an_order_from_start_to_wallet(scene: Scene) -> None:
    """A gig is published, found, paid, delivered with files, accepted and reviewed on the page."""
    seller = await scene.window(scene.town.rahima.id, "bn", TALL)
    buyer = await scene.window(scene.town.ann.id, "en", TALL)
    await _publishes(seller)
    topic = await _topic(scene)
    await _finds(buyer, group=scene.town.group, topic=topic)
    await _orders(buyer)
    await buyer.has_stars("4,500")
    await _delivers(seller)
    await buyer.sees_button("Accept")
    await expect(buyer.page.get_by_test_id("file")).to_have_count(2)
    await buyer.shot(scene.album / "buyer-en.png")
    await _takes_pictures(scene, topic)
    await _accepts(buyer)
    await _looks_into_the_wallet(seller)
    await seller.shot(scene.album / "seller-bn.png")
    await _reviews(seller)
    assert seller.errors + buyer.errors == []
    assert await scene.house.sandbox.lint() == []


@pytest.mark.page
@pytest.mark.story
async def test_a_dispute_from_the_room_to_the_desk(scene: Scene) -> None:
    """On phones: both talk in the order, a delivery is disputed, the operator reads all of it."""
    seller = await scene.window(scene.town.rahima.id, "bn", SMALL)
    buyer = await scene.window(scene.town.ann.id, "en", SMALL)
    await _publishes(seller)
    await _finds(buyer, group=scene.town.group, topic=await _topic(scene))
    await _orders(buyer)
    await _talk(buyer, seller)
    await seller.shot(scene.album / "room-bn.png")
    await _disputes(scene, buyer, seller)
    operator = await scene.window(scene.town.olivia.id, "en", SMALL)
    await operator.reads("A dispute was opened. Both sides are being heard.")
    await operator.presses("Have a look")
    await operator.presses("🗒 All that happened")
    await operator.sees("hand painted")
    await operator.shot(scene.album / "timeline-en.png")
    await operator.says("/admin")
    await operator.sees("/admin 123")
    await operator.shot(scene.album / "desk-en.png")
    assert seller.errors + buyer.errors + operator.errors == []
    assert await scene.house.sandbox.lint() == []


async def _talk(buyer: Messenger, seller: Messenger) -> None:
    """A question, a picture, an answer; a phone number is held back."""
    await buyer.presses("💬 Messages")
    await buyer.says("Hi Rahima! Could the letters look like hand painting? Here is our old sign.")
    await buyer.attaches({"sign.png": OF_RAHIMA[0].image()})
    await seller.presses("Reply")
    await seller.says("অবশ্যই! হাতে লেখা অক্ষর ভালো মানাবে। প্রথম খসড়া কাল দেব।")
    await buyer.sees("প্রথম খসড়া কাল দেব")
    await buyer.says("Great, my number is 01712345678")
    await buyer.reads("✋ Not sent yet. I found in your message:")


async def _disputes(scene: Scene, buyer: Messenger, seller: Messenger) -> None:
    """Both say what they have to say, with a file each; two hours have passed meanwhile."""
    await seller.presses("💬 Messages")
    await seller.presses("Open the order")
    await _delivers(seller)
    await buyer.sees_button("Accept")
    scene.house.advance(2 * HOUR_MS)
    await buyer.presses("📎 Delivery {number}", number=1)
    await buyer.presses("Open the order")
    await buyer.presses("Something is wrong")
    await buyer.presses("Poor quality")
    await buyer.attaches({"sign.png": OF_RAHIMA[0].image()})
    await buyer.says("The letters are not hand painted, as we had agreed in the room.")
    await buyer.presses("Done")
    await seller.presses("Say your side")
    await seller.attaches({"খসড়া.pdf": b"%PDF-1.4\n" * 300})
    await seller.says("খসড়া দেখে তিনি রাজি হয়েছিলেন। চাইলে আমি আবার এঁকে দেব।")
    await seller.presses("Done")


async def _publishes(seller: Messenger) -> None:
    await seller.starts()
    await seller.presses_label("বাংলা")
    await seller.presses("I agree")
    await seller.presses("Sell")
    await seller.presses_label(category_label("design", seller.tr))
    await seller.says(LOGO.title)
    await seller.says(LOGO.description)
    await seller.attaches({LOGO.picture: LOGO.image()})
    for answer in (LOGO.price, LOGO.days, LOGO.revisions, LOGO.question or ""):
        await seller.says(answer)
    await seller.presses("Publish")
    await seller.sees_button("Show my gig")


async def _topic(scene: Scene) -> int:
    world = await scene.house.sandbox.world()
    group = next(one for one in world["chats"] if one["id"] == scene.town.group)
    name = category_both("design")
    return next(int(one["id"]) for one in group["topics"] if one["name"] == name)


async def _finds(buyer: Messenger, *, group: int, topic: int) -> None:
    await buyer.starts()
    await buyer.presses_label("English")
    await buyer.presses("I agree")
    await buyer.sees_button("Browse gigs")
    await buyer.goes_to(group, topic=topic)
    await buyer.sees(LOGO.title)
    await buyer.presses_label("অর্ডার করুন / Order")


async def _orders(buyer: Messenger) -> None:
    price = buyer.tr.money(PRICE)
    await buyer.presses("Order for {price}", price=price)
    await buyer.presses("Order and pay {price}", price=price)
    await buyer.pays()
    await buyer.presses("Answer the question")
    await buyer.sees(LOGO.question or "")
    await buyer.says("Cha Ghor, a tea house in Dhanmondi. Warm brown and gold, for our sign.")
    await buyer.presses("Done")
    await buyer.reads("In progress")


async def _delivers(seller: Messenger) -> None:
    await seller.presses("Deliver")
    await seller.sees(seller.tr.label("Later"))
    await seller.says("লোগো তৈরি! সাদা ও কালো ব্যাকগ্রাউন্ডের ফাইল, সঙ্গে রঙের তালিকা।")
    await seller.attaches(FILES)
    files = seller.tr.n("{n} file", "{n} files", len(FILES))
    await seller.sees(str(seller.tr.label("a text and {files}", files=files)))
    await seller.presses("Done")
    await seller.sees_button("📎 Delivery {number}", number=1)


async def _accepts(buyer: Messenger) -> None:
    await buyer.presses("Accept")
    await buyer.presses("Yes, accept")
    await buyer.presses("{count} ★", count=5)
    await buyer.sees("How was talking with the seller?")
    await buyer.presses("{count} ★", count=5)
    await buyer.sees("Was it worth its price?")
    await buyer.presses("{count} ★", count=5)
    await buyer.sees_button("Send the stars alone")
    await buyer.says("Lovely work, and a day early!")
    await buyer.reads("Your review")


async def _looks_into_the_wallet(seller: Messenger) -> None:
    await seller.sees_button("{count} ★", count=5)
    await seller.says("/wallet")
    await seller.sees_button("Ask about a payment")
    await seller.sees(f"+{seller.tr.money(Money(450, Currency.XTR))}")


async def _reviews(seller: Messenger) -> None:
    await seller.presses("{count} ★", count=5)
    await seller.presses("Send the stars alone")
    await seller.sees("Lovely work, and a day early!")


async def _takes_pictures(scene: Scene, topic: int) -> None:
    """The same moment in other windows: a desktop in both looks, a phone, the group's topic."""
    ann, rahima = scene.town.ann.id, scene.town.rahima.id
    desktop = await scene.window(ann, "en", WIDE)
    await desktop.sees_button("Accept")
    await desktop.shot(scene.album / "page-1440.png")
    await desktop.goes_to(scene.town.group, topic=topic)
    await desktop.sees(LOGO.title)
    await desktop.shot(scene.album / "group-topic.png")
    phone = await scene.window(rahima, "bn", PHONE)
    await phone.sees_button("📎 Delivery {number}", number=1)
    await phone.shot(scene.album / "page-390.png")
    await _takes_both(scene, desktop)
    dark = await scene.window(rahima, "bn", DARK)
    await dark.goes_to(scene.town.channel)
    await dark.sees(LOGO.title)
    await dark.shot(scene.album / "dark.png")


async def _takes_both(scene: Scene, desktop: Messenger) -> None:
    """The buyer beside the seller, and what the bot called meanwhile."""
    page = desktop.page
    await desktop.goes_to_bot()
    await page.get_by_test_id("open-guide").click()
    await page.get_by_test_id("split").click()
    await page.get_by_test_id("as").last.click()
    await page.get_by_test_id(f"option-{scene.town.rahima.id}").click()
    await expect(page.get_by_test_id("chat-title")).to_have_count(2)
    await desktop.shot(scene.album / "side-by-side.png")
    await page.get_by_test_id("split").click()
    await page.get_by_test_id("open-calls").click()
    await page.get_by_test_id("call").first.locator("summary").click()
    await desktop.shot(scene.album / "developers.png")
