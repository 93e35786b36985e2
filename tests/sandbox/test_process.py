"""`python -m sandbox` as people start it: its address, its end, and a port that is taken."""

import asyncio
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from sandbox.client import Sandbox


@asynccontextmanager
async def running(*options: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", *options,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 10)
    try:
        yield process, line.decode().removeprefix("sandbox: ").strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_promptly_with_polls_and_streams_open(number: signal.Signals) -> None:
    """A signal ends the process within two seconds, whoever is still connected."""
    async with running("--token", "1:a") as (process, url), Sandbox(url) as sandbox:

        async def poll() -> None:
            address = f"{url}/bot1:a/getUpdates?timeout=30"
            async with sandbox.session.get(address) as response:
                await response.read()

        polling = asyncio.ensure_future(poll())
        async with sandbox.events():
            await asyncio.sleep(0.3)
            started = time.perf_counter()
            process.send_signal(number)
            assert await asyncio.wait_for(process.wait(), 5) == 0
            assert time.perf_counter() - started < 2
        await asyncio.gather(polling, return_exceptions=True)


async def test_the_first_caller_becomes_the_bot() -> None:
    """Without --token the first token counts, gives the bot its id, and others are refused."""
    async with running() as (_, url), aiohttp.ClientSession() as session:
        async with session.get(f"{url}/bot42:x/getMe") as response:
            assert (await response.json())["result"]["id"] == 42
        async with session.get(f"{url}/bot43:x/getMe") as response:
            assert response.status == 401


async def test_a_taken_port_is_one_line() -> None:
    """When the port is in use the process says so in one line and ends with 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sandbox", "--port", str(taken.getsockname()[1]),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, complaint = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, len(complaint.splitlines())) == (2, 1)
    assert b"--port" in complaint


@pytest.mark.parametrize("module", ["sandbox", "sandbox.demo"])
async def test_a_port_that_is_none(module: str) -> None:
    """A number that is no port is told in words, with exit code 2."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, "--port", "80999", stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 2
    assert b"'80999' is no port" in complaint.splitlines()[-1]


async def test_help_explains_every_option() -> None:
    """`--help` says in words what each option does, and what to do with the address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--help"), stdout=asyncio.subprocess.PIPE
    )
    said = (await process.communicate())[0].decode()
    options = [line.split() for line in said.partition("options:")[2].splitlines() if line]
    lonely = [words for words in options if words[0].startswith("--") and len(words) == 1]
    assert (process.returncode, lonely) == (0, [])
    assert "in place of https://api.telegram.org" in " ".join(said.split())


async def test_the_page_is_served(url: str) -> None:
    """The root answers, files of the page keep their type, and nothing outside is reached."""
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert response.status == 200
        async with session.get(f"{url}/page/%2e%2e/world.py") as response:
            assert response.status == 404
