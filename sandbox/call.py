"""One call of the bot: its method, its parameters as they came, and typed access to them.

Nothing is looked up in the world here; a value that cannot be read is refused.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.rules import refuse
from sandbox.strict_json import read, whole

if TYPE_CHECKING:
    from sandbox.schema import Method
    from sandbox.world import World

TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0", ""})
_LEADING_NUMBER = re.compile(r"\s*([+-]?\d+)")


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Described:
    """A result that is answered with a sentence beside it."""

    result: Any
    words: str


@dataclass(slots=True)
class Call:
    world: "World"
    method: "Method"
    params: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)
    _read: dict[str, tuple[Any, bool]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.params.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.params.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, *, default: int = 0) -> int:
        """As on Telegram, what follows the digits is not looked at and no digits count as zero."""
        value = self.params.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, int):
            return int(value)
        found = _LEADING_NUMBER.match(str(value))
        return whole(found[1]) if found else 0

    def flag(self, name: str) -> bool:
        value = self.params.get(name)
        return value if isinstance(value, bool) else str(value).lower() in TRUE

    def decoded(self, name: str) -> tuple[Any, bool]:
        """The JSON of a parameter, and whether it could be read; decoded once."""
        if name not in self._read:
            self._read[name] = _decoded(self.params.get(name))
        return self._read[name]

    def json(self, name: str, *, rule: str = "bad_body") -> Any:
        value, is_read = self.decoded(name)
        if not is_read:
            raise refuse(rule, what=name.replace("_", " "))
        return value

    def items(self, name: str, *, rule: str = "bad_body") -> list[Any]:
        value = self.json(name, rule=rule)
        if value is None:
            return []
        if not isinstance(value, list):
            raise refuse(rule, what=name.replace("_", " "))
        return value

    def object(self, name: str, *, rule: str = "bad_body") -> dict[str, Any]:
        value = self.json(name, rule=rule)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise refuse(rule, what=name.replace("_", " "))
        return value


def _decoded(value: Any) -> tuple[Any, bool]:
    if value is None or value == "":
        return None, True
    if not isinstance(value, str):
        return value, True
    try:
        return read(value), True
    except ValueError:
        return None, False


Handler = Callable[[Call], Any]
