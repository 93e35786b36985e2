"""Lint fails the tests of a bot: what was not expected is told in a line each."""

import logging
from typing import TYPE_CHECKING

import pytest

from sandbox.testing import mistakes
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

NONE: frozenset[str] = frozenset()


async def test_mistakes_are_told_unless_expected(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """A test fails by what is left when the kinds it expects are taken away."""
    await bot.call("sendMessage", chat_id=ann.id, text="x", colour="red")
    await bot.refused("sendMessage", chat_id=ann.id, text="x" * 4097)
    assert await mistakes(sandbox) == [
        "unknown parameter: sendMessage colour",
        "message over 4096: sendMessage text",
    ]
    expected = {"unknown parameter", "message over 4096"}
    assert await mistakes(sandbox, expected=expected) == []


@pytest.mark.parametrize("forbidden_lint", [NONE])
async def test_a_method_without_a_model_is_a_mistake(
    bot: Bot,
    sandbox: "Sandbox",
    forbidden_lint: frozenset[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It answers 501, stands in the calls, is logged as a line, and is lint."""
    with caplog.at_level(logging.WARNING):
        refused = await bot.refused("sendGame", chat_id=1, game_short_name="x")
    assert (refused.code, refused.description) == (501, "Not modelled by the sandbox: sendGame")
    assert await mistakes(sandbox) == [
        "not modelled: sendGame Not modelled by the sandbox: sendGame"
    ]
    assert [record.getMessage() for record in caplog.records] == [refused.description]
    assert [call["method"] for call in await sandbox.calls()] == ["sendGame"]
