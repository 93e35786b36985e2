"""Looking at a support thread and closing it. Asking and answering are conversations."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import CloseThread, ShowThread
from bot.views.support import closed_toast, thread_screen
from market.read import Thread
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowThread, on_show_thread, by=By.WRITER),
        tap(services, CloseThread, on_close_thread, by=By.WRITER),
    ]


async def on_show_thread(turn: Turn, tap: ShowThread) -> None:
    await _show(turn, await turn.services.support.thread(turn.person.id, tap.thread_id))


async def on_close_thread(turn: Turn, tap: CloseThread) -> None:
    thread = await turn.services.support.close(turn.command, tap.thread_id)
    await turn.toast(closed_toast(turn.tr))
    await _show(turn, thread)


async def _show(turn: Turn, thread: Thread) -> None:
    is_operator = turn.is_operator and thread.person_id != turn.person.id
    await turn.show(thread_screen(thread, turn.tr, is_operator=is_operator, now_ms=turn.now_ms))
