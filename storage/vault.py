"""The sealed file that a backup is: chunks under a key of its own, and no chunk can be missed.

What is in it, how it is taken and given back: `storage.backup`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import BadBackup

MAGIC = b"GigHaat1"
CHUNK_BYTES = 1 << 20
_SALT_BYTES = 16
_TAG_BYTES = 16
_MORE, _LAST = b"more", b"last"


def seal_file(plain: Path, sealed: Path, key: bytes) -> None:
    """Write `sealed` whole or not at all; it is on the disk when this returns."""
    unfinished = sealed.with_name(f"{sealed.name}.part")
    salt = os.urandom(_SALT_BYTES)
    box = _box(key, salt)
    with plain.open("rb") as source, _private(unfinished) as target:
        target.write(MAGIC + salt)
        for number, (piece, is_last) in enumerate(_pieces(source, CHUNK_BYTES)):
            target.write(box.encrypt(_nonce(number), piece, _LAST if is_last else _MORE))
        target.flush()
        os.fsync(target.fileno())
    unfinished.replace(sealed)
    _keep_name(sealed.parent)


def open_file(sealed: Path, plain: Path, key: bytes) -> None:
    """Write what was sealed to `plain`; raise BadBackup for another key, a cut or changed file."""
    if not sealed.is_file():
        raise BadBackup(f"There is no backup {sealed}.")
    with sealed.open("rb") as source, _private(plain) as target:
        if source.read(len(MAGIC)) != MAGIC:
            raise BadBackup(f"{sealed} is no backup of GigHaat.")
        box = _box(key, source.read(_SALT_BYTES))
        try:
            for number, (piece, is_last) in enumerate(_pieces(source, CHUNK_BYTES + _TAG_BYTES)):
                target.write(box.decrypt(_nonce(number), piece, _LAST if is_last else _MORE))
        except InvalidTag:
            raise BadBackup(
                f"{sealed} does not open: it was sealed with another GIGHAAT_KEY, or it is damaged."
            ) from None


def _private(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "wb")


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Each piece with whether it is the last; an empty source is one empty piece."""
    piece = source.read(size)
    while True:
        following = source.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _box(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt, b"gighaat backup").derive(key)
    return AESGCM(derived)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
