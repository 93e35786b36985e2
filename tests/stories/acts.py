"""The acts that stories are made of: publishing, finding, ordering, paying, delivering."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

from bot.views.categories import category_both
from market.money import Currency, Money
from tests.stories.conftest import HOUR_MS, Town
from tests.support.actors import Actor, Message, start_parameter
from tests.support.house import TOKEN, House
from tests.support.pictures import png

TITLE = "I will design your logo"
PRICE = Money(250, Currency.XTR)
QUESTION = "What is your shop called?"


async def connected(town: Town) -> None:
    """The operator lets the bot make a topic per category."""
    await town.operator.arrives()
    here = town.operator.person.at(town.group)
    await here.says("/connect")
    await here.taps(town.operator.label("Make a topic per category"))


async def topic_of(town: Town, category: str) -> int:
    """The number of a category's topic, once the bot has made it."""
    world = await town.house.sandbox.world()
    chat = next(one for one in world["chats"] if one["id"] == town.group)
    wanted = category_both(category)
    return next(int(topic["id"]) for topic in chat["topics"] if topic["name"] == wanted)


async def announced(town: Town, category: str = "design") -> Message:
    """The announcement in the category's topic, as the buyer sees it."""
    reader = town.buyer.person.at(town.group, topic=await topic_of(town, category))
    return await reader.sees(TITLE)


async def open_market(town: Town, *, question: str = QUESTION) -> str:
    """Everything until a gig is announced; answers the deep link's parameter."""
    await connected(town)
    await town.seller.arrives()
    await town.seller.sells(TITLE, question=question)
    return start_parameter(await announced(town))


async def order(town: Town, link: str) -> None:
    """The buyer comes by the link for the first time and places the order."""
    await town.buyer.arrives(start=f"/start {link}")
    await town.buyer.taps("Order for {price}", price=town.buyer.tr.money(PRICE))
    await town.buyer.agrees()
    await order_again(town)


async def order_again(town: Town) -> None:
    """From the quote to the invoice."""
    await town.buyer.taps("Order and pay {price}", price=town.buyer.tr.money(PRICE))
    await town.buyer.person.sees_invoice()


async def orders_another(town: Town) -> None:
    """The buyer orders the same gig once more, by its link, and does not pay."""
    await town.buyer.says(f"/start {start_parameter(await announced(town))}")
    await town.buyer.taps("Order for {price}", price=town.buyer.tr.money(PRICE))
    await order_again(town)


async def refund_by_hand(town: Town) -> None:
    """Whoever holds the token sends the buyer's charge back; the bot did not ask for it."""
    messages = await town.buyer.person.messages()
    charges = [one["payment"]["charge_id"] for one in messages if one["payment"]]
    sandbox, asked = town.house.sandbox, {"user_id": town.buyer.id}
    url = f"{sandbox.url}/bot{TOKEN}/refundStarPayment"
    body = asked | {"telegram_payment_charge_id": charges[-1]}
    async with sandbox.session.post(url, json=body) as response:
        assert (await response.json())["ok"]


async def pay(town: Town) -> None:
    """The invoice is paid, and the bot has said so."""
    assert (await town.buyer.person.pays())["ok"]
    await town.buyer.sees("✅")


async def paid_order(town: Town, *, question: str = QUESTION) -> None:
    """A market with one paid order, which waits for its requirements if there is a question."""
    await order(town, await open_market(town, question=question))
    await pay(town)


async def answer(town: Town) -> None:
    """The buyer answers the question with words and a file."""
    await town.buyer.taps("Answer the question")
    await town.buyer.says("It is called Nokshi, in red please.")
    await town.buyer.sees_button("Done")
    await town.buyer.person.uploads("photo", files={"shop.png": png(640, 480)})
    await town.buyer.reads("<b>Here so far:</b> {what}", what=both(town.buyer, 1))
    await town.buyer.taps("Done")


async def deliver(town: Town) -> None:
    """The seller delivers words and three files."""
    seller = town.seller
    await seller.taps("Deliver")
    await seller.says("Here is your <b>logo</b> & all its files.")
    await seller.sees_button("Done")
    files = {"logo.svg": b"<svg/>", "logo.pdf": b"%PDF-1.4"}
    for name, data in files.items():
        await seller.person.uploads("document", files={name: data})
    await seller.person.uploads("photo", files={"logo.png": png(800, 800)})
    await seller.reads("<b>Here so far:</b> {what}", what=both(seller, 3))
    await seller.taps("Done")


