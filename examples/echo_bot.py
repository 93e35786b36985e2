import os

from telegram.ext import ApplicationBuilder, MessageHandler, filters


async def echo(update, _context):
    await update.message.reply_text(update.message.text)


bot = ApplicationBuilder().token(os.environ["TOKEN"]).base_url(os.environ["API"] + "/bot").build()
bot.add_handler(MessageHandler(filters.TEXT, echo))
bot.run_polling()
