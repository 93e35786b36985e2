"""The shape of the house: sizes, names, words and tags that must not drift."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "services", "market", "payments", "scheduler", "storage", "sandbox", "bench")
MODULE_MAX, FUNCTION_MAX = 300, 40
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base", "misc"}
HOSTS = re.compile(r"https?://|--[a-z-]*index", re.IGNORECASE)


def modules() -> Iterator[Path]:
    """Every module of the product, tests left out."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    """The path from the root, for messages."""
    return str(path.relative_to(ROOT))


def test_modules_are_short() -> None:
    """No module is longer than 300 lines."""
    long = {name(path): lines for path in modules() if (lines := count(path)) > MODULE_MAX}
    assert long == {}


def count(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text().splitlines())


def test_functions_are_short() -> None:
    """No function is longer than 40 lines, its docstring left out."""
    long = {
        f"{name(path)}:{node.name}": lines
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := body_lines(node)) > FUNCTION_MAX
    }
    assert long == {}


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the end."""
    statements = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - statements[0].lineno + 1


def test_half_of_all_functions_fit_in_eight_lines() -> None:
    """The median function has at most 8 lines and nine in ten have at most 24."""
    sizes = sorted(
        body_lines(node)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[len(sizes) * 9 // 10] <= 24


def test_modules_are_named_after_what_they_hold() -> None:
    """Nothing is called utils, helpers, common, manager or base."""
    assert [name(path) for path in modules() if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_say_what_lives_there(package: str) -> None:
    """Every module that holds code opens with a docstring."""
    silent = [
        name(path)
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.read_text().strip() and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []


def test_tests_say_what_they_expect() -> None:
    """Every test has a docstring of its own."""
    silent = [
        f"{name(path)}:{node.name}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_no_registry_is_named() -> None:
    """No address of a package registry stands in build files or locks."""
    files = [ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / "requirements").iterdir()]
    assert [name(path) for path in files if HOSTS.search(path.read_text())] == []
    assert [p.name for p in (ROOT / "requirements").iterdir() if "http:" in p.read_text()] == []


def test_only_the_plumbing_starts_side_work() -> None:
    """asyncio.create_task is called only where its end is awaited: kit, scheduler, sandbox."""
    allowed = ("bot/kit/", "bot/app.py", "scheduler/", "sandbox/", "bench/", "services/post.py")
    callers = [
        name(path)
        for path in modules()
        if "create_task(" in path.read_text() and not name(path).startswith(allowed)
    ]
    assert callers == []
