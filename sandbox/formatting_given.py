"""A list of entities that the bot gives beside the text: read and held against the text.

Places are counted in UTF-16 units; what may stand in what is formatting_entities.py.
"""

from typing import TYPE_CHECKING, Any

from sandbox.detection import FOUND
from sandbox.formatting_entities import GIVEN, end, ordered
from sandbox.formatting_links import link_entity
from sandbox.rules import refuse
from sandbox.schema import utf16_length

if TYPE_CHECKING:
    from types import UnionType

PLACE_MAX = 1_000_000
_PAIR_BYTES = 4  # in UTF-8 of what takes two units in UTF-16
_NEEDED: "dict[str, tuple[str, type | UnionType, str]]" = {
    "text_link": ("url", str, "String"),
    "text_mention": ("user", dict, "Object"),
    "custom_emoji": ("custom_emoji_id", str | int, "Number"),
    "date_time": ("unix_time", int, "Number"),
}
_OPTIONAL = {"pre": ("language",), "date_time": ("date_time_format",)}
_PLAIN: "tuple[tuple[str, type | UnionType, str], ...]" = (
    ("offset", int, "Number"),
    ("length", int, "Number"),
    ("type", str, "String"),
)

Entity = dict[str, Any]


def given(entities: list[Any], *, text: str) -> list[Entity]:
    """What Telegram finds by itself, such as a hashtag, is not looked at when it is given."""
    read = [one for entity in entities for one in _read(entity)]
    marks = [one for one in read if one["type"] in GIVEN]
    _check_numbers(marks)
    marks = [one for one in marks if one["length"]]
    _check_places(ordered(marks), text=text)
    return marks


def _read(entity: Any) -> list[Entity]:
    if not isinstance(entity, dict):
        raise refuse("entity_json", reason="expected an Object")
    for name, kind, words in _PLAIN:
        _check_field(entity, name, kind=kind, words=words)
    if entity["type"] not in GIVEN | FOUND:
        raise refuse("entity_json", reason="Unsupported type specified")
    if entity["type"] in _NEEDED:
        name, kind, words = _NEEDED[entity["type"]]
        _check_field(entity, name, kind=kind, words=words)
    if not isinstance(entity.get("language", ""), str):
        raise refuse("entity_json", reason='Field "language" must be of type String')
    return _kept(entity)


def _kept(entity: Entity) -> list[Entity]:
    """What belongs to an entity of its type, and nothing else that stands beside it."""
    kind = entity["type"]
    shown = {name: entity[name] for name in ("type", "offset", "length")}
    if kind == "text_link":
        return link_entity(shown, url=entity["url"])
    if kind == "custom_emoji":
        return [{**shown, "custom_emoji_id": str(entity["custom_emoji_id"])}]
    own = _OPTIONAL.get(kind, ()) + _NEEDED.get(kind, ())[:1]
    return [shown | {name: entity[name] for name in own if name in entity}]


def _check_field(entity: Entity, name: str, *, kind: "type | UnionType", words: str) -> None:
    if name not in entity:
        raise refuse("entity_json", reason=f'Can\'t find field "{name}"')
    if not isinstance(entity[name], kind) or isinstance(entity[name], bool):
        raise refuse("entity_json", reason=f'Field "{name}" must be of type {words}')


def _check_numbers(entities: list[Entity]) -> None:
    for entity in entities:
        for name in ("offset", "length"):
            if not 0 <= entity[name] <= PLACE_MAX:
                raise refuse("entity_number", name=name, number=entity[name])


def _check_places(entities: list[Entity], *, text: str) -> None:
    """As clean_input_string_with_entities of TDLib: split pairs first, then what is beyond."""
    if entities and not text.isascii():
        _check_pairs(entities, text=text)
    length = utf16_length(text)
    beyond = [entity for entity in entities if end(entity) > length]
    if not beyond:
        return
    late = next((one for one in beyond if one["offset"] > length), None)
    if late is not None:
        raise refuse(
            "entity_place", reason=f"begins after the end of the text{_at(late['offset'])}"
        )
    reason = f"beginning{_at(beyond[-1]['offset'])} ends after the end of the text"
    raise refuse("entity_place", reason=reason + _at(end(beyond[-1])))


def _check_pairs(entities: list[Entity], *, text: str) -> None:
    middles = _middles(text)
    for entity in entities:
        if entity["offset"] in middles:
            raise refuse("entity_place", reason=f"begins{_in(middles[entity['offset']])}")
        if end(entity) in middles:
            reason = f"beginning{_at(entity['offset'])} ends{_in(middles[end(entity)])}"
            raise refuse("entity_place", reason=reason)


def _middles(text: str) -> dict[int, int]:
    """The units in the middle of a pair, each with the byte at which the pair ends."""
    found: dict[int, int] = {}
    units = size = 0
    for sign in text:
        width = len(sign.encode())
        size += width
        units += 1
        if width == _PAIR_BYTES:
            found[units] = size
            units += 1
    return found


def _at(offset: int) -> str:
    return f" at UTF-16 offset {offset}"


def _in(place: int) -> str:
    return f" in a middle of a UTF-16 symbol at byte offset {place}"
