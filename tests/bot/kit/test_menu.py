"""What Telegram shows around the chat is set in both languages."""

from typing import Any, cast

import pytest
from telegram import BotCommandScopeChat
from telegram.error import RetryAfter

from bot.i18n import translator
from bot.kit.menu import announce_menu
from bot.kit.sending import Bot

OPERATOR, OWNER = 900, 950
NAMES = {
    *("start", "browse", "sell", "orders", "mygigs", "wallet", "settings", "help"),
    *("support", "paysupport", "trust", "terms", "privacy", "cancel"),
}


class Listening:
    """Keeps what it is told; refuses the first `refusals` calls."""

    def __init__(self, refusals: int = 0) -> None:
        self.commands: list[tuple[list[Any], Any, str | None]] = []
        self.texts: dict[str | None, list[str]] = {}
        self._refusals = refusals

    async def set_my_commands(self, commands: list[Any], *, scope: Any, language_code: Any) -> None:
        self._refuse()
        self.commands.append((commands, scope, language_code))

    async def set_my_description(self, text: str, *, language_code: str | None) -> None:
        self._refuse()
        self.texts.setdefault(language_code, []).append(text)

    set_my_short_description = set_my_description

    def _refuse(self) -> None:
        if self._refusals:
            self._refusals -= 1
            raise RetryAfter(1)


async def told(refusals: int = 0) -> Listening:
    """The menu as Telegram heard it."""
    bot = Listening(refusals)
    both = frozenset({OPERATOR}), frozenset({OPERATOR, OWNER})
    await announce_menu(cast("Bot", bot), *both)
    return bot


@pytest.mark.parametrize(("code", "language"), [(None, "en"), ("bn", "bn")])
async def test_commands_are_set_in_both_languages(code: str | None, language: str) -> None:
    """Everybody's commands, four more for an operator, one for an owner, in the reader's words."""
    mine = [(commands, scope) for commands, scope, one in (await told()).commands if one == code]
    everybody, groups, operators, owners = (commands for commands, _ in mine)
    assert {one.command for one in everybody} == NAMES
    assert [one.command for one in groups] == ["help"]
    assert {one.command for one in operators} == NAMES | {"admin", "connect", "freeze", "thaw"}
    assert {one.command for one in owners} == NAMES | {"admin"}
    scopes = [scope for _, scope in mine[2:]]
    assert [BotCommandScopeChat(OPERATOR), BotCommandScopeChat(OWNER)] == scopes
    assert everybody[0].description == translator(language).label("Main menu")


async def test_descriptions_are_set_in_both_languages() -> None:
    """A description of at most 512 letters and a short one of at most 120, twice."""
    texts = (await told()).texts
    assert set(texts) == {None, "bn"}
    for long, short in texts.values():
        assert len(long) <= 512
        assert len(short) <= 120
    assert texts[None] != texts["bn"]


async def test_a_refusal_stops_nothing() -> None:
    """A flood wait on the first call leaves the others."""
    assert len((await told(refusals=1)).commands) == 8
