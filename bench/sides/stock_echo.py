"""The baseline: an echo bot on python-telegram-bot exactly as its defaults make it."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same back."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Poll until killed."""
    url = sys.argv[1]
    built = Application.builder().token("7:bench").base_url(f"{url}/bot").job_queue(None).build()
    built.add_handler(MessageHandler(filters.TEXT, echo))
    built.run_polling(timeout=30)


if __name__ == "__main__":
    main()
