"""The Bot API as data: which methods exist, what they need and how long a text may be.

Everything is read from `data/bot-api-10.0.json`; no limit is typed by hand here.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("data") / "bot-api-10.0.json"
_RANGE = re.compile(r"(\d+)-(\d+) (characters|bytes)")


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    low: int
    high: int
    unit: str
    after_parsing: bool

    def holds(self, text: str) -> bool:
        size = len(text.encode()) if self.unit == "bytes" else utf16_length(text)
        return self.low <= size <= self.high


@dataclass(frozen=True, slots=True)
class Method:
    name: str
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
    limits = {
        (owner, limit.name): limit
        for group in ("methods", "types")
        for owner, value in data[group].items()
        for limit in _limits(value.get("fields", []))
    }
    fields = {
        name: tuple(field["name"] for field in value.get("fields", []))
        for name, value in data["types"].items()
    }
    return Spec(methods=methods, limits=limits, fields=fields)


def _method(value: dict[str, Any]) -> Method:
    fields = value.get("fields", [])
    return Method(
        name=value["name"],
        required=tuple(field["name"] for field in fields if field["required"]),
        known=frozenset(field["name"] for field in fields),
        limits=_limits(fields),
        objects=frozenset(field["name"] for field in fields if _is_object(field["types"])),
        returns=tuple(value.get("returns", [])),
    )


def _limits(fields: list[dict[str, Any]]) -> tuple[Limit, ...]:
    return tuple(limit for field in fields if (limit := _limit(field)))


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


def _is_object(types: list[str]) -> bool:
    return any(kind not in {"Integer", "String", "Boolean", "Float", "InputFile"} for kind in types)
