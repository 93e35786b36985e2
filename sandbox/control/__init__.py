"""The people's side: JSON over HTTP under /control, for the page, for tests and for demos."""

from typing import TYPE_CHECKING

from sandbox.control import (
    asking,
    calls,
    groups,
    inlining,
    members,
    moderating,
    people,
    raw,
    reacting,
    reading,
    speaking,
    streaming,
)
from sandbox.control.routes import route

if TYPE_CHECKING:
    from aiohttp import web

_POSTS = {
    **people.POSTS,
    **groups.POSTS,
    **members.POSTS,
    **moderating.POSTS,
    **speaking.POSTS,
    **asking.POSTS,
    **inlining.POSTS,
    **reacting.POSTS,
    **calls.POSTS,
}
_GETS = {**reading.GETS, **calls.GETS, **raw.GETS, **inlining.GETS}


def add_control_routes(app: "web.Application") -> None:
    for name, handler in _POSTS.items():
        app.router.add_post(f"/control/{name}", route(handler))
    for name, handler in _GETS.items():
        app.router.add_get(f"/control/{name}", route(handler))
    app.router.add_get("/control/events", streaming.on_events)
    app.router.add_get("/control/files/{unique}", streaming.on_file)
