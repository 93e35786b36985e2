"""From what was sent to what is stored: markup read, white space trimmed, entities in order.

Limits apply to the result, in UTF-16 units.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.detection import detected
from sandbox.formatting_entities import GIVEN, fixed, joined
from sandbox.formatting_given import given
from sandbox.formatting_html import HtmlReader
from sandbox.formatting_legacy import LegacyReader
from sandbox.formatting_markdown import MarkdownReader
from sandbox.rules import refuse
from sandbox.schema import utf16_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.people import User

SOURCE_BYTES_MAX = 32_768
_SPACE = " \n\r\t\v\f\0"


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str
    entities: list[dict[str, Any]]

    @property
    def length(self) -> int:
        return utf16_length(self.text)


def read_markup(
    source: str, *, mode: str, entities: list[Any], users: "Callable[[int], User | None]"
) -> Formatted:
    """parse_mode wins over the list of entities, as on Telegram."""
    if len(source) > SOURCE_BYTES_MAX // 4 and len(source.encode()) > SOURCE_BYTES_MAX:
        raise refuse("text_huge")
    text, found = _marked(source, mode=mode, entities=entities)
    return tidy(text, entities=[_resolved(entity, users=users) for entity in found])


def tidy(text: str, *, entities: list[dict[str, Any]]) -> Formatted:
    text = text.replace("\r", "") if not entities else text
    trimmed = text.strip(_SPACE)
    if not trimmed:
        return Formatted("", [])
    shift = utf16_length(text[: len(text) - len(text.lstrip(_SPACE))])
    kept = _clipped(entities, shift=shift, length=utf16_length(trimmed)) if entities else []
    return Formatted(trimmed, joined(fixed(kept, text=trimmed), detected(trimmed)))


def _marked(source: str, *, mode: str, entities: list[Any]) -> tuple[str, list[dict[str, Any]]]:
    match mode.lower():
        case "":
            return source, given(entities, text=source)
        case "html":
            return HtmlReader(source).read()
        case "markdownv2":
            return MarkdownReader(source).read()
        case "markdown":
            return LegacyReader(source).read()
        case "none":
            return source, []
        case _:
            raise refuse("parse_mode")


def _resolved(entity: dict[str, Any], *, users: "Callable[[int], User | None]") -> dict[str, Any]:
    if entity["type"] != "text_mention":
        return entity
    named = entity.get("user")
    number = entity.pop("user_id", None) or (named.get("id") if isinstance(named, dict) else None)
    user = users(number) if isinstance(number, int) else None
    return {**entity, "user": user.to_api()} if user else {**entity, "type": "dropped"}


def _clipped(entities: list[dict[str, Any]], *, shift: int, length: int) -> list[dict[str, Any]]:
    kept = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if entity["type"] in GIVEN and end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return kept
