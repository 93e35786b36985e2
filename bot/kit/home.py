"""The ways home: the main menu, and what is left to do with flow buttons outside of a flow."""

from bot.kit.routing import Route, command, tap
from bot.kit.sessions import current
from bot.kit.turn import Turn
from bot.ui.flows import FLOWS
from bot.ui.taps import DropDraft, LeaveFlow, Nothing, ResumeFlow
from bot.views.home import home_screen
from market.rights import By
from services.registry import Services


async def show_home(turn: Turn) -> None:
    """The main menu, with the drafts that can be gone on with."""
    await turn.show(
        home_screen(turn.person, turn.tr, kept=turn.kept_flows, is_operator=turn.is_operator)
    )


def ways_home(services: Services) -> list[Route]:
    """Outside of a flow its buttons still lead somewhere; these routes go before the others."""
    return [
        command(services, "cancel", show_home, by=By.ANYBODY),
        tap(services, LeaveFlow, _on_leave, by=By.ANYBODY),
        tap(services, DropDraft, _on_drop, by=By.ANYBODY),
        tap(services, ResumeFlow, _on_resume, by=By.ANYBODY),
        tap(services, Nothing, _on_nothing, by=By.ANYBODY),
    ]


async def _on_leave(turn: Turn, _tap: LeaveFlow) -> None:
    await show_home(turn)


async def _on_drop(turn: Turn, tap: DropDraft) -> None:
    name = FLOWS[tap.flow] if 0 <= tap.flow < len(FLOWS) else ""
    current().session.drop(name)
    await turn.toast(turn.tr.label("The draft is gone."))
    await show_home(turn)


async def _on_resume(turn: Turn, _tap: ResumeFlow) -> None:
    await turn.toast(turn.tr.label("There is no such draft any more."))
    await show_home(turn)


async def _on_nothing(turn: Turn, _tap: Nothing) -> None:
    assert turn.is_tap, "an empty answer is all a label needs; the turn's end gives it"
