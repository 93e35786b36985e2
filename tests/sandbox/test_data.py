"""What the Bot API data says is applied without a hand: required parameters, types and lengths."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.call import Call
from sandbox.checking import check
from sandbox.lengths import check_object, refusal_of
from sandbox.methods import HANDLERS
from sandbox.rules import Refusal
from sandbox.schema import ARRAY, Field, Limit, Method, spec
from sandbox.world import Settings, World

MISSING = {
    *("required", "chat_id_empty", "text_empty", "messages_missing", "user_id_invalid", "no_file"),
    *("file_id_empty", "place_empty", "query_old", "message_id_missing"),
    *("copy_missing", "forward_missing", "pin_missing", "react_missing", "stop_missing"),
}
MODELLED = [spec().methods[name] for name in sorted(HANDLERS)]
OUTPUT_ONLY = {"Poll", "PollOption", "Game", "ChatLocation"}


@pytest.fixture(scope="module")
def world() -> World:
    """An empty world: nothing here gets as far as a chat."""
    return World(Settings(token="1:x"))


def refusal(world: World, method: Method, params: dict[str, Any]) -> Refusal | None:
    """What the checks before the method say of a call."""
    try:
        check(Call(world, method, params))
    except Refusal as refused:
        return refused
    return None


def dummy(field: Field) -> Any:
    """A value that passes for this parameter, as short as it may be."""
    if field.is_object:
        return "[]" if field.is_array else "{}"
    if field.limit is not None:
        return "x" * max(field.limit.low, 1)
    return "1"


def whole(method: Method) -> dict[str, Any]:
    """Every required parameter."""
    return {name: dummy(method.fields[name]) for name in method.required}


def text_of_size(limit: Limit, size: int) -> str:
    """A text of that size in the unit of the limit; two units a letter where that fits."""
    return (
        "é" * (size // 2) + "x" * (size % 2)
        if limit.unit == "bytes"
        else "😀" * (size // 2) + "x" * (size % 2)
    )


def required() -> list[Any]:
    """Every required parameter of every modelled method."""
    return [
        pytest.param(method, name, id=f"{method.name}.{name}")
        for method in MODELLED
        for name in method.required
    ]


def ranged() -> list[Any]:
    """Every parameter with a length of every modelled method."""
    return [
        pytest.param(method, limit, id=f"{method.name}.{limit.name}")
        for method in MODELLED
        for limit in method.limits
    ]


def ranged_fields() -> list[Any]:
    """Every field with a length of every type."""
    return [
        pytest.param(owner, name, id=f"{owner}.{name}")
        for owner, name in spec().limits
        if owner in spec().types
    ]


@pytest.mark.parametrize("method", MODELLED, ids=[method.name for method in MODELLED])
def test_the_required_alone_is_enough(world: World, method: Method) -> None:
    """A call with every required parameter, and nothing else, gets to its method."""
    assert refusal(world, method, whole(method)) is None


@pytest.mark.parametrize(("method", "name"), required())
def test_a_required_parameter_is_missed(world: World, method: Method, name: str) -> None:
    """Leaving one required parameter out is refused as missing."""
    params = {key: value for key, value in whole(method).items() if key != name}
    refused = refusal(world, method, params)
    assert refused is not None
    assert refused.rule in MISSING


@pytest.mark.parametrize(("method", "limit"), ranged())
def test_lengths_of_parameters(world: World, method: Method, limit: Limit) -> None:
    """The longest text passes; one unit more is refused by the rule of that parameter."""
    longest = whole(method) | {limit.name: text_of_size(limit, limit.high)}
    assert refusal(world, method, longest) is None
    refused = refusal(
        world, method, whole(method) | {limit.name: text_of_size(limit, limit.high + 1)}
    )
    assert refused is not None
    assert refusal_of(method.name, method.fields[limit.name]).description == refused.description


@pytest.mark.parametrize(
    ("method", "limit"), [one for one in ranged() if one.values[1].after_parsing]
)
def test_lengths_count_after_parsing(world: World, method: Method, limit: Limit) -> None:
    """Tags do not count, whether they come in HTML or in MarkdownV2."""
    mode = (
        f"{limit.name}_parse_mode" if f"{limit.name}_parse_mode" in method.fields else "parse_mode"
    )
    for name, marked in (("HTML", "<b>{}</b>"), ("MarkdownV2", "*{}*")):
        longest = {limit.name: marked.format("x" * limit.high), mode: name}
        assert refusal(world, method, whole(method) | longest) is None
        longer = {limit.name: marked.format("x" * (limit.high + 1)), mode: name}
        assert refusal(world, method, whole(method) | longer) is not None


def built(owner: str, **facts: Any) -> dict[str, Any]:
    """An object of that type with all it needs."""
    fields = spec().types[owner].values()
    needed = {field.name: field.constant or "x" for field in fields if field.required}
    return needed | facts


@pytest.mark.parametrize(("owner", "name"), ranged_fields())
def test_lengths_of_fields(owner: str, name: str) -> None:
    """The 58 lengths in objects hold the same way."""
    limit = spec().limit(owner, name)
    check_object((owner,), built(owner, **{name: text_of_size(limit, limit.high)}))
    with pytest.raises(Refusal) as refused:
        check_object((owner,), built(owner, **{name: text_of_size(limit, limit.high + 1)}))
    expected = refusal_of(owner, spec().types[owner][name])
    assert expected.description == refused.value.description


def paths(kinds: tuple[str, ...], wanted: str, seen: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """The fields that lead from one of these types to the wanted one."""
    for kind in kinds:
        for name in spec().subtypes.get(kind, (kind,)):
            if name == wanted:
                yield []
            if name in seen or name not in spec().types:
                continue
            for field in spec().types[name].values():
                bare = tuple(one.replace(ARRAY, "") for one in field.types)
                for rest in paths(bare, wanted, (*seen, name)):
                    yield [name, field.name, *rest]


def nested(kinds: tuple[str, ...], path: list[str], value: dict[str, Any]) -> Any:
    """The value inside the objects on the path, each with all it needs."""
    depth = kinds[0].count(ARRAY) if kinds else 0
    made: Any = value
    if path:
        owner, name, *rest = path
        field = spec().types[owner][name]
        made = built(owner, **{name: nested(field.types, rest, value)})
    for _ in range(depth):
        made = [made]
    return made


@pytest.mark.parametrize(("owner", "name"), ranged_fields())
def test_lengths_deep_in_calls(world: World, owner: str, name: str) -> None:
    """A text too long is found in a call, however deep it stands in its JSON."""
    limit = spec().limit(owner, name)
    wrong = built(owner, **{name: text_of_size(limit, limit.high + 1)})
    found = 0
    for method in MODELLED:
        for field in method.fields.values():
            bare = tuple(one.replace(ARRAY, "") for one in field.types)
            path = next(paths(bare, owner), None)
            if path is None or not field.is_object:
                continue
            value = json.dumps(nested(field.types, path, wrong))
            refused = refusal(world, method, whole(method) | {field.name: value})
            assert refused is not None, (method.name, field.name)
            assert refusal_of(owner, spec().types[owner][name]).rule == refused.rule
            found += 1
    unmodelled = owner.startswith(("InputChecklist", "InputMediaLivePhoto")) or owner in OUTPUT_ONLY
    assert found or unmodelled


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("message_thread_id", "seven", "not an Integer"),
        ("message_thread_id", True, "not an Integer"),
        ("disable_notification", "perhaps", "not a Boolean"),
        ("entities", "[", "not an Array of MessageEntity"),
        ("colour", "red", "unknown parameter"),
        ("disable_web_page_preview", True, "deprecated parameter"),
    ],
)
def test_what_telegram_lets_pass_is_lint(name: str, value: Any, kind: str) -> None:
    """A value that Telegram reads as zero, as false or not at all is told, not refused."""
    world = World(Settings(token="1:x"))
    method = spec().methods["sendmessage"]
    assert refusal(world, method, whole(method) | {name: value}) is None
    assert [kind] == [one["kind"] for one in world.lint.findings(world)]


@pytest.mark.parametrize(
    ("value", "number"),
    [("7", 7), (" 7", 7), ("7 apples", 7), ("-3", -3), ("seven", 0), (2.9, 2), (True, 1), ("", 5)],
)
def test_numbers_are_read_as_telegram_reads_them(world: World, value: Any, number: int) -> None:
    """The digits in front count; without any it is zero, and left out it is the default."""
    call = Call(world, spec().methods["sendmessage"], {"message_thread_id": value})
    assert number == call.number("message_thread_id", default=5)
