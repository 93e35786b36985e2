"""Inline query results, checked and turned into the content of the message they become."""

from typing import TYPE_CHECKING, Any

from sandbox.formatting import read_markup
from sandbox.inline import Prepared
from sandbox.invoices import invoice_content, terms_from, with_pay_button
from sandbox.markup import read_inline
from sandbox.media import caption_in
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call

_CACHED = {"photo": "photo_file_id", "document": "document_file_id", "video": "video_file_id"}
_NEEDS = {
    "article": ("title", "input_message_content"),
    "document": ("title",),
    "video": ("title",),
    "photo": (),
    "contact": ("phone_number", "first_name"),
    "location": ("latitude", "longitude", "title"),
}


def prepared(call: "Call", result: dict[str, Any]) -> Prepared:
    kind = result.get("type")
    if kind not in _NEEDS:
        raise refuse("inline_type")
    for name in _NEEDS[kind]:
        if not result.get(name):
            raise refuse("inline_title", name=name)
    given = result.get("input_message_content")
    if given is not None and not isinstance(given, dict):
        raise refuse("inline_content")
    if given is not None and "prices" in given:
        return _invoice(given, keyboard=result.get("reply_markup"))
    content = _text(call, given) if given is not None else _media(call, result, kind=kind)
    return Prepared(content=content, markup=_keyboard(result.get("reply_markup")))


def _keyboard(value: Any, *, invoice: bool = False) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or "inline_keyboard" not in value:
        raise refuse("markup_inline")
    return read_inline(value, private=False, invoice=invoice)


def _text(call: "Call", given: dict[str, Any]) -> dict[str, Any]:
    source = given.get("message_text")
    mode, entities = given.get("parse_mode") or "", given.get("entities") or []
    if not (isinstance(source, str) and isinstance(mode, str) and isinstance(entities, list)):
        raise refuse("inline_content")
    formatted = read_markup(source, mode=mode, entities=entities, users=call.world.user)
    if not formatted.text:
        raise refuse("text_empty")
    if formatted.length > spec().limit("InputTextMessageContent", "message_text").high:
        raise refuse("text_long")
    return {"text": formatted.text, "entities": formatted.entities}


def _media(call: "Call", result: dict[str, Any], *, kind: str) -> dict[str, Any]:
    if kind in {"contact", "location"}:
        names = set(_NEEDS[kind]) | {"last_name"}
        return {kind: {name: result[name] for name in names - {"title"} if name in result}}
    file_id = result.get(_CACHED.get(kind, ""))
    if not isinstance(file_id, str):
        raise refuse("file_url")
    stored = call.world.files.reuse(file_id, kind=kind)
    words = caption_in(result, world=call.world)
    return {kind: stored.to_api(), **words}


def _invoice(given: dict[str, Any], *, keyboard: Any) -> Prepared:
    terms = terms_from(given)
    markup = with_pay_button(_keyboard(keyboard, invoice=True), terms=terms)
    return Prepared(content=invoice_content(terms), markup=markup, invoice=terms)
