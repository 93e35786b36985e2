"""Where the bot may read and write: chats, topics and the message it replies to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.chats import CHANNEL, PRIVATE, SUPERGROUP, Chat, Topic
from sandbox.membership import end_restrictions
from sandbox.rights import needed_for
from sandbox.rules import refuse
from sandbox.strict_json import whole

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Place:
    chat: Chat
    thread: int | None = None
    reply_to: "Message | None" = None

    @property
    def private(self) -> bool:
        return self.chat.kind == PRIVATE


def chat_of(call: "Call", *, name: str = "chat_id") -> Chat:
    """The chat that is named, if the bot can know it."""
    raw = call.text(name).strip()
    if not raw:
        raise refuse("chat_id_empty")
    chat = call.world.chat(raw if raw.startswith("@") else _number(raw))
    if chat is None:
        if raw == str(call.world.bot.id):
            raise refuse("to_bots")
        raise refuse("chat_missing")
    end_restrictions(call.world, chat)
    return chat


def readable(call: "Call", *, name: str = "chat_id", is_look: bool = False) -> Chat:
    """A chat the bot is in; to look at a public one it needs not be."""
    chat = chat_of(call, name=name)
    if chat.kind == PRIVATE:
        if chat.person is not None and not chat.person.started:
            raise refuse("chat_missing")
        return chat
    _check_present(chat, bot_id=call.world.bot.id, is_look=is_look)
    return chat


def writable(call: "Call") -> Place:
    """The place of a new message; counts it against the flood limits."""
    chat = chat_of(call)
    check_writing(chat, world=call.world)
    _check_permitted(call, chat)
    reply_to = reply_of(call, chat=chat)
    thread = call.number("message_thread_id") or None
    if thread is None and reply_to is not None and chat.is_forum:
        thread = reply_to.thread
    check_thread(chat, thread=thread, user_id=call.world.bot.id)
    call.world.flood.admit(chat.id, now=call.world.clock())
    return Place(chat, thread, reply_to)


def check_writing(chat: Chat, *, world: "World") -> None:
    if chat.person is not None:
        _check_person(chat.person)
        return
    _check_present(chat, bot_id=world.bot.id)
    if chat.kind == CHANNEL and not chat.may(world.bot.id, "can_post_messages"):
        raise refuse("channel_rights")


def _check_permitted(call: "Call", chat: Chat) -> None:
    """A restricted bot may be in a group without being allowed to send everything."""
    member = chat.member(call.world.bot.id)
    permission, what = needed_for(call.method.name)
    if member is not None and not member.is_allowed(permission):
        raise refuse("rights_send", what=what)


def check_thread(chat: Chat, *, thread: int | None, user_id: int) -> None:
    """A closed topic is open to its maker and to administrators who manage topics."""
    if thread is None:
        return
    topic = chat.topics.get(thread) if chat.is_forum else None
    if topic is None:
        raise refuse("topic_missing")
    if topic.closed and not manages(chat, topic, user_id=user_id):
        raise refuse("topic_closed")


def reply_of(call: "Call", *, chat: Chat) -> "Message | None":
    wanted = call.object("reply_parameters")
    number = wanted.get("message_id") or call.number("reply_to_message_id")
    if not number or wanted.get("chat_id") not in (None, chat.id, str(chat.id)):
        return None
    found = chat.messages.get(_number(str(number)))
    optional = wanted.get("allow_sending_without_reply")
    if found is None and not (optional or call.flag("allow_sending_without_reply")):
        raise refuse("reply_missing")
    return found


def manages(chat: Chat, topic: Topic, *, user_id: int) -> bool:
    return topic.opened_by == user_id or chat.may(user_id, "can_manage_topics")


def message_of(call: "Call", *, rule: str) -> "Message":
    """The message that is named, or the refusal of that rule."""
    chat = readable(call)
    if chat.person is not None and chat.person.deactivated:
        raise refuse("deactivated")
    number = call.number("message_id")
    if not number:
        raise refuse("message_id_missing")
    message = chat.messages.get(number)
    if message is None:
        raise refuse(rule)
    return message


def group_of(call: "Call", *, right: str, rule: str, private: str) -> Chat:
    """A chat that is not private, in which the bot has that right; else one of two refusals."""
    chat = readable(call)
    if chat.kind == PRIVATE:
        raise refuse(private)
    if not chat.may(call.world.bot.id, right):
        raise refuse(rule)
    return chat


def forum_of(call: "Call") -> Chat:
    chat = readable(call)
    if chat.kind != SUPERGROUP or not chat.is_forum:
        raise refuse("not_forum")
    return chat


def topic_of(call: "Call") -> tuple[Chat, Topic]:
    """What the bot may do with the topic is for the method to check."""
    chat = forum_of(call)
    topic = chat.topics.get(call.number("message_thread_id"))
    if topic is None:
        raise refuse("topic_invalid")
    return chat, topic


def person_of(call: "Call") -> "User":
    number = call.number("user_id")
    if number <= 0:
        raise refuse("user_id_invalid")
    user = call.world.user(number)
    if user is None:
        raise refuse("user_not_found")
    return user


def _check_person(person: "User") -> None:
    if person.deactivated:
        raise refuse("deactivated")
    if not person.started:
        raise refuse("never_started")
    if person.blocked:
        raise refuse("blocked")


def _check_present(chat: Chat, *, bot_id: int, is_look: bool = False) -> None:
    """A chat the bot was never in and that has no public name does not exist for it."""
    member = chat.member(bot_id)
    if member is not None and member.is_present:
        return
    if member is not None and member.state == "kicked":
        raise refuse("kicked", kind=chat.kind)
    if member is None and not chat.username:
        raise refuse("chat_missing")
    if not (is_look and chat.username):
        raise refuse("not_member", kind=chat.kind)


def _number(raw: str) -> int:
    try:
        return whole(raw)
    except ValueError:
        return 0
