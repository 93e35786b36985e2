"""The Bengali catalogue is whole: every sentence in the source, and nothing that is not there."""

import re
from pathlib import Path
from string import Formatter
from unicodedata import is_normalized

import pytest

from bot.i18n.catalogue import LOCALES, catalogue, read
from bot.i18n.translator import LANGUAGES
from tests.support.sentences import Sentence, sentences

ALL = tuple(sentences())
AREAS = sorted((LOCALES / "bn" / "LC_MESSAGES").glob("*.po"))
_TAG = re.compile(r"</?[a-z]+[^>]*>")
_LATIN_DIGIT = re.compile(r"[0-9]")


def test_sentences_are_found() -> None:
    """The finder sees the bot's sentences at all."""
    assert len(ALL) > 100


def test_sentences_are_plain_literals() -> None:
    """No f-string and no variable stands where a sentence belongs."""
    assert [sentence.where for sentence in ALL if None in sentence.forms] == []


def test_every_sentence_has_its_bengali() -> None:
    """Each sentence in the source has a Bengali entry."""
    known = catalogue("bn")
    assert [f"{one.where} {one.key}" for one in ALL if one.key not in known] == []


def test_plural_sentences_have_plural_entries() -> None:
    """tr.n has two Bengali forms, everything else one."""
    known = catalogue("bn")
    wrong = [one.where for one in ALL if len(known.get(one.key, one.forms)) != len(one.forms)]
    assert wrong == []


def test_no_entry_is_stale() -> None:
    """Each entry of each area is said somewhere."""
    said = {sentence.key for sentence in ALL}
    stale = {path.name: sorted(set(read(path)) - said) for path in AREAS}
    assert {name: entries for name, entries in stale.items() if entries} == {}


@pytest.mark.parametrize("path", AREAS, ids=lambda path: path.stem)
def test_placeholders_and_tags_agree(path: Path) -> None:
    """Bengali has the same placeholders and the same tags as English, in any order."""
    wrong = {
        english: form
        for english, forms in read(path).items()
        for form in forms
        if names(form) != names(english) or tags(form) != tags(english)
    }
    assert wrong == {}


def test_calls_give_the_values_that_sentences_name() -> None:
    """No placeholder is left open, no value is given in vain."""
    wrong = [
        f"{one.where}: {one.key}" for one in ALL if not one.has_more and names_of(one) != one.values
    ]
    assert wrong == []


def test_bengali_writes_bengali_digits() -> None:
    """Figures inside Bengali sentences are Bengali ones."""
    wrong = [
        form
        for forms in catalogue("bn").values()
        for form in forms
        if _LATIN_DIGIT.search(_TAG.sub("", form))
    ]
    assert wrong == []


def test_texts_are_normalised() -> None:
    """Bengali is stored in one spelling (NFC)."""
    forms = [form for forms in catalogue("bn").values() for form in forms]
    assert [form for form in forms if not is_normalized("NFC", form)] == []


def test_english_needs_no_catalogue() -> None:
    """English sentences are the message ids."""
    assert LANGUAGES == ("bn", "en")
    assert catalogue("en") == {}


def names(text: str) -> set[str]:
    """The placeholders of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def tags(text: str) -> list[str]:
    """The tags of a sentence."""
    return sorted(_TAG.findall(text))


def names_of(sentence: Sentence) -> set[str]:
    """The placeholders of all forms; {n} is always given."""
    found = set().union(*(names(form or "") for form in sentence.forms))
    return found | ({"n"} if len(sentence.forms) == 2 else set())
