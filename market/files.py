"""Files as Telegram knows them. Bytes never pass through the house, only these references."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

FileKind = Literal[
    "photo", "document", "video", "audio", "voice", "animation", "sticker", "video_note"
]
WITHOUT_WORDS: frozenset[FileKind] = frozenset({"sticker", "video_note"})
# How names of files end that a tap can run: on Windows, macOS, Linux, Android, and in an office
# program (macros). Archives are not opened, so what is in them nobody knows.
_PROGRAM = re.compile(
    r"""exe|com|scr|pif|msi|msp|msix|appx|cpl|bat|cmd|ps1|psm1|vb|vbe|vbs|js|jse|wsf|wsh|hta|reg|lnk
    |inf|jar|jnlp|pyw?|pyc|rb|pl|sh|bash|zsh|run|bin|elf|appimage|deb|rpm|app|command|dmg|pkg
    |apk|xapk|ipa|iso|img|vhdx?|docm|dotm|xlsm|xltm|xlam|pptm|ppam""",
    re.VERBOSE | re.IGNORECASE,
)


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


def is_program(file: FileRef) -> bool:
    """Its name ends like that of a program or a script; only the last ending counts.

    Signs that are not seen and what Windows leaves out at the end of a name do not hide it.
    """
    seen = "".join(sign for sign in file.name if unicodedata.category(sign)[0] != "C")
    _, dot, ending = seen.rstrip(". ").rpartition(".")
    return bool(dot) and _PROGRAM.fullmatch(ending.strip()) is not None
