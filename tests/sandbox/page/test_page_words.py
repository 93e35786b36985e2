"""The page's own words in both languages, and the size of its modules; no browser is needed."""

import json
import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "sandbox/page"
MODULES = sorted((PAGE / "js").glob("*.js"))
SPEC = PAGE.parent / "data/bot-api-10.0.json"
PAIR = re.compile(r'^  (\w+): \["((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\],$', re.MULTILINE)
WORDS = {
    key: (english, bengali)
    for key, english, bengali in PAIR.findall((PAGE / "js/words.js").read_text(encoding="utf-8"))
}
LATIN_KEPT = {"other_language": "View in English", "copy_curl": "curl"}
MODULE_MAX = 300


def source() -> str:
    """All modules but the words."""
    texts = [one.read_text(encoding="utf-8") for one in MODULES if one.name != "words.js"]
    return "\n".join(texts)


def test_every_word_is_a_pair() -> None:
    """Each line of words.js holds a key with an English and a Bengali text, each key once."""
    lines = (PAGE / "js/words.js").read_text(encoding="utf-8").splitlines()
    assert len(lines) - 3 == len(WORDS)
    assert len(WORDS) > 200


def test_bengali_is_whole() -> None:
    """No Bengali text is empty, equal to the English one or written in Latin letters."""
    odd = {
        key: bengali
        for key, (english, bengali) in WORDS.items()
        if not bengali.strip() or bengali == english or _has_latin(key, bengali)
    }
    assert odd == {}


def _has_latin(key: str, bengali: str) -> bool:
    bare = re.sub(r"\{\w+\}", "", bengali).replace(LATIN_KEPT.get(key, "\0"), "")
    return re.search(r"[A-Za-z0-9]", bare) is not None


def test_both_languages_name_the_same_values() -> None:
    """A {value} of the English text is in the Bengali one, and none besides."""
    values = re.compile(r"\{\w+\}")
    odd = [
        key
        for key, (english, bengali) in WORDS.items()
        if sorted(values.findall(english)) != sorted(values.findall(bengali))
    ]
    assert odd == []


def test_every_word_that_is_asked_for_is_there() -> None:
    """No t("key") asks for a key that words.js has not."""
    asked = set(re.findall(r'\bt\("(\w+)"', source()))
    assert sorted(asked - WORDS.keys()) == []


def test_no_word_is_left_over() -> None:
    """Each key is named in a module, whole or as the end of a family of keys."""
    text = source()
    families = {one.rstrip("_") for one in re.findall(r"\bt\(`(\w+_)\$", text)} | {"hint"}
    left = [
        key
        for key in WORDS
        if not re.search(rf'["\s{{]{key}["\s,:]', text)
        and key.partition("_")[0] not in families
        and key.rpartition("_")[2] not in families
    ]
    assert left == []


def test_modules_are_short() -> None:
    """No module of the page is longer than 300 lines."""
    long = {
        one.name: lines
        for one in [*MODULES, *(PAGE / "css").glob("*.css")]
        if (lines := len(one.read_text(encoding="utf-8").splitlines())) > MODULE_MAX
    }
    assert long == {}


def test_nothing_is_written_as_html() -> None:
    """What people and bots write reaches the page as text nodes only."""
    risky = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(")
    assert [one.name for one in MODULES if risky.search(one.read_text(encoding="utf-8"))] == []


def test_reactions_are_those_of_the_bot_api() -> None:
    """The menu offers each emoji that the Bot API allows as a reaction, and none besides."""
    fields = json.loads(SPEC.read_text(encoding="utf-8"))["types"]["ReactionTypeEmoji"]["fields"]
    described = next(one["description"] for one in fields if one["name"] == "emoji")
    allowed = re.findall(r'"([^"]+)"', described)
    text = (PAGE / "js/reactions.js").read_text(encoding="utf-8")
    listed = text.partition("EMOJI = [")[2].partition("];")[0]
    offered: list[str] = []
    for spread, words in re.findall(r'(\.\.\.)?"([^"]+)"', listed):
        offered += list(words) if spread else [words]
    assert sorted(offered) == sorted(allowed)
