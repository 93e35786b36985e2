"""The order's room: reading it, writing in it, what was found in a message, quick replies."""

from bot.ui.callbacks import Tap, tag


@tag("mr")
class ShowRoom(Tap):
    """The room, newest messages; those before number `before` where it is not 0."""

    order_id: int
    before: int


@tag("mw")
class ReplyInRoom(Tap):
    """Answer a message of the other side; the message stays as it is."""

    order_id: int


@tag("mf")
class ShowRoomFile(Tap):
    """Send what came with message `number` of the room again, with all its words."""

    order_id: int
    number: int


@tag("ml")
class LeaveRoom(Tap):
    """Out of the room, to the order."""

    order_id: int


@tag("ma")
class SendAnyway(Tap):
    """Send what was warned of as it is."""


@tag("mc")
class ChangeWords(Tap):
    """Write it anew instead."""


@tag("mq")
class ShowQuick(Tap):
    """All quick replies, to send, add and remove."""

    order_id: int


@tag("ms")
class SendQuick(Tap):
    """Send a quick reply."""

    order_id: int
    reply_id: int


@tag("md")
class DropQuick(Tap):
    """Forget a quick reply."""

    order_id: int
    reply_id: int
