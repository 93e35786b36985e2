"""A message as people see it: the one JSON shape that the page, the tests and the events share."""

from typing import TYPE_CHECKING, Any

from sandbox.messages import MEDIA, SERVICE

if TYPE_CHECKING:
    from sandbox.messages import Message


def shown_to(message: "Message", *, viewer: int | None) -> dict[str, Any]:
    return {
        "id": message.id,
        "chat": message.chat.id,
        "topic": message.thread,
        "date": message.date,
        "from": _author(message),
        "text": message.text,
        "entities": message.entities,
        "buttons": [[_button(button) for button in row] for row in message.keyboard],
        "keyboard": _reply_keyboard(message),
        "media": _media(message),
        "invoice": _invoice(message, viewer=viewer),
        "payment": _payment(message),
        "album": message.content.get("media_group_id"),
        "reply_to": message.reply_to.id if message.reply_to else None,
        "service": _service(message),
        "forwarded": _forwarded(message),
        "via_bot": message.content.get("via_bot", {}).get("username"),
        "edited": message.edit_date is not None,
        "pinned": message.is_pinned,
        "seq": message.changed,
    }


def _author(message: "Message") -> dict[str, Any]:
    if message.sender is not None:
        return message.sender.to_author()
    chat = message.chat
    return {"id": chat.id, "name": chat.title, "username": chat.username, "is_bot": False}


def _button(button: dict[str, Any]) -> dict[str, Any]:
    data = button.get("callback_data")
    inline = button.get("switch_inline_query", button.get("switch_inline_query_current_chat"))
    chosen = button.get("switch_inline_query_chosen_chat")
    return {
        "text": button["text"],
        "label": button["text"],
        "data": data,
        "callback_data": data,
        "url": button.get("url"),
        "pay": bool(button.get("pay")),
        "style": button.get("style"),
        "copy_text": button.get("copy_text", {}).get("text"),
        "switch_inline": chosen.get("query", "") if chosen else inline,
    }


def _reply_keyboard(message: "Message") -> dict[str, Any] | None:
    markup = message.markup
    return markup if markup and "inline_keyboard" not in markup else None


def _media(message: "Message") -> dict[str, Any] | None:
    kind = next((name for name in MEDIA if name in message.content), None)
    if kind is None:
        return None
    value = message.content[kind]
    if kind in {"contact", "location"}:
        return {"kind": kind, **value}
    stored = value[-1] if kind == "photo" else value
    return {
        "kind": kind,
        "file_id": stored["file_id"],
        "file_unique_id": stored["file_unique_id"],
        "name": stored.get("file_name"),
        "size": stored.get("file_size"),
        "mime": stored.get("mime_type", "image/jpeg" if kind == "photo" else None),
        "width": stored.get("width"),
        "height": stored.get("height"),
        "url": f"/control/files/{stored['file_unique_id']}",
    }


def _invoice(message: "Message", *, viewer: int | None) -> dict[str, Any] | None:
    terms = message.invoice
    if terms is None:
        return None
    paid = bool(message.paid_by) if viewer is None else viewer in message.paid_by
    return {
        "title": terms.title,
        "description": terms.description,
        "amount": terms.amount,
        "currency": terms.currency,
        "paid": paid,
    }


def _payment(message: "Message") -> dict[str, Any] | None:
    for field, kind in (("successful_payment", "paid"), ("refunded_payment", "refunded")):
        if field in message.content:
            fact = message.content[field]
            return {
                "kind": kind,
                "amount": fact["total_amount"],
                "currency": fact["currency"],
                "charge_id": fact["telegram_payment_charge_id"],
            }
    return None


def _service(message: "Message") -> dict[str, Any] | None:
    kind = message.service
    if kind is None or kind not in SERVICE:
        return None
    value = message.content[kind]
    if kind == "pinned_message":
        return {"kind": kind, "message": value["message_id"]}
    if kind == "new_chat_members":
        return {"kind": kind, "members": [user["first_name"] for user in value]}
    if kind == "left_chat_member":
        return {"kind": kind, "member": value["first_name"]}
    if kind in {"successful_payment", "refunded_payment"}:
        return {"kind": kind}
    return {"kind": kind, **(value if isinstance(value, dict) else {})}


def _forwarded(message: "Message") -> dict[str, Any] | None:
    origin: dict[str, Any] | None = message.content.get("forward_origin")
    if origin is None:
        return None
    source = origin.get("sender_user") or origin.get("chat") or {}
    return {
        "name": source.get("title") or source.get("first_name"),
        "id": source.get("id"),
        "message": origin.get("message_id"),
    }
