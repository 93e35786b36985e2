"""People tap and pay: calls that wait for the bot's answer (inline queries: inlining.py)."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.control.body import Body, Refused
from sandbox.control.requests import press
from sandbox.payments import Purchase, pay
from sandbox.queries import CALLBACK, answered
from sandbox.transcript import shown_button

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.queries import Pending

DATA_BYTES_MAX = 64
_LEADING = re.compile(r"^[^\w]+")
_NO_ANSWER: dict[str, Any] = {"answer": None, "alert": False, "url": None}


class Silent(Refused):
    def __init__(self) -> None:
        super().__init__("the bot did not answer", code=504)


async def tap(body: Body) -> dict[str, Any]:
    person = body.person()
    message = body.message_in(body.chat_with(person))
    if message.markup and "keyboard" in message.markup:
        return _tap_reply_keyboard(body, message)
    button = _button(body, message)
    if "callback_data" not in button:
        return _open(button)
    pending = ask(body, person, note=f"tap on {button['text']}", kind=CALLBACK)
    payload = _callback_query(pending, message=message, data=button["callback_data"])
    body.world.updates.push("callback_query", payload=payload)
    answer = await answered(pending, within=body.world.settings.tap_seconds)
    if answer is None:
        raise Silent
    return answer


def _button(body: Body, message: "Message") -> dict[str, Any]:
    if body.has("data"):
        return _forged(body.text("data"))
    buttons = [button for row in message.keyboard for button in row]
    found = _labelled(buttons, label=body.text("label"))
    if not found:
        raise Refused("button not found", code=404)
    return found[0]


def _forged(data: str) -> dict[str, Any]:
    """Any data, on the message or not: a changed app can send what no button holds (Bot API)."""
    if not 1 <= len(data.encode()) <= DATA_BYTES_MAX:
        raise Refused("data must be 1 to 64 bytes")
    return {"text": data, "callback_data": data}


def _labelled(buttons: list[dict[str, Any]], *, label: str) -> list[dict[str, Any]]:
    """Exactly, or else without the emoji in front."""
    exact = [button for button in buttons if button["text"] == label]
    bare = _LEADING.sub("", label) or label
    return exact or [button for button in buttons if _LEADING.sub("", button["text"]) == bare]


def _open(button: dict[str, Any]) -> dict[str, Any]:
    """Buttons that the person's own app handles, without the bot."""
    if "pay" in button:
        raise Refused("this button pays: use pay")
    shown = shown_button(button)
    web_app = button.get("web_app") or button.get("login_url") or {}
    kept = ("copy_text", "switch_inline", "switch_inline_current", "switch_inline_chats")
    url = button.get("url") or web_app.get("url")
    return {**_NO_ANSWER, "url": url, **{name: shown[name] for name in kept}}


def _tap_reply_keyboard(body: Body, message: "Message") -> dict[str, Any]:
    rows = (message.markup or {})["keyboard"]
    found = _labelled([button for row in rows for button in row], label=body.text("label"))
    if not found:
        raise Refused("button not found", code=404)
    url = found[0].get("web_app", {}).get("url")
    return {**_NO_ANSWER, "url": url, "message": press(body, message, button=found[0])}


def _callback_query(pending: "Pending", *, message: "Message", data: str) -> dict[str, Any]:
    query: dict[str, Any] = {
        "id": pending.id,
        "from": pending.person.to_api(),
        "chat_instance": str(abs(message.chat.id) * 7919),
        "data": data,
    }
    if message.inline_id:
        return {**query, "inline_message_id": message.inline_id}
    return {**query, "message": message.to_api()}


def ask(body: Body, person: "User", *, note: str, kind: str) -> "Pending":
    world = body.world
    return world.queries.ask(
        kind,
        person=person,
        now=world.clock(),
        lasts=world.settings.query_seconds,
        note=note,
    )


async def pay_invoice(body: Body) -> dict[str, Any]:
    person = body.person()
    purchase = _linked(body, person) if body.has("link") else _invoiced(body, person)
    outcome = await pay(body.world, purchase)
    return outcome.to_control()


def _invoiced(body: Body, person: "User") -> Purchase:
    message = body.message_in(body.chat_with(person))
    if message.invoice is None:
        raise Refused("this message is no invoice")
    if person.id in message.paid_by:
        raise Refused("this invoice is paid", code=409)
    return Purchase(person, message.invoice, message.chat, message)


def _linked(body: Body, person: "User") -> Purchase:
    slug = body.text("link").rpartition("/")[2].removeprefix("$")
    terms = body.world.contents.links.get(slug)
    if terms is None:
        raise Refused("link not found", code=404)
    return Purchase(person, terms, body.world.contents.chats[person.id])


POSTS = {"tap": tap, "pay": pay_invoice}
