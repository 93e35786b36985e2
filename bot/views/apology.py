"""What a person reads when something of ours broke: sorry, and a code that operators can find."""

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, StartSupport


def apology_screen(code: str, tr: Translator) -> Screen:
    """Nothing was lost; the code leads operators to what happened."""
    text = tr(
        "😔 Sorry, something went wrong on our side, and that last step did not work. Your "
        "orders and your money are safe.\n\n"
        "Please try again. If it fails once more, tell an operator this code: "
        "<code>{code}</code>",
        code=code,
    )
    ask = Button(label=tr.label("Ask an operator"), tap=StartSupport(0, 0))
    return Screen(text=text, rows=((ask, Button(label=tr.label("Main menu"), tap=GoHome())),))
