"""From PTB's handlers to ours: commands, taps, messages, checkouts. Flows are `dialog`'s.

Each declares whom it is for (`by`), and stands behind the gate of `access`.
"""

from asyncio import timeout
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import Update, User
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    PreCheckoutQueryHandler,
    filters,
)

from bot.i18n import plain, translator
from bot.kit.access import Fact, Gate, State, tapped_about
from bot.kit.cutting import TOAST_MAX, fit_plain
from bot.kit.errors import explain
from bot.kit.turn import Turn, open_turn
from bot.ui.callbacks import Tap, TapT, decode
from bot.ui.screen import Button, Screen
from bot.views.problems import problem
from market.errors import MarketError
from market.rights import By
from services.registry import Services

LOOK_UP_S = 2.0
log = structlog.get_logger(__name__)
Handler = Callable[[Turn], Awaitable[None]]
TapHandler = Callable[[Turn, TapT], Awaitable[None]]
Route = BaseHandler[Any, Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """Telegram asks, within ten seconds, whether this payment may be made."""

    telegram_id: int
    intent_id: str
    currency: str
    total: int


def command(
    services: Services, name: str, handler: Handler, *, by: By, otherwise: Handler | None = None
) -> Route:
    """Answer /name; in groups with the way to the private chat.

    `otherwise` answers those who may not use it, in place of saying so.
    """
    refusing = _private(otherwise) if otherwise else None
    return everywhere(services, name, _private(handler), by=by, otherwise=refusing)


def everywhere(
    services: Services, name: str, handler: Handler, *, by: By, otherwise: Handler | None = None
) -> Route:
    """Answer /name in groups, too."""
    gate = _gate(services, handler, by=by, otherwise=otherwise)
    return CommandHandler(name, gate, filters=filters.UpdateType.MESSAGE)


def commands_of(routes: Iterable[Route]) -> frozenset[str]:
    """Every command that one of the routes answers."""
    found = (route.commands for route in routes if isinstance(route, CommandHandler))
    return frozenset().union(*found)


def tap(
    services: Services,
    tap_class: type[TapT],
    handler: TapHandler[TapT],
    *,
    by: By,
    otherwise: TapHandler[TapT] | None = None,
) -> Route:
    """Answer a button of this class; `otherwise` answers those who may not press it."""

    def with_tap(act: TapHandler[TapT]) -> Handler:
        return lambda turn: act(turn, tapped(turn.update, tap_class))

    refusing = with_tap(otherwise) if otherwise else None
    gate = _gate(services, with_tap(handler), by=by, otherwise=refusing)
    return CallbackQueryHandler(gate, pattern=pattern(tap_class))


def service(
    services: Services,
    which: filters.BaseFilter,
    handler: Handler,
    *,
    by: By,
    otherwise: Handler | None = None,
) -> Route:
    """Answer new messages that the filter lets through (service messages, anything)."""
    gate = _gate(services, handler, by=by, otherwise=otherwise)
    return MessageHandler(filters.UpdateType.MESSAGE & which, gate)


def fact(services: Services, which: filters.BaseFilter, handler: Handler) -> Route:
    """Answer a provider's fact. No refusal ends it: whatever is raised, the update is tried again.

    Anything else would take "busy just now" for an answer and forget money that has moved.
    """

    async def on_update(update: Update, context: Any) -> None:  # noqa: ANN401 - PTB
        await handler(await open_turn(update, context, services))

    return MessageHandler(filters.UpdateType.MESSAGE & which, Fact(answer=on_update))


def edited(services: Services, handler: Handler, *, by: By) -> Route:
    """Answer messages that were edited."""
    return MessageHandler(filters.UpdateType.EDITED_MESSAGE, _gate(services, handler, by=by))


def membership(services: Services, handler: Handler, *, by: By) -> Route:
    """The bot's own membership changed (`turn.update.my_chat_member`)."""
    return ChatMemberHandler(_gate(services, handler, by=by), ChatMemberHandler.MY_CHAT_MEMBER)


def any_tap(services: Services, handler: Handler, *, by: By) -> Route:
    """Answer every other button: old ones, and data that no button of ours carries."""
    return CallbackQueryHandler(_gate(services, handler, by=by))


def checkout(services: Services, check: Callable[[Checkout], Awaitable[None]]) -> Route:
    """Approve the checkout unless `check` refuses with a MarketError, whose words are shown."""

    async def on_checkout(update: Update, _context: Any) -> None:  # noqa: ANN401 - PTB
        query = update.pre_checkout_query
        assert query is not None, "a pre-checkout update"
        asked = Checkout(
            telegram_id=query.from_user.id,
            intent_id=query.invoice_payload,
            currency=query.currency,
            total=query.total_amount,
        )
        try:
            await check(asked)
        except MarketError as error:
            words = await _refusal(services, query.from_user, error)
            await query.answer(ok=False, error_message=fit_plain(words, TOAST_MAX))
        else:
            await query.answer(ok=True)

    return PreCheckoutQueryHandler(Fact(answer=on_checkout))


async def _refusal(services: Services, user: User, error: MarketError) -> str:
    """The words in the person's language; looking that up must not cost the ten seconds."""
    bengali = (user.language_code or "").startswith("bn")
    language, zone = ("bn", "Asia/Dhaka") if bengali else ("en", "UTC")
    try:
        async with timeout(LOOK_UP_S):
            person = await services.people.known(user.id)
    except Exception:  # a database out of reach, which may be why the checkout is refused
        log.exception("checkout_refused_unseen")
    else:
        if person is not None:
            language, zone = person.language, person.zone
    return plain(problem(error, translator(language, zone)))


def pattern(tap_class: type[Tap]) -> Callable[[object], bool]:
    """Exactly the callback data of this class."""

    def carries(data: object) -> bool:
        return isinstance(data, str) and type(decode(data)) is tap_class

    return carries


def tapped(update: Update, tap_class: type[TapT]) -> TapT:
    """The tap of an update that matched the class's pattern."""
    query = update.callback_query
    found = decode(query.data or "") if query else None
    assert isinstance(found, tap_class), "the pattern let it through"
    return found


def order_of(update: Update) -> int | None:
    """The order that a button speaks of."""
    query = update.callback_query
    found = decode(query.data or "") if query else None
    return getattr(found, "order_id", None)


def _gate(
    services: Services, handler: Handler, *, by: By, otherwise: Handler | None = None
) -> Gate:
    async def answer(turn: Turn) -> State:
        try:
            await handler(turn)
        except MarketError as error:
            await explain(turn, error, order_id=order_of(turn.update))
        return None

    async def refused(turn: Turn, error: MarketError) -> State:
        if otherwise is None:
            await explain(turn, error, order_id=order_of(turn.update))
        else:
            await otherwise(turn)
        return None

    return Gate(services=services, by=by, answer=answer, refused=refused, about=tapped_about)


def _private(handler: Handler) -> Handler:
    async def on_command(turn: Turn) -> None:
        await (handler(turn) if turn.is_private else point_home(turn))

    return on_command


async def point_home(turn: Turn) -> None:
    """In a group: one line and the way to the private chat."""
    label = turn.tr.label("Open our chat")
    way = Button(label=label, url=f"https://t.me/{turn.bot_username}")
    await turn.send(Screen(text=turn.tr("Let us do that in our own chat."), rows=((way,),)))
