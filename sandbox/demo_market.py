"""Makes the demo's small market as people would: they write to the bot and press its buttons.

Buttons are found by their callback data, since labels differ by language. Nothing of the bot is
imported: this sees only what a person's chat shows.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.client import Sandbox
from sandbox.demo_gigs import OF_KARIM, OF_RAHIMA, Offer
from sandbox.person import NotSeen, Person

BENGALI, ENGLISH = "lg:0", "lg:1"
WITHIN_SECONDS = 60.0
LOOK_SECONDS = 0.03
GIG_LINK = "?start=g"

Message = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The people of the demo and the places where they meet."""

    rahima: Person
    karim: Person
    ann: Person
    tanvir: Person
    olivia: Person
    group: int
    channel: int


async def settle(sandbox: Sandbox) -> Town:
    """The people, their group with topics and their channel, before the bot has come."""
    bengali = {"language_code": "bn"}
    rahima = await Person.create(sandbox, "Rahima", username="rahima", **bengali)
    karim = await Person.create(sandbox, "Karim", username="karim", **bengali)
    ann = await Person.create(sandbox, "Ann", username="ann", language_code="en", stars=5_000)
    tanvir = await Person.create(sandbox, "Tanvir", username="tanvir", **bengali)
    olivia = await Person.create(sandbox, "Olivia", username="olivia", language_code="en")
    members = [rahima.id, karim.id, ann.id, tanvir.id]
    group = await sandbox.chat(
        "supergroup", title="GigHaat বাজার", is_forum=True, admins=[olivia.id], members=members
    )
    channel = await sandbox.chat(
        "channel", title="GigHaat নতুন গিগ", admins=[olivia.id], members=members
    )
    return Town(
        rahima=rahima,
        karim=karim,
        ann=ann,
        tanvir=tanvir,
        olivia=olivia,
        group=group["id"],
        channel=channel["id"],
    )


async def fill(sandbox: Sandbox, town: Town) -> None:
    """Everybody arrives, the operator connects the places, the sellers publish.

    Ends when every gig stands in both places: the bot announces a gig after it answers the seller.
    """
    for chat in (town.group, town.channel):
        await sandbox.member("bot", act="join", chat=chat)
        await sandbox.member("bot", act="promote", chat=chat)
    await arrive(town.olivia, ENGLISH)
    await arrive(town.ann, ENGLISH)
    await connect(town)
    await sell(town.rahima, OF_RAHIMA)
    await sell(town.karim, OF_KARIM)
    for chat in (town.group, town.channel):
        await _announced(town.tanvir.at(chat), len(OF_RAHIMA) + len(OF_KARIM))


async def arrive(person: Person, language: str) -> None:
    """/start, the language, the terms."""
    await _say(person, "/start")
    await _press(person, language)
    await _press(person, "ta:")


async def connect(town: Town) -> None:
    """A topic per category in the group; every category in the channel."""
    in_group = town.olivia.at(town.group)
    await _say(in_group, "/connect")
    await _press(in_group, "ck:1")
    post = await town.olivia.at(town.channel).says("প্রতিদিনের নতুন গিগ এখানে।")
    forward = {"chat": town.channel, "message": post["id"]}
    await town.olivia.sandbox.say(town.olivia.id, forward=forward)
    await _press(town.olivia, "cd:-1:")


async def sell(seller: Person, offers: tuple[Offer, ...]) -> None:
    """A newcomer publishes one gig after the other."""
    await arrive(seller, BENGALI)
    for offer in offers:
        await _publish(seller, offer)


async def _publish(seller: Person, offer: Offer) -> None:
    await _say(seller, "/sell")
    await _press(seller, f"gc:{offer.category}")
    await _say(seller, offer.title)
    await _say(seller, offer.description)
    await _send(seller, offer)
    for answer in (offer.price, offer.days, offer.revisions):
        await _say(seller, answer)
    await (_press(seller, "gk") if offer.question is None else _say(seller, offer.question))
    await _press(seller, "gp")


async def _say(person: Person, text: str) -> None:
    said = await person.says(text)
    await _until(person, lambda one: one["id"] > said["id"], f"an answer to {text!r}")


async def _send(person: Person, offer: Offer) -> None:
    sent = await person.uploads("photo", files={offer.picture: offer.image()})
    await _until(person, lambda one: one["id"] > sent["id"], "an answer to the picture")


async def _press(person: Person, data: str) -> None:
    """Tap the newest button with this callback data, or that begins so when it ends in a colon."""
    message = await _until(person, lambda one: bool(_data(one, data)), f"a button {data}")
    where = {"chat": person.chat} if person.chat else {}
    await person.sandbox.tap(person.id, message=message["id"], data=_data(message, data), **where)


def _data(message: Message, wanted: str) -> str:
    found = [button["data"] or "" for row in message["buttons"] for button in row]
    return next((one for one in found if one == wanted or _begins(one, wanted)), "")


def _begins(data: str, wanted: str) -> bool:
    return wanted.endswith(":") and data.startswith(wanted)


async def _announced(reader: Person, gigs: int) -> None:
    links: set[str] = set()

    def all_stand(message: Message) -> bool:
        urls = {button["url"] or "" for row in message["buttons"] for button in row}
        links.update(url for url in urls if GIG_LINK in url)
        return len(links) >= gigs

    await _until(reader, all_stand, f"{gigs} gigs in chat {reader.chat}")


async def _until(person: Person, fits: Callable[[Message], bool], what: str) -> Message:
    """The newest message of somebody else that fits, as soon as there is one."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + WITHIN_SECONDS
    while loop.time() < deadline:
        messages = await person.messages()
        others = [one for one in reversed(messages) if one["from"]["id"] != person.id]
        found = next((one for one in others if fits(one)), None)
        if found is not None:
            return found
        await asyncio.sleep(LOOK_SECONDS)
    raise NotSeen(f"{person.name} waited for {what}")
