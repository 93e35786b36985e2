"""Words, numbers and times in the reader's language; the sentences stand in the views."""

from bot.i18n.translator import Translator, plain, translator

__all__ = ["Translator", "plain", "translator"]
