"""Texts and files that one party hands the other: the checks, and the rows that carry them."""

from dataclasses import replace

from market.change import Change
from market.errors import NothingToSend, TooManyFiles
from market.files import FileRef
from market.gig import Limits, checked
from market.notices import Message, Notice
from services.parcels import arranged, packed


def things(
    text: str, files: tuple[FileRef, ...], limits: Limits
) -> tuple[str, tuple[FileRef, ...]]:
    """The trimmed text and the files in sending order.

    Raises TextTooLong, TooManyFiles, or NothingToSend when there is neither.
    """
    words = checked(text, least=0, most=limits.note_max)
    if len(files) > limits.files_max:
        raise TooManyFiles(limits.files_max)
    if not words and not files:
        raise NothingToSend
    return words, arranged(files)


def parcelled(
    change: Change, notice: Notice, files: tuple[FileRef, ...], **facts: object
) -> Change:
    """The change with its message about files cut into one per Telegram call, none without files.

    The messages keep their order, so the buttons come after the files. `facts` go to all of them:
    the notice with the buttons names its delivery too.
    """
    told: list[Message] = []
    for message in change.messages:
        full = replace(message, facts=message.facts | facts)
        told += packed(full, files) if message.notice is notice else (full,)
    return replace(change, messages=tuple(told))
