"""Being forgotten."""

from bot.ui.callbacks import Tap, tag


@tag("pf")
class ForgetMe(Tap):
    """Delete what the house knows of me: `sure` 0 tells what goes, 1 asks once more, 2 does it."""

    sure: int
