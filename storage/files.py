"""Files as rows: the same five columns in every table that has files; deliveries keep a hash."""

from typing import Any

from market.files import FileRef
from storage.queries import Row


def file_of(row: Row) -> FileRef | None:
    """The file in a row, None where an outer join found none or it was erased."""
    if not row["file_id"]:
        return None
    return FileRef(
        file_id=row["file_id"],
        file_unique_id=row["file_unique_id"],
        kind=row["kind"],
        name=row["name"],
        size=row["size_bytes"],
        sha256=row["sha256"] if "sha256" in row.keys() else "",  # noqa: SIM118 - rows of drivers
    )


def files_of(rows: list[Row]) -> tuple[FileRef, ...]:
    """The files of one owner, a row each."""
    return tuple(file for row in rows if (file := file_of(row)) is not None)


def columns(file: FileRef | None) -> dict[str, Any]:
    """The columns of a file, null where there is none."""
    if file is None:
        return dict.fromkeys(("file_id", "file_unique_id", "kind", "name", "size_bytes"))
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "kind": file.kind,
        "name": file.name,
        "size_bytes": file.size,
    }


def numbered(owner_id: int, files: tuple[FileRef, ...]) -> list[dict[str, Any]]:
    """Rows for a table of files, in the order they were given."""
    return [
        columns(file) | {"owner_id": owner_id, "number": number}
        for number, file in enumerate(files, start=1)
    ]
