"""Files as Telegram knows them. Bytes never pass through the house, only these references."""

from dataclasses import dataclass
from typing import Literal

FileKind = Literal[
    "photo", "document", "video", "audio", "voice", "animation", "sticker", "video_note"
]
WITHOUT_WORDS: frozenset[FileKind] = frozenset({"sticker", "video_note"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """One file; `size` in bytes, 0 when Telegram does not say.

    Kinds in WITHOUT_WORDS stand alone: Telegram lets no text go with them. `sha256` is the hash of
    its bytes in hex, empty until they were read (or over 20 MB).
    """

    file_id: str
    file_unique_id: str
    kind: FileKind
    name: str
    size: int
    sha256: str = ""
