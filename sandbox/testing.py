"""Fixtures for tests of any bot, in any project: `pytest_plugins = ["sandbox.testing"]`.

`sandbox` is a world of its own for each test, `person` makes people in it, `start_bot` runs a bot
as a process. They are asynchronous: the project needs pytest-asyncio, or anyio's plugin.
PYTEST_DONT_REWRITE: a test may import Person from here before pytest reads this as a plugin.
"""

import asyncio
import os
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

import pytest

from sandbox.client import Refused, Sandbox
from sandbox.ending import end
from sandbox.person import NotSeen, Person
from sandbox.server import make_app, start
from sandbox.world import Settings

HOST = "127.0.0.1"
TOKEN = "7000000001:made-up-for-tests"  # noqa: S105 - valid nowhere

MakePerson = Callable[..., Awaitable[Person]]
StartBot = Callable[..., Awaitable[Process]]
Fixture = TypeVar("Fixture", bound=Callable[..., object])


def async_fixture(function: Fixture) -> Fixture:
    """The fixture of pytest-asyncio, which in strict mode takes no other, or else of pytest."""
    plugin = "pytest_asyncio" if find_spec("pytest_asyncio") else "pytest"
    made: Fixture = import_module(plugin).fixture(function)
    return made


@pytest.fixture
def sandbox_settings() -> Settings:
    """Override it to have another token or username, Telegram's rate limits, or a raw record."""
    return Settings(token=TOKEN, username="test_bot", name="Test bot")


@pytest.fixture
def expected_lint() -> frozenset[str]:
    """Override it with the kinds of mistakes that a test makes on purpose."""
    return frozenset()


@async_fixture
async def sandbox(
    sandbox_settings: Settings, expected_lint: frozenset[str]
) -> AsyncIterator[Sandbox]:
    """A fresh sandbox on a free port; `sandbox.url` and `sandbox.token` are all that a bot needs.

    What Telegram would let pass although it is a mistake (an unknown parameter, a tap that is
    never answered) fails the test at its end, and so does a method that is not modelled.
    """
    runner, port = await start(make_app(sandbox_settings), host=HOST, port=0)
    async with Sandbox(f"http://{HOST}:{port}", token=sandbox_settings.token or TOKEN) as client:
        yield client
        found = await mistakes(client, expected=expected_lint)
    await runner.cleanup()
    if found:
        pytest.fail("The bot slipped:\n" + "\n".join(found))


@pytest.fixture
def person(sandbox: Sandbox) -> MakePerson:
    """Makes people: their name, and if wanted a username, a language_code and stars."""

    async def make(name: str, **facts: object) -> Person:
        return await Person.create(sandbox, name, **facts)

    return make


@async_fixture
async def start_bot(sandbox: Sandbox) -> AsyncIterator[StartBot]:  # noqa: ARG001 - ends after it
    """Runs a bot in any language: the words of its command, and by name its environment.

    What people say before it is up waits for it; it is ended
    with the test.
    """
    async with AsyncExitStack() as stack:

        async def run(*command: str, **environment: str) -> Process:
            env = os.environ | environment
            bot = await asyncio.create_subprocess_exec(*command, env=env)
            stack.push_async_callback(end, bot)
            return bot

        yield run


async def mistakes(sandbox: Sandbox, *, expected: Collection[str] = frozenset()) -> list[str]:
    """What lint found, less the kinds that were expected; a test should find nothing here."""
    found = [one for one in await sandbox.lint() if one["kind"] not in expected]
    return [f"{one['kind']}: {one['method']} {one['detail']}" for one in found]


__all__ = [
    "MakePerson",
    "NotSeen",
    "Person",
    "Refused",
    "StartBot",
    "expected_lint",
    "mistakes",
    "person",
    "sandbox",
    "sandbox_settings",
    "start_bot",
]
