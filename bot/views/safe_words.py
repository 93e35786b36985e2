"""Safe mode on cards of what goes out by hand: what was sent before the restore is asked for."""

from markupsafe import Markup

from bot.i18n import Translator


def safe_words(tr: Translator) -> Markup:
    """Nothing is sent now; what was sent is looked for."""
    return tr(
        "🛟 The house was restored from a backup. Please do not send it now. Look into the wallet: "
        "if it was sent after the backup was taken, say so with the button."
    )


def was_sent_label(tr: Translator) -> str:
    """Of the button that books it."""
    return tr.label("It was sent before the restore…")
