"""People say things, send files, forward and edit."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, PRIVATE, Chat
from sandbox.control.body import Body, Refused
from sandbox.control.sending import spoken
from sandbox.formatting import tidy
from sandbox.methods.copying import forwarded
from sandbox.posting import Draft, edited_by_person, post
from sandbox.schema import spec
from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User


def say(body: Body) -> dict[str, Any]:
    person = body.person()
    chat = body.chat_with(person)
    thread = body.optional_number("topic") or None
    _check_may_write(person, chat=chat, thread=thread)
    reply_to = body.message_in(chat, name="reply_to") if body.has("reply_to") else None
    blank = Draft(chat, person, {}, thread=thread, reply_to=reply_to)
    drafts = _drafts(body, blank)
    _start(body, person, chat=chat)
    sent = [shown_to(post(body.world, draft), viewer=person.id) for draft in drafts]
    return sent[0] if len(sent) == 1 else {**sent[0], "album_messages": sent}


def _drafts(body: Body, blank: Draft) -> list[Draft]:
    if body.has("forward"):
        return [forwarded(body.world, _forwardable(body, blank.sender), draft=blank)]
    return [
        Draft(blank.chat, blank.sender, content, thread=blank.thread, reply_to=blank.reply_to)
        for content in spoken(body)
    ]


def _forwardable(body: Body, person: "User") -> "Message":
    wanted = Body(body.world, {**body.object("forward"), "person": person.id})
    message = wanted.message_in(wanted.chat_with(person))
    if message.service or message.content.get("has_protected_content"):
        raise Refused("this message cannot be forwarded")
    return message


def _check_may_write(person: "User", *, chat: Chat, thread: int | None) -> None:
    if chat.kind == PRIVATE and person.blocked:
        raise Refused("the bot is blocked: unblock it first", code=403)
    if chat.kind == CHANNEL and not chat.is_admin(person.id):
        raise Refused("only administrators post in a channel", code=403)
    if thread is None:
        return
    topic = chat.topics.get(thread)
    if topic is None:
        raise Refused("topic not found", code=404)
    if topic.closed and not chat.is_admin(person.id):
        raise Refused("this topic is closed", code=403)


def _start(body: Body, person: "User", *, chat: Chat) -> None:
    if chat.kind == PRIVATE and not person.started:
        person.started = True
        body.world.hub.tell("person", person=person.id, facts=person.to_control())


def edit(body: Body) -> dict[str, Any]:
    person = body.person()
    message = body.message_in(body.chat_with(person))
    is_own_post = message.sender is None and message.chat.is_admin(person.id)
    if message.sender is not person and not is_own_post:
        raise Refused("only the author edits a message", code=403)
    text = body.text("text")
    if message.service or not message.content.keys() & {"text", "photo", "document", "video"}:
        raise Refused("this message has no text to edit")
    message.content = _edited(message, text)
    edited_by_person(body.world, message)
    return shown_to(message, viewer=person.id)


def _edited(message: "Message", text: str) -> dict[str, Any]:
    field = "text" if "text" in message.content else "caption"
    marks = "entities" if field == "text" else "caption_entities"
    owner = "sendMessage" if field == "text" else "sendPhoto"
    formatted = tidy(text, entities=[])
    if not formatted.text or formatted.length > spec().limit(owner, field).high:
        raise Refused("the text is empty or too long")
    kept = {key: value for key, value in message.content.items() if key != marks}
    found = {marks: formatted.entities} if formatted.entities else {}
    return {**kept, field: formatted.text, **found}


POSTS = {"say": say, "edit": edit}
