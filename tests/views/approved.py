"""Approved screens: each view, in both languages, against a text file under screens/.

`GIGHAAT_APPROVE=1 pytest tests/views` rewrites the files; the diff is what people will see.
"""

import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from bot.i18n import Translator, plain, translator
from bot.i18n.translator import LANGUAGES
from bot.ui.callbacks import encode
from bot.ui.screen import Album, Button, Invoice, Picture, Relay, Screen
from market.files import FileRef
from market.gig import units

SCREENS = Path(__file__).parent / "screens"
TEXT_MAX, CAPTION_MAX, TOAST_MAX = 4096, 1024, 200
LABEL_MAX = 40
_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler", "tg-time"}
_BENGALI = re.compile(r"[\u0980-\u09ff]")

Shown = Screen | Album | Relay | Invoice | str


def approved(name: str, draw: Callable[[Translator], Shown]) -> None:
    """Draw in both languages and compare with screens/<name>.<lang>.txt."""
    for language in LANGUAGES:
        shown = draw(translator(language))
        check(shown)
        actual = rendered(shown)
        assert language != "bn" or _BENGALI.search(actual), f"{name}: no Bengali in it"
        path = SCREENS / f"{name}.{language}.txt"
        if os.environ.get("GIGHAAT_APPROVE") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
        assert path.exists(), f"{path.name} is not approved yet: GIGHAAT_APPROVE=1 writes it"
        assert path.read_text(encoding="utf-8") == actual


def rendered(shown: Shown) -> str:
    """A screen as text: media, text, then the buttons in brackets, row by row."""
    match shown:
        case str():
            return f"{shown}\n"
        case Screen():
            lines = [_media(shown.media), str(shown.text), *map(_row, shown.rows)]
        case Album():
            lines = [*map(_media, shown.files), str(shown.caption)]
        case Relay():
            lines = [_media(shown.file), str(shown.caption), *map(_row, shown.rows)]
        case Invoice():
            pay = f"[{shown.pay_label} | pay {shown.amount.minor} {shown.amount.currency}]"
            lines = [f"invoice: {shown.title}", shown.description, pay, *map(_row, shown.rows)]
    return "\n".join(line for line in lines if line) + "\n"


def _media(media: FileRef | Picture | None) -> str:
    match media:
        case FileRef():
            return f"<{media.kind}: {media.name or media.file_unique_id}>"
        case Picture():
            return "<picture drawn by the house>"
        case None:
            return ""


def _row(row: tuple[Button, ...]) -> str:
    return " ".join(f"[{button.label} | {_action(button)}]" for button in row)


def _action(button: Button) -> str:
    style = f" {button.style}" if button.style else ""
    if button.tap is not None:
        return encode(button.tap) + style
    return (f"url {button.url}" if button.url else f"copy {button.copy}") + style


def check(shown: Shown) -> None:
    """What Telegram would refuse fails here: lengths, tags, empty texts."""
    match shown:
        case Screen():
            _check_text(shown.text, CAPTION_MAX if shown.media else TEXT_MAX)
            _check_rows(shown.rows)
        case Album():
            assert 1 <= len(shown.files) <= 10
            assert units(plain(shown.caption)) <= CAPTION_MAX
        case Relay():
            _check_text(shown.caption, CAPTION_MAX)
            _check_rows(shown.rows)
        case Invoice():
            assert 1 <= units(shown.title) <= 32
            assert 1 <= units(shown.description) <= 255
            _check_rows(shown.rows)
        case str():
            assert 1 <= units(shown) <= TOAST_MAX


def _check_text(text: str, most: int) -> None:
    assert 1 <= units(plain(text).strip()) <= most
    checker = _Tags()
    checker.feed(text)
    assert checker.open == [], f"unclosed: {checker.open}"
    assert "{" not in plain(text), "a placeholder is left"


def _check_rows(rows: tuple[tuple[Button, ...], ...]) -> None:
    for button in (button for row in rows for button in row):
        assert 1 <= units(button.label) <= LABEL_MAX, button.label
        assert "<" not in button.label, button.label
        assert "{" not in button.label, button.label


class _Tags(HTMLParser):
    """Telegram knows few tags and wants them nested rightly."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        assert tag in _TAGS, f"Telegram has no <{tag}>"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"
