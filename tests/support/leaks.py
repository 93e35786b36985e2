"""What a log must not hold: looked for by shapes, and by the words that a story has typed."""

import re
from collections.abc import Iterable
from typing import Any

_SHAPES = {
    "a token": re.compile(r"\d{4,12}:[A-Za-z0-9_-]{30,}"),
    "a mobile number": re.compile(r"(?<!\d)(?:\+?88)?01[3-9]\d{2}-?\d{6}(?!\d)"),
    "a transfer number": re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,12}\b"),
    "what a draft's check quotes": re.compile(r"input_value=(?!<hidden>)"),
}
_SPLIT = re.compile(r"[\s,;:()]+")
_LEAST, _DIGITS = 6, 4


def leaks(log: str, *secrets: str) -> list[str]:
    """What was found, and the line that has it."""
    found = []
    for line in log.splitlines():
        names = [name for name, shape in _SHAPES.items() if shape.search(line)]
        names += ["a secret" for secret in secrets if _stands_in(secret, line)]
        found += [f"{name} in the log: {line[:200]}" for name in names]
    return found


def _stands_in(word: str, line: str) -> bool:
    return word in line and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line) is not None


def typed(entries: Iterable[dict[str, Any]]) -> set[str]:
    """Every word with digits that people wrote to the bot: references, accounts, PINs, prices.

    Entries are a sandbox's raw record. Short ones would be found in every row number.
    """
    found: set[str] = set()
    for entry in entries:
        message = entry.get("update", {}).get("message", {})
        text = message.get("text", "")
        if not text.startswith("/"):
            found.update(form for word in _SPLIT.split(text) for form in _forms(word))
    return found


def _forms(word: str) -> set[str]:
    """As typed, and as the house keeps it; nothing where it is no secret's length."""
    if len(word) < _LEAST or sum(sign.isdigit() for sign in word) < _DIGITS:
        return set()
    return {word, word.upper(), word.replace("-", "").upper()}
