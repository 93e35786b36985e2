"""reply_markup: read, checked as Telegram checks it, and given back in the stored form."""

import json
import re
from typing import TYPE_CHECKING, Any

from sandbox.reply_keyboards import (
    check_flags,
    check_style,
    check_text,
    check_web_app,
    reply_keyboard,
    rows_of,
)
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call

BYTES_MAX, BUTTONS_MAX = 32_768, 100
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
CHOSEN = {
    "allow_user_chats": "users",
    "allow_bot_chats": "bots",
    "allow_group_chats": "groups",
    "allow_channel_chats": "channels",
}
_SWITCHES = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
)
_URL = re.compile(
    r"(?:https?://)?[^\s/:.]+(?:\.[^\s/:.]+)+(?::\d+)?(?:[/?#]\S*)?|tg://\S+|https?://\S+"
)
_KEPT = (*ACTIONS, "text", "style", "icon_custom_emoji_id")


def read_markup_of(
    call: "Call", *, private: bool, invoice: bool = False, channel: bool = False
) -> dict[str, Any] | None:
    """None when there is none; a keyboard without buttons also counts as none."""
    value = _object(call)
    if not value:
        return None
    if "inline_keyboard" in value:
        return _for_channel(value, private=private, invoice=invoice, channel=channel)
    if channel:
        raise refuse("markup_inline")
    if "keyboard" in value:
        return reply_keyboard(value, private=private)
    check_flags(value)
    return value if value.get("remove_keyboard") or value.get("force_reply") else None


def _for_channel(
    value: dict[str, Any], *, private: bool, invoice: bool, channel: bool
) -> dict[str, Any] | None:
    """In a channel nobody knows the bot's name, so buttons that write it are refused (TDLib)."""
    markup = read_inline(value, private=private, invoice=invoice)
    for row in (markup or {}).get("inline_keyboard", []) if channel else []:
        for button in row:
            for name in _SWITCHES:
                if name in button:
                    raise refuse("switch_channel", name=name.replace("_chosen_chat", ""))
    return markup


def read_inline_of(
    call: "Call", *, private: bool, invoice: bool = False, channel: bool = False
) -> dict[str, Any] | None:
    """For edits: only an inline keyboard may stand here."""
    value = _object(call)
    if not value:
        return None
    if "inline_keyboard" not in value:
        raise refuse("markup_inline")
    return _for_channel(value, private=private, invoice=invoice, channel=channel)


def read_inline(
    value: dict[str, Any], *, private: bool, invoice: bool = False
) -> dict[str, Any] | None:
    rows = [
        [_inline_button(button) for button in row]
        for row in rows_of(value, name="inline_keyboard")
        if row
    ]
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS_MAX:
        raise refuse("button_count")
    _check_places(buttons, private=private, invoice=invoice)
    return {"inline_keyboard": rows} if rows else None


def _object(call: "Call") -> dict[str, Any]:
    raw = call.params.get("reply_markup")
    if isinstance(raw, str) and len(raw.encode()) > BYTES_MAX:
        raise refuse("markup_large")
    value = call.json("reply_markup", rule="markup_json")
    if value is not None and not isinstance(value, dict):
        raise refuse("markup_object")
    return value or {}


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        reason = "InlineKeyboardButton must be an Object"
        raise refuse("button_object", kind="inline keyboard", reason=reason)
    check_text(button, kind="inline keyboard")
    actions = [name for name in ACTIONS if button.get(name) not in (None, False)]
    if not actions:
        raise refuse("button_no_action")
    if len(actions) > 1:
        raise refuse("button_actions")
    check_style(button)
    check = _CHECKS.get(actions[0])
    if check is not None:
        check(button[actions[0]])
    kept = {name: button[name] for name in _KEPT if button.get(name) not in (None, False)}
    return kept | ({"url": normal_url(button["url"])} if actions[0] == "url" else {})


def _check_data(value: Any) -> None:
    limit = spec().limit("InlineKeyboardButton", "callback_data")
    if not isinstance(value, str) or not limit.holds(value):
        raise refuse("button_data")


def _check_url(value: Any) -> None:
    if not isinstance(value, str) or not _URL.fullmatch(value.strip()):
        raise refuse("button_url", url=value)


def _check_copy(value: Any) -> None:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not spec().limit("CopyTextButton", "text").holds(text):
        raise refuse("button_copy")


def _check_app(value: Any) -> None:
    check_web_app(value, kind="inline keyboard")


def _check_chosen(value: Any) -> None:
    """At least one kind of chat must be open to be chosen (TDLib: TargetDialogTypes)."""
    if not isinstance(value, dict):
        reason = 'Field "switch_inline_query_chosen_chat" must be of type Object'
        raise refuse("button_object", kind="inline keyboard", reason=reason)
    for name in CHOSEN:
        if not isinstance(value.get(name, False), bool):
            raise refuse("switch_flag", name=name)
    if not any(value.get(name) for name in CHOSEN):
        raise refuse("chat_types")


_CHECKS = {
    "callback_data": _check_data,
    "url": _check_url,
    "copy_text": _check_copy,
    "web_app": _check_app,
    "switch_inline_query_chosen_chat": _check_chosen,
}


def normal_url(url: str) -> str:
    """As Telegram stores it: a scheme in front and a slash after a bare host."""
    full = url.strip() if "://" in url else f"http://{url.strip()}"
    scheme, _, rest = full.partition("://")
    bare = scheme in {"http", "https"} and not any(mark in rest for mark in "/?#")
    return full + "/" if bare else full


def _check_places(buttons: list[dict[str, Any]], *, private: bool, invoice: bool) -> None:
    for index, button in enumerate(buttons):
        if "pay" in button and not invoice:
            raise refuse("button_pay")
        if "pay" in button and index:
            raise refuse("button_position")
        if "web_app" in button and not private:
            raise refuse("button_type")
    if invoice and buttons and "pay" not in buttons[0]:
        raise refuse("button_pay_first")


def same_markup(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
