"""The probe finds no difference in the sandbox itself, and finds the one that is put there."""

import asyncio
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest

from sandbox.probe.__main__ import report
from sandbox.probe.runner import Difference, Probe, Unreachable, filled
from sandbox.probe.table import QUESTIONS, Question
from tests.sandbox.bare_bot import TOKEN, Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person
    from sandbox.world import World


def probe(bot: Bot, url: str, person: int) -> Probe:
    """A probe in a hurry."""
    return Probe(bot.session, f"{url}/bot{TOKEN}", str(person), pause_s=0)


async def test_the_sandbox_agrees_with_itself(bot: Bot, url: str, ann: "Person") -> None:
    """Each of its 55 and more questions is answered as awaited, and nothing is left behind."""
    before = await ann.messages()
    assert await probe(bot, url, ann.id).differences(QUESTIONS) == []
    assert before == await ann.messages()
    assert len(QUESTIONS) >= 55
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


async def test_a_difference_is_told(bot: Bot, url: str, ann: "Person", sandbox: "Sandbox") -> None:
    """A server that answers otherwise is shown beside what the sandbox says."""
    await sandbox.fault("sendMessage", code=400, description="Bad Request: go away")
    found = await probe(bot, url, ann.id).differences(QUESTIONS[:3])
    assert [Difference(QUESTIONS[0], "400 Bad Request: go away")] == found
    shown = report(found, asked=3)
    assert (
        "plain text (sendMessage)\n    sandbox: 200\n    server:  400 Bad Request: go away" in shown
    )
    assert shown.endswith("2 of 3 answers are the same\n")


async def test_it_waits_when_asked_to(
    bot: Bot, url: str, ann: "Person", sandbox: "Sandbox"
) -> None:
    """An answer 429 is no difference: the question is asked again."""
    await sandbox.fault("sendMessage", code=429, retry_after=0)
    assert await probe(bot, url, ann.id).differences(QUESTIONS[:1]) == []


async def test_nobody_to_ask(bot: Bot, url: str, world: "World") -> None:
    """An unknown chat and an unknown server end the probe before it sends anything."""
    with pytest.raises(Unreachable, match="getChat: Bad Request: chat not found"):
        await probe(bot, url, 1).differences(QUESTIONS)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(Unreachable, match="getMe: ClientConnectorError"):
            await Probe(session, "http://127.0.0.1:9/bot1:x", "1").differences(QUESTIONS)
    assert {"getMe", "getChat"} == {call.method for call in world.calls}


async def test_the_command(url: str, ann: "Person") -> None:
    """It ends with 0 and one line when nothing differs, with 2 when nobody answers."""

    async def run(*arguments: str) -> tuple[int | None, str]:
        command = ["-m", "sandbox", "probe", "--chat", str(ann.id), *arguments]
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, *command),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told, _ = await running.communicate()
        return running.returncode, told.decode()

    ours = ("--base-url", url, "--pause", "0")
    count = len(QUESTIONS)
    assert (0, f"{count} of {count} answers are the same\n") == await run("--token", TOKEN, *ours)
    assert await run("--token", "1:wrong", *ours) == (2, "probe: getMe: Unauthorized\n")


def test_places_are_filled() -> None:
    """Only a text that is one place as a whole is replaced, at any depth."""
    known = {"chat": 7}
    assert filled({"a": ["{chat}"], "b": "{", "c": "{x}"}, known) == {
        "a": [7],
        "b": "{",
        "c": "{x}",
    }
    assert Question("n", "getMe", {}).expected == "200"