def both(actor: Actor, files: int) -> str:
    """A text and so many files, in words of the actor."""
    return actor.words(
        "a text and {files}",
        files=actor.tr.n("{n} file", "{n} files", files),
    )


async def accept(town: Town) -> None:
    """The buyer accepts, and is asked whether she is sure."""
    await town.buyer.taps("Accept")
    await town.buyer.taps("Yes, accept")


async def wallet(actor: Actor) -> str:
    """What /wallet says now."""
    await actor.person.forgets()
    await actor.says("/wallet")
    return str((await actor.person.sees("💰"))["text"])


async def eventually(check: Any, *, within_s: float = 60.0) -> Any:
    """Wait until an asynchronous check answers something true."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    while not (found := await check()):
        assert loop.time() < deadline, "it did not happen"
        await asyncio.sleep(0.05)
    return found


def rows(town: Town, sql: str) -> list[Any]:
    """What the house's database answers."""
    with closing(sqlite3.connect(town.house.folder / "house.sqlite3")) as house:
        return house.execute(sql).fetchall()


async def proposes_end(actor: Actor, why: str, *, part: str, **values: Any) -> None:
    """From the order to a proposal for its end; the part is the button of the seller's part."""
    await actor.taps("Cancel the order")
    await actor.taps("Propose an end together")
    await actor.taps(part, **values)
    await actor.says(why)


async def opens_order(actor: Actor) -> None:
    """To the order by the board, as it is now."""
    await actor.person.forgets()
    await actor.says("/orders")
    board = await actor.sees("📋")
    labels = [button["label"] for row in board["buttons"] for button in row]
    await actor.person.taps(next(one for one in labels if "#1" in one))


def stars(actor: Actor, amount: int) -> str:
    """An amount of Stars as the person reads it."""
    return actor.tr.money(Money(amount, Currency.XTR))


async def has_stars(actor: Actor, amount: int) -> None:
    """Wait until the person's Telegram holds so many Stars."""

    async def they_are_there() -> bool:
        return await actor.stars() == amount

    await eventually(they_are_there)


async def wallet_says(actor: Actor, english: str, amount: int) -> None:
    """Wait until the wallet has the line with this amount."""
    wanted = actor.words(english, amount=stars(actor, amount))

    async def it_does() -> bool:
        return wanted in await wallet(actor)

    await eventually(it_does)


async def disputed(town: Town) -> None:
    """Delivered, disputed by the buyer, answered by the seller, opened by the operator."""
    await paid_order(town, question="")
    await deliver(town)
    await town.buyer.sees_button("Accept")
    town.house.advance(HOUR_MS + 1_000)
    await opens_order(town.buyer)
    await town.buyer.taps("Something is wrong")
    await town.buyer.taps("Poor quality")
    await town.buyer.says("The lines are blurred and the colours are wrong.")
    await town.buyer.sees("The lines are blurred and the colours are wrong.")
    await town.buyer.taps("Done")
    await town.seller.taps("Say your side")
    await town.seller.says("These are the colours that were asked for.")
    await town.seller.sees("These are the colours that were asked for.")
    await town.seller.taps("Done")
    await town.operator.reads("A dispute was opened. Both sides are being heard.")
    await town.operator.taps("Have a look")


async def revive(house: House) -> None:
    """Start again; a minute later what the dead process had taken in hand is free again."""
    house.advance(61_000)
    await house.start_bot()


async def second_operator(town: Town, **settings: str) -> Actor:
    """Another operator, and settings that the house is started again with."""
    second = await Actor.create(town.house.sandbox, "Omar", "bn")
    town.house.operators = (town.operator.id, second.id)
    town.house.settings |= settings
    await town.house.kill_bot()
    await revive(town.house)
    await second.arrives()
    return second


async def enters_chargeback(town: Town) -> None:
    """The operator, from the buyer's card to the second yes."""
    operator = town.operator
    await operator.says(f"/admin {town.buyer.id}")
    card = await operator.sees_button("Pause…")
    labels = [button["label"] for row in card["buttons"] for button in row]
    await operator.person.taps(next(one for one in labels if "#1" in one))
    await operator.taps("Payment was taken back…")
    await operator.taps("Go on")
    await operator.taps("Yes, it was taken back")
