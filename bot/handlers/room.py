"""The room's buttons outside of its flow: a file once more, and the way out that was left open."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import LeaveRoom, ShowRoomFile
from bot.views.orders import order_screen
from bot.views.room_words import WHOLE_MAX, file_screen, room_words
from market.errors import NotFound
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowRoomFile, on_show_room_file, by=By.VIEWER),
        tap(services, LeaveRoom, on_leave_room, by=By.VIEWER),
    ]


async def on_show_room_file(turn: Turn, tap: ShowRoomFile) -> None:
    """The file as a new message, then all the words that came with it."""
    message = await turn.services.rooms.message(turn.person.id, tap.order_id, tap.number)
    if message.said.file is None:
        raise NotFound("file")
    await turn.send(file_screen(message, turn.tr))
    words = room_words(message, WHOLE_MAX, turn.tr)
    if words:
        await turn.send(Screen(text=words))


async def on_leave_room(turn: Turn, tap: LeaveRoom) -> None:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    await turn.show(order_screen(card, turn.tr))
