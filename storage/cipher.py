"""Sealing private data: AES-GCM under a key that lives outside the database.

Neither keys nor plain texts are ever logged or shown in errors.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import WrongKey

KEY_BYTES = 32
_ID_BYTES = 4
_NONCE_BYTES = 12


class Cipher:
    """Seals with `key`; opens what `key` or one of the `older` keys sealed."""

    def __init__(self, key: bytes, *older: bytes) -> None:
        keys = (key, *older)
        if any(len(one) != KEY_BYTES for one in keys):
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._id = _key_id(key)
        self._marking = hashlib.sha256(b"gighaat mark" + key).digest()
        self._by_id = {_key_id(one): AESGCM(one) for one in keys}

    def seal(self, plain: bytes, *, owner: str) -> bytes:
        """`owner` names the row; a sealed value moved to another row does not open."""
        nonce = os.urandom(_NONCE_BYTES)
        box = self._by_id[self._id].encrypt(nonce, plain, owner.encode())
        return self._id + nonce + box

    def open(self, sealed: bytes, *, owner: str) -> bytes:
        """Raise WrongKey when none of the keys fits."""
        box = self._by_id.get(sealed[:_ID_BYTES])
        if box is None:
            raise WrongKey("private data was sealed with another key")
        cut = _ID_BYTES + _NONCE_BYTES
        return box.decrypt(sealed[_ID_BYTES:cut], sealed[cut:], owner.encode())

    def mark(self, plain: bytes) -> str:
        """The same for the same text; without the key nobody can tell of which."""
        return hmac.new(self._marking, plain, hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return "Cipher(…)"


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"gighaat key id" + key).digest()[:_ID_BYTES]
