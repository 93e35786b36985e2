"""An unmodified python-telegram-bot Application lives in the sandbox as on Telegram."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    LabeledPrice,
    Update,
)
from telegram.error import BadRequest, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    PreCheckoutQueryHandler,
    filters,
)

from tests.sandbox.bare_bot import TOKEN
from tests.sandbox.images import png
from tests.support.judges import complaints

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

App = Application[Any, Any, Any, Any, Any, Any]
BUY = InlineKeyboardMarkup([[InlineKeyboardButton("🛒 Buy", callback_data="buy", style="success")]])


async def on_start(update: Update, _: Any) -> None:
    await update.effective_message.reply_html("<b>হ্যালো</b> Ann", reply_markup=BUY)  # type: ignore[union-attr]


async def on_buy(update: Update, _: Any) -> None:
    query, chat = update.callback_query, update.effective_chat
    assert query is not None
    assert chat is not None
    await query.answer("One moment")
    await query.edit_message_text("Here it is")
    await chat.send_media_group([InputMediaPhoto(png()), InputMediaPhoto(png(50, 50))])
    await chat.send_document(io.BytesIO(b"terms"), filename="terms.txt")
    await chat.send_invoice("Logo", "A logo", "intent-1", "XTR", [LabeledPrice("Logo", 50)])


async def on_checkout(update: Update, _: Any) -> None:
    await update.pre_checkout_query.answer(ok=True)  # type: ignore[union-attr]


async def on_paid(update: Update, _: Any) -> None:
    message = update.effective_message
    assert message is not None
    assert message.successful_payment is not None
    await message.reply_text(f"paid {message.successful_payment.total_amount}")


async def on_document(update: Update, _: Any) -> None:
    message = update.effective_message
    assert message is not None
    assert message.document is not None
    data = await (await message.document.get_file()).download_as_bytearray()
    await message.reply_text(f"got {len(data)} bytes")


async def on_inline(update: Update, _: Any) -> None:
    content = InputTextMessageContent("a <i>gig</i>", parse_mode="HTML")
    await update.inline_query.answer([InlineQueryResultArticle("1", "Gig", content)])  # type: ignore[union-attr]


@pytest.fixture
async def library(url: str) -> AsyncIterator[App]:
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot")
    application = builder.base_file_url(f"{url}/file/bot").job_queue(None).build()
    application.add_handlers(
        [
            CommandHandler("start", on_start),
            CallbackQueryHandler(on_buy),
            PreCheckoutQueryHandler(on_checkout),
            InlineQueryHandler(on_inline),
            MessageHandler(filters.SUCCESSFUL_PAYMENT, on_paid),
            MessageHandler(filters.Document.ALL, on_document),
        ]
    )
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        yield application
        await application.updater.stop()
        await application.stop()


async def test_a_sale(library: App, sandbox: "Sandbox", ann: "Person") -> None:
    """Start, tap, album, document, invoice, payment, upload: all through a real library.

    The judge of calls, who is of another library, finds each of them well formed.
    """
    await ann.sees("হ্যালো Ann")
    assert (await ann.taps("Buy"))["answer"] == "One moment"
    await ann.sees("Here it is")
    assert (await ann.sees_media("document"))["media"]["name"] == "terms.txt"
    assert (await ann.pays())["ok"]
    await ann.sees("paid 50")
    await ann.uploads("document", files={"brief.txt": b"12345"})
    await ann.sees("got 5 bytes")
    assert complaints(await sandbox.record(), with_calls=True) == []


async def test_a_topic_and_an_inline_result(
    library: App, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """The library posts into a topic, and a chosen inline result is shown with its entities."""
    topic = await library.bot.create_forum_topic(forum, "Design")
    thread = topic.message_thread_id
    await library.bot.send_message(forum, "a new gig", message_thread_id=thread)
    await ann.at(forum, topic=thread).sees("a new gig")
    assert [one["id"] for one in (await sandbox.inline(ann.id, query="g"))["results"]] == ["1"]
    chosen = await sandbox.choose(ann.id, result="1", chat=forum, topic=thread)
    assert (chosen["text"], chosen["entities"][0]["type"]) == ("a gig", "italic")


async def test_refusals_become_the_library_s_errors(
    library: App, sandbox: "Sandbox", ann: "Person", monkeypatch: pytest.MonkeyPatch
) -> None:
    """400 and 429 arrive as BadRequest and RetryAfter, with Telegram's words and wait."""
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await library.bot.send_message(ann.id, "<p>x</p>", parse_mode="HTML")
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await sandbox.fault("sendMessage", code=429, retry_after=3, match="patience")
    with pytest.raises(RetryAfter) as refused:
        await library.bot.send_message(ann.id, "patience")
    assert timedelta(seconds=3) == refused.value.retry_after
