"""reply_markup: read, checked as Telegram checks it, and given back in the stored form."""

import json
import re
from typing import TYPE_CHECKING, Any

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
STYLES = {"danger", "success", "primary"}
_URL = re.compile(
    r"(?:https?://)?[^\s/:.]+(?:\.[^\s/:.]+)+(?::\d+)?(?:[/?#]\S*)?|tg://\S+|https?://\S+"
)
_KEPT = (*ACTIONS, "text", "style", "icon_custom_emoji_id")


def read_markup_of(call: "Call", *, private: bool, invoice: bool = False) -> dict[str, Any] | None:
    """None when there is none; an inline keyboard without buttons also counts as none."""
    value = _object(call)
    if not value:
        return None
    if "inline_keyboard" in value:
        return read_inline(value, private=private, invoice=invoice)
    if "keyboard" in value:
        return _reply_keyboard(value)
    return value if value.get("remove_keyboard") or value.get("force_reply") else None


def read_inline_of(call: "Call", *, private: bool, invoice: bool = False) -> dict[str, Any] | None:
    """For edits: only an inline keyboard may stand here."""
    value = _object(call)
    if not value:
        return None
    if "inline_keyboard" not in value:
        raise refuse("markup_inline")
    return read_inline(value, private=private, invoice=invoice)


def read_inline(
    value: dict[str, Any], *, private: bool, invoice: bool = False
) -> dict[str, Any] | None:
    rows = [
        [_inline_button(button) for button in row]
        for row in _rows(value, name="inline_keyboard")
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


def _rows(value: dict[str, Any], *, name: str) -> list[list[Any]]:
    rows = value[name]
    if not isinstance(rows, list):
        raise refuse("markup_rows", name=name)
    if not all(isinstance(row, list) for row in rows):
        raise refuse("markup_row", name=name)
    return rows


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise refuse("button_object", kind="inline keyboard")
    _check_text(button, kind="inline keyboard")
    actions = [name for name in ACTIONS if button.get(name) not in (None, False)]
    if not actions:
        raise refuse("button_no_action")
    if len(actions) > 1:
        raise refuse("button_actions")
    _check_style(button)
    check = _CHECKS.get(actions[0])
    if check is not None:
        check(button[actions[0]])
    kept = {name: button[name] for name in _KEPT if button.get(name) not in (None, False)}
    return kept | ({"url": normal_url(button["url"])} if actions[0] == "url" else {})


def _check_text(button: dict[str, Any], *, kind: str) -> None:
    text = button.get("text")
    if not isinstance(text, str):
        raise refuse("button_text", kind=kind)
    if not text.strip():
        raise refuse("button_blank", kind=kind)


def _check_style(button: dict[str, Any]) -> None:
    if button.get("style") is not None and button["style"] not in STYLES:
        raise refuse("button_style")


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


def _check_web_app(value: Any) -> None:
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str) or not url.startswith("https://"):
        raise refuse("button_url", url=url)


_CHECKS = {
    "callback_data": _check_data,
    "url": _check_url,
    "copy_text": _check_copy,
    "web_app": _check_web_app,
}


def normal_url(url: str) -> str:
    """As Telegram stores it: a scheme in front and a slash after a bare host."""
    full = url.strip() if "://" in url else f"http://{url.strip()}"
    scheme, _, rest = full.partition("://")
    bare = scheme in {"http", "https"} and not any(mark in rest for mark in "/?#")
    return full + "/" if bare else full


def _check_places(buttons: list[dict[str, Any]], *, private: bool, invoice: bool) -> None:
    for index, button in enumerate(buttons):
        if "pay" in button and (index or not invoice):
            raise refuse("button_pay")
        if "web_app" in button and not private:
            raise refuse("button_type")
    if invoice and buttons and "pay" not in buttons[0]:
        raise refuse("button_pay")


def _reply_keyboard(value: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [_reply_button(button) for button in row] for row in _rows(value, name="keyboard") if row
    ]
    if not rows:
        raise refuse("keyboard_empty")
    placeholder = value.get("input_field_placeholder")
    if placeholder is not None:
        _check_placeholder(placeholder)
    return {**value, "keyboard": rows}


def _reply_button(button: Any) -> dict[str, Any]:
    shown = {"text": button} if isinstance(button, str) else button
    if not isinstance(shown, dict):
        raise refuse("button_object", kind="keyboard")
    _check_text(shown, kind="keyboard")
    _check_style(shown)
    return shown


def _check_placeholder(text: Any) -> None:
    limit = spec().limit("ReplyKeyboardMarkup", "input_field_placeholder")
    if not isinstance(text, str) or not limit.holds(text):
        raise refuse("placeholder")


def same_markup(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
