"""People tap, pay and ask inline: calls that wait for the bot's answer."""

import re
from typing import TYPE_CHECKING, Any

from sandbox.control.body import Body, Refused
from sandbox.control.speaking import say
from sandbox.payments import Purchase, pay
from sandbox.posting import Draft, post
from sandbox.queries import CALLBACK, INLINE, answered
from sandbox.transcript import shown_to

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
    pending = _ask(body, person, note=f"tap on {button['text']}", kind=CALLBACK)
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
    web_app = button.get("web_app") or button.get("login_url") or {}
    chosen = button.get("switch_inline_query_chosen_chat", {}).get("query")
    inline = button.get("switch_inline_query", button.get("switch_inline_query_current_chat"))
    return {
        **_NO_ANSWER,
        "url": button.get("url") or web_app.get("url"),
        "copy_text": button.get("copy_text", {}).get("text"),
        "switch_inline": inline if inline is not None else chosen,
    }


def _tap_reply_keyboard(body: Body, message: "Message") -> dict[str, Any]:
    """A button of a reply keyboard only writes its label."""
    rows = (message.markup or {})["keyboard"]
    found = _labelled([button for row in rows for button in row], label=body.text("label"))
    if not found:
        raise Refused("button not found", code=404)
    values = {"text": found[0]["text"], "person": body.number("person"), "chat": message.chat.id}
    said = say(Body(body.world, {**values, "topic": message.thread}))
    return {**_NO_ANSWER, "message": said}


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


def _ask(body: Body, person: "User", *, note: str, kind: str) -> "Pending":
    world = body.world
    return world.queries.ask(
        kind,
        person=person,
        now=world.clock(),
        lasts=world.settings.query_seconds,
        note=note,
    )


async def ask_inline(body: Body) -> dict[str, Any]:
    person = body.person()
    query = body.optional_text("query") or ""
    pending = _ask(body, person, note=query, kind=INLINE)
    payload = {
        "id": pending.id,
        "from": person.to_api(),
        "query": query,
        "offset": str(body.values.get("offset") or ""),
        "chat_type": "sender",
    }
    body.world.updates.push("inline_query", payload=payload)
    answer = await answered(pending, within=body.world.settings.tap_seconds)
    if answer is None:
        raise Silent
    return answer


def choose(body: Body) -> dict[str, Any]:
    """The chosen result is posted in the person's name, via the bot."""
    person, world = body.person(), body.world
    chat = body.chat_with(person)
    offered = world.contents.inline.get(person.id)
    result_id = str(body.values.get("result") or "")
    prepared = offered.contents.get(result_id) if offered is not None else None
    if offered is None or prepared is None:
        raise Refused("result not found", code=404)
    content = {**prepared.content, "via_bot": world.bot.to_api()}
    draft = Draft(
        chat,
        person,
        content,
        thread=body.optional_number("topic") or None,
        markup=prepared.markup,
        invoice=prepared.invoice,
    )
    message = post(world, draft)
    chosen: dict[str, Any] = {
        "result_id": result_id,
        "from": person.to_api(),
        "query": offered.query,
    }
    if prepared.markup is not None:
        message.inline_id = f"AAMC{chat.id:x}-{message.id}".replace("-", "_")
        world.contents.inline_messages[message.inline_id] = message
        chosen["inline_message_id"] = message.inline_id
    world.updates.push("chosen_inline_result", payload=chosen)
    return shown_to(message, viewer=person.id)


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


POSTS = {"tap": tap, "inline": ask_inline, "choose": choose, "pay": pay_invoice}
