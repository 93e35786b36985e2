"""The fingerprint of a delivery: what was said and handed over, and when."""

import hashlib
import json

from market.files import FileRef


def digest_of(text: str, files: tuple[FileRef, ...], *, at_ms: int) -> str:
    """SHA-256 in hex over text, moment and each file's unique id, name and size, in order."""
    parts = [[file.file_unique_id, file.name, file.size] for file in files]
    sealed = json.dumps([text, at_ms, parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(sealed.encode()).hexdigest()
