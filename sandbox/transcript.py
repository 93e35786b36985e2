"""A message as people see it: the one JSON shape that the page, the tests and the events share."""

from typing import TYPE_CHECKING, Any

from sandbox.markup import CHOSEN
from sandbox.messages import INLINE, MEDIA, SERVICE
from sandbox.polls import shown_poll
from sandbox.reactions import shown_reactions

if TYPE_CHECKING:
    from sandbox.messages import InvoiceTerms, Message


def shown_to(message: "Message", *, viewer: int | None) -> dict[str, Any]:
    poll = message.poll
    return {
        "id": message.id,
        "chat": message.chat.id,
        "topic": message.thread,
        "date": message.date,
        "from": _author(message),
        "signature": message.signature,
        "text": message.text,
        "entities": message.entities,
        "buttons": shown_buttons(message.markup),
        "keyboard": _reply_keyboard(message, viewer=viewer),
        "media": _media(message.content),
        "invoice": _invoice(message, viewer=viewer),
        "payment": _payment(message),
        "poll": shown_poll(poll, viewer=viewer) if poll is not None else None,
        "reactions": shown_reactions(message, viewer=viewer),
        "album": message.content.get("media_group_id"),
        "reply_to": message.reply_to.id if message.reply_to else None,
        "service": _service(message),
        "forwarded": _forwarded(message),
        "via_bot": message.content.get("via_bot", {}).get("username"),
        "edited": message.edit_date is not None,
        "pinned": message.is_pinned,
        "seq": message.changed,
    }


def shown_content(
    content: dict[str, Any], *, markup: dict[str, Any] | None, terms: "InvoiceTerms | None"
) -> dict[str, Any]:
    """What a message will look like that is not sent yet."""
    invoice = {**_terms(terms), "paid": False} if terms is not None else None
    return {
        "text": content.get("text") or content.get("caption") or "",
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "buttons": shown_buttons(markup),
        "media": _media(content),
        "invoice": invoice,
    }


def shown_buttons(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]]:
    rows = (markup or {}).get(INLINE, [])
    return [[shown_button(button) for button in row] for row in rows]


def _author(message: "Message") -> dict[str, Any]:
    """A channel, or the group itself when an anonymous administrator writes."""
    if message.sender is not None and message.sender_chat is None:
        return message.sender.to_author()
    chat = message.sender_chat or message.chat
    return {"id": chat.id, "name": chat.title, "username": chat.username, "is_bot": False}


def shown_button(button: dict[str, Any]) -> dict[str, Any]:
    data = button.get("callback_data")
    current = button.get("switch_inline_query_current_chat")
    inline = button.get("switch_inline_query", current)
    chosen = button.get("switch_inline_query_chosen_chat")
    return {
        "text": button["text"],
        "label": button["text"],
        "data": data,
        "callback_data": data,
        "url": button.get("url"),
        "web_app": button.get("web_app", {}).get("url"),
        "pay": bool(button.get("pay")),
        "style": button.get("style"),
        "copy_text": button.get("copy_text", {}).get("text"),
        "switch_inline": chosen.get("query", "") if chosen else inline,
        "switch_inline_current": current is not None,
        "switch_inline_chats": _allowed(chosen) if chosen else None,
    }


def _allowed(chosen: dict[str, Any]) -> dict[str, bool]:
    return {kind: chosen.get(name) is True for name, kind in CHOSEN.items()}


def _reply_keyboard(message: "Message", *, viewer: int | None) -> dict[str, Any] | None:
    """A selective keyboard is for those who are mentioned or answered (Bot API)."""
    markup = message.markup
    if not markup or INLINE in markup:
        return None
    is_for_all = viewer is None or message.chat.person is not None or not markup.get("selective")
    return markup if is_for_all or _is_meant(message, viewer or 0) else None


def _is_meant(message: "Message", viewer: int) -> bool:
    answered = message.reply_to.sender if message.reply_to is not None else None
    if answered is not None and answered.id == viewer:
        return True
    member = message.chat.member(viewer)
    name = f"@{member.user.username}".lower() if member and member.user.username else None
    mentions = (entity for entity in message.entities if entity["type"] == "text_mention")
    is_named = name is not None and name in message.text.lower().split()
    return is_named or any(entity["user"]["id"] == viewer for entity in mentions)


def _media(content: dict[str, Any]) -> dict[str, Any] | None:
    kind = next((name for name in MEDIA if name in content), None)
    if kind is None:
        return None
    value = content[kind]
    if kind in {"contact", "location", "dice"}:
        return {"kind": kind, **value}
    if kind == "venue":
        return {"kind": kind, **value["location"], **value}
    stored = value[-1] if kind == "photo" else value
    small = stored.get("thumbnail", {}).get("file_unique_id")
    side = stored.get("length")
    return {
        "kind": kind,
        "file_id": stored["file_id"],
        "file_unique_id": stored["file_unique_id"],
        "name": stored.get("file_name"),
        "size": stored.get("file_size"),
        "mime": stored.get("mime_type", "image/jpeg" if kind == "photo" else None),
        "width": stored.get("width", side),
        "height": stored.get("height", side),
        "duration": stored.get("duration"),
        "title": stored.get("title"),
        "performer": stored.get("performer"),
        "url": f"/control/files/{stored['file_unique_id']}",
        "thumbnail": f"/control/files/{small}" if small else None,
    }


def _invoice(message: "Message", *, viewer: int | None) -> dict[str, Any] | None:
    terms = message.invoice
    if terms is None:
        return None
    paid = bool(message.paid_by) if viewer is None else viewer in message.paid_by
    return {**_terms(terms), "paid": paid}


def _terms(terms: "InvoiceTerms") -> dict[str, Any]:
    return {
        "title": terms.title,
        "description": terms.description,
        "amount": terms.amount,
        "currency": terms.currency,
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
    source = origin.get("sender_user") or origin.get("chat") or origin.get("sender_chat") or {}
    return {
        "name": source.get("title") or source.get("first_name"),
        "id": source.get("id"),
        "message": origin.get("message_id"),
    }
