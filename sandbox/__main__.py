"""python -m sandbox: the sandbox alone, on this machine, until it is told to stop."""

import argparse
import asyncio
import signal
import sys

from sandbox.probe.__main__ import main as probe
from sandbox.server import make_app, port_number, start
from sandbox.world import Settings

PORT_IN_USE = 2
DESCRIPTION = """A local Telegram: Bot API server, chat page and the people's side, until ctrl-C.
Give your bot the printed address in place of https://api.telegram.org and any token; open the
address in a browser to be the people. sandbox/README.md tells the rest."""


def main() -> int:
    if sys.argv[1:2] == ["probe"]:
        return probe(sys.argv[2:])
    options = _options()
    try:
        asyncio.run(_serve(options))
    except OSError as problem:
        place = f"{options.host}:{options.port}"
        sys.stderr.write(f"sandbox: {place}: {problem.strerror} (try another --port)\n")
        return PORT_IN_USE
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description=DESCRIPTION,
        epilog="python -m sandbox probe --help: compare its answers with those of Telegram.",
    )
    add = parser.add_argument
    add(
        "--host",
        default="127.0.0.1",
        help="where to listen (%(default)s); nobody is asked to log in",
    )
    add(
        "--port",
        type=port_number,
        default=8080,
        help="%(default)s unless given; 0 takes a free one",
    )
    add("--token", help="the bot's token; without it the first caller becomes the bot")
    add("--username", default="gighaat_bot", help="the bot's, without the @ (%(default)s)")
    add("--flood", action="store_true", help="apply Telegram's rate limits")
    add(
        "--no-privacy",
        dest="privacy",
        action="store_false",
        help="privacy mode off: the bot gets every message of its groups",
    )
    add("--record", action="store_true", help="keep answers and updates raw for /control/record")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    settings = Settings(
        token=options.token,
        username=options.username,
        flood=options.flood,
        privacy=options.privacy,
        record=options.record,
    )
    runner, port = await start(make_app(settings), host=options.host, port=options.port)
    sys.stdout.write(f"sandbox: http://{options.host}:{port}\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await runner.cleanup()


if __name__ == "__main__":
    sys.exit(main())
