"""What people can look at: the world, a chat, the bot's menu."""

from typing import TYPE_CHECKING, Any

from sandbox.control.body import Refused
from sandbox.polls import close_due
from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.control.body import Body
    from sandbox.messages import Message

GENERAL = {"0", "general", 0}


def world(body: "Body") -> dict[str, Any]:
    return body.world.to_control()


def transcript(body: "Body") -> list[dict[str, Any]]:
    person = body.person()
    chat = body.chat_with(person)
    close_due(body.world)
    after = body.optional_number("after") or 0
    since = body.optional_number("changed_after") or 0
    shown = [
        message
        for message in chat.messages.values()
        if message.id > after and message.changed > since and _in_topic(message, body)
    ]
    return [shown_to(message, viewer=person.id) for message in shown]


def _in_topic(message: "Message", body: "Body") -> bool:
    if not body.has("topic"):
        return True
    if body.values["topic"] in GENERAL:
        return message.thread is None
    return message.thread == body.number("topic")


def commands(body: "Body") -> list[dict[str, str]]:
    person = body.person()
    return body.world.menu.commands_for(person.id, language=person.language_code or "")


def menu(body: "Body") -> dict[str, Any]:
    person = body.person()
    language = person.language_code or ""
    kinds = ("name", "description", "short_description")
    texts = {kind: body.world.menu.text(kind, language=language) for kind in kinds}
    return {**texts, "button": body.world.menu.button(person.id), "commands": commands(body)}


def link(body: "Body") -> dict[str, Any]:
    """What an invoice link asks for, as the page shows it before paying."""
    slug = body.text("link").rpartition("/")[2].removeprefix("$")
    terms = body.world.contents.links.get(slug)
    if terms is None:
        raise Refused("link not found", code=404)
    return {"title": terms.title, "description": terms.description, "amount": terms.amount}


GETS = {
    "world": world,
    "transcript": transcript,
    "commands": commands,
    "menu": menu,
    "link": link,
}
