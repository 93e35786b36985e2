"""parse_mode MarkdownV2, read the way tdlib's MessageEntity.cpp reads it; offsets are bytes."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.formatting_html import link_entity
from sandbox.rules import Refusal, refuse
from sandbox.schema import utf16_length

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_PLAIN = re.compile(r"[^\\_*\[\]()~`>#+\-=|{}.!\n]+")
_LANGUAGE = re.compile(r"[^\s`]+")
_EMOJI = re.compile(r"tg://emoji\?id=(\d+)")
_MARKS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
_STARTS = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("*", "bold"),
    ("_", "italic"),
    ("~", "strikethrough"),
    ("`", "code"),
    ("[", "text_link"),
)
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


@dataclass(slots=True)
class _Open:
    kind: str
    argument: str
    offset: int
    source_at: int
    part_at: int


class MarkdownReader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []
        self._line_start = True

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        while self._at < len(self._source):
            self._step()
        self._end_quote()
        if self._open:
            opened = self._open[-1]
            at = len(self._source[: opened.source_at].encode())
            raise _problem(f"Can't find end of {_NAMES[opened.kind]} entity at byte offset {at}")
        return "".join(self._parts), self._entities

    @property
    def _inside(self) -> str:
        return self._open[-1].kind if self._open else ""

    def _step(self) -> None:
        char = self._source[self._at]
        following = self._source[self._at + 1 : self._at + 2]
        if char == "\\" and following and 0 < ord(following) <= 126:
            self._add(following, taken=2)
        elif self._is_plain(char):
            self._add_plain(char)
        elif self._inside and self._ends_entity():
            self._end()
        elif char == "\n":
            self._new_line()
        elif char == ">" and self._line_start:
            self._begin_quote()
        else:
            self._begin()

    def _is_plain(self, char: str) -> bool:
        if self._inside in {"code", "pre"}:
            return char != "`"
        return char not in _RESERVED

    def _add_plain(self, char: str) -> None:
        found = None if self._inside in {"code", "pre"} else _PLAIN.match(self._source, self._at)
        self._add(found[0] if found else char, taken=len(found[0]) if found else 1)

    def _add(self, text: str, *, taken: int) -> None:
        self._parts.append(text)
        self._offset += utf16_length(text)
        self._at += taken
        self._line_start = False

    def _ends_entity(self) -> bool:
        kind = self._inside
        mark = _MARKS.get(kind)
        if mark is None or not self._source.startswith(mark, self._at):
            return False
        return kind != "italic" or not self._source.startswith("__", self._at)

    def _new_line(self) -> None:
        ends = not self._source.startswith(">", self._at + 1)
        if ends:
            self._end_quote()
        self._add("\n", taken=1)
        self._line_start = True

    def _begin_quote(self) -> None:
        self._at += 1
        self._line_start = False
        if not any(opened.kind == "blockquote" for opened in self._open):
            self._push("blockquote", at=self._at - 1)

    def _end_quote(self) -> None:
        """A quotation ends with its last line; `||` before that end makes it expandable."""
        if self._inside == "spoiler" and self._open[-1].offset == self._offset:
            expandable = len(self._open) > 1 and self._open[-2].kind == "blockquote"
            if expandable:
                self._open.pop()
                self._close(self._open.pop(), kind="expandable_blockquote")
                return
        if self._inside == "blockquote":
            self._close(self._open.pop(), kind="blockquote")

    def _begin(self) -> None:
        begin = self._at
        for mark, kind in _STARTS:
            if self._source.startswith(mark, begin):
                self._at += len(mark)
                self._push(kind, at=begin)
                self._line_start = False
                return
        char = self._source[begin]
        words = "is reserved and must be escaped with the preceding"
        raise _problem(f"Character '{char}' {words} '\\'")

    def _push(self, kind: str, *, at: int) -> None:
        language = self._language() if kind == "pre" else ""
        self._open.append(_Open(kind, language, self._offset, at, len(self._parts)))

    def _language(self) -> str:
        found = _LANGUAGE.match(self._source, self._at)
        language = ""
        if found and self._source[found.end() : found.end() + 1] not in ("", "`"):
            language = found[0]
            self._at = found.end()
        for line_end in ("\r\n", "\n\r", "\n", "\r"):
            if self._source.startswith(line_end, self._at):
                self._at += len(line_end)
                break
        return language

    def _end(self) -> None:
        opened = self._open.pop()
        self._at += len(_MARKS[opened.kind])
        self._line_start = False
        if opened.kind in {"text_link", "custom_emoji"}:
            self._end_link(opened)
        else:
            self._close(opened, kind=opened.kind)

    def _end_link(self, opened: _Open) -> None:
        url = self._url()
        entity = self._entity(opened, kind=opened.kind)
        if opened.kind == "custom_emoji":
            found = _EMOJI.fullmatch(url or "")
            if found is None:
                raise _problem("Custom emoji entity must contain a tg://emoji URL")
            self._keep({**entity, "custom_emoji_id": found[1]})
            return
        for link in link_entity(entity, url=url or "".join(self._parts[opened.part_at :])):
            self._keep(link)

    def _url(self) -> str | None:
        if not self._source.startswith("(", self._at):
            return None
        self._at += 1
        begin = self._at
        parts: list[str] = []
        while (char := self._source[self._at : self._at + 1]) not in ("", ")"):
            escaped = char == "\\" and self._source[self._at + 1 : self._at + 2]
            parts.append(escaped or char)
            self._at += 2 if escaped else 1
        if not char:
            at = len(self._source[:begin].encode())
            raise _problem(f"Can't find end of a URL at byte offset {at}")
        self._at += 1
        return "".join(parts)

    def _close(self, opened: _Open, *, kind: str) -> None:
        entity = self._entity(opened, kind=kind)
        if opened.argument:
            entity["language"] = opened.argument
        self._keep(entity)

    def _entity(self, opened: _Open, *, kind: str) -> dict[str, Any]:
        return {"type": kind, "offset": opened.offset, "length": self._offset - opened.offset}

    def _keep(self, entity: dict[str, Any]) -> None:
        if entity["length"]:
            self._entities.append(entity)


def _problem(reason: str) -> Refusal:
    return refuse("entities", reason=reason)
