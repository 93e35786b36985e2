"""The raw record of answers and updates, for outside judges; it must have been asked for."""

from typing import TYPE_CHECKING, Any

from sandbox.control.body import Refused

if TYPE_CHECKING:
    from sandbox.control.body import Body


def record(body: "Body") -> list[dict[str, Any]]:
    kept = body.world.record
    if not kept.active:
        raise Refused("nothing is recorded: start the sandbox with --record", code=409)
    return kept.after(body.optional_number("after") or 0)


GETS = {"record": record}
