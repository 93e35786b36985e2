"""Scripted faults: what the next calls of the bot should suffer, by method and text."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sandbox.rules import Refusal

_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request",
    429: "Too Many Requests: retry after {seconds}",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True, eq=False)
class Fault:
    """`code` 0 means that the call goes through: it is only late or its answer is lost."""

    id: int
    method: str
    code: int
    description: str
    retry_after: int | None
    times: int
    delay_ms: int
    match: str | None
    is_lost: bool

    def to_control(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "method": self.method,
            "code": self.code,
            "description": self.description,
            "retry_after": self.retry_after,
            "times": self.times,
            "delay_ms": self.delay_ms,
            "match": self.match,
            "lost": self.is_lost,
        }

    def refusal(self) -> Refusal | None:
        if not self.code:
            return None
        refusal = Refusal("fault", code=self.code, description=self.description)
        refusal.retry_after = self.retry_after
        return refusal


@dataclass(slots=True)
class Faults:
    active: list[Fault] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def add(self, method: str, *, code: int, **rest: Any) -> Fault:
        retry_after = rest.get("retry_after")
        words = _WORDS.get(code, "Error").format(seconds=retry_after or 0)
        fault = Fault(
            id=next(self._numbers),
            method=method.lower(),
            code=code,
            description=rest.get("description") or words,
            retry_after=retry_after,
            times=rest.get("times") or 1,
            delay_ms=rest.get("delay_ms") or 0,
            match=rest.get("match"),
            is_lost=bool(rest.get("lost")),
        )
        self.active.append(fault)
        return fault

    def strike(self, method: str, *, params: dict[str, Any]) -> Fault | None:
        """The first fault that fits this call, used up by one."""
        if not self.active:
            return None
        fault = next((one for one in self.active if _fits(one, method, params)), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self.active.remove(fault)
        return fault

    def clear(self) -> None:
        self.active.clear()


def _fits(fault: Fault, method: str, params: dict[str, Any]) -> bool:
    if fault.method not in {"*", method.lower()}:
        return False
    return fault.match is None or fault.match in json.dumps(params, ensure_ascii=False)
