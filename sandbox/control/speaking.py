"""People say things, send files, forward and edit."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.access import manages
from sandbox.chats import CHANNEL, PRIVATE, Chat
from sandbox.control.body import Body, Refused
from sandbox.control.sending import poll_terms, spoken
from sandbox.formatting import tidy
from sandbox.messages import CAPTIONED
from sandbox.methods.copying import forwarded
from sandbox.polls import open_poll
from sandbox.posting import Draft, edited_by_person, post
from sandbox.rights import needed_to_say
from sandbox.schema import spec
from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User


def say(body: Body) -> dict[str, Any]:
    person = body.person()
    chat = body.chat_with(person)
    thread = body.optional_number("topic") or None
    check_may_write(person, chat=chat, thread=thread)
    reply_to = body.message_in(chat, name="reply_to") if body.has("reply_to") else None
    blank = Draft(chat, person, {}, thread=thread, reply_to=reply_to)
    drafts = _drafts(body, blank)
    _check_permitted(person, chat=chat, drafts=drafts)
    _start(body, person, chat=chat)
    sent = [shown_to(post(body.world, draft), viewer=person.id) for draft in drafts]
    return sent[0] if len(sent) == 1 else {**sent[0], "album_messages": sent}


def _drafts(body: Body, blank: Draft) -> list[Draft]:
    if body.has("forward"):
        return [forwarded(body.world, _forwardable(body, blank.sender), draft=blank)]
    if body.has("poll"):
        return [_with_poll(body, blank)]
    return [replace(blank, content=content) for content in spoken(body)]


def _with_poll(body: Body, blank: Draft) -> Draft:
    terms = poll_terms(body)
    if blank.chat.kind == CHANNEL and not terms.anonymous:
        raise Refused("polls in a channel are anonymous")
    return replace(blank, poll=open_poll(body.world, blank.sender, terms=terms))


def _forwardable(body: Body, person: "User") -> "Message":
    wanted = Body(body.world, {**body.object("forward"), "person": person.id})
    message = wanted.message_in(wanted.chat_with(person))
    if message.service or message.content.get("has_protected_content"):
        raise Refused("this message cannot be forwarded")
    return message


def check_may_write(person: "User", *, chat: Chat, thread: int | None) -> None:
    if chat.kind == PRIVATE and person.blocked:
        raise Refused("the bot is blocked: unblock it first", code=403)
    if person.deactivated:
        raise Refused("this account is deleted", code=403)
    if chat.kind == CHANNEL and not chat.may(person.id, "can_post_messages"):
        raise Refused("only administrators post in a channel", code=403)
    if thread is None:
        return
    topic = chat.topics.get(thread)
    if topic is None:
        raise Refused("topic not found", code=404)
    if topic.closed and not manages(chat, topic, user_id=person.id):
        raise Refused("this topic is closed", code=403)


def _check_permitted(person: "User", *, chat: Chat, drafts: list[Draft]) -> None:
    """What a restricted member may still send."""
    member = chat.member(person.id)
    needed = {needed_to_say({"poll": True} if draft.poll else draft.content) for draft in drafts}
    if member is not None and not all(member.is_allowed(one) for one in needed):
        raise Refused("this person is restricted: not allowed to send this here", code=403)


def _start(body: Body, person: "User", *, chat: Chat) -> None:
    if chat.kind == PRIVATE and not person.started:
        person.started = True
        body.world.hub.tell("person", person=person.id, facts=person.to_control())


def edit(body: Body) -> dict[str, Any]:
    person = body.person()
    message = body.message_in(body.chat_with(person))
    if not _may_edit(person, message):
        raise Refused("only the author edits a message", code=403)
    text = body.text("text")
    if message.service or not message.content.keys() & {"text", *CAPTIONED}:
        raise Refused("this message has no text to edit")
    message.content = _edited(message, text)
    edited_by_person(body.world, message)
    return shown_to(message, viewer=person.id)


def _may_edit(person: "User", message: "Message") -> bool:
    """In a channel one's own posts, or with one more right everybody's."""
    chat = message.chat
    if chat.kind == CHANNEL and chat.may(person.id, "can_edit_messages"):
        return True
    is_allowed = chat.kind != CHANNEL or chat.may(person.id, "can_post_messages")
    return message.author is person and is_allowed


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
