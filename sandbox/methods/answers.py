"""Answers to what people asked: taps, inline queries and pre-checkouts."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.inline import InlineAnswer, Prepared
from sandbox.methods.inline_results import prepared
from sandbox.queries import CALLBACK, CHECKOUT, INLINE
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
RESULTS_MAX, OFFSET_BYTES_MAX = 50, 64


def answer_callback_query(call: "Call") -> bool:
    text, url = call.text("text"), call.text("url")
    if not spec().limit("answerCallbackQuery", "text").holds(text):
        raise refuse("answer_long")
    if url and not _is_own_link(call, url):
        raise refuse("answer_url")
    world = call.world
    value = {"answer": text or None, "alert": call.flag("show_alert"), "url": url or None}
    pending = world.queries.answer(
        call.text("callback_query_id"), kind=CALLBACK, now=world.clock(), value=value
    )
    world.hub.tell(
        "answer", person=pending.person.id, text=text or None, alert=value["alert"], url=url or None
    )
    return True


def _is_own_link(call: "Call", url: str) -> bool:
    """A button may open only a deep link to the bot itself."""
    name = (call.world.bot.username or "").lower()
    plain = url.lower().removeprefix("https://").removeprefix("http://")
    return plain.startswith((f"t.me/{name}?", f"telegram.me/{name}?", "tg://"))


def answer_inline_query(call: "Call") -> bool:
    world = call.world
    query_id = call.text("inline_query_id")
    pending = world.queries.find(query_id, kind=INLINE, now=world.clock())
    results = _checked_results(call)
    next_offset = call.text("next_offset")
    if len(next_offset.encode()) > OFFSET_BYTES_MAX:
        raise refuse("inline_offset")
    contents = {result["id"]: prepared(call, result) for result in results}
    _remember(call, pending.person.id, query=pending.note, contents=contents)
    _check_button(call.object("button"))
    value = {
        "results": results,
        "next_offset": next_offset,
        "button": call.object("button") or None,
    }
    world.queries.answer(query_id, kind=INLINE, now=world.clock(), value=value)
    return True


def _check_button(button: dict[str, Any]) -> None:
    """The button over the results leads to the private chat, with a start parameter."""
    start = button.get("start_parameter")
    if start is None:
        return
    if not isinstance(start, str) or not _START.fullmatch(start):
        raise refuse("inline_button")


def _checked_results(call: "Call") -> list[dict[str, Any]]:
    results = call.items("results")
    if len(results) > RESULTS_MAX:
        raise refuse("inline_many")
    limit = spec().limit("InlineQueryResultPhoto", "id")
    for result in results:
        if not isinstance(result, dict):
            raise refuse("bad_body", what="inline query result")
        if not isinstance(result.get("id"), str) or not limit.holds(result["id"]):
            raise refuse("inline_id")
    if len({result["id"] for result in results}) < len(results):
        raise refuse("inline_repeated")
    return results


def _remember(call: "Call", person_id: int, *, query: str, contents: dict[str, Prepared]) -> None:
    """Results of further pages stay choosable beside the first."""
    known = call.world.contents.inline.get(person_id)
    former = known.contents if known is not None and known.query == query else {}
    call.world.contents.inline[person_id] = InlineAnswer(query, {**former, **contents})


def answer_pre_checkout_query(call: "Call") -> bool:
    world = call.world
    ok, message = call.flag("ok"), call.text("error_message")
    if not ok and not message.strip():
        raise refuse("precheckout_error")
    world.queries.answer(
        call.text("pre_checkout_query_id"),
        kind=CHECKOUT,
        now=world.clock(),
        value={"ok": ok, "error_message": message or None},
    )
    return True


METHODS = {
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "answerprecheckoutquery": answer_pre_checkout_query,
}
