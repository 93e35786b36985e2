"""Server-sent events, and the bytes of files that people look at."""

import asyncio

from aiohttp import web

from sandbox.events import GOODBYE, Event, Listener
from sandbox.wire import WORLD

HEARTBEAT_SECONDS = 15.0
STILL_HERE = b": still here\n\n"


async def on_events(request: web.Request) -> web.StreamResponse:
    hub = request.app[WORLD].hub
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    queue = hub.listen()
    try:
        await response.prepare(request)
        await response.write(b": welcome\n\n")
        while (event := await _next(queue)) is not GOODBYE:
            await response.write(event.frame if event else STILL_HERE)
    except ConnectionResetError:
        pass
    finally:
        hub.leave(queue)
    return response


async def _next(queue: Listener) -> Event | None:
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return None


async def on_file(request: web.Request) -> web.StreamResponse:
    stored = request.app[WORLD].files.by_unique(request.match_info["unique"])
    if stored is None:
        return web.json_response({"error": "file not found"}, status=404)
    return web.Response(
        body=stored.data,
        headers={
            "Content-Type": stored.mime or "application/octet-stream",
            "Cache-Control": "private, max-age=3600",
            "X-Content-Type-Options": "nosniff",
            **_as_attachment(stored.mime),
        },
    )


def _as_attachment(mime: str) -> dict[str, str]:
    """Pictures and sounds are shown; anything else could be a page that acts for people here."""
    kind, _, form = mime.lower().partition("/")
    is_shown = kind in {"image", "video", "audio"} and "svg" not in form and "xml" not in form
    return {} if is_shown else {"Content-Disposition": "attachment"}
