"""The 112 length ranges of the Bot API data, applied wherever a text stands, however deep.

Which refusal answers is the only thing typed by hand here; the limits are read by schema.py. A
range that counts "after entities parsing" is held against the parsed text.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from sandbox.formatting import read_markup
from sandbox.rules import Refusal, refuse
from sandbox.schema import Field, spec

if TYPE_CHECKING:
    from collections.abc import Mapping

_BY_OWNER = {
    ("answerCallbackQuery", "text"): "answer_long",
    ("setWebhook", "secret_token"): "secret_long",
    ("sendPoll", "question"): "poll_question",
    ("InputPollOption", "text"): "poll_option_long",
    ("CopyTextButton", "text"): "button_copy",
    ("BotCommand", "command"): "command_name",
    ("BotCommand", "description"): "command_text",
    ("sendMessage", "text"): "text_long",
    ("editMessageText", "text"): "text_long",
    ("InputTextMessageContent", "message_text"): "text_long",
    ("InlineQueryResultsButton", "start_parameter"): "inline_start_long",
}
_BY_NAME = {
    "caption": "caption_long",
    "callback_data": "button_data",
    "input_field_placeholder": "placeholder",
}
_BY_KIND = {
    ("sendInvoice", "createInvoiceLink", "InputInvoiceMessageContent"): {
        "title": "invoice_title",
        "description": "invoice_description",
        "payload": "invoice_payload",
    },
}
# Reading these refuses what is empty with words of its own, so only the upper end counts here.
_EMPTY_ELSEWHERE = frozenset({"text", "message_text", "question"})


def check_object(types: tuple[str, ...], value: Any) -> None:
    """Looks through a decoded JSON value of one of these types."""
    if isinstance(value, list):
        for item in value:
            check_object(types, item)
    elif isinstance(value, dict):
        owner = _owner(types, value)
        if owner is not None and owner in _holders():
            _check_fields(owner, value)


def check_text(owner: str, field: Field, values: "Mapping[str, Any]") -> None:
    """One text with a range; `values` holds what stands beside it, such as the parse mode."""
    limit, source = field.limit, _text(values.get(field.name))
    if limit is None or source is None or (not source and not field.required):
        return
    size = limit.size(source)
    if size > limit.high and _has_markup(field.name, values):
        size = limit.size(_parsed(source, field.name, values))
    too_short = size < limit.low and field.name not in _EMPTY_ELSEWHERE
    if too_short or size > limit.high:
        raise refusal_of(owner, field)


def refusal_of(owner: str, field: Field) -> Refusal:
    limit = spec().limit(owner, field.name)
    rule = (
        _BY_OWNER.get((owner, field.name)) or _BY_NAME.get(field.name) or _kind_rule(owner, field)
    )
    values = {"name": field.name, "low": limit.low, "high": limit.high, "unit": limit.unit}
    return refuse(rule, **values)


def _kind_rule(owner: str, field: Field) -> str:
    if owner.startswith("InlineQueryResult") and field.name == "id":
        return "inline_id"
    found = (names for owners, names in _BY_KIND.items() if owner in owners)
    return next(found, {}).get(field.name, "too_long")


def _check_fields(owner: str, value: dict[str, Any]) -> None:
    for name, field in spec().types[owner].items():
        if name not in value:
            continue
        if field.limit is not None:
            check_text(owner, field, value)
        elif field.is_object:
            check_object(field.element_types, value[name])


def _owner(types: tuple[str, ...], value: dict[str, Any]) -> str | None:
    """The type that this object is: by its constant field, else by the fields it must have."""
    kinds = _choices(types)
    if len(kinds) == 1:
        return kinds[0]
    fitting = [kind for kind in kinds if _fits(kind, value)]
    whole = [kind for kind in fitting if _required(kind) <= value.keys()]
    found = whole or (fitting if len(fitting) < len(kinds) else [])
    return found[0] if found else None


@cache
def _choices(types: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind for name in types for kind in _concrete(name))


@cache
def _concrete(name: str) -> tuple[str, ...]:
    """A nested array ("Array of Array of ...") counts as its elements."""
    bare = name.rpartition("Array of ")[2]
    return spec().subtypes.get(bare, (bare,) if bare in spec().types else ())


def _fits(kind: str, value: dict[str, Any]) -> bool:
    fields = spec().types[kind].values()
    return all(field.constant in (None, value.get(field.name)) for field in fields)


@cache
def _required(kind: str) -> frozenset[str]:
    return frozenset(name for name, field in spec().types[kind].items() if field.required)


@cache
def _holders() -> frozenset[str]:
    """The types with a range in them, at any depth."""
    found = {owner for owner, _ in spec().limits}
    while True:
        more = {
            name
            for name, fields in spec().types.items()
            if any(kind in found for field in fields.values() for kind in _kinds(field))
        } - found
        if not more:
            return frozenset(found)
        found |= more


def _kinds(field: Field) -> list[str]:
    return [kind for name in field.element_types for kind in _concrete(name)]


def _text(value: Any) -> str | None:
    """Telegram takes a number for a text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value)


def _has_markup(name: str, values: "Mapping[str, Any]") -> bool:
    return bool(_mode(name, values) or values.get(_entities_name(name)))


def _mode(name: str, values: "Mapping[str, Any]") -> str:
    mode = values.get(f"{name}_parse_mode") or values.get("parse_mode") or ""
    return mode if isinstance(mode, str) else ""


def _entities_name(name: str) -> str:
    return "entities" if name in {"text", "message_text"} else f"{name}_entities"


def _parsed(source: str, name: str, values: "Mapping[str, Any]") -> str:
    return read_markup(
        source, mode=_mode(name, values), entities=[], users=lambda _number: None
    ).text
