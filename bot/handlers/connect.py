"""/connect: operators link groups, topics and channels with categories.

A bot cannot list a group's topics, so it makes them or is told inside one (DESIGN.md section 7).
"""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from telegram import Chat, MessageOriginChannel
from telegram.ext import filters

from bot.handlers.fallback import on_unknown_command, on_unknown_message
from bot.kit.gateway import ChatsGateway
from bot.kit.routing import Route, everywhere, service, tap
from bot.kit.turn import Turn
from bot.ui.taps import ConnectAll, ConnectChannel, ConnectHere, Disconnect
from bot.views import connect as views
from bot.views.categories import category_at
from market.errors import NotAnOperator
from market.gig import CATEGORY_KEYS
from market.rights import By
from services.registry import Services
from services.rows import Place

if TYPE_CHECKING:
    from bot.kit.sending import Bot

_FORWARDED = filters.ChatType.PRIVATE & filters.FORWARDED


def routes(services: Services) -> list[Route]:
    """The handlers of this area; they stand before the fallbacks."""
    return [
        everywhere(services, "connect", on_connect, by=By.OPERATOR, otherwise=on_strangers_connect),
        service(services, _FORWARDED, on_forwarded, by=By.OPERATOR, otherwise=on_unknown_message),
        tap(services, ConnectAll, on_connect_all, by=By.OPERATOR),
        tap(services, ConnectHere, on_connect_here, by=By.OPERATOR),
        tap(services, ConnectChannel, on_connect_channel, by=By.OPERATOR),
        tap(services, Disconnect, on_disconnect, by=By.OPERATOR),
    ]


async def on_connect(turn: Turn) -> None:
    if turn.is_private:
        await turn.show(views.how_screen(turn.tr))
    else:
        await turn.show(views.connect_screen(await _spot(turn), turn.tr))


async def on_strangers_connect(turn: Turn) -> None:
    """Groups keep silent; nobody but operators knows the command."""
    if turn.is_private:
        await on_unknown_command(turn)


async def on_forwarded(turn: Turn) -> None:
    """A channel's post, forwarded by an operator, means that channel."""
    origin = turn.update.message.forward_origin if turn.update.message else None
    if not turn.is_operator or not isinstance(origin, MessageOriginChannel):
        await on_unknown_message(turn)
        return
    title = origin.chat.title or ""
    if not await _chats(turn).may_post(origin.chat.id):
        await turn.show(views.needs_posting_screen(title, turn.tr))
        return
    spot = views.Spot(
        title=title, chat_id=origin.chat.id, categories=await _announced(turn, origin.chat.id, None)
    )
    await turn.show(views.connect_screen(spot, turn.tr))


async def on_connect_all(turn: Turn, tap: ConnectAll) -> None:
    _operators_only(turn)
    if not tap.topics:
        await _link_here(turn, "")
        return
    made = await _make_topics(turn)
    if made < len(CATEGORY_KEYS):
        await turn.show(views.needs_topics_screen(made, turn.tr))
    else:
        await turn.show(views.topics_made_screen(made, turn.tr))


async def on_connect_here(turn: Turn, tap: ConnectHere) -> None:
    _operators_only(turn)
    await _link_here(turn, category_at(tap.category) or "")


async def on_connect_channel(turn: Turn, tap: ConnectChannel) -> None:
    _operators_only(turn)
    chats = _chats(turn)
    title = await chats.title(tap.chat_id)
    if not await chats.may_post(tap.chat_id):
        await turn.show(views.needs_posting_screen(title, turn.tr))
        return
    category = category_at(tap.category) or ""
    place = Place(chat_id=tap.chat_id, topic_id=None, category=category, title=title)
    await turn.services.places.link(turn.command, place)
    await turn.show(views.connected_screen(title, (category,), turn.tr))


async def on_disconnect(turn: Turn, _tap: Disconnect) -> None:
    await turn.services.places.unlink(turn.command, turn.chat_id, turn.topic_id)
    await turn.show(views.disconnected_screen(turn.tr))


async def _link_here(turn: Turn, category: str) -> None:
    place = Place(
        chat_id=turn.chat_id, topic_id=turn.topic_id, category=category, title=turn.chat_title
    )
    await turn.services.places.link(turn.command, place)
    await turn.show(views.connected_screen(turn.chat_title, (category,), turn.tr))


async def _make_topics(turn: Turn) -> int:
    """How many categories have their topic now; those that had one keep it."""
    places = await turn.services.places.of_chat(turn.chat_id)
    known = {place.category for place in places if place.topic_id is not None}
    made = len(known & set(CATEGORY_KEYS))
    for category in CATEGORY_KEYS:
        if category not in known:
            try:
                await _make_topic(turn, category)
            except PermissionError:
                return made
            made += 1
    return made


async def _make_topic(turn: Turn, category: str) -> None:
    """Each link is a command of its own: a second try goes on where the first one stopped."""
    name = views.topic_name(category)
    topic_id = await _chats(turn).create_topic(turn.chat_id, name)
    key = f"{turn.command.key}:{category}"
    place = Place(chat_id=turn.chat_id, topic_id=topic_id, category=category, title=name)
    await turn.services.places.link(replace(turn.command, key=key), place)


async def _spot(turn: Turn) -> views.Spot:
    chat = turn.update.effective_chat
    return views.Spot(
        title=turn.chat_title,
        is_forum=isinstance(chat, Chat) and bool(chat.is_forum),
        is_topic=turn.topic_id is not None,
        categories=await _announced(turn, turn.chat_id, turn.topic_id),
    )


async def _announced(turn: Turn, chat_id: int, topic_id: int | None) -> tuple[str, ...]:
    places = await turn.services.places.of_chat(chat_id)
    return tuple(place.category for place in places if place.topic_id == topic_id)


def _operators_only(turn: Turn) -> None:
    if not turn.is_operator:
        raise NotAnOperator


def _chats(turn: Turn) -> ChatsGateway:
    return ChatsGateway(cast("Bot", turn.update.get_bot()))
