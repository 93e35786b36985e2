"""Entities in order: which may stand in which and what is dropped, as in tdlib's fix_entities."""

from typing import Any

ORDER = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "date_time",
    "text_link",
    "text_mention",
    "found",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)
GIVEN = frozenset(ORDER) - {"found"}
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"pre", "code"})
# These never overlap each other; of two that do, the outer or earlier one stays.
_WHOLE = frozenset({"pre", "code", "date_time", "text_link", "text_mention"})
_HIDDEN = frozenset({"text_link", "text_mention"})

Entity = dict[str, Any]


def ordered(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=_rank)


def fixed(entities: list[Entity], *, text: str) -> list[Entity]:
    """What is left of the marks that somebody made."""
    kept: list[Entity] = []
    for entity in ordered(entities):
        if _is_visible(entity, text=text) and not any(_excludes(one, entity) for one in kept):
            kept.append(entity)
    return kept


def joined(kept: list[Entity], found: list[Entity]) -> list[Entity]:
    """With what Telegram finds by itself, outside code, links and dates."""
    whole = [entity for entity in kept if entity["type"] in _WHOLE]
    return ordered(kept + [one for one in found if not any(touch(one, other) for other in whole)])


def touch(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < end(other) and other["offset"] < end(one))


def end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _excludes(outer: Entity, inner: Entity) -> bool:
    """Whether the one that is there leaves no place for the one that comes later."""
    if not touch(outer, inner):
        return False
    one, other = outer["type"], inner["type"]
    if one in _QUOTES or other in _QUOTES:
        return one in _QUOTES and other in _QUOTES
    if one in _CODE or other in _CODE:
        return True
    if one in _WHOLE and other in _WHOLE:
        return True
    return bool(one == other and end(inner) <= end(outer))


def _is_visible(entity: Entity, *, text: str) -> bool:
    """Marks on white space alone are dropped, links and mentions are not."""
    if entity["type"] in _HIDDEN:
        return True
    if text.isascii():
        covered = text[entity["offset"] : end(entity)]
    else:
        units = text.encode("utf-16-le")[2 * entity["offset"] : 2 * end(entity)]
        covered = units.decode("utf-16-le", "replace")
    return not covered.isspace()


def _rank(entity: Entity) -> tuple[int, int, int]:
    kind = entity["type"] if entity["type"] in GIVEN else "found"
    return entity["offset"], -entity["length"], ORDER.index(kind)
