"""One call of the bot: its method, its parameters as they came, and typed access to them.

Nothing is looked up in the world here; a value that cannot be read is refused.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.schema import Method
    from sandbox.world import World

_TRUE = {"true", "yes", "1", "t", "y"}


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Call:
    world: "World"
    method: "Method"
    params: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.params.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.params.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, *, default: int = 0) -> int:
        """As on Telegram, what is no number counts as zero."""
        value = self.params.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def flag(self, name: str) -> bool:
        value = self.params.get(name)
        return value if isinstance(value, bool) else str(value).strip().lower() in _TRUE

    def json(self, name: str, *, rule: str = "bad_body") -> Any:
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise refuse(rule, what=name.replace("_", " ")) from None

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


Handler = Callable[[Call], Any]
