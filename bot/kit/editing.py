"""One value, one call: a message of ours changes into another screen. Whether: `present`."""

from dataclasses import dataclass

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.kit.cutting import CAPTION_MAX, TEXT_MAX, fit
from bot.kit.keyboards import keyboard
from bot.kit.sending import ANSWER, NO_PREVIEW, Bot, input_media, remember
from bot.ui.screen import Screen

_SAME = ("not modified",)
_CANNOT = (
    "can't be edited",
    "message to edit not found",
    "message not found",
    "there is no text in the message",
    "there is no caption",
    "message_id_invalid",
    "wrong type of",
    "message can't be",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of ours."""

    chat_id: int
    message_id: int
    pace: str = ANSWER


async def edit(bot: Bot, spot: Spot, screen: Screen, *, new_media: bool = True) -> bool:
    """Change the message; False when Telegram will not. The same again counts as changed."""
    try:
        if screen.media is None:
            await _text(bot, spot, screen)
        elif new_media:
            await _media(bot, spot, screen)
        else:
            await _caption(bot, spot, screen)
    except BadRequest as error:
        if says(error, *_CANNOT):
            return False
        if not says(error, *_SAME):
            raise
    return True


def says(error: BadRequest, *phrases: str) -> bool:
    """Telegram's refusals are told apart by their words only."""
    return any(phrase in error.message.lower() for phrase in phrases)


async def _text(bot: Bot, spot: Spot, screen: Screen) -> None:
    await bot.edit_message_text(
        fit(screen.text, TEXT_MAX),
        spot.chat_id,
        spot.message_id,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(screen.rows),
        rate_limit_args=spot.pace,
    )


async def _caption(bot: Bot, spot: Spot, screen: Screen) -> None:
    await bot.edit_message_caption(
        spot.chat_id,
        spot.message_id,
        caption=fit(screen.text, CAPTION_MAX),
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(screen.rows),
        rate_limit_args=spot.pace,
    )


async def _media(bot: Bot, spot: Spot, screen: Screen) -> None:
    assert screen.media is not None, "a screen with media"
    edited = await bot.edit_message_media(
        input_media(bot, screen.media, fit(screen.text, CAPTION_MAX)),
        spot.chat_id,
        spot.message_id,
        reply_markup=keyboard(screen.rows),
        rate_limit_args=spot.pace,
    )
    remember(bot, screen.media, edited)
