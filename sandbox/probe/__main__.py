"""The command: python -m sandbox probe --token T --chat ID."""

import argparse
import asyncio
import os
import sys

import aiohttp

from sandbox.probe.runner import PAUSE_SECONDS, REAL, Difference, Probe, Unreachable
from sandbox.probe.table import QUESTIONS

DIFFERENT, UNREACHABLE = 1, 2
TOKEN_NAME = "PROBE_TOKEN"  # noqa: S105 - the name of a variable


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    if not options.token:
        sys.stderr.write(f"probe: give --token, or set {TOKEN_NAME}\n")
        return UNREACHABLE
    try:
        found = asyncio.run(_probe(options))
    except Unreachable as problem:
        sys.stderr.write(f"probe: {problem}\n")
        return UNREACHABLE
    sys.stdout.write(report(found, asked=len(QUESTIONS)))
    return DIFFERENT if found else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox probe",
        description="Ask a Bot API server the questions of the sandbox and show what differs.",
        epilog="It sends messages to the chat, silently, and deletes them at the end.",
    )
    parser.add_argument("--token", default=os.environ.get(TOKEN_NAME, ""), help="of a bot of yours")
    parser.add_argument("--chat", required=True, help="your own id: a private chat with that bot")
    parser.add_argument("--base-url", default=REAL, help=f"another server than {REAL}")
    parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds between calls")
    return parser.parse_args(arguments)


async def _probe(options: argparse.Namespace) -> list[Difference]:
    address = f"{options.base_url.rstrip('/')}/bot{options.token}"
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        probe = Probe(session, address, options.chat, pause_s=options.pause)
        return await probe.differences(QUESTIONS)


def report(found: list[Difference], *, asked: int) -> str:
    """A table of what differs, and one line that counts."""
    rows = [
        f"{one.question.name} ({one.question.method})\n"
        f"    sandbox: {one.question.expected}\n"
        f"    server:  {one.got}\n"
        for one in found
    ]
    return "".join([*rows, f"{asked - len(found)} of {asked} answers are the same\n"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
