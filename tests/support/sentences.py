"""Finds the sentences that the bot says: every tr(…), tr.n(…) and tr.label(…) in the source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_METHODS = {"n", "label"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One call: its forms (None where the argument is no plain literal) and its value names."""

    where: str
    forms: tuple[str | None, ...]
    values: frozenset[str]
    has_more: bool

    @property
    def key(self) -> str:
        """The message id."""
        return self.forms[0] or ""


def sentences() -> Iterator[Sentence]:
    """All of them, in the order of files and lines."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (count := _forms(node.func)):
                yield _sentence(node, count, f"{path.relative_to(ROOT)}:{node.lineno}")


def _sentence(call: ast.Call, count: int, where: str) -> Sentence:
    named = frozenset(word.arg for word in call.keywords if word.arg)
    return Sentence(
        where=where,
        forms=tuple(_literal(node) for node in call.args[:count]),
        values=named | ({"n"} if count == 2 else set()),
        has_more=any(word.arg is None for word in call.keywords),
    )


def _forms(func: ast.expr) -> int:
    """How many of the call's first arguments are sentences; 0 for other calls."""
    if _is_translator(func):
        return 1
    if isinstance(func, ast.Attribute) and func.attr in _METHODS and _is_translator(func.value):
        return 2 if func.attr == "n" else 1
    return 0


def _is_translator(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in {"tr", "other"}
    return isinstance(node, ast.Name) and node.id in {"tr", "other"}


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
