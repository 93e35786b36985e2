"""Reply keyboards, their removal and forced replies: checked as Telegram checks them.

Inline keyboards are in markup.py; what a tap on a request button sends is in control/requests.py.
"""

from typing import Any

from sandbox.rules import refuse
from sandbox.schema import raw, spec

ROW_MAX, BUTTONS_MAX = 12, 300
USERS_MAX = 10
_FLAGS = (
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "selective",
    "remove_keyboard",
    "force_reply",
)
_STYLES = {"danger", "success", "primary"}
_ASKED = {
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "request_users": "users",
    "request_chat": "chats",
}
_TYPED = {
    "request_users": "KeyboardButtonRequestUsers",
    "request_chat": "KeyboardButtonRequestChat",
}
_FIELDS = {
    "keyboard": 'field "keyboard"',
    "inline_keyboard": 'field "inline_keyboard" of the InlineKeyboardMarkup',
}


def reply_keyboard(value: dict[str, Any], *, private: bool) -> dict[str, Any] | None:
    """None when no button is left: Telegram then sends the message without a keyboard."""
    check_flags(value)
    rows: list[list[dict[str, Any]]] = []
    left = BUTTONS_MAX
    for row in rows_of(value, name="keyboard"):
        shown = [_button(button, private=private) for button in row[: min(ROW_MAX, left)]]
        left -= len(shown)
        rows += [shown] if shown else []
    return {**value, "keyboard": rows} if rows else None


def check_flags(value: dict[str, Any]) -> None:
    for name in _FLAGS:
        if not isinstance(value.get(name, False), bool):
            raise refuse("markup_flag", name=name)
    placeholder = value.get("input_field_placeholder")
    limit = spec().limit("ReplyKeyboardMarkup", "input_field_placeholder")
    if placeholder is None:
        return
    if not isinstance(placeholder, str) or not limit.holds(placeholder):
        raise refuse("placeholder")


def rows_of(value: dict[str, Any], *, name: str) -> list[list[Any]]:
    rows = value[name]
    if not isinstance(rows, list):
        raise refuse("markup_rows", name=name)
    if not all(isinstance(row, list) for row in rows):
        raise refuse("markup_row", field=_FIELDS[name])
    return rows


def check_text(button: dict[str, Any], *, kind: str) -> None:
    text = button.get("text")
    if not isinstance(text, str):
        raise refuse("button_text", kind=kind, name="text")
    if not text.strip():
        raise refuse("button_blank", kind=kind)


def check_style(button: dict[str, Any]) -> None:
    if button.get("style") is not None and button["style"] not in _STYLES:
        raise refuse("button_style")


def check_web_app(value: Any, *, kind: str) -> None:
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str) or not url.startswith("https://"):
        raise refuse("web_app_url", kind=kind, url=url)


def _button(button: Any, *, private: bool) -> dict[str, Any]:
    shown = {"text": button} if isinstance(button, str) else button
    if not isinstance(shown, dict):
        reason = "KeyboardButton must be a String or an Object"
        raise refuse("button_object", kind="keyboard", reason=reason)
    check_text(shown, kind="keyboard")
    check_style(shown)
    _check_requests(shown, private=private)
    kept = {"text", "icon_custom_emoji_id", "style", "web_app", *_ASKED}
    return {name: value for name, value in shown.items() if name in kept and value is not False}


def _check_requests(button: dict[str, Any], *, private: bool) -> None:
    for name, what in _ASKED.items():
        value = button.get(name)
        if value in (None, False):
            continue
        if name in _TYPED:
            _check_request(value, kind=_TYPED[name])
        if not private:
            raise refuse("request_place", what=what)
    if button.get("web_app") is not None:
        check_web_app(button["web_app"], kind="keyboard")
        if not private:
            raise refuse("web_app_place")


def _check_request(value: Any, *, kind: str) -> None:
    if not isinstance(value, dict):
        raise refuse("button_object", kind="keyboard", reason=f"{kind} must be an Object")
    for field in raw()["types"][kind]["fields"]:
        found = value.get(field["name"])
        if field["required"] and found is None:
            raise refuse("button_text", kind="keyboard", name=field["name"])
        if field["types"] == ["Boolean"] and not isinstance(found, bool | None):
            raise refuse("request_flag", name=field["name"])
    most = value.get("max_quantity", 1)
    if not isinstance(most, int) or not 1 <= most <= USERS_MAX:
        raise refuse("request_quantity")
