"""Whatever people send, they get a clear sentence and the question again; nothing is lost."""

from typing import Any

import pytest

from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Actor
from tests.support.pictures import png

pytestmark = pytest.mark.story

CONTACT = {"contact": {"phone_number": "+8801711000000", "first_name": "X"}}
PLACE = {"location": {"latitude": 23.8, "longitude": 90.4}}


async def odd_messages(actor: Actor) -> None:
    """A sticker, a voice message, a contact and a place, one after the other; each is answered."""
    sandbox, person = actor.person.sandbox, actor.person
    for kind, name in (("sticker", "s.webp"), ("voice", "v.ogg")):
        await person.forgets()
        data = png(512, 512) if kind == "sticker" else b"OggS0000"
        await sandbox.send(actor.id, kind=kind, files={name: data})
        await person.sees("")
    for thing in (CONTACT, PLACE):
        await person.forgets()
        await sandbox.say(actor.id, **thing)
        await person.sees("")


async def question(actor: Actor) -> dict[str, Any]:
    """The newest message: the present question."""
    return await actor.last()


async def refuses(actor: Actor, text: str, *, again: str) -> None:
    """The text is answered, and the question's buttons are there again."""
    await actor.person.forgets()
    await actor.says(text)
    seen = await actor.sees_button(again)
    assert seen["text"]


async def test_the_gig_conversation_survives_everything(town: Town) -> None:
    """At each step odd messages are answered and the step stays; the gig comes out whole."""
    seller = town.seller
    await seller.arrives()
    await seller.taps("Sell")
    await odd_messages(seller)
    await refuses(seller, "Design", again="Later")
    rows = (await question(seller))["buttons"]
    await seller.person.taps(rows[0][0]["label"])
    await seller.sees_button("Back")
    for text in ("x", "y" * 81, "😀" * 41):
        await refuses(seller, text, again="Back")
    await odd_messages(seller)
    await seller.says("I will <b>design</b> & draw")
    await refuses(seller, "short", again="Back")
    await refuses(seller, "z" * 1_201, again="Back")
    await seller.says("A logo in two drafts, with <i>all</i> files.")
    await seller.sees_button("Without a picture")
    await refuses(seller, "no", again="Without a picture")
    await seller.person.forgets()
    await seller.person.uploads("document", files={"virus.exe": b"MZ"})
    await seller.sees_button("Without a picture")
    await seller.taps("Without a picture")
    for price in ("-5", "0", "1.5", "1" + "0" * 20, "free", "৯", "১০০০১"):
        await refuses(seller, price, again="Back")
    await odd_messages(seller)
    await seller.says("৫০০")
    for days in ("0", "61", "soon", "2.5"):
        await refuses(seller, days, again="Back")
    await seller.says("৩")
    await refuses(seller, "11", again="Back")
    await seller.says("0")
    await refuses(seller, "q" * 301, again="Ask nothing")
    await seller.taps("Ask nothing")
    preview = await seller.sees_button("Publish")
    assert "I will <b>design</b> & draw" in preview["text"]
    await seller.taps("Publish")
    await seller.sees_button("Show my gig")


async def test_forged_and_foreign_taps_have_no_effect(town: Town) -> None:
    """Other people's orders, unknown data and stale versions change nothing and are answered."""
    await acts.paid_order(town, question="")
    stranger = await Actor.create(town.house.sandbox, "Mallory", "en")
    await stranger.arrives()
    shown = (await stranger.last())["id"]
    for data in ("oo:1", "oa:1:2:1", "oc:1:2:1", "od:1:2", "of:1:0", "ov:1:2", "sv:1", "a:0", "at"):
        await stranger.person.sandbox.tap(stranger.id, message=shown, data=data)
    for data in ("", "oa", "oa:zz:zz:zz", "zz:1", "oa:1:2", "x" * 64, "oo:-1", "oo:zzzzzzzzzzz"):
        if data:
            await stranger.person.sandbox.tap(stranger.id, message=shown, data=data)
    transcript = await stranger.person.messages()
    assert not any(acts.TITLE in message["text"] for message in transcript)
    await acts.deliver(town)
    stale = (await town.buyer.sees_button("Accept"))["id"]
    answer = await town.buyer.person.sandbox.tap(town.buyer.id, message=stale, data="oa:1:1:1")
    assert answer["answer"]
    assert "⏳" not in await acts.wallet(town.seller)


async def test_a_double_tap_accepts_once(town: Town) -> None:
    """Two taps on the same confirm button release the money once."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await town.buyer.taps("Accept")
    sure = await town.buyer.sees_button("Yes, accept")
    data = next(b["data"] for row in sure["buttons"] for b in row if b["data"].startswith("oa:"))
    for _ in range(2):
        await town.buyer.person.sandbox.tap(town.buyer.id, message=sure["id"], data=data)
    await town.seller.sees_button("Write a review")
    text = await acts.wallet(town.seller)
    assert text.count(town.seller.tr.number(225)) <= 2


async def test_edited_messages_are_not_read(town: Town) -> None:
    """An edit is answered by a sentence that asks to send it again."""
    await town.buyer.arrives()
    said = await town.buyer.says("hello")
    await town.buyer.person.forgets()
    await town.buyer.person.sandbox.edit(town.buyer.id, message=said["id"], text="bye")
    await town.buyer.reads("I do not read edited messages. Please send it again as a new one.")
