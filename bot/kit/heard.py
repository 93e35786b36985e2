"""Which messages a conversation hears, as PTB's filters."""

from telegram.ext import filters

NEW = filters.UpdateType.MESSAGE
PRIVATE = filters.ChatType.PRIVATE
TEXTS = NEW & filters.TEXT & ~filters.COMMAND
FILES = NEW & (
    filters.PHOTO
    | filters.Document.ALL
    | filters.VIDEO
    | filters.AUDIO
    | filters.VOICE
    | filters.ANIMATION
)
STICKERS = NEW & (filters.Sticker.ALL | filters.VIDEO_NOTE)
EDITED = filters.UpdateType.EDITED_MESSAGE
SAID = (
    NEW
    & ~filters.COMMAND
    & ~filters.StatusUpdate.ALL
    & ~filters.SUCCESSFUL_PAYMENT
    & ~filters.StatusUpdate.REFUNDED_PAYMENT
)
