"""Files as rows: the same five columns in every table that has files."""

from typing import Any

from market.files import FileRef
from storage.queries import Row


def file_of(row: Row) -> FileRef | None:
    """The file in a row, None where an outer join found none."""
    if row["file_id"] is None:
        return None
    return FileRef(
        file_id=row["file_id"],
        file_unique_id=row["file_unique_id"],
        kind=row["kind"],
        name=row["name"],
        size=row["size_bytes"],
    )


def columns(file: FileRef) -> dict[str, Any]:
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
