"""parse_mode HTML, read the way tdlib's MessageEntity.cpp reads it; offsets in errors are bytes."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.formatting_links import date_entity, emoji_entity, link_entity, problem
from sandbox.rules import Refusal
from sandbox.strict_json import whole

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![A-Za-z]));?", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CODE_MAX = 0x10FFFF
_NUMBER_END = 10  # a character reference of ten and more characters stays as it is
_PLAIN = re.compile(r"[^<&]+")
_SPACES = " \t\r\n\v"
_TAG_NAME = re.compile(rf"[^{_SPACES}>]*")
_ATTRIBUTE = re.compile(rf"[^{_SPACES}=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(rf"[{_SPACES}]*")
KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    date: int
    offset: int
    at: int

    def take(self, name: str, value: str | None) -> None:
        """An attribute; those without a meaning for this tag are left out."""
        if self.tag == "blockquote" and name == "expandable":
            self.argument = "1"
        if value is None:
            return
        match self.tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
                self.argument = value
            case ("tg-time", "unix"):
                self.date = _leading_number(value)
            case ("code", "class") if value.startswith("language-"):
                self.argument = value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                self.argument = value.removeprefix("tg-")


class HtmlReader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        if "\0" in self._source:
            raise problem("Text must not contain null bytes")
        while self._at < len(self._source):
            self._step()
        if self._open:
            tag = self._open[-1].tag
            raise problem(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self._text(), self._entities

    def _text(self) -> str:
        text = "".join(self._parts)
        if _SURROGATE.search(text):
            raise problem(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text

    def _step(self) -> None:
        plain = _PLAIN.match(self._source, self._at)
        if plain:
            self._add(plain[0])
            self._at = plain.end()
        elif self._source[self._at] == "&":
            self._add(self._character() or self._taken("&"))
        elif self._source.startswith("</", self._at):
            self._end_tag()
        else:
            self._start_tag()

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._offset += len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))

    def _taken(self, text: str) -> str:
        self._at += len(text)
        return text

    def _character(self) -> str | None:
        found = _ENTITY.match(self._source, self._at)
        if found is None:
            return None
        if found[3]:
            self._at = found.end()
            return _NAMED[found[3]]
        length = len(found[0].removesuffix(";"))
        code = int(found[1], 16) if found[1] else whole(found[2])
        if length >= _NUMBER_END or code == 0 or code >= _CODE_MAX:
            return None
        self._at = found.end()
        return chr(code)

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._matched(_TAG_NAME).lower()
        if self._peek() == "":
            raise self._located("Unclosed start tag", begin)
        if name not in KINDS:
            raise self._located(f'Unsupported start tag "{name}"', begin)
        opened = _Open(name, "", 0, self._offset, len(self._parts))
        self._attributes(opened, begin=begin)
        if name == "span" and opened.argument != "spoiler":
            raise self._located('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(opened)

    def _attributes(self, opened: _Open, *, begin: int) -> None:
        while True:
            self._matched(_SPACE)
            if self._peek() == ">":
                self._at += 1
                return
            name = self._matched(_ATTRIBUTE)
            if not name:
                words = f'Empty attribute name in the tag "{opened.tag}"'
                raise self._located(words, begin)
            opened.take(name, self._value(opened.tag, begin=begin))

    def _value(self, tag: str, *, begin: int) -> str | None:
        """None for an attribute without a value."""
        unclosed = f'Unclosed start tag "{tag}"'
        self._matched(_SPACE)
        if self._peek() == "":
            raise self._located(unclosed, begin)
        if self._peek() != "=":
            return None
        self._at += 1
        self._matched(_SPACE)
        if self._peek() == "":
            raise self._located(unclosed, begin)
        quote = self._peek()
        value = self._quoted(quote) if quote in "'\"" else self._token()
        if self._peek() == "":
            raise self._located("Unclosed start tag", begin)
        return value

    def _quoted(self, quote: str) -> str:
        self._at += 1
        parts: list[str] = []
        while (following := self._peek()) not in ("", quote):
            parts.append(self._character() or self._taken(following))
        self._at += 1
        return "".join(parts)

    def _token(self) -> str:
        begin = self._at
        token = self._matched(_TOKEN).lower()
        following = self._peek()
        if following and following not in _SPACES and following != ">":
            raise self._located("Unexpected end of name token", begin)
        return token

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._located("Unexpected end tag", begin)
        self._at += 2
        name = self._matched(_TAG_NAME).lower()
        self._matched(_SPACE)
        if self._peek() != ">":
            raise self._located("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            found = f'expected "</{opened.tag}>", found "</{name}>"'
            offset = _bytes(self._source[:begin])
            raise problem(f"Unmatched end tag at byte offset {offset}, {found}")
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = KINDS[opened.tag]
        entity: dict[str, Any] = {
            "type": kind,
            "offset": opened.offset,
            "length": self._offset - opened.offset,
        }
        if kind in {"pre", "code"}:
            self._close_code(entity, argument=opened.argument)
        elif kind == "text_link":
            url = opened.argument or "".join(self._parts[opened.at :])
            self._entities += link_entity(entity, url=url)
        elif kind == "custom_emoji":
            self._entities += emoji_entity(entity, number=opened.argument)
        elif kind == "date_time":
            self._entities += date_entity(entity, date=opened.date, style=opened.argument)
        else:
            if kind == "blockquote" and opened.argument:
                entity["type"] = "expandable_blockquote"
            self._entities.append(entity)

    def _close_code(self, entity: dict[str, Any], *, argument: str) -> None:
        """A pre and a code of the same stretch are one block with its language."""
        last = self._entities[-1] if self._entities else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        if same and {last["type"], entity["type"]} == {"pre", "code"}:
            language = argument or last.get("language", "")
            if language:
                last.update(type="pre", language=language)
                return
        if entity["type"] == "code" and argument:
            entity["language"] = argument
        self._entities.append(entity)

    def _matched(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        text = found[0] if found else ""
        self._at += len(text)
        return text

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _located(self, words: str, at: int) -> Refusal:
        return problem(f"{words} at byte offset {_bytes(self._source[:at])}")


def _leading_number(text: str) -> int:
    found = re.match(r"-?\d+", text, re.ASCII)
    return whole(found[0]) if found else 0


def _bytes(text: str) -> int:
    return len(text.encode())
