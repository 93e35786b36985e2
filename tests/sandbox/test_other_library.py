"""An unmodified aiogram Dispatcher lives in the sandbox too: another library, the same sale."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    LabeledPrice,
    Message,
    PreCheckoutQuery,
)

from sandbox.client import Sandbox
from sandbox.testing import Person
from tests.sandbox.bare_bot import TOKEN
from tests.sandbox.images import png
from tests.support.judges import complaints

BUY = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Buy", callback_data="b")]])


async def on_start(message: Message) -> None:
    await message.answer("<b>হ্যালো</b>", parse_mode="HTML", reply_markup=BUY)


async def on_buy(query: CallbackQuery) -> None:
    message = query.message
    assert isinstance(message, Message)
    await query.answer("One moment", show_alert=True)
    await message.edit_text("Here it is")
    pictures = [BufferedInputFile(png(side, side), "p.png") for side in (40, 50)]
    await message.answer_media_group([InputMediaPhoto(media=picture) for picture in pictures])
    prices = [LabeledPrice(label="Logo", amount=50)]
    await message.answer_invoice("Logo", "A logo", "intent-1", "XTR", prices)


async def on_checkout(query: PreCheckoutQuery) -> None:
    await query.answer(ok=True)


async def on_paid(message: Message) -> None:
    assert message.successful_payment is not None
    await message.answer(f"paid {message.successful_payment.total_amount}")


async def on_document(message: Message, bot: Bot) -> None:
    assert message.document is not None
    data = await bot.download(message.document)
    assert data is not None
    await message.answer(f"got {len(data.read())} bytes")


async def on_inline(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text="a gig")
    found = InlineQueryResultArticle(id="1", title="Gig", input_message_content=content)
    await query.answer([found], cache_time=0)


def routes() -> Router:
    router = Router()
    router.message.register(on_start, F.text == "/start")
    router.message.register(on_paid, F.successful_payment)
    router.message.register(on_document, F.document)
    router.callback_query.register(on_buy)
    router.pre_checkout_query.register(on_checkout)
    router.inline_query.register(on_inline)
    return router


@pytest.fixture
async def library(url: str) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot(TOKEN, session=session) as bot:
        dispatcher = Dispatcher()
        dispatcher.include_router(routes())
        polling = asyncio.ensure_future(dispatcher.start_polling(bot, handle_signals=False))
        yield bot
        await dispatcher.stop_polling()
        await polling


async def test_a_sale(library: Bot, sandbox: Sandbox, ann: Person) -> None:
    """Start, tap, album, payment, download, inline: every call of the library is well formed."""
    await ann.sees("হ্যালো")
    tapped = await ann.taps("Buy")
    assert (tapped["answer"], tapped["alert"]) == ("One moment", True)
    await ann.sees("Here it is")
    assert (await ann.pays())["ok"]
    await ann.sees("paid 50")
    await ann.uploads("document", files={"brief.txt": b"12345"})
    await ann.sees("got 5 bytes")
    assert [one["id"] for one in (await sandbox.inline(ann.id, query="g"))["results"]] == ["1"]
    assert complaints(await sandbox.record(), with_calls=True) == []


async def test_refusals_become_the_library_s_errors(
    library: Bot, sandbox: Sandbox, ann: Person
) -> None:
    """400 and 429 arrive as this library's own errors, with Telegram's words and wait."""
    with pytest.raises(TelegramBadRequest, match="start tag"):
        await library.send_message(ann.id, "<p>x</p>", parse_mode="HTML")
    await sandbox.fault("sendMessage", code=429, retry_after=3, match="patience")
    with pytest.raises(TelegramRetryAfter) as refused:
        await library.send_message(ann.id, "patience")
    assert refused.value.retry_after == 3
