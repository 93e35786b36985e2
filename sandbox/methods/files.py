"""getFile: where a file can be downloaded, up to 20 MB."""

from typing import TYPE_CHECKING, Any

from sandbox.files import DOWNLOAD_MAX
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call


def get_file(call: "Call") -> dict[str, Any]:
    file_id = call.text("file_id")
    stored = call.world.files.find(file_id)
    if stored is None:
        raise refuse("file_id")
    if len(stored.data) > DOWNLOAD_MAX:
        raise refuse("file_big_download")
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique,
        "file_size": len(stored.data),
        "file_path": call.world.files.path_of(stored),
    }


METHODS = {"getfile": get_file}
