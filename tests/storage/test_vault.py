"""The sealed backup file: whole or not at all, under one key only."""

from pathlib import Path

import pytest

from storage.errors import BadBackup
from storage.vault import CHUNK_BYTES, open_file, seal_file

KEY, OTHER = b"\x01" * 32, b"\x02" * 32


def sealed_of(folder: Path, content: bytes) -> Path:
    plain, sealed = folder / "plain", folder / "sealed"
    plain.write_bytes(content)
    seal_file(plain, sealed, KEY)
    return sealed


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, 2 * CHUNK_BYTES + 7])
def test_there_and_back(tmp_path: Path, size: int) -> None:
    """What was sealed comes back byte by byte, and is not to be read meanwhile."""
    content = bytes(number % 251 for number in range(size))
    sealed = sealed_of(tmp_path, content)
    assert not content or content[:1000] not in sealed.read_bytes() or size < 2
    open_file(sealed, tmp_path / "again", KEY)
    assert content == (tmp_path / "again").read_bytes()


def test_only_its_owner_may_read(tmp_path: Path) -> None:
    """Neither the backup nor what is restored from it is readable for others."""
    sealed = sealed_of(tmp_path, b"private")
    open_file(sealed, tmp_path / "again", KEY)
    assert {0o600} == {path.stat().st_mode & 0o777 for path in (sealed, tmp_path / "again")}


def test_another_key(tmp_path: Path) -> None:
    """Another key is told apart from garbage, in words that say what to do."""
    with pytest.raises(BadBackup, match="another GIGHAAT_KEY"):
        open_file(sealed_of(tmp_path, b"x"), tmp_path / "again", OTHER)


@pytest.mark.parametrize("cut", [1, 16, CHUNK_BYTES + 16, CHUNK_BYTES + 17])
def test_cut_short(tmp_path: Path, cut: int) -> None:
    """A file that lacks its end does not open, not even when it lacks whole chunks."""
    sealed = sealed_of(tmp_path, b"a" * (2 * CHUNK_BYTES))
    sealed.write_bytes(sealed.read_bytes()[:-cut])
    with pytest.raises(BadBackup, match="damaged"):
        open_file(sealed, tmp_path / "again", KEY)


def test_one_changed_bit(tmp_path: Path) -> None:
    """A single flipped bit anywhere is noticed."""
    sealed = sealed_of(tmp_path, b"a" * 100)
    content = bytearray(sealed.read_bytes())
    content[60] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(BadBackup, match="damaged"):
        open_file(sealed, tmp_path / "again", KEY)


def test_something_else(tmp_path: Path) -> None:
    """A file of another kind is called that."""
    (tmp_path / "other").write_bytes(b"PK\x03\x04 a zip file")
    with pytest.raises(BadBackup, match="no backup"):
        open_file(tmp_path / "other", tmp_path / "again", KEY)


def test_nothing_there(tmp_path: Path) -> None:
    """A wrong name is told."""
    with pytest.raises(BadBackup, match="There is no backup"):
        open_file(tmp_path / "no", tmp_path / "again", KEY)
