"""The stage on which the tests of the chat page play."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.client import Sandbox
from sandbox.testing import Person
from tests.sandbox.bare_bot import Bot
from tests.sandbox.page.scripted_bot import ScriptedBot
from tests.sandbox.page.stage import Stage
from tests.support.chromium import chromium, need_chromium


@pytest.fixture
async def stage(sandbox: Sandbox, bot: Bot, ann: Person, bob: Person) -> AsyncIterator[Stage]:
    """People and places with a bot that polls; at the end every window is looked over."""
    need_chromium()
    scripted = ScriptedBot(bot)
    await scripted.begin()
    group = await sandbox.chat(
        "supergroup", title="Neighbours", members=[bob.id, "bot"], admins=[ann.id]
    )
    forum = await sandbox.chat(
        "supergroup", title="Market", is_forum=True, members=[bob.id], admins=[ann.id, "bot"]
    )
    channel = await sandbox.chat(
        "channel", title="Gig news", members=[bob.id], admins=[ann.id, "bot"]
    )
    work = asyncio.ensure_future(scripted.run())
    places = {"group": group["id"], "forum": forum["id"], "channel": channel["id"]}
    try:
        async with chromium() as browser:
            stage = Stage(sandbox.url, sandbox, scripted, browser, ann.id, bob.id, **places)
            yield stage
            for window in stage.windows:
                await window.check()
        assert not work.done(), work.exception()
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
