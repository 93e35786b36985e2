"""Every refusal raised in code is a rule of the table, and every rule has a source."""

import ast
from pathlib import Path

import sandbox
from sandbox.rules import RULES
from sandbox.schema import spec

ROOT = Path(sandbox.__file__).parent
SOURCES = {"spec", "server", "tdlib", "api", "seen", "guessed", "the sandbox's own"}
GUESSED = {
    "too_long",
    "edit_no_media",
    "button_style",
    "keyboard_empty",
    "topic_color",
    "stars_prices",
    "invoice_title",
    "invoice_description",
}


def texts_in_code() -> set[str]:
    """All the texts that stand in the package outside the table itself."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in ROOT.rglob("*.py")
        if path.name != "rules.py"
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def refused_in_code() -> set[str]:
    """The names that stand directly in a call of refuse."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refuse":
                first = node.args[0]
                found |= {one.value for one in ast.walk(first) if isinstance(one, ast.Constant)}
    return {name for name in found if isinstance(name, str)}


def test_refusals_name_rules() -> None:
    """Nothing is refused that is not in the table."""
    unknown = refused_in_code() - RULES.keys()
    assert unknown <= {"chat_id", "text", "message_id", "required"} - RULES.keys()


def test_rules_are_used() -> None:
    """The table holds no rule that nothing refuses."""
    assert set() == RULES.keys() - texts_in_code()


def test_rules_have_sources() -> None:
    """Each rule names a known source, and what is guessed is listed here."""
    assert {rule.source for rule in RULES.values()} <= SOURCES
    assert {name for name, rule in RULES.items() if rule.source == "guessed"} == GUESSED


def test_limits_come_from_the_data() -> None:
    """The lengths that the rules apply are those of the Bot API description."""
    known = spec()
    assert _range("InlineKeyboardButton", "callback_data") == (1, 64, "bytes")
    assert _range("sendPhoto", "caption") == (0, 1024, "characters")
    assert _range("sendInvoice", "payload") == (1, 128, "bytes")
    assert len(known.methods) == 176


def _range(owner: str, name: str) -> tuple[int, int, str]:
    limit = spec().limit(owner, name)
    return limit.low, limit.high, limit.unit
