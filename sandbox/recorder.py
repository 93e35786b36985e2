"""The record of the bot's calls, kept raw and made readable only when somebody asks."""

from dataclasses import dataclass
from typing import Any

from sandbox.strict_json import read

TEXT_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Recorded:
    id: int
    method: str
    params: dict[str, Any]
    uploads: tuple[str, ...]
    error: str | None
    at_ms: int
    ms: float

    def to_control(self) -> dict[str, Any]:
        params = {name: _readable(value) for name, value in self.params.items()}
        return {
            "id": self.id,
            "method": self.method,
            "params": params | ({"uploads": list(self.uploads)} if self.uploads else {}),
            "ok": self.error is None,
            "error": self.error,
            "at_ms": self.at_ms,
            "ms": self.ms,
        }


def shortened(params: dict[str, Any]) -> dict[str, Any]:
    """A text can be 64 MB long and still be a parameter; so much is not worth keeping."""
    return {
        name: f"{value[:TEXT_KEPT]}…"
        if isinstance(value, str) and len(value) > TEXT_KEPT
        else value
        for name, value in params.items()
    }


def _readable(value: Any) -> Any:
    """Objects arrive as JSON in a string; numbers stay as they came, a number or a text."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        return read(value)
    except ValueError:
        return value
