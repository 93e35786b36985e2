"""Arriving and finding the way: /start with its deep links, the language, the menu, help."""

from dataclasses import replace

from bot.handlers.browsing import open_gig
from bot.handlers.trust import show_trust
from bot.kit.home import show_home
from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.links import TRUST, gig_id_of
from bot.ui.taps import ChooseLanguage, ChooseLanguageFor, GoHelp, GoHome
from bot.views.help import help_screen
from bot.views.legal import terms_question
from bot.views.start import gone_screen, language_screen, language_toast
from market.errors import NotFound
from market.rights import By
from services.registry import Services

_LANGUAGES = ("bn", "en")


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "start", on_start, by=By.ANYBODY),
        command(services, "help", on_help, by=By.ANYBODY),
        tap(services, GoHome, on_go_home, by=By.ANYBODY),
        tap(services, GoHelp, on_go_help, by=By.ANYBODY),
        tap(services, ChooseLanguage, on_choose_language, by=By.ANYBODY),
        tap(services, ChooseLanguageFor, on_choose_language_for, by=By.ANYBODY),
    ]


async def on_start(turn: Turn) -> None:
    """A newcomer chooses the language first; a link to a gig leads to the gig."""
    gig_id = gig_id_of(turn.argument)
    if turn.argument == TRUST:
        await show_trust(turn)
    elif not turn.person.language_chosen:
        await turn.show(language_screen(gig_id))
    elif gig_id is not None:
        await _open(turn, gig_id)
    else:
        await _go_on(turn)


async def on_help(turn: Turn) -> None:
    ways = await turn.services.rails.open_ways()
    await turn.show(help_screen(ways, turn.tr, turn.policy))


async def on_go_home(turn: Turn, _tap: GoHome) -> None:
    await show_home(turn)


async def on_go_help(turn: Turn, _tap: GoHelp) -> None:
    await on_help(turn)


async def on_choose_language(turn: Turn, tap: ChooseLanguage) -> None:
    await _speak(turn, tap.language)
    await _go_on(turn)


async def on_choose_language_for(turn: Turn, tap: ChooseLanguageFor) -> None:
    """The newcomer sees the gig at once; the terms are asked before the order."""
    await _speak(turn, tap.language)
    await _open(turn, tap.gig_id)


async def _open(turn: Turn, gig_id: int) -> None:
    """A link may outlive its gig."""
    try:
        await open_gig(turn, gig_id)
    except NotFound:
        await turn.show(gone_screen(turn.tr, is_operator=turn.is_operator))


async def _speak(turn: Turn, number: int) -> None:
    """Telegram tells no zone: who chooses Bengali at first most likely lives by Dhaka's clock."""
    people, is_first = turn.services.people, not turn.person.language_chosen
    language = _LANGUAGES[number] if 0 <= number < len(_LANGUAGES) else turn.person.language
    person = await people.choose_language(turn.command, language)
    if is_first and language == "bn" and person.zone == "UTC":
        command = replace(turn.command, key=f"{turn.command.key}:zone")
        person = await people.choose_zone(command, "Asia/Dhaka")
    turn.speak(person)
    await turn.toast(language_toast(turn.tr))


async def _go_on(turn: Turn) -> None:
    if turn.person.has_accepted_terms:
        await show_home(turn)
    else:
        ways = await turn.services.rails.open_ways()
        await turn.show(terms_question(ways, turn.tr, turn.policy))
