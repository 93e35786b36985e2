"""python -m sandbox: the sandbox alone, on this machine, until it is told to stop."""

import argparse
import asyncio
import signal
import sys

from sandbox.server import make_app, port_number, start
from sandbox.world import Settings

PORT_IN_USE = 2


def main() -> int:
    options = _options()
    try:
        asyncio.run(_serve(options))
    except OSError as problem:
        place = f"{options.host}:{options.port}"
        sys.stderr.write(f"sandbox: {place}: {problem.strerror} (try another --port)\n")
        return PORT_IN_USE
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8080)
    parser.add_argument("--token", help="the bot's token; without it the first caller's counts")
    parser.add_argument("--username", default="gighaat_bot")
    parser.add_argument("--flood", action="store_true", help="apply Telegram's rate limits")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    settings = Settings(token=options.token, username=options.username, flood=options.flood)
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
