"""Long proofs of the sandbox as a process: flat memory, and ten thousand chats."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bench.sandbox_echo import TOKEN, Echo
from sandbox.client import Sandbox

pytestmark = pytest.mark.proof

HALF_OF_THE_ROUNDS = 50_000
GROWTH_MOST = 1.05
PEOPLE, GROUPS, AT_ONCE = 9_000, 1_000, 50


@pytest.fixture
async def server() -> AsyncIterator[Process]:
    """The sandbox as people start it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN, stdout=PIPE
    )
    yield process
    process.kill()
    await process.communicate()


@pytest.fixture
async def echo(server: Process) -> AsyncIterator[Echo]:
    """A bot that says the same back, and whoever talks to it."""
    assert server.stdout is not None
    url = (await server.stdout.readline()).decode().split()[-1]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        made = Echo(url, session)
        bot = group.create_task(made.bot(group))
        yield made
        bot.cancel()


def megabytes(process: Process) -> float:
    """Resident memory."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


async def test_memory_is_flat_over_200000_messages(server: Process, echo: Echo) -> None:
    """After 100,000 messages a sandbox is as large as it gets: 100,000 more add next to nothing."""
    people = [asyncio.ensure_future(echo.person()) for _ in range(AT_ONCE)]
    sizes = []
    for rounds in (HALF_OF_THE_ROUNDS, 2 * HALF_OF_THE_ROUNDS):
        await echo.until(rounds)
        sizes.append(megabytes(server))
    for one in people:
        one.cancel()
    assert sizes[1] <= sizes[0] * GROWTH_MOST, sizes


async def test_ten_thousand_chats_are_answered(echo: Echo) -> None:
    """9,000 people and 1,000 groups by name: every person is answered, every group is reached."""
    people = await in_turns(PEOPLE, lambda number: arrive(echo, number))
    await echo.until(PEOPLE)
    await in_turns(GROUPS, lambda number: found_group(echo, number, owner=people[number]))
    async with Sandbox(echo.url) as sandbox:
        world = await sandbox.world()
        assert (len(world["people"]), len(world["chats"])) == (PEOPLE, GROUPS)
        for number, person in enumerate(people[:: PEOPLE // 10]):
            said = [one["text"] for one in await sandbox.transcript(person)]
            assert said == [f"I am {number * (PEOPLE // 10)}"] * 2
        for chat in world["chats"][:: GROUPS // 10]:
            seen = await sandbox.transcript(chat["admins"][0], chat=chat["id"])
            assert [one["text"] for one in seen if one["text"]] == ["hello"]


async def in_turns(count: int, act: Callable[[int], Awaitable[Any]]) -> list[Any]:
    """So many acts, some of them at once."""
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Any:
        async with limit:
            return await act(number)

    return await asyncio.gather(*(one(number) for number in range(count)))


async def arrive(echo: Echo, number: int) -> int:
    """A person with a name says something."""
    made = await echo.post("control/people", name=f"P{number}", username=f"person_{number}")
    await echo.post("control/say", person=made["id"], text=f"I am {number}")
    return int(made["id"])


async def found_group(echo: Echo, number: int, *, owner: int) -> None:
    """A public group in which the bot says something by the group's name."""
    name = f"group_{number}"
    facts = {"type": "supergroup", "title": f"Group {number}", "username": name}
    await echo.post("control/chats", **facts, admins=[owner, "bot"])
    await echo.post(f"bot{TOKEN}/sendMessage", chat_id=f"@{name}", text="hello")
