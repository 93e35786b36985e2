"""Files that were sent: kept by content, found again by file_id, with the limits of each kind."""

import base64
import hashlib
import mimetypes
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sandbox.images import Image, read_image
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Upload

MEGABYTE = 1024 * 1024
PHOTO_MAX, UPLOAD_MAX, DOWNLOAD_MAX = 10 * MEGABYTE, 50 * MEGABYTE, 20 * MEGABYTE
BYTES_KEPT = 256 * MEGABYTE
PHOTO_SIDES_MAX, PHOTO_RATIO_MAX, THUMBNAIL_SIDE = 10_000, 20, 90
# The first letters of a file_id name the kind, as on Telegram.
_PREFIX = {
    "photo": "AgACAgIAAxkBAAI",
    "document": "BQACAgIAAxkBAAI",
    "video": "BAACAgIAAxkBAAI",
    "voice": "AwACAgIAAxkBAAI",
    "sticker": "CAACAgIAAxkBAAI",
}
_FOLDER = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "voice": "voice",
    "sticker": "stickers",
}
_NAME_OF_KIND = {
    "photo": "Photo",
    "document": "Document",
    "video": "Video",
    "voice": "VoiceNote",
    "sticker": "Sticker",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    unique: str
    kind: str
    name: str
    mime: str
    data: bytes
    image: Image | None = None

    @property
    def file_id(self) -> str:
        """The same bytes under another name are another file with the same unique id."""
        label = zlib.crc32(f"{self.name}/{self.mime}".encode())
        return f"{_PREFIX[self.kind]}{self.unique}{label:08x}"

    def to_api(self) -> Any:
        """What stands in a message: a list of sizes for a photo, else one object."""
        if self.kind == "photo":
            return self._sizes()
        shown: dict[str, Any] = {"file_id": self.file_id, "file_unique_id": self.unique}
        shown |= self._form()
        if self.kind in {"document", "video"}:
            shown["file_name"] = self.name
        if self.kind != "sticker":
            shown["mime_type"] = self.mime
        return shown | {"file_size": len(self.data)}

    def _form(self) -> dict[str, Any]:
        if self.kind == "video":
            return {"width": 640, "height": 360, "duration": 1}
        if self.kind == "voice":
            return {"duration": 1}
        if self.kind == "sticker":
            still = {"type": "regular", "is_animated": False, "is_video": False}
            return still | {"width": 512, "height": 512}
        return {}

    def _sizes(self) -> list[dict[str, Any]]:
        image = self.image or Image("jpeg", 1, 1)
        full = self._size(image.width, image.height, suffix="")
        longest = max(image.width, image.height)
        if longest <= THUMBNAIL_SIDE:
            return [full]
        width = max(1, image.width * THUMBNAIL_SIDE // longest)
        height = max(1, image.height * THUMBNAIL_SIDE // longest)
        return [self._size(width, height, suffix="s"), full]

    def _size(self, width: int, height: int, *, suffix: str) -> dict[str, Any]:
        return {
            "file_id": self.file_id + suffix,
            "file_unique_id": self.unique + suffix,
            "width": width,
            "height": height,
            "file_size": len(self.data),
        }


class FileStore:
    """Keeps the newest files up to a total size, so that memory stays flat."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._ids: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._bytes = 0

    def add(self, upload: "Upload", *, kind: str) -> StoredFile:
        image = _checked(upload.data, kind=kind)
        stored = StoredFile(
            unique=_unique(upload.data, kind=kind),
            kind=kind,
            name=upload.name,
            mime=upload.mime or mime_of(upload.name),
            data=upload.data,
            image=image,
        )
        known = self._files.get(stored.file_id)
        if known is None:
            self._keep(stored)
        return known or stored

    def find(self, file_id: str) -> StoredFile | None:
        found = self._files.get(file_id)
        return found or self._files.get(file_id.removesuffix("s"))

    def reuse(self, file_id: str, *, kind: str) -> StoredFile:
        stored = self.find(file_id)
        if stored is None:
            raise refuse("file_wrong")
        if stored.kind != kind:
            found, wanted = _NAME_OF_KIND[stored.kind], _NAME_OF_KIND[kind]
            raise refuse("file_kind", found=found, wanted=wanted)
        return stored

    def by_unique(self, unique: str) -> StoredFile | None:
        file_id = self._ids.get(unique) or self._ids.get(unique.removesuffix("s"), "")
        return self._files.get(file_id)

    def path_of(self, stored: StoredFile) -> str:
        suffix = PurePosixPath(stored.name).suffix or mimetypes.guess_extension(stored.mime) or ""
        number = self._numbers.setdefault(stored.file_id, len(self._numbers))
        path = f"{_FOLDER[stored.kind]}/file_{number}{suffix}"
        self._paths[path] = stored.file_id
        return path

    def at_path(self, path: str) -> StoredFile | None:
        return self._files.get(self._paths.get(path, ""))

    def _keep(self, stored: StoredFile) -> None:
        self._files[stored.file_id] = stored
        self._ids[stored.unique] = stored.file_id
        self._bytes += len(stored.data)
        while self._bytes > BYTES_KEPT and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.data)


def mime_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _unique(data: bytes, *, kind: str) -> str:
    digest = hashlib.sha256(kind.encode() + data).digest()[:12]
    return "AQAD" + base64.urlsafe_b64encode(digest).decode().rstrip("=").replace("s", "_")


def _checked(data: bytes, *, kind: str) -> Image | None:
    if not data:
        raise refuse("file_empty")
    if len(data) > UPLOAD_MAX:
        raise refuse("too_large")
    return _checked_photo(data) if kind == "photo" else None


def _checked_photo(data: bytes) -> Image:
    if len(data) > PHOTO_MAX:
        raise refuse("photo_big")
    image = read_image(data)
    if image is None:
        raise refuse("photo_invalid")
    shortest, longest = sorted((image.width, image.height))
    if (
        shortest == 0
        or image.width + image.height > PHOTO_SIDES_MAX
        or longest > PHOTO_RATIO_MAX * shortest
    ):
        raise refuse("photo_dimensions")
    return image
