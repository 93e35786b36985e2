"""The own PIN before money leaves."""

from bot.ui.callbacks import Tap, tag


@tag("qw")
class ShowPin(Tap):
    """Whether there is one, and what can be done with it."""


@tag("qx")
class StartPin(Tap):
    """Begin to set or change it (`how` 0), or to remove it (1)."""

    how: int


@tag("qy")
class ForgetPin(Tap):
    """It is forgotten. `sure` 1 confirms."""

    sure: int


@tag("qz")
class RememberPin(Tap):
    """A PIN that was said to be forgotten stays after all."""
