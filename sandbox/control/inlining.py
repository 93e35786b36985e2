"""People ask inline, choose a result, and share what the bot prepared for them."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import PRIVATE
from sandbox.control.asking import Silent, ask
from sandbox.control.body import Body, Refused
from sandbox.control.speaking import check_may_write
from sandbox.inline import (
    QUERY_MAX,
    chosen,
    known_answer,
    post_result,
    remember,
)
from sandbox.posting import Draft
from sandbox.prepared import PreparedMessage, prepared_for
from sandbox.queries import INLINE, answered
from sandbox.schema import utf16_length
from sandbox.transcript import shown_content, shown_to

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.inline import Prepared
    from sandbox.people import User


async def ask_inline(body: Body) -> dict[str, Any]:
    """Answered from the cache for as long as the bot allowed, as Telegram does."""
    person, world = body.person(), body.world
    query, offset = body.optional_text("query") or "", str(body.values.get("offset") or "")
    if utf16_length(query) > QUERY_MAX:
        raise Refused(f"a query has at most {QUERY_MAX} characters")
    cached = known_answer(world, person.id, query=query, offset=offset)
    if cached is not None:
        remember(world, person.id, query=query, contents=cached.contents)
        return _shown(body, cached.value, is_cached=True)
    pending = ask(body, person, note=query, kind=INLINE)
    pending.offset = offset
    payload = {
        "id": pending.id,
        "from": person.to_api(),
        "query": query,
        "offset": offset,
        "chat_type": _chat_type(body, person),
    }
    world.updates.push("inline_query", payload=payload)
    answer = await answered(pending, within=world.settings.tap_seconds)
    if answer is None:
        raise Silent
    return _shown(body, answer, is_cached=False)


def _chat_type(body: Body, person: "User") -> str:
    """`sender` is the private chat of the person with the bot."""
    chat = body.chat_with(person)
    return "sender" if chat.kind == PRIVATE else chat.kind


def _shown(body: Body, value: dict[str, Any], *, is_cached: bool) -> dict[str, Any]:
    results = [_with_picture(body, result) for result in value["results"]]
    return {**value, "results": results, "cached": is_cached}


def _with_picture(body: Body, result: dict[str, Any]) -> dict[str, Any]:
    """What the bot sent, and where its file can be looked at."""
    file_id = next((result[name] for name in result if name.endswith("_file_id")), None)
    stored = body.world.files.find(str(file_id)) if file_id else None
    return result | ({"thumbnail": f"/control/files/{stored.unique}"} if stored else {})


def choose(body: Body) -> dict[str, Any]:
    """The chosen result is posted in the person's name, via the bot."""
    person, world = body.person(), body.world
    offered = world.contents.inline.get(person.id)
    result_id = str(body.values.get("result") or "")
    ready = offered.contents.get(result_id) if offered is not None else None
    if offered is None or ready is None:
        raise Refused("result not found", code=404)
    message = post_result(world, _draft(body, person), prepared=ready)
    chosen(world, message, person=person, result=result_id, query=offered.query)
    return shown_to(message, viewer=person.id)


def _draft(body: Body, person: "User") -> Draft:
    chat = body.chat_with(person)
    thread = body.optional_number("topic") or None
    check_may_write(person, chat=chat, thread=thread)
    return Draft(chat, person, {}, thread=thread)


def prepared(body: Body) -> Any:
    """One prepared message, or without an id all that this person can share."""
    person = body.person()
    if not body.has("id"):
        return [_shown_prepared(body, one) for one in prepared_for(body.world, person)]
    return _shown_prepared(body, _found(body, person, name="id"))


def _found(body: Body, person: "User", *, name: str) -> PreparedMessage:
    wanted = body.text(name)
    mine = prepared_for(body.world, person)
    found = next((one for one in mine if one.id == wanted), None)
    if found is None:
        raise Refused("this prepared message is unknown, expired or for somebody else", code=404)
    return found


def _shown_prepared(body: Body, one: PreparedMessage) -> dict[str, Any]:
    shown = {"id": one.id, "title": one.title, "chats": one.chats, "expires": one.expires}
    return {**shown, "message": _preview(body, one.ready)}


def _preview(body: Body, ready: "Prepared") -> dict[str, Any]:
    via = {"via_bot": body.world.bot.username}
    return shown_content(ready.content, markup=ready.markup, terms=ready.invoice) | via


def share(body: Body) -> dict[str, Any]:
    person = body.person()
    one = _found(body, person, name="prepared")
    draft = _draft(body, person)
    if not one.suits(draft.chat):
        raise Refused(f"it may not go to {_plural(draft.chat)}", code=403)
    message = post_result(body.world, draft, prepared=one.ready)
    return shown_to(message, viewer=person.id)


def _plural(chat: "Chat") -> str:
    return "private chats" if chat.kind == PRIVATE else f"{chat.kind}s"


POSTS = {"inline": ask_inline, "choose": choose, "share": share}
GETS = {"prepared": prepared}
