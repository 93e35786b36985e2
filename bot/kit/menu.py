"""What Telegram shows around the chat: commands and descriptions, in both languages."""

from collections.abc import Awaitable, Callable

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.i18n import Translator, translator
from bot.kit.sending import Bot

# Telegram shows the texts without a language to everybody whose language we do not speak.
LANGUAGES = ((None, "en"), ("bn", "bn"))
log = structlog.get_logger(__name__)


async def announce_menu(bot: Bot, operators: frozenset[int], owners: frozenset[int]) -> None:
    """Tell Telegram; a refusal (a flood wait, an operator who never came) stops nothing.

    Owners who are no operators read what operators did.
    """
    for code, language in LANGUAGES:
        tr = translator(language)
        await _try(lambda code=code, tr=tr: _describe(bot, tr, code))  # type: ignore[misc]
        private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
        await _try(_setting(bot, _people(tr), private, code))
        await _try(_setting(bot, _group(tr), groups, code))
        staff = dict.fromkeys(owners, _owning(tr)) | dict.fromkeys(operators, _operating(tr))
        for person, more in sorted(staff.items()):
            scope = BotCommandScopeChat(person)
            await _try(_setting(bot, [*_people(tr), *more], scope, code))


def _setting(
    bot: Bot, commands: list[BotCommand], scope: BotCommandScope, code: str | None
) -> Callable[[], Awaitable[object]]:
    return lambda: bot.set_my_commands(commands, scope=scope, language_code=code)


async def _describe(bot: Bot, tr: Translator, code: str | None) -> None:
    await bot.set_my_description(
        tr.label(
            "Find someone for a piece of work, or sell your own, right here in the chat. The buyer "
            "pays first, GigHaat holds the money, and the seller gets it when the work is accepted."
        ),
        language_code=code,
    )
    await bot.set_my_short_description(
        tr.label("A market for small jobs in Telegram. The money is held until the work is done."),
        language_code=code,
    )


async def _try(call: Callable[[], Awaitable[object]]) -> None:
    try:
        await call()
    except TelegramError as error:
        log.warning("menu_not_set", reason=f"{type(error).__name__}: {error.message}")


def _people(tr: Translator) -> list[BotCommand]:
    return [
        BotCommand("start", tr.label("Main menu")),
        BotCommand("browse", tr.label("Browse gigs")),
        BotCommand("sell", tr.label("Sell a gig")),
        BotCommand("orders", tr.label("My orders")),
        BotCommand("mygigs", tr.label("My gigs")),
        BotCommand("wallet", tr.label("Wallet")),
        BotCommand("settings", tr.label("Language, time, daily summary, being away")),
        BotCommand("help", tr.label("How it works")),
        BotCommand("support", tr.label("Write to an operator")),
        BotCommand("paysupport", tr.label("Help with a payment")),
        BotCommand("trust", tr.label("What we hold, what we owe")),
        BotCommand("terms", tr.label("Terms")),
        BotCommand("privacy", tr.label("Privacy")),
        BotCommand("cancel", tr.label("Stop what you are doing")),
    ]


def _group(tr: Translator) -> list[BotCommand]:
    return [BotCommand("help", tr.label("How it works"))]


def _owning(tr: Translator) -> list[BotCommand]:
    return [BotCommand("admin", tr.label("What operators did"))]


def _operating(tr: Translator) -> list[BotCommand]:
    return [
        BotCommand("admin", tr.label("The house at a glance")),
        BotCommand("connect", tr.label("Connect a group, a topic or a channel")),
        BotCommand("freeze", tr.label("Let no money leave any more")),
        BotCommand("thaw", tr.label("What stops money, and letting it go")),
    ]
