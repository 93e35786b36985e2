"""The digest of a delivery."""

from dataclasses import replace

from market.evidence import digest_of
from tests.support.samples import file

FILES = (file(1), file(2))


def test_the_same_delivery_has_the_same_digest() -> None:
    """64 hex digits that anybody can make again from what is shown."""
    digest = digest_of("হলো", FILES, at_ms=5)
    assert digest_of("হলো", FILES, at_ms=5) == digest
    assert len(bytes.fromhex(digest)) == 32


def test_any_other_delivery_has_another_digest() -> None:
    """Text, moment, order of files, unique ids, names and sizes count; handles and hashes do not.

    A handle changes with the bot, and the hash of the bytes is learnt later.
    """
    one, two = FILES
    others = [
        digest_of("b", FILES, at_ms=5),
        digest_of("a", FILES, at_ms=6),
        digest_of("a", (two, one), at_ms=5),
        digest_of("a", (one,), at_ms=5),
        digest_of("a", (one, replace(two, file_unique_id="x")), at_ms=5),
        digest_of("a", (one, replace(two, name="x")), at_ms=5),
        digest_of("a", (one, replace(two, size=1)), at_ms=5),
    ]
    same = digest_of("a", (one, replace(two, file_id="x", sha256="ab")), at_ms=5)
    assert digest_of("a", FILES, at_ms=5) == same
    assert len({same, *others}) == 8
