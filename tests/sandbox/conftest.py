"""A sandbox in this process, a bare bot that calls it, and people to go with them."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web

from sandbox.client import Sandbox
from sandbox.server import make_app, start
from sandbox.testing import Person
from sandbox.wire import WORLD
from sandbox.world import Settings, World
from tests.sandbox.bare_bot import TOKEN, Bot
from tests.support.judges import complaints

FAST = Settings(token=TOKEN, checkout_seconds=0.3, tap_seconds=2.0)


@pytest.fixture
def settings() -> Settings:
    return FAST


@pytest.fixture
async def app(settings: Settings) -> web.Application:
    return make_app(replace(settings, record=True))


@pytest.fixture
def forbidden_lint() -> frozenset[str]:
    """These tests make every mistake on purpose, but they call no method without a model."""
    return frozenset({"not modelled"})


@pytest.fixture
async def url(app: web.Application, forbidden_lint: frozenset[str]) -> AsyncIterator[str]:
    runner, port = await start(app, host="127.0.0.1", port=0)
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()
    found = app[WORLD].lint.findings(app[WORLD])
    assert [one for one in found if one["kind"] in forbidden_lint] == []
    assert complaints(app[WORLD].record.after(0), with_calls=False) == []


@pytest.fixture
def world(app: web.Application) -> World:
    return app[WORLD]


@pytest.fixture
async def sandbox(url: str) -> AsyncIterator[Sandbox]:
    async with Sandbox(url) as client:
        yield client


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(url, session)


@pytest.fixture
async def ann(sandbox: Sandbox) -> Person:
    """A person whose private chat with the bot is open."""
    person = await Person.create(sandbox, "Ann", username="ann", language_code="en")
    await person.says("/start")
    return person


@pytest.fixture
async def bob(sandbox: Sandbox) -> Person:
    """A person who never wrote to the bot."""
    return await Person.create(sandbox, "Bob", username="bob", language_code="bn")


@pytest.fixture
async def forum(sandbox: Sandbox, ann: Person, bob: Person) -> int:
    """A group with topics: Bob owns it, Ann is in it, the bot is an administrator."""
    chat = await sandbox.chat(
        "supergroup", title="Market", is_forum=True, members=[ann.id, "bot"], admins=[bob.id]
    )
    await sandbox.member("bot", act="promote", chat=chat["id"])
    return int(chat["id"])


@pytest.fixture
async def group(sandbox: Sandbox, ann: Person, bob: Person) -> int:
    """An ordinary supergroup in which the bot is a plain member."""
    chat = await sandbox.chat(
        "supergroup", title="Neighbours", members=[ann.id, "bot"], admins=[bob.id]
    )
    return int(chat["id"])
