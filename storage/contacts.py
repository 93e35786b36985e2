"""Contacts as sealed bytes and back."""

import json

from market.people import Contact
from storage.cipher import Cipher

NOBODY = Contact("", None)


def seal(cipher: Cipher, person_id: int, contact: Contact) -> bytes:
    plain = json.dumps([contact.name, contact.username], ensure_ascii=False)
    return cipher.seal(plain.encode(), owner=_owner(person_id))


def unseal(cipher: Cipher, person_id: int, sealed: bytes | None) -> Contact:
    """An erased or never stored contact has no name."""
    if sealed is None:
        return NOBODY
    name, username = json.loads(cipher.open(sealed, owner=_owner(person_id)))
    return Contact(name, username)


def _owner(person_id: int) -> str:
    return f"person:{person_id}"
