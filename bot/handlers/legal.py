"""The terms and the privacy page, and agreeing to the terms."""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import AcceptTerms, ReadPrivacy, ReadTerms
from bot.views.legal import privacy_screen, terms_screen
from bot.views.start import agreed_toast, welcome_screen
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "terms", on_terms, by=By.ANYBODY),
        command(services, "privacy", on_privacy, by=By.ANYBODY),
        tap(services, ReadTerms, on_read_terms, by=By.ANYBODY),
        tap(services, ReadPrivacy, on_read_privacy, by=By.ANYBODY),
        tap(services, AcceptTerms, on_accept_terms, by=By.ANYBODY),
    ]


async def on_terms(turn: Turn) -> None:
    await _show_terms(turn, 0)


async def on_read_terms(turn: Turn, tap: ReadTerms) -> None:
    await _show_terms(turn, tap.page)


async def on_privacy(turn: Turn) -> None:
    await turn.show(privacy_screen(turn.tr, turn.policy))


async def on_read_privacy(turn: Turn, _tap: ReadPrivacy) -> None:
    await on_privacy(turn)


async def on_accept_terms(turn: Turn, tap: AcceptTerms) -> None:
    """Agreeing outside of a flow; flows that ask for consent take the tap themselves."""
    turn.speak(await turn.services.people.accept_terms(turn.command, tap.version))
    await turn.toast(agreed_toast(turn.tr))
    ways = await turn.services.rails.open_ways()
    await turn.show(welcome_screen(turn.person, ways, turn.tr, is_operator=turn.is_operator))


async def _show_terms(turn: Turn, page: int) -> None:
    ways, may_agree = await turn.services.rails.open_ways(), not turn.person.has_accepted_terms
    await turn.show(terms_screen(page, ways, turn.tr, turn.policy, may_agree=may_agree))
