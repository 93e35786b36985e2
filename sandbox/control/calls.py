"""The bot's side as testers see and disturb it: calls, lint, faults, flood limits, time."""

from typing import TYPE_CHECKING, Any

from sandbox.control.body import Refused
from sandbox.polls import close_due

if TYPE_CHECKING:
    from sandbox.control.body import Body

NUMBERS = ("retry_after", "times", "delay_ms")
DELAY_MAX_MS = 600_000
LAST_SECOND = 2**31 - 1


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
    if (numbers["delay_ms"] or 0) > DELAY_MAX_MS:
        raise Refused(f"delay_ms must be at most {DELAY_MAX_MS}")
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
    return flood(body)


def flood(body: "Body") -> dict[str, bool]:
    return {"active": body.world.flood.active}


def clock(body: "Body") -> dict[str, int]:
    world = body.world
    return {"now_ms": int(world.clock() * 1000), "offset_ms": world.offset_ms}


def set_clock(body: "Body") -> dict[str, int]:
    """Moved on by so much, or to so much ahead of the real time; never back, never past 32 bits."""
    world = body.world
    ahead, offset = body.optional_number("advance_ms"), body.optional_number("offset_ms")
    if (ahead is None) == (offset is None):
        raise Refused("give advance_ms or offset_ms")
    step = ahead if ahead is not None else (offset or 0) - world.offset_ms
    if step < 0:
        raise Refused("the clock never goes back", code=409)
    if step > LAST_SECOND * 1000 - clock(body)["now_ms"]:
        raise Refused("the clock ends where Telegram's dates end, in January 2038")
    world.advance(step)
    close_due(world)
    world.hub.tell("clock", **clock(body))
    return clock(body)


POSTS = {"faults": add_fault, "faults/clear": clear_faults, "flood": set_flood, "clock": set_clock}
GETS = {"calls": calls, "lint": lint, "faults": faults, "flood": flood, "clock": clock}
