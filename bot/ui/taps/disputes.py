"""Disputes as their parties see them: opening, speaking, evidence, appeals, giving in."""

from bot.ui.callbacks import Tap, tag


@tag("do")
class OpenDispute(Tap):
    """Begin to say what is wrong."""

    order_id: int
    version: int


@tag("ds")
class ShowDispute(Tap):
    """The dispute of an order: both sides, deadlines, the verdict."""

    order_id: int


@tag("dt")
class SpeakUp(Tap):
    """Begin a statement: the answer of the other side, or more of one's own."""

    order_id: int


@tag("df")
class ShowEvidence(Tap):
    """Send a statement in full, with its files."""

    order_id: int
    statement: int


@tag("da")
class StartAppeal(Tap):
    """Begin an appeal against the verdict."""

    order_id: int
    version: int


@tag("dg")
class GiveIn(Tap):
    """Let the other side have it all. `sure` 1 confirms."""

    order_id: int
    version: int
    sure: int


@tag("dr")
class AskReopen(Tap):
    """Begin to report a problem with a completed order."""

    order_id: int
