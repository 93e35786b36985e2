"""answerInlineQuery and savePreparedInlineMessage: results offered to a person."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.access import person_of
from sandbox.inline import Cached, keep_answer, remember
from sandbox.methods.inline_results import prepared
from sandbox.prepared import LASTS_SECONDS, PreparedMessage, keep_prepared, new_id
from sandbox.queries import INLINE
from sandbox.reply_keyboards import check_web_app
from sandbox.rules import Refusal, refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call

_START = re.compile(r"[A-Za-z0-9_-]+")
RESULTS_MAX, OFFSET_BYTES_MAX, START_MAX = 50, 64, 64
CACHE_SECONDS = 300
_WRAPPED = "Bad Request: can't parse inline query result: "


def answer_inline_query(call: "Call") -> bool:
    world = call.world
    query_id = call.text("inline_query_id")
    pending = world.queries.find(query_id, kind=INLINE, now=world.clock())
    results = _checked_results(call)
    next_offset = call.text("next_offset")
    if len(next_offset.encode()) > OFFSET_BYTES_MAX:
        raise refuse("inline_offset")
    contents = {result["id"]: prepared(call, result) for result in results}
    value = {"results": results, "next_offset": next_offset, "button": _button(call)}
    world.queries.answer(query_id, kind=INLINE, now=world.clock(), value=value)
    remember(world, pending.person.id, query=pending.note, contents=contents)
    seconds = call.number("cache_time", default=CACHE_SECONDS)
    if seconds > 0:
        owner = pending.person.id if call.flag("is_personal") else 0
        cached = Cached(value, contents, until=world.clock() + seconds)
        keep_answer(world, (owner, pending.note, pending.offset), cached)
    return True


def _button(call: "Call") -> dict[str, Any] | None:
    """The button over the results leads to the private chat, or opens a mini app."""
    button = call.object("button")
    if not button:
        return None
    if not isinstance(button.get("text"), str):
        raise refuse("inline_button", reason='Can\'t find field "text"')
    if "start_parameter" in button:
        _check_start(button["start_parameter"])
    elif "web_app" in button:
        check_web_app(button["web_app"], kind="inline query results")
    else:
        reason = "InlineQueryResultsButton must have exactly one optional field"
        raise refuse("inline_button", reason=reason)
    return button


def _check_start(start: Any) -> None:
    if not isinstance(start, str):
        raise refuse("inline_button", reason='Field "start_parameter" must be of type String')
    if not start:
        raise refuse("inline_start_empty")
    if len(start) > START_MAX:
        raise refuse("inline_start_long")
    if not _START.fullmatch(start):
        raise refuse("inline_start")


def _checked_results(call: "Call") -> list[dict[str, Any]]:
    results = call.items("results")
    if len(results) > RESULTS_MAX:
        raise refuse("inline_many")
    for result in results:
        _check_id(result)
    if len({result["id"] for result in results}) < len(results):
        raise refuse("inline_repeated")
    return results


def _check_id(result: Any) -> None:
    if not isinstance(result, dict):
        raise refuse("bad_body", what="inline query result")
    if not isinstance(result.get("id"), str):
        raise refuse("inline_title", name="id")
    if not result["id"]:
        raise refuse("inline_id_empty")
    if not spec().limit("InlineQueryResultPhoto", "id").holds(result["id"]):
        raise refuse("inline_id")


def save_prepared_inline_message(call: "Call") -> dict[str, Any]:
    person = person_of(call)
    result = call.object("result")
    try:
        ready = prepared(call, result)
        _check_id(result)
    except Refusal as refusal:
        raise _bare(refusal) from None
    chats = {kind: call.flag(f"allow_{kind}_chats") for kind in ("user", "bot", "group", "channel")}
    if not any(chats.values()):
        raise refuse("chat_types")
    title = result.get("title") or result.get("caption") or result.get("first_name") or ""
    kept = PreparedMessage(
        id=new_id(),
        person=person,
        ready=ready,
        title=str(title),
        chats={f"{kind}s": allowed for kind, allowed in chats.items()},
        expires=call.world.now() + LASTS_SECONDS,
    )
    keep_prepared(call.world, kept)
    return {"id": kept.id, "expiration_date": kept.expires}


def _bare(refusal: Refusal) -> Refusal:
    """The server puts no words before the mistake in a single result."""
    words = refusal.description.removeprefix(_WRAPPED)
    if words == refusal.description:
        return refusal
    words = f"Bad Request: {words[0].lower()}{words[1:]}"
    return Refusal(refusal.rule, code=refusal.code, description=words)


METHODS = {
    "answerinlinequery": answer_inline_query,
    "savepreparedinlinemessage": save_prepared_inline_message,
}
