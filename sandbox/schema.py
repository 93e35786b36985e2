"""The Bot API as data: methods and types, what they need and how long a text may be.

Everything is read from `data/bot-api-10.0.json`; no name, type or limit is typed by hand here.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("data") / "bot-api-10.0.json"
ARRAY = "Array of "
_RANGE = re.compile(r"(\d+)-(\d+) (characters|bytes)")
_CONSTANT = re.compile(r"must be ([a-z_0-9]+)$")
_PLAIN = frozenset({"Integer", "String", "Boolean", "Float", "InputFile"})


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    low: int
    high: int
    unit: str
    after_parsing: bool

    def holds(self, text: str) -> bool:
        return self.low <= self.size(text) <= self.high

    def size(self, text: str) -> int:
        return len(text.encode()) if self.unit == "bytes" else utf16_length(text)


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a method or a field of a type; an object travels as JSON inside it."""

    name: str
    types: tuple[str, ...]
    required: bool
    limit: Limit | None
    constant: str | None
    is_object: bool
    is_array: bool
    element_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    fields: dict[str, Field]
    required: tuple[str, ...]
    known: frozenset[str]
    limits: tuple[Limit, ...]
    objects: frozenset[str]
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    methods: dict[str, Method]
    limits: dict[tuple[str, str], Limit]
    fields: dict[str, tuple[str, ...]]
    types: dict[str, dict[str, Field]]
    subtypes: dict[str, tuple[str, ...]]

    def method(self, name: str) -> Method | None:
        """Telegram reads method names without regard to case."""
        return self.methods.get(name.lower())

    def limit(self, owner: str, name: str) -> Limit:
        return self.limits[owner, name]


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@cache
def raw() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return data


@cache
def spec() -> Spec:
    data = raw()
    methods = {name.lower(): _method(value) for name, value in data["methods"].items()}
    types = {name: _fields(value) for name, value in data["types"].items()}
    owned = {method.name: method.fields for method in methods.values()} | types
    return Spec(
        methods=methods,
        limits={
            (owner, field.name): field.limit
            for owner, fields in owned.items()
            for field in fields.values()
            if field.limit is not None
        },
        fields={name: tuple(fields) for name, fields in types.items()},
        types=types,
        subtypes={
            name: tuple(value["subtypes"])
            for name, value in data["types"].items()
            if value.get("subtypes")
        },
    )


def _method(value: dict[str, Any]) -> Method:
    fields = _fields(value)
    return Method(
        name=value["name"],
        fields=fields,
        required=tuple(name for name, field in fields.items() if field.required),
        known=frozenset(fields),
        limits=tuple(field.limit for field in fields.values() if field.limit is not None),
        objects=frozenset(name for name, field in fields.items() if field.is_object),
        returns=tuple(value.get("returns", [])),
    )


def _fields(value: dict[str, Any]) -> dict[str, Field]:
    return {given["name"]: _field(given) for given in value.get("fields", [])}


def _field(given: dict[str, Any]) -> Field:
    constant = _CONSTANT.search(given["description"])
    types = tuple(given["types"])
    return Field(
        name=given["name"],
        types=types,
        required=given["required"],
        limit=_limit(given),
        constant=constant[1] if constant else None,
        is_object=any(kind not in _PLAIN for kind in types),
        is_array=all(kind.startswith(ARRAY) for kind in types),
        element_types=tuple(kind.removeprefix(ARRAY) for kind in types),
    )


def _limit(field: dict[str, Any]) -> Limit | None:
    found = _RANGE.search(field["description"])
    if found is None or field["types"] != ["String"]:
        return None
    return Limit(
        name=field["name"],
        low=int(found[1]),
        high=int(found[2]),
        unit=found[3],
        after_parsing="after entities parsing" in field["description"],
    )
