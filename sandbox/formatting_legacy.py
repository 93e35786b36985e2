"""parse_mode Markdown, the old one: four marks that never nest; as tdlib's parse_markdown."""

import re
from typing import Any

from sandbox.formatting_links import link_entity, problem
from sandbox.schema import utf16_length

_LANGUAGE = re.compile(r"([^ \t\r\n\v\0`]+)(?=[ \t\r\n\v\0])")
_NEW_LINE = re.compile(r"\r\n|\n\r|\n|\r")
_KINDS = {"_": "italic", "*": "bold", "[": "text_link", "`": "code"}


class LegacyReader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._offset = 0
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        while self._at < len(self._source):
            char = self._source[self._at]
            following = self._source[self._at + 1 : self._at + 2]
            if char == "\\" and following in _KINDS:
                self._at += 1
                self._add(following)
            elif char in _KINDS:
                self._marked(char)
                continue
            else:
                self._add(char)
            self._at += 1
        return "".join(self._parts), self._entities

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._offset += utf16_length(text)

    def _marked(self, mark: str) -> None:
        begin = self._at
        is_block = self._source.startswith("```", begin)
        closing = "```" if is_block else {"[": "]"}.get(mark, mark)
        self._at += len(closing)
        language = self._language() if is_block else ""
        end = self._source.find(closing, self._at)
        if end < 0:
            at = len(self._source[:begin].encode())
            raise problem(f"Can't find end of the entity starting at byte offset {at}")
        text, offset = self._source[self._at : end], self._offset
        self._add(text)
        self._at = end + len(closing)
        url = self._url(text) if mark == "[" else ""
        kind = "pre" if is_block else _KINDS[mark]
        entity = {"type": kind, "offset": offset, "length": self._offset - offset}
        self._keep(entity, url=url, language=language)

    def _language(self) -> str:
        found = _LANGUAGE.match(self._source, self._at)
        self._at = found.end() if found else self._at
        line = _NEW_LINE.match(self._source, self._at)
        self._at = line.end() if line else self._at
        return found[1] if found else ""

    def _url(self, text: str) -> str:
        """What is not closed goes to the end of the text."""
        if not self._source.startswith("(", self._at):
            return text
        end = self._source.find(")", self._at)
        end = len(self._source) if end < 0 else end
        url = self._source[self._at + 1 : end]
        self._at = end + 1
        return url

    def _keep(self, entity: dict[str, Any], *, url: str, language: str) -> None:
        if not entity["length"]:
            return
        if entity["type"] == "text_link":
            self._entities += link_entity(entity, url=url)
        else:
            self._entities.append(entity | ({"language": language} if language else {}))
