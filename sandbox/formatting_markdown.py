"""parse_mode MarkdownV2, read the way tdlib's MessageEntity.cpp reads it; offsets are bytes."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.formatting_links import link_entity, problem, special_entity
from sandbox.rules import Refusal
from sandbox.schema import utf16_length

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_PLAIN = re.compile(r"[^\\_*\[\]()~`>#+\-=|{}.!\n]+")
_LANGUAGE = re.compile(r"[^ \t\r\n\v\0`]+")
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
        self._end_last_quote()
        if self._open:
            raise self._unclosed(self._open[-1])
        return "".join(self._parts), self._entities

    @property
    def _inside(self) -> str:
        return self._open[-1].kind if self._open else ""

    @property
    def _has_quote(self) -> bool:
        return any(opened.kind == "blockquote" for opened in self._open)

    def _next(self, distance: int = 1) -> str:
        return self._source[self._at + distance : self._at + distance + 1]

    def _step(self) -> None:
        char, following = self._next(0), self._next()
        if char == "\\" and following and 0 < ord(following) <= 126:
            self._add(following, taken=2)
        elif self._is_plain(char):
            self._add_plain(char)
        elif self._open and self._ends_quote(char):
            self._end_quote()
        elif self._open and self._ends_entity(char):
            self._end()
        elif char == "\n":
            self._add("\n", taken=1)
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
        if text.strip("\r"):
            # inside code a new line begins no quotation: only an escaped or a bare one does
            bare = self._inside not in {"code", "pre"}
            self._line_start = text == "\n" and (bare or taken == 2)

    def _ends_entity(self, char: str) -> bool:
        match self._inside:
            case "italic":
                return char == "_" and self._next() != "_"
            case "blockquote":
                return False
            case kind:
                return self._source.startswith(_MARKS[kind], self._at)

    def _ends_quote(self, char: str) -> bool:
        return self._has_quote and char == "\n" and self._next() != ">"

    def _begin_quote(self) -> None:
        begin = self._at
        self._at += 1
        if not self._has_quote:
            self._push("blockquote", at=begin)

    def _end_quote(self) -> None:
        """A quotation ends with its last line; `||` before that end makes it expandable."""
        kind = self._closed_quote(at=self._at)
        opened = self._open.pop()
        self._add("\n", taken=1)
        self._close(opened, kind=kind)

    def _closed_quote(self, *, at: int) -> str:
        if self._inside == "blockquote":
            return "blockquote"
        spoiler = self._open[-1]
        before = self._source[spoiler.source_at + 2 : at]
        if spoiler.kind != "spoiler" or before not in ("", "\r"):
            raise self._unclosed(spoiler)
        self._open.pop()
        if self._inside != "blockquote":
            raise self._unclosed(self._open[-1])
        return "expandable_blockquote"

    def _end_last_quote(self) -> None:
        kind, end = "blockquote", len(self._source)
        if not self._has_quote:
            return
        if self._inside == "spoiler" and self._open[-1].source_at == end - 2:
            self._open.pop()
            kind = "expandable_blockquote"
        if self._inside == "blockquote":
            self._close(self._open.pop(), kind=kind)

    def _unclosed(self, opened: _Open) -> Refusal:
        at = len(self._source[: opened.source_at].encode())
        name = "PreCode" if opened.argument else _NAMES[opened.kind]
        return problem(f"Can't find end of {name} entity at byte offset {at}")

    def _begin(self) -> None:
        begin = self._at
        for mark, kind in _STARTS:
            if self._source.startswith(mark, begin):
                self._at += len(mark)
                self._push(kind, at=begin)
                return
        char = self._source[begin]
        words = "is reserved and must be escaped with the preceding"
        raise problem(f"Character '{char}' {words} '\\'")

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
        if opened.kind not in {"text_link", "custom_emoji"}:
            self._close(opened, kind=opened.kind)
            return
        url = self._url()
        entity = self._entity(opened, kind=opened.kind)
        if opened.kind == "text_link":
            text = "".join(self._parts[opened.part_at :])
            found = link_entity(entity, url=text if url is None else url)
        else:
            found = special_entity(entity, url=url)
        for one in found:
            self._keep(one)

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
            raise problem(f"Can't find end of a URL at byte offset {at}")
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
