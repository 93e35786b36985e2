"""The named queries keep clear of what aiosql and the two engines disagree about."""

import ast
import re
from pathlib import Path

import pytest

import storage
from storage.queries import FOLDER, load

FILES = sorted(FOLDER.rglob("*.sql"))
HOME = Path(storage.__file__).parent


def _queries(file: Path) -> list[tuple[str, str, str]]:
    """(name, operator, sql with comments) of each query in a file."""
    pieces = re.split(r"^-- name: ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for piece in pieces:
        head, _, body = piece.partition("\n")
        match = re.fullmatch(r"(\w+)\([\w, ]*\)(\S*)", head)
        assert match, f"{file.name}: {head} has no parameter list"
        found.append((match[1], match[2], body))
    return found


ALL = [(file, *query) for file in FILES for query in _queries(file)]


def test_both_engines_know_the_same_queries() -> None:
    """What differs has the same name and the same parameters under both folders."""
    assert load("sqlite").available_queries == load("postgres").available_queries
    for file in (FOLDER / "sqlite").glob("*.sql"):
        twin = _queries(FOLDER / "postgres" / file.name)
        assert [query[:2] for query in _queries(file)] == [query[:2] for query in twin]


@pytest.mark.parametrize(("file", "name", "kind", "sql"), ALL, ids=[query[1] for query in ALL])
def test_a_query_avoids_the_traps(file: Path, name: str, kind: str, sql: str) -> None:
    """RETURNING is read as a row, comments hold no parameters, no engine's own words."""
    comments = "\n".join(re.findall(r"--.*", sql))
    code = re.sub(r"--.*", "", sql)
    assert kind in {"", "^", "$", "!", "*!"}
    assert not ("RETURNING" in code.upper() and kind in {"!", "*!"})
    assert not re.search(r":\w", comments)
    assert "::" not in code
    assert not re.search(r"\bnow\s*\(|current_timestamp|datetime\s*\(", code, re.IGNORECASE)
    assert not re.search(r"\bIN\s*:\w", code, re.IGNORECASE)


def test_every_query_is_used_and_every_use_exists() -> None:
    """The names in the code and the names in the files are the same set."""
    used: set[str] = set()
    for file in HOME.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    names = {query[1] for query in ALL}
    plain = {name for name in names if not name.startswith("audit_")}
    assert set() == plain - used


def test_the_storage_logs_nothing() -> None:
    """No module of the storage logs, so no key, name or update can be logged."""
    for file in HOME.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "import logging" not in text
        assert "structlog" not in text
