"""What people read who tap or type commands faster than anybody can read the answers."""

from bot.i18n import Translator


def too_fast_toast(tr: Translator) -> str:
    """Nothing was done; nothing is wrong either."""
    return tr.label("That was a bit fast for me. Please wait a few seconds and try again.")
