"""Inline query results, checked and turned into the content of the message they become.

Which fields a result needs is read from the Bot API data; a cached file is told from an address
by the field that is given.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sandbox.formatting import read_markup
from sandbox.inline import Prepared
from sandbox.invoices import invoice_content, terms_from, with_pay_button
from sandbox.markup import read_inline
from sandbox.media import caption_in, file_content, preview_from
from sandbox.places import location_from, venue_from
from sandbox.rules import refuse
from sandbox.schema import raw, spec

if TYPE_CHECKING:
    from sandbox.call import Call

_TYPE = re.compile(r"must be (\w+)")
_KEPT_AS = {"gif": "animation", "mpeg4_gif": "animation"}
_CONTACT = ("phone_number", "first_name", "last_name", "vcard")
_MARKED = frozenset({"type", "id", "input_message_content"})


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of result: its required fields, and the one that names its file."""

    required: tuple[str, ...]
    file: str | None
    cached: bool


@cache
def forms() -> dict[str, list[Form]]:
    """By type; kinds that exist cached and by address have two forms."""
    found: dict[str, list[Form]] = {}
    for name in raw()["types"]["InlineQueryResult"]["subtypes"]:
        fields = raw()["types"][name]["fields"]
        told = next(field["description"] for field in fields if field["name"] == "type")
        kind = _TYPE.search(told)
        assert kind is not None, name
        found.setdefault(kind[1], []).append(_form(fields))
    return found


def _form(fields: list[dict[str, Any]]) -> Form:
    required = tuple(field["name"] for field in fields if field["required"])
    file = next((one for one in required if one.endswith("_file_id")), None)
    address = next((one for one in required if one.endswith("_url")), None)
    names = tuple(name for name in required if name not in _MARKED and name != file)
    return Form(names, file or address, cached=file is not None)


def prepared(call: "Call", result: dict[str, Any]) -> Prepared:
    form = _checked(result)
    given = result.get("input_message_content")
    if given is not None and not isinstance(given, dict):
        raise refuse("inline_content")
    keyboard = result.get("reply_markup")
    if given is not None and "prices" in given:
        return _invoice(given, keyboard=keyboard)
    if given is not None:
        content = _content(call, given)
    elif result["type"] == "article":
        raise refuse("inline_title", name="input_message_content")
    else:
        content = _own(call, result, form=form)
    return Prepared(content=content, markup=_keyboard(keyboard))


def _checked(result: dict[str, Any]) -> Form:
    kind = result.get("type")
    if not isinstance(kind, str):
        raise refuse("inline_title", name="type")
    choices = forms().get(kind)
    if choices is None:
        raise refuse("inline_type", kind=kind)
    if kind == "game":
        raise refuse("not_modelled", method="inline result of type game")
    cached = next((form for form in choices if form.cached and result.get(form.file or "")), None)
    form = cached or choices[-1]
    for name in form.required:
        if result.get(name) in (None, ""):
            raise refuse("inline_title", name=name)
    if form.cached and not result.get(form.file or ""):
        raise refuse("inline_title", name=form.file)
    return form


def _keyboard(value: Any, *, invoice: bool = False) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or "inline_keyboard" not in value:
        raise refuse("markup_inline")
    return read_inline(value, private=False, invoice=invoice)


def _content(call: "Call", given: dict[str, Any]) -> dict[str, Any]:
    """Text, place, venue or contact, told apart by their fields as the server does."""
    if "message_text" in given:
        return _text(call, given)
    if "latitude" in given:
        return venue_from(given) if {"title", "address"} <= given.keys() else _location(given)
    if "phone_number" in given:
        return _contact(given)
    raise refuse("inline_content")


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
    marks = {"entities": formatted.entities} if formatted.entities else {}
    return {"text": formatted.text, **marks, **preview_from(given.get("link_preview_options"))}


def _location(given: dict[str, Any]) -> dict[str, Any]:
    return {"location": location_from(given)}


def _contact(given: dict[str, Any]) -> dict[str, Any]:
    for name in ("phone_number", "first_name"):
        if not isinstance(given.get(name), str) or not given[name]:
            raise refuse("inline_title", name=name)
    return {"contact": {name: given[name] for name in _CONTACT if given.get(name)}}


def _own(call: "Call", result: dict[str, Any], *, form: Form) -> dict[str, Any]:
    """What the result itself becomes when no other content is given."""
    match result["type"]:
        case "contact":
            return _contact(result)
        case "location":
            return _location(result)
        case "venue":
            return venue_from(result)
    if not form.cached:
        raise refuse("file_url")
    kind = _KEPT_AS.get(result["type"], result["type"])
    stored = call.world.files.reuse(str(result[form.file or ""]), kind=kind)
    above = {"show_caption_above_media": True} if result.get("show_caption_above_media") else {}
    return {**file_content(stored), **caption_in(result, world=call.world), **above}


def _invoice(given: dict[str, Any], *, keyboard: Any) -> Prepared:
    terms = terms_from(given)
    markup = with_pay_button(_keyboard(keyboard, invoice=True), terms=terms)
    return Prepared(content=invoice_content(terms), markup=markup, invoice=terms)
