"""What every call is held against before its method is looked at; all of it read from the data.

Required parameters, JSON that must decode, and length ranges are refused; what Telegram lets pass
although it means nothing (a word for a number, an unknown name) is reported as lint.
"""

import re
from typing import TYPE_CHECKING, Any

from sandbox.call import FALSE, TRUE
from sandbox.lengths import check_object, check_text
from sandbox.rules import Refusal, refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.schema import Field

_MISSING = {
    "chat_id": "chat_id_empty",
    "text": "text_empty",
    "message_ids": "messages_missing",
    "user_id": "user_id_invalid",
    "file_id": "file_id_empty",
    "latitude": "place_empty",
    "longitude": "place_empty",
    "callback_query_id": "query_old",
    "inline_query_id": "query_old",
    "pre_checkout_query_id": "query_old",
}
_NO_MESSAGE = {
    "copyMessage": "copy_missing",
    "forwardMessage": "forward_missing",
    "pinChatMessage": "pin_missing",
    "setMessageReaction": "react_missing",
    "stopPoll": "stop_missing",
}
_BROKEN = {
    "reply_markup": "markup_json",
    "prices": "prices_json",
    "media": "media_json",
    "options": "poll_options",
    "reaction": "reaction_json",
    "permissions": "permissions_json",
}
_SHAPE = {
    "reply_markup": "markup_object",
    "reaction": "reaction_array",
    "prices": "prices_array",
}
# Telegram goes on as if a list that cannot be read were not there.
_FORGIVEN = re.compile(r"allowed_updates|.*entities")
_INTEGER = re.compile(r"\s*[+-]?\d+\s*")


def check(call: "Call") -> None:
    """Lint first, so that it is told even when the call is refused."""
    call.world.lint.check(call)
    _check_required(call)
    for name in call.params:
        field = call.method.fields.get(name)
        if field is not None and call.has(name):
            _check_value(call, field)


def _check_required(call: "Call") -> None:
    for name in call.method.required:
        if not (call.has(name) or name in call.uploads or _may_be_empty(call, name)):
            raise _missing(call, name)


def _may_be_empty(call: "Call", name: str) -> bool:
    """An empty url deletes the webhook; a text whose range begins at 0 may be empty."""
    limit = call.method.fields[name].limit
    return name in call.params and (name == "url" or (limit is not None and limit.low == 0))


def _missing(call: "Call", name: str) -> Refusal:
    if "InputFile" in call.method.fields[name].types:
        return refuse("no_file", kind=name.replace("_", " "))
    if name == "message_id":
        return refuse(_NO_MESSAGE.get(call.method.name, "message_id_missing"))
    return refuse(_MISSING.get(name, "required"), name=name)


def _check_value(call: "Call", field: "Field") -> None:
    match field.types:
        case ("Integer",):
            _lint(call, field, fits=_is_integer(call.params[field.name]))
        case ("Boolean",):
            _lint(call, field, fits=_is_boolean(call.params[field.name]))
        case ("Float",):
            _lint(call, field, fits=_is_number(call.params[field.name]))
        case ("String",):
            _check_length(call, field)
        case _ if field.is_object:
            _check_json(call, field)


def _check_length(call: "Call", field: "Field") -> None:
    try:
        check_text(call.method.name, field, call.params)
    except Refusal as refusal:
        if refusal.rule == "text_long":
            call.world.lint.add("message over 4096", method=call.method.name, detail=field.name)
        raise


def _check_json(call: "Call", field: "Field") -> None:
    value, is_read = call.decoded(field.name)
    fits = isinstance(value, list if field.is_array else dict | list)
    if _FORGIVEN.fullmatch(field.name):
        _lint(call, field, fits=is_read and fits)
        return
    what = field.name.replace("_", " ")
    if not is_read:
        raise refuse(_BROKEN.get(field.name, "bad_body"), what=what)
    if not fits or (isinstance(value, list) and not _takes_list(field)):
        raise refuse(_SHAPE.get(field.name) or _BROKEN.get(field.name, "bad_body"), what=what)
    check_object(field.element_types, value)


def _takes_list(field: "Field") -> bool:
    return any(kind.startswith("Array of") for kind in field.types)


def _lint(call: "Call", field: "Field", *, fits: bool) -> None:
    if not fits:
        kind = f"not {'an' if field.types[0][0] in 'AI' else 'a'} {field.types[0]}"
        call.world.lint.add(kind, method=call.method.name, detail=field.name)


def _is_integer(value: Any) -> bool:
    if isinstance(value, str):
        return _INTEGER.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool) or str(value).strip().lower() in TRUE | FALSE


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, bool)
