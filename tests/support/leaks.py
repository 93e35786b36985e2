"""What a log must not hold: looked for by shapes, and by the words that a story has typed."""

import re

_SHAPES = {
    "a token": re.compile(r"\d{4,12}:[A-Za-z0-9_-]{30,}"),
    "a mobile number": re.compile(r"(?<!\d)(?:\+?88)?01[3-9]\d{2}-?\d{6}(?!\d)"),
    "a transfer number": re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{10}\b"),
    "what a draft's check quotes": re.compile(r"input_value=(?!<hidden>)"),
}


def leaks(log: str, *secrets: str) -> list[str]:
    """What was found, and the line that has it."""
    found = []
    for line in log.splitlines():
        names = [name for name, shape in _SHAPES.items() if shape.search(line)]
        names += ["a secret" for secret in secrets if secret in line]
        found += [f"{name} in the log: {line[:200]}" for name in names]
    return found
