"""The bot's side as testers see and disturb it: calls, lint, faults, flood limits."""

from typing import TYPE_CHECKING, Any

from sandbox.control.body import Refused

if TYPE_CHECKING:
    from sandbox.control.body import Body

NUMBERS = ("retry_after", "times", "delay_ms")


def calls(body: "Body") -> list[dict[str, Any]]:
    after = body.optional_number("after") or 0
    method = (body.optional_text("method") or "").lower()
    return [
        call.to_control()
        for call in body.world.calls
        if call.id > after and method in {"", call.method.lower()}
    ]


def lint(body: "Body") -> list[dict[str, Any]]:
    return body.world.lint.findings(body.world)


def add_fault(body: "Body") -> dict[str, Any]:
    """Without a code the call goes through, only late or with its answer lost."""
    code = body.optional_number("code") or 0
    numbers = {name: body.optional_number(name) for name in NUMBERS}
    if code and not 400 <= code < 600:
        raise Refused("code must be 400 to 599, or left out")
    if any((value or 0) < 0 for value in numbers.values()):
        raise Refused("numbers must not be negative")
    if code == 429 and numbers["retry_after"] is None:
        numbers["retry_after"] = 1
    fault = body.world.faults.add(
        body.text("method"),
        code=code,
        **numbers,
        description=body.optional_text("description"),
        match=body.optional_text("match"),
        lost=body.flag("lost"),
    )
    body.world.hub.tell("fault", fault=fault.to_control())
    return fault.to_control()


def faults(body: "Body") -> list[dict[str, Any]]:
    return [fault.to_control() for fault in body.world.faults.active]


def clear_faults(body: "Body") -> list[dict[str, Any]]:
    body.world.faults.clear()
    return []


def set_flood(body: "Body") -> dict[str, Any]:
    body.world.flood.active = body.flag("active")
    return {"active": body.world.flood.active}


POSTS = {"faults": add_fault, "faults/clear": clear_faults, "flood": set_flood}
GETS = {"calls": calls, "lint": lint, "faults": faults}
