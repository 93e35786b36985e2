"""What a person sent, as a value: the kind, the text, the file. Nothing is decided here."""

from dataclasses import dataclass

from telegram import Message, MessageOriginChannel, MessageOriginChat

from market.errors import NoWords
from market.files import FileKind, FileRef
from market.gig import is_blank

_PLAIN = ("contact", "location")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message of a person. `text` is the text or the caption."""

    kind: str
    text: str
    file: FileRef | None
    media_group: str | None
    message_id: int
    size: int
    forwarded_from_chat: int | None

    @property
    def words(self) -> str:
        """The text; raises NoWords when nothing would be seen of it."""
        if is_blank(self.text):
            raise NoWords
        return self.text


def incoming(message: Message) -> Incoming:
    """Read a message."""
    file = file_of(message)
    return Incoming(
        kind=file.kind if file else _kind(message),
        text=message.text or message.caption or "",
        file=file,
        media_group=message.media_group_id,
        message_id=message.message_id,
        size=file.size if file else 0,
        forwarded_from_chat=_origin(message),
    )


def file_of(message: Message) -> FileRef | None:
    """The file that a message carries; an animation is a document too, so it goes first."""
    if message.photo:
        best = message.photo[-1]
        return _ref("photo", best.file_id, best.file_unique_id, "", best.file_size)
    named: tuple[tuple[FileKind, object], ...] = (
        ("animation", message.animation),
        ("document", message.document),
        ("video", message.video),
        ("audio", message.audio),
        ("voice", message.voice),
        ("sticker", message.sticker),
        ("video_note", message.video_note),
    )
    for kind, media in named:
        if media is not None:
            return _named(kind, media)
    return None


def _named(kind: FileKind, media: object) -> FileRef:
    name = getattr(media, "file_name", None) or ""
    return FileRef(
        file_id=str(media.file_id),  # type: ignore[attr-defined]
        file_unique_id=str(media.file_unique_id),  # type: ignore[attr-defined]
        kind=kind,
        name=name,
        size=getattr(media, "file_size", None) or 0,
    )


def _ref(kind: FileKind, file_id: str, unique_id: str, name: str, size: int | None) -> FileRef:
    return FileRef(file_id=file_id, file_unique_id=unique_id, kind=kind, name=name, size=size or 0)


def _kind(message: Message) -> str:
    if message.text:
        return "text"
    return next((name for name in _PLAIN if getattr(message, name)), "other")


def _origin(message: Message) -> int | None:
    match message.forward_origin:
        case MessageOriginChannel(chat=chat) | MessageOriginChat(sender_chat=chat):
            return chat.id
        case _:
            return None
