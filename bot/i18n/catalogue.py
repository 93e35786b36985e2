"""The catalogues: every locales/<lang>/LC_MESSAGES/<area>.po, read once and merged.

The message id is the English sentence, so English has no catalogue. No build step: Babel reads
the text files at start.
"""

from functools import cache
from pathlib import Path
from unicodedata import normalize

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
Catalogue = dict[str, tuple[str, ...]]


@cache
def catalogue(language: str) -> Catalogue:
    """English sentence -> its forms (one, or singular and plural) in the language."""
    merged: Catalogue = {}
    for path in sorted((LOCALES / language / "LC_MESSAGES").glob("*.po")):
        for english, forms in read(path).items():
            known = merged.setdefault(english, forms)
            assert known == forms, f"two areas disagree about {english!r}: {path.name}"
    return merged


def read(path: Path) -> Catalogue:
    """One area's file; entries without a translation are left out."""
    with path.open("rb") as stream:
        po = read_po(stream, abort_invalid=True)
    pairs = (_pair(message) for message in po if message.id and not message.fuzzy)
    return {english: forms for english, forms in pairs if all(forms)}


def _pair(message: Message) -> tuple[str, tuple[str, ...]]:
    english = message.id if isinstance(message.id, str) else message.id[0]
    string = message.string or ""
    forms = (string,) if isinstance(string, str) else tuple(string)
    return english, tuple(normalize("NFC", form) for form in forms)
