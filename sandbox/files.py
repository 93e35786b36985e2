"""Files that were sent: kept by content, found again by file_id, with the limits of each kind."""

import base64
import hashlib
import itertools
import mimetypes
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sandbox.images import Image, read_image
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Upload

MEGABYTE = 1024 * 1024
PHOTO_MAX, UPLOAD_MAX, DOWNLOAD_MAX = 10 * MEGABYTE, 50 * MEGABYTE, 20 * MEGABYTE
BYTES_KEPT, FILES_KEPT = 256 * MEGABYTE, 20_000
PHOTO_SIDES_MAX, PHOTO_RATIO_MAX, THUMBNAIL_SIDE = 10_000, 20, 90
THUMBNAIL_BYTES_MAX = 200 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """How Telegram names a kind of file; the first letters of a file_id name it too."""

    prefix: str
    folder: str
    name: str
    facts: tuple[str, ...] = ()
    form: dict[str, Any] = field(default_factory=dict)


_SIZED = ("duration", "width", "height")
_STICKER = {
    "type": "regular",
    "is_animated": False,
    "is_video": False,
    "width": 512,
    "height": 512,
}
KINDS = {
    "photo": Kind("AgACAgIAAxkBAAI", "photos", "Photo"),
    "document": Kind("BQACAgIAAxkBAAI", "documents", "Document"),
    "video": Kind(
        "BAACAgIAAxkBAAI",
        "videos",
        "Video",
        _SIZED,
        {"width": 640, "height": 360, "duration": 1},
    ),
    "animation": Kind(
        "CgACAgIAAxkBAAI",
        "animations",
        "Animation",
        _SIZED,
        {"width": 320, "height": 240, "duration": 1},
    ),
    "audio": Kind(
        "CQACAgIAAxkBAAI", "music", "Audio", ("duration", "performer", "title"), {"duration": 1}
    ),
    "voice": Kind("AwACAgIAAxkBAAI", "voice", "VoiceNote", ("duration",), {"duration": 1}),
    "video_note": Kind(
        "DQACAgIAAxkBAAI",
        "video_notes",
        "VideoNote",
        ("duration", "length"),
        {"length": 240, "duration": 1},
    ),
    "sticker": Kind("CAACAgIAAxkBAAI", "stickers", "Sticker", (), _STICKER),
    "thumbnail": Kind("AAMCAgADGQEAAxkBAAI", "thumbnails", "Thumbnail"),
}
_NAMED = frozenset({"document", "video", "animation", "audio"})


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`facts` is what the sender declared: duration, width, title, and so on."""

    unique: str
    kind: str
    name: str
    mime: str
    data: bytes
    image: Image | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    thumbnail: "StoredFile | None" = None

    @property
    def file_id(self) -> str:
        """The same bytes under another name are another file with the same unique id."""
        thumbnail = self.thumbnail.unique if self.thumbnail else ""
        facts = "/".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        label = zlib.crc32(f"{self.name}/{self.mime}/{facts}/{thumbnail}".encode())
        return f"{KINDS[self.kind].prefix}{self.unique}{label:08x}"

    def to_api(self) -> Any:
        """What stands in a message: a list of sizes for a photo, else one object."""
        if self.kind == "photo":
            return self._sizes()
        shown: dict[str, Any] = {"file_id": self.file_id, "file_unique_id": self.unique}
        shown |= KINDS[self.kind].form | self.facts
        if self.kind in _NAMED:
            shown["file_name"] = self.name
        if self.kind not in {"sticker", "video_note"}:
            shown["mime_type"] = self.mime
        return shown | self._thumbnail() | {"file_size": len(self.data)}

    def _thumbnail(self) -> dict[str, Any]:
        """As uploaded; for an image sent as a document Telegram makes one."""
        if self.thumbnail is not None:
            return {"thumbnail": self.thumbnail.full_size()}
        if self.kind == "document" and self.image is not None:
            return {"thumbnail": self._sizes()[0]}
        return {}

    def full_size(self) -> dict[str, Any]:
        sizes: dict[str, Any] = self._sizes()[-1]
        return sizes

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
    """Keeps the newest files up to a number and a total size, so that memory stays flat."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._ids: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._counter = itertools.count()
        self._bytes = 0

    def add(
        self,
        upload: "Upload",
        *,
        kind: str,
        facts: dict[str, Any] | None = None,
        thumbnail: "Upload | None" = None,
    ) -> StoredFile:
        image = _checked(upload.data, kind=kind)
        stored = StoredFile(
            unique=_unique(upload.data, kind=kind),
            kind=kind,
            name=upload.name,
            mime=upload.mime or mime_of(upload.name),
            data=upload.data,
            image=image,
            facts=facts or {},
            thumbnail=self._small(thumbnail),
        )
        known = self._files.get(stored.file_id)
        if known is None:
            self._keep(stored)
        return known or stored

    def _small(self, upload: "Upload | None") -> StoredFile | None:
        """A thumbnail that is no JPEG, too heavy or too large is ignored, as Telegram does."""
        image = read_image(upload.data) if upload is not None else None
        if upload is None or image is None or image.kind != "jpeg":
            return None
        if len(upload.data) > THUMBNAIL_BYTES_MAX or max(image.width, image.height) > 320:
            return None
        unique = _unique(upload.data, kind="thumbnail")
        stored = StoredFile(unique, "thumbnail", upload.name, "image/jpeg", upload.data, image)
        if stored.file_id not in self._files:
            self._keep(stored)
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        found = self._files.get(file_id)
        return found or self._files.get(file_id.removesuffix("s"))

    def reuse(self, file_id: str, *, kind: str) -> StoredFile:
        stored = self.find(file_id)
        if stored is None:
            raise refuse("file_wrong")
        if stored.kind != kind:
            found, wanted = KINDS[stored.kind].name, KINDS[kind].name
            raise refuse("file_kind", found=found, wanted=wanted)
        return stored

    def by_unique(self, unique: str) -> StoredFile | None:
        file_id = self._ids.get(unique) or self._ids.get(unique.removesuffix("s"), "")
        return self._files.get(file_id)

    def path_of(self, stored: StoredFile) -> str:
        suffix = PurePosixPath(stored.name).suffix or mimetypes.guess_extension(stored.mime) or ""
        if stored.file_id not in self._numbers:
            self._numbers[stored.file_id] = next(self._counter)
        number = self._numbers[stored.file_id]
        path = f"{KINDS[stored.kind].folder}/file_{number}{suffix}"
        self._paths[path] = stored.file_id
        return path

    def at_path(self, path: str) -> StoredFile | None:
        return self._files.get(self._paths.get(path, ""))

    def _keep(self, stored: StoredFile) -> None:
        self._files[stored.file_id] = stored
        self._ids[stored.unique] = stored.file_id
        self._bytes += len(stored.data)
        while len(self._files) > FILES_KEPT or (self._bytes > BYTES_KEPT and len(self._files) > 1):
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.data)
            self._forget(oldest)

    def _forget(self, stored: StoredFile) -> None:
        if self._ids.get(stored.unique) == stored.file_id:
            del self._ids[stored.unique]
        if self._numbers.pop(stored.file_id, None) is not None:
            paths = {path for path, file_id in self._paths.items() if file_id == stored.file_id}
            for path in paths:
                del self._paths[path]


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
    if kind == "document":
        return read_image(data)
    return _checked_photo(data) if kind == "photo" else None


def _checked_photo(data: bytes) -> Image:
    if len(data) > PHOTO_MAX:
        raise refuse("photo_big", size=len(data), high=PHOTO_MAX)
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
