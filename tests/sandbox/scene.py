"""A town in which every wrong call can be made: people, chats, messages, files, topics, polls."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.call import Upload
from sandbox.client import Sandbox
from sandbox.rules import Refusal
from sandbox.wire import Asked, _perform
from sandbox.world import World
from tests.sandbox.images import png

TWO_DAYS_S = 48 * 3600
Params = dict[str, Any]


@dataclass
class Scene:
    """`ids` holds people, chats and messages by the names the table of wrong calls uses."""

    world: World
    sandbox: Sandbox
    ids: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return self.ids[name]

    async def call(
        self, method: str, *, uploads: dict[str, bytes] | None = None, **params: Any
    ) -> Any:
        """A call without HTTP: the result, or the refusal."""
        files = {
            name: Upload(f"{name}.png", "image/png", data) for name, data in (uploads or {}).items()
        }
        return await _perform(self.world, Asked(method, params, files))

    async def rule(
        self, method: str, *, uploads: dict[str, bytes] | None = None, **params: Any
    ) -> str:
        """The name of the rule that refuses, or nothing."""
        try:
            await self.call(method, uploads=uploads, **params)
        except Refusal as refusal:
            return refusal.rule
        return ""


async def build(world: World, sandbox: Sandbox) -> Scene:
    """Everybody and everything, made once per test."""
    scene = Scene(world, sandbox)
    await _people(scene)
    await _chats(scene)
    await _messages(scene)
    return scene


async def _people(scene: Scene) -> None:
    sandbox, ids = scene.sandbox, scene.ids
    for name in ("ann", "bob", "blocked_person", "gone", "admin"):
        ids[name] = (await sandbox.person(name.title(), stars=1_000))["id"]
    for name in ("ann", "blocked_person", "gone"):
        await sandbox.say(ids[name], text="/start")
    await sandbox.member(ids["blocked_person"], act="block")
    await sandbox.member(ids["gone"], act="deactivate")


async def _chats(scene: Scene) -> None:
    sandbox, ids = scene.sandbox, scene.ids
    ann, bob, admin = ids["ann"], ids["bob"], ids["admin"]
    people = {"members": [ann, "bot"], "admins": [bob, admin]}

    async def make(name: str, kind: str, **facts: Any) -> int:
        ids[name] = (await sandbox.chat(kind, title=name, **facts))["id"]
        return int(ids[name])

    await make("small", "group", members=[ann, "bot"], admins=[bob])
    await make("plain", "supergroup", **people)
    await make("mute", "supergroup", **people)
    await sandbox.member("bot", act="restrict", chat=ids["mute"], rights={})
    await make("forum", "supergroup", is_forum=True, **people)
    await sandbox.member("bot", act="promote", chat=ids["forum"])
    await make("weak", "supergroup", is_forum=True, **people)
    await sandbox.member("bot", act="promote", chat=ids["weak"], rights={"can_invite_users": True})
    await make("public", "supergroup", username="publicplace", admins=[bob])
    await make("lost", "supergroup", **people)
    await sandbox.member("bot", act="kick", chat=ids["lost"])
    await make("channel", "channel", admins=[bob, "bot"])
    await make("silent", "channel", admins=[bob, "bot"])
    await sandbox.member(
        "bot", act="promote", chat=ids["silent"], rights={"can_invite_users": True}
    )
    for name in ("forum", "weak"):
        made = await sandbox.topic(bob, chat=ids[name], name="Logos")
        ids[f"{name}_topic"] = made["id"]
    shut = await sandbox.topic(bob, chat=ids["weak"], name="Shut")
    ids["shut"] = shut["id"]
    scene.world.contents.chats[ids["weak"]].topics[shut["id"]].closed = True


async def _messages(scene: Scene) -> None:
    ids = scene.ids
    ann = ids["ann"]
    ids["said"] = (await scene.sandbox.say(ann, text="hello"))["id"]
    ids["text"] = (await scene.call("sendMessage", chat_id=ann, text="text"))["message_id"]
    photo = await scene.call("sendPhoto", chat_id=ann, uploads={"photo": png()})
    ids["photo"], ids["photo_id"] = photo["message_id"], photo["photo"][-1]["file_id"]
    document = await scene.call("sendDocument", chat_id=ann, uploads={"document": b"x"})
    ids["document"], ids["document_id"] = document["message_id"], document["document"]["file_id"]
    big = await scene.call("sendDocument", chat_id=ann, uploads={"document": b"x" * (21 * 2**20)})
    ids["big_id"] = big["document"]["file_id"]
    guarded = await scene.call("sendMessage", chat_id=ann, text="x", protect_content=True)
    ids["guarded"] = guarded["message_id"]
    invoice = await scene.call("sendInvoice", chat_id=ann, **INVOICE)
    ids["invoice"] = invoice["message_id"]
    poll = await scene.call("sendPoll", chat_id=ann, question="?", options=["a", "b"])
    ids["poll"] = poll["message_id"]
    closed = await scene.call("sendPoll", chat_id=ann, question="?", options=["a", "b"])
    ids["closed_poll"] = closed["message_id"]
    await scene.call("stopPoll", chat_id=ann, message_id=ids["closed_poll"])
    asked = await scene.sandbox.say(ann, poll={"question": "?", "options": ["a", "b"]})
    ids["asked_poll"] = asked["id"]
    forum_text = await scene.call("sendMessage", chat_id=ids["plain"], text="plain")
    ids["plain_text"] = forum_text["message_id"]
    album = [{"type": "document", "media": ids["document_id"]} for _ in range(2)]
    ids["album"] = (await scene.call("sendMediaGroup", chat_id=ann, media=album))[0]["message_id"]
    ids["service"] = await _service(scene)


async def _service(scene: Scene) -> int:
    """The message that says that somebody came in."""
    chat = scene.world.contents.chats[scene.ids["plain"]]
    await scene.sandbox.member(scene.ids["blocked_person"], act="join", chat=chat.id)
    return next(number for number, one in reversed(chat.messages.items()) if one.service)


INVOICE: Params = {
    "title": "Logo",
    "description": "A logo",
    "payload": "p",
    "currency": "XTR",
    "prices": [{"label": "x", "amount": 5}],
}
