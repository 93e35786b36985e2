"""Width and height of an image, read from its header; nothing is decoded."""

import struct
from dataclasses import dataclass

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True)
class Image:
    kind: str
    width: int
    height: int


def read_image(data: bytes) -> Image | None:
    """None when the bytes are no PNG, GIF, JPEG or WebP, or end too early."""
    try:
        return _png(data) or _gif(data) or _jpeg(data) or _webp(data)
    except (struct.error, IndexError):
        return None


def _png(data: bytes) -> Image | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return Image("png", width, height)


def _gif(data: bytes) -> Image | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return Image("gif", width, height)


def _jpeg(data: bytes) -> Image | None:
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at < len(data):
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 4 : at + 8])
            return Image("jpeg", width, height)
        at += 1 if marker in _JPEG_BARE else 1 + struct.unpack(">H", data[at + 1 : at + 3])[0]
    return None


def _webp(data: bytes) -> Image | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    match data[12:16]:
        case b"VP8X":
            return Image("webp", _three(data[24:27]) + 1, _three(data[27:30]) + 1)
        case b"VP8L":
            bits = struct.unpack("<I", data[21:25])[0]
            return Image("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return Image("webp", width & 0x3FFF, height & 0x3FFF)
        case _:
            return None


def _three(data: bytes) -> int:
    return int.from_bytes(data.ljust(3, b"\0"), "little")
