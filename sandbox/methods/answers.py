"""Answers to what people asked: taps and pre-checkouts (inline: inline_answers.py)."""

from typing import TYPE_CHECKING

from sandbox.queries import CALLBACK, CHECKOUT
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call


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


def answer_pre_checkout_query(call: "Call") -> bool:
    world = call.world
    ok, message = call.flag("ok"), call.text("error_message")
    if not ok and not message:
        raise refuse("required", name="error_message")
    world.queries.answer(
        call.text("pre_checkout_query_id"),
        kind=CHECKOUT,
        now=world.clock(),
        value={"ok": ok, "error_message": message or None},
    )
    return True


METHODS = {
    "answercallbackquery": answer_callback_query,
    "answerprecheckoutquery": answer_pre_checkout_query,
}
