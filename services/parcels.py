"""How files are packed into as few Telegram calls as its rules on albums allow."""

from dataclasses import replace
from itertools import accumulate

from market.files import FileKind, FileRef
from market.notices import Message

ALBUM_MAX = 10
_ALBUMS: dict[FileKind, str] = {
    "photo": "pictures",
    "video": "pictures",
    "document": "documents",
    "audio": "audios",
}

Parcel = tuple[FileRef, ...]


def parcels(files: tuple[FileRef, ...]) -> tuple[Parcel, ...]:
    """Albums of 2 to 10 photos and videos, documents, or audios; everything else by itself.

    Albums stand in the order of their first file. Packing the unpacked parcels again gives the
    same parcels, so a stored delivery may be cut by position.
    """
    piles: dict[str, list[FileRef]] = {}
    for place, file in enumerate(files):
        piles.setdefault(_ALBUMS.get(file.kind, f"alone {place}"), []).append(file)
    return tuple(
        tuple(pile[start : start + ALBUM_MAX])
        for pile in piles.values()
        for start in range(0, len(pile), ALBUM_MAX)
    )


def arranged(files: tuple[FileRef, ...]) -> tuple[FileRef, ...]:
    """The files in the order in which their parcels go out."""
    return tuple(file for parcel in parcels(files) for file in parcel)


def packed(notice: Message, files: tuple[FileRef, ...]) -> tuple[Message, ...]:
    """One message per parcel of arranged files, saying which of them it carries."""
    boxes = parcels(files)
    starts = accumulate((len(box) for box in boxes), initial=0)
    return tuple(
        replace(
            notice,
            key=f"{notice.key}:{number}",
            facts=notice.facts | {"from": start, "count": len(box)},
        )
        for number, (box, start) in enumerate(zip(boxes, starts, strict=False))
    )
