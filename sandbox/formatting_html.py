"""parse_mode HTML, read the way tdlib's MessageEntity.cpp reads it; offsets in errors are bytes."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.rules import Refusal, refuse

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_PLAIN = re.compile(r"[^<&]+")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(r"\s*")
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
_MOMENT = re.compile(r"(\d{1,12})(?:\|(.*))?")
_MENTION = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    at: int


class HtmlReader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        while self._at < len(self._source):
            self._step()
        if self._open:
            tag = self._open[-1].tag
            raise _problem(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self._parts), self._entities

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
        self._offset += len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

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
        code = int(found[1], 16) if found[1] else int(found[2])
        if code == 0 or code >= 0x10FFFF or 0xD800 <= code < 0xE000:
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
        argument = self._attributes(name, begin=begin)
        if name == "span" and argument != "spoiler":
            raise self._located('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(name, argument, self._offset, len(self._parts)))

    def _attributes(self, tag: str, *, begin: int) -> str:
        argument = ""
        while True:
            self._matched(_SPACE)
            if self._peek() == ">":
                self._at += 1
                return argument
            name = self._matched(_ATTRIBUTE)
            if not name and self._peek():
                raise self._located(f'Empty attribute name in the tag "{tag}"', begin)
            value = self._value(begin)
            found = _argument(tag, name=name, value=value)
            argument = argument + found if tag == "tg-time" else found or argument

    def _value(self, begin: int) -> str | None:
        self._matched(_SPACE)
        if self._peek() == "":
            raise self._located("Unclosed start tag", begin)
        if self._peek() != "=":
            return None
        self._at += 1
        self._matched(_SPACE)
        quote = self._peek()
        value = self._quoted(quote) if quote and quote in "'\"" else self._token()
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
        if following and not following.isspace() and following != ">":
            raise self._located("Unexpected end of name token", begin)
        return token

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._located("Unexpected end tag", begin)
        self._at += 2
        name = self._matched(_TAG_NAME)
        self._matched(_SPACE)
        if self._peek() != ">":
            raise self._located("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            found = f'expected "</{opened.tag}>", found "</{name}>"'
            offset = _bytes(self._source[:begin])
            raise _problem(f"Unmatched end tag at byte offset {offset}, {found}")
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
        elif kind == "date_time":
            self._entities += _moment_entity(entity, opened.argument)
        else:
            if kind == "blockquote" and opened.argument:
                entity["type"] = "expandable_blockquote"
            if kind == "custom_emoji":
                entity["custom_emoji_id"] = opened.argument
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
        return _problem(f"{words} at byte offset {_bytes(self._source[:at])}")


def link_entity(entity: dict[str, Any], *, url: str) -> list[dict[str, Any]]:
    """A link that is none is dropped, as Telegram does; a user link is a mention."""
    mention = _MENTION.fullmatch(url)
    if mention:
        return [{**entity, "type": "text_mention", "user_id": int(mention[1])}]
    if "." not in url and "://" not in url:
        return []
    full = url if "://" in url else f"http://{url}"
    scheme, _, rest = full.partition("://")
    if rest and "/" not in rest and scheme in {"http", "https"} and "?" not in rest:
        full += "/"
    return [{**entity, "url": full}]


def _moment_entity(entity: dict[str, Any], argument: str) -> list[dict[str, Any]]:
    """A moment that is none is dropped; without a format the text is shown as it is."""
    moment = _MOMENT.fullmatch(argument)
    if moment is None:
        return []
    return [{**entity, "unix_time": int(moment[1]), "date_time_format": moment[2] or ""}]


def _argument(tag: str, *, name: str, value: str | None) -> str:
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return ""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            return value
        case ("tg-time", "format"):
            return f"|{value}"
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case _:
            return ""


def _problem(reason: str) -> Refusal:
    return refuse("entities", reason=reason)


def _bytes(text: str) -> int:
    return len(text.encode())
