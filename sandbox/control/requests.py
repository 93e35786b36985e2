"""What a tap on a reply keyboard sends: its label, or what the button asks for."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, PRIVATE, Chat
from sandbox.control.body import Body, Refused
from sandbox.control.speaking import say
from sandbox.polls import QUIZ, REGULAR
from sandbox.posting import Draft, post
from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.messages import Message
    from sandbox.people import User

DHAKA = {"latitude": 23.7806, "longitude": 90.4074}
Button = dict[str, Any]


def press(body: Body, message: "Message", *, button: Button) -> dict[str, Any] | None:
    """The message that was sent; None for a button that only opens a mini app."""
    if button.get("web_app"):
        return None
    for name, send in _REQUESTS.items():
        if button.get(name):
            return send(body, message, button)
    return _said(body, message, text=button["text"])


def _said(body: Body, message: "Message", **said: Any) -> dict[str, Any]:
    """In a group the apps send it as a reply to the keyboard, so that the bot sees it."""
    where = {"person": body.number("person"), "chat": message.chat.id, "topic": message.thread}
    reply = {} if message.chat.kind == PRIVATE else {"reply_to": message.id}
    return say(Body(body.world, {**where, **reply, **said}))


def _contact(body: Body, message: "Message", _button: Button) -> dict[str, Any]:
    person = body.person()
    contact = {
        "phone_number": phone_of(person),
        "first_name": person.name,
        "user_id": person.id,
    }
    return _said(body, message, contact=contact)


def phone_of(person: "User") -> str:
    """A made-up number, always the same for the same person."""
    digits = f"{person.id:08d}"[-8:]
    return f"+88017{digits}"


def _location(body: Body, message: "Message", _button: Button) -> dict[str, Any]:
    return _said(body, message, location=body.values.get("location") or DHAKA)


def _poll(body: Body, message: "Message", button: Button) -> dict[str, Any]:
    poll, wanted = body.object("poll"), button["request_poll"].get("type")
    if wanted in {QUIZ, REGULAR}:
        poll = {**poll, "type": wanted}
    return _said(body, message, poll=poll)


def _users(body: Body, message: "Message", button: Button) -> dict[str, Any]:
    wanted = button["request_users"]
    chosen = body.items("users") or _first_user(body, wanted)
    users = [body.user(value) for value in chosen]
    if len({user.id for user in users}) > wanted.get("max_quantity", 1):
        raise Refused("more persons than the button allows")
    if any(wanted.get("user_is_bot") not in (None, user.is_bot) for user in users):
        raise Refused("the button asks for others: bots or persons")
    if wanted.get("user_is_premium"):
        raise Refused("nobody here has Premium")
    shared = [_shared_user(user, wanted) for user in users]
    content = {"users_shared": {"request_id": wanted["request_id"], "users": shared}}
    return _service(body, message, content)


def _first_user(body: Body, wanted: Button) -> list[int]:
    if wanted.get("user_is_bot"):
        return [body.world.bot.id]
    others = [one for one in body.world.contents.people if one != body.number("person")]
    if not others:
        raise Refused("there is nobody else to choose", code=404)
    return others[:1]


def _shared_user(user: "User", wanted: Button) -> dict[str, Any]:
    shown: dict[str, Any] = {"user_id": user.id}
    if wanted.get("request_name"):
        shown["first_name"] = user.name
    if wanted.get("request_username") and user.username:
        shown["username"] = user.username
    return shown


def _chat(body: Body, message: "Message", button: Button) -> dict[str, Any]:
    wanted = button["request_chat"]
    person, number = body.person(), body.optional_number("shared_chat")
    known = body.world.contents.chats.values()
    fitting = [chat for chat in known if _fits(chat, wanted, person=person, bot=body.world.bot)]
    chat = next((one for one in fitting if number in (None, one.id)), None)
    if chat is None:
        raise Refused("no chat fits what the button asks for", code=404)
    shared: dict[str, Any] = {"request_id": wanted["request_id"], "chat_id": chat.id}
    if wanted.get("request_title"):
        shared["title"] = chat.title
    if wanted.get("request_username") and chat.username:
        shared["username"] = chat.username
    return _service(body, message, {"chat_shared": shared})


def _fits(chat: Chat, wanted: Button, *, person: "User", bot: "User") -> bool:
    """A key left out asks for nothing (Bot API)."""
    member = chat.member(person.id)
    if chat.kind == PRIVATE or member is None or not member.is_present:
        return False
    facts = {
        "chat_is_channel": chat.kind == CHANNEL,
        "chat_is_forum": chat.is_forum,
        "chat_has_username": bool(chat.username),
    }
    if any(wanted.get(name) not in (None, fact) for name, fact in facts.items()):
        return False
    if wanted.get("chat_is_created") and member.state != "creator":
        return False
    if wanted.get("bot_is_member") and not chat.holds(bot.id):
        return False
    return _has_rights(chat, wanted, person=person, bot=bot)


def _has_rights(chat: Chat, wanted: Button, *, person: "User", bot: "User") -> bool:
    """The bot may still be promoted by somebody who can; the apps offer to do it."""
    needed = wanted.get("user_administrator_rights") or {}
    asked = wanted.get("bot_administrator_rights") or {}
    own = all(chat.may(person.id, right) for right, is_asked in needed.items() if is_asked)
    has = all(chat.may(bot.id, right) for right, is_asked in asked.items() if is_asked)
    return own and (has or chat.may(person.id, "can_promote_members"))


def _service(body: Body, message: "Message", content: dict[str, Any]) -> dict[str, Any]:
    person = body.person()
    sent = post(body.world, Draft(message.chat, person, content, thread=message.thread))
    return shown_to(sent, viewer=person.id)


_REQUESTS: "dict[str, Callable[[Body, Message, Button], dict[str, Any]]]" = {
    "request_contact": _contact,
    "request_location": _location,
    "request_poll": _poll,
    "request_users": _users,
    "request_chat": _chat,
}
