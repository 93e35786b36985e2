"""Every refusal is a rule; every rule has a source that can be looked up, and is provoked."""

import ast
import re
from pathlib import Path

import pytest

import sandbox
from sandbox.client import Sandbox
from sandbox.rules import RULES
from sandbox.schema import spec
from sandbox.world import World
from tests.sandbox.scene import build
from tests.sandbox.wrong_calls import ELSEWHERE, WRONG

ROOT = Path(sandbox.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMS = {
    "spec": re.compile(r"spec: \w+(\.\w+)?"),
    "server": re.compile(
        r"server: (Client|ClientManager|HttpConnection|Query|WebhookActor)\.cpp: \w+"
    ),
    "tdlib": re.compile(r"tdlib: \w+\.cpp(: \w+)?"),
    "api": re.compile(r"api: [a-z]+\.[a-zA-Z]+"),
    "issue": re.compile(r"issue: [\w.-]+/[\w.-]+#\d+"),
    "live": re.compile(r"live: [\w.-]+/[\w.-]+: [\w./-]+"),
    "own": re.compile(r"own"),
    "guessed": re.compile(r"guessed"),
}
ROW = "add a row to tests/sandbox/wrong_calls.py"
HINT = "write the source as the docstring of sandbox/rules.py says"


def texts_in_code() -> set[str]:
    """All the texts that stand in the package outside the table itself."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in ROOT.rglob("*.py")
        if not path.name.endswith("rules.py")
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


def guesses_in_readme() -> set[str]:
    """The first column of the table under "Guessed"."""
    section = README.partition("## Guessed")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def test_refusals_name_rules() -> None:
    """Nothing is refused that is not in the table."""
    unknown = refused_in_code() - RULES.keys()
    assert unknown <= {"chat_id", "text", "message_id", "required"} - RULES.keys()


def test_rules_are_used() -> None:
    """The table holds no rule that nothing refuses."""
    assert set() == RULES.keys() - texts_in_code()


def test_sources_can_be_looked_up() -> None:
    """Each source has a form that leads to a place where the wording stands."""
    vague = {
        name: rule.source
        for name, rule in RULES.items()
        if not any(form.fullmatch(rule.source) for form in FORMS.values())
    }
    assert vague == {}, HINT


def test_sources_in_the_data_are_there() -> None:
    """A source in the data names a method, a type, or a field of one."""
    known = {method.name: method.fields for method in spec().methods.values()} | spec().types
    for name, rule in RULES.items():
        if rule.source.startswith("spec: "):
            owner, _, field = rule.source.removeprefix("spec: ").partition(".")
            assert owner in known, name
            assert not field or field in known[owner], name


def test_guesses_are_told() -> None:
    """What is guessed stands in the README as well, and nothing else does."""
    guessed = {name for name, rule in RULES.items() if rule.source == "guessed"}
    assert guessed == guesses_in_readme(), "keep the table under Guessed in sandbox/README.md"


def test_each_rule_is_provoked() -> None:
    """Each rule has a wrong call in the table, or a test elsewhere; no row is left over."""
    assert RULES.keys() - WRONG.keys() - ELSEWHERE.keys() == set(), ROW
    assert (WRONG.keys() | ELSEWHERE.keys()) - RULES.keys() == set()
    assert WRONG.keys() & ELSEWHERE.keys() == set()


@pytest.mark.parametrize("forbidden_lint", [frozenset()])
async def test_wrong_calls_are_refused(
    world: World, sandbox: Sandbox, forbidden_lint: frozenset[str]
) -> None:
    """Each wrong call is refused by its own rule."""
    scene = await build(world, sandbox)
    found = {}
    for name, wrong in WRONG.items():
        scene.ids["query"] = open_query(world, person=scene.ann)
        params = wrong.params(scene)
        found[name] = await scene.rule(wrong.method, uploads=wrong.uploads, **params)
    assert {name: rule for name, rule in found.items() if rule != name} == {}


def open_query(world: World, *, person: int) -> str:
    """An inline query that can still be answered."""
    asked = world.queries.ask(
        "inline", person=world.contents.people[person], now=world.clock(), lasts=60, note=""
    )
    return asked.id


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
