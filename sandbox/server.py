"""The web application: Bot API, control calls, page; starting and stopping it."""

from argparse import ArgumentTypeError
from functools import partial
from pathlib import Path

from aiohttp import web

from sandbox.control import add_control_routes
from sandbox.wire import BODY_MAX, WORLD, on_call, on_file, perform
from sandbox.world import Settings, World

PAGE = Path(__file__).with_name("page")
PORT_MAX = 65_535
KEEP_ALIVE_SECONDS = 75.0
SHUTDOWN_SECONDS = 1.0
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
}


def make_app(settings: Settings) -> web.Application:
    app = web.Application(client_max_size=BODY_MAX)
    app[WORLD] = world = World(settings)
    world.webhook.perform = partial(perform, world)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", on_call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", on_file)
    add_control_routes(app)
    app.router.add_get("/", _index)
    app.router.add_get("/page/{path:.+}", _page)
    app.on_shutdown.append(_let_go)
    return app


def port_number(text: str) -> int:
    """For argparse, which tells what is raised here in one line."""
    if not text.isdecimal() or int(text) > PORT_MAX:
        raise ArgumentTypeError(f"{text!r} is no port: give a number from 0 to {PORT_MAX}")
    return int(text)


async def start(app: web.Application, *, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Serves the application; the port is the real one, also when 0 was asked for."""
    runner = web.AppRunner(
        app,
        access_log=None,
        keepalive_timeout=KEEP_ALIVE_SECONDS,
        shutdown_timeout=SHUTDOWN_SECONDS,
        handler_cancellation=True,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, int(runner.addresses[0][1])


async def _let_go(app: web.Application) -> None:
    world = app[WORLD]
    world.poller.end()
    world.webhook.stop()
    world.hub.close()


async def _index(_request: web.Request) -> web.Response:
    if not (PAGE / "index.html").is_file():
        return web.Response(text="The sandbox is running; it has no page here.\n")
    return _file(PAGE / "index.html")


async def _page(request: web.Request) -> web.Response:
    path = _file_of_page(request.match_info["path"])
    if path is None:
        raise web.HTTPNotFound
    return _file(path)


def _file_of_page(name: str) -> Path | None:
    """A name that no file can have, for its length or its signs, is one that is not there."""
    try:
        path = (PAGE / name).resolve()
        return path if path.is_relative_to(PAGE.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _file(path: Path) -> web.Response:
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(
        body=path.read_bytes(),
        content_type=kind,
        charset=charset,
        headers={"Cache-Control": "no-store"},
    )
