"""From what was sent to what is stored: markup read, white space trimmed, entities in order.

Limits apply to the result, in UTF-16 units.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.detection import detected
from sandbox.formatting_html import HtmlReader
from sandbox.formatting_markdown import MarkdownReader
from sandbox.rules import refuse
from sandbox.schema import utf16_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.people import User

_ORDER = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
    "date_time",
)
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
    text, found = _marked(source, mode=mode, entities=entities)
    return tidy(text, entities=[_resolved(entity, users=users) for entity in found])


def tidy(text: str, *, entities: list[dict[str, Any]]) -> Formatted:
    text = text.replace("\r", "") if not entities else text
    trimmed = text.strip(_SPACE)
    if not trimmed:
        return Formatted("", [])
    shift = utf16_length(text[: len(text) - len(text.lstrip(_SPACE))])
    kept = _clipped(entities, shift=shift, length=utf16_length(trimmed)) if entities else []
    marked = _without_overlap(trimmed, kept=_flat_code(kept))
    return Formatted(trimmed, sorted(marked, key=_rank))


def _marked(source: str, *, mode: str, entities: list[Any]) -> tuple[str, list[dict[str, Any]]]:
    match mode.lower():
        case "":
            return source, [_given(entity) for entity in entities]
        case "html":
            return HtmlReader(source).read()
        case "markdownv2":
            return MarkdownReader(source).read()
        case "markdown":
            return _legacy(source)
        case "none":
            return source, []
        case _:
            raise refuse("parse_mode")


def _legacy(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The old Markdown knows four marks and escapes nothing else."""
    escaped = "".join("\\" + char if char in "~>#+-=|{}.!" else char for char in source)
    text, found = MarkdownReader(escaped).read()
    return text, found


def _given(entity: Any) -> dict[str, Any]:
    if not isinstance(entity, dict):
        raise refuse("entities", reason="expected an Object")
    for name in ("offset", "length"):
        if not isinstance(entity.get(name), int):
            raise refuse("entities", reason=f'field "{name}" must be of type Number')
    if not isinstance(entity.get("type"), str):
        raise refuse("entities", reason='field "type" must be of type String')
    return dict(entity)


def _resolved(entity: dict[str, Any], *, users: "Callable[[int], User | None]") -> dict[str, Any]:
    if entity["type"] != "text_mention":
        return entity
    given = entity.get("user")
    number = entity.pop("user_id", None) or (given.get("id") if isinstance(given, dict) else None)
    user = users(number) if isinstance(number, int) else None
    return {**entity, "user": user.to_api()} if user else {**entity, "type": "dropped"}


def _clipped(entities: list[dict[str, Any]], *, shift: int, length: int) -> list[dict[str, Any]]:
    kept = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if entity["type"] in _ORDER and end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return kept


def _flat_code(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nothing else is kept inside code."""
    blocks = [entity for entity in entities if entity["type"] in {"pre", "code"}]
    if not blocks:
        return entities
    return [
        entity
        for entity in entities
        if entity in blocks or not any(_within(entity, block) for block in blocks)
    ]


def _without_overlap(text: str, *, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    closed = [
        entity for entity in kept if entity["type"] in {"pre", "code", "text_link", "text_mention"}
    ]
    return kept + [
        entity for entity in detected(text) if not any(_touch(entity, block) for block in closed)
    ]


def _within(inner: dict[str, Any], outer: dict[str, Any]) -> bool:
    return bool(
        outer["offset"] <= inner["offset"]
        and _end(inner) <= _end(outer)
        and inner["type"] not in {"blockquote", "expandable_blockquote"}
    )


def _touch(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _end(entity: dict[str, Any]) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _rank(entity: dict[str, Any]) -> tuple[int, int, int]:
    kind = entity["type"]
    order = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    return entity["offset"], -entity["length"], order
