"""The stored house on SQLite or PostgreSQL; nothing outside this package knows any SQL."""

from storage.cipher import Cipher
from storage.errors import CannotOpen, SchemaTooNew, WrongKey
from storage.opening import OpenStorage, open_storage

__all__ = ["CannotOpen", "Cipher", "OpenStorage", "SchemaTooNew", "WrongKey", "open_storage"]
