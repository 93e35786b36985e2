"""Judges from outside: two bot libraries read what the sandbox sent, one takes what the bot asked.

python-telegram-bot must read every answer and update with nothing left over; aiogram's models must
read them too, and its typed methods must take every call of the bot. What they say wrongly is in
false_alarms.py. Each shape is judged once per process.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from typing import Any, cast

import aiogram.methods
import aiogram.types
import telegram
from aiogram.methods.base import Response
from pydantic import BaseModel, TypeAdapter, ValidationError

from sandbox.schema import spec
from tests.support.false_alarms import FALSE_ALARMS

Entry = dict[str, Any]
Judge = Callable[[Entry], Iterator[str]]
PLAIN: dict[str, type] = {"Boolean": bool, "Integer": int, "String": str}
# Values of these fields tell which class an object is of.
KINDS = {"kind", "method", "type", "status", "source"}
DEPTH_MAX = 30
_judged: dict[tuple[str, str], list[str]] = {}


def complaints(entries: Iterable[Entry], *, with_calls: bool) -> list[str]:
    """What the judges say of a raw record, without the known false alarms.

    Calls are judged only where a whole bot made them; tests of refusals make wrong ones.
    """
    judges = [library_reads, models_read, *([methods_take] if with_calls else [])]
    found: dict[str, None] = {}
    for entry in entries:
        shape = shape_of(entry)
        for judge in judges:
            key = (judge.__name__, shape)
            if key not in _judged:
                _judged[key] = judged(judge, entry)
            found.update(dict.fromkeys(_judged[key]))
    return list(found)


def judged(judge: Judge, entry: Entry) -> list[str]:
    """One judge's complaints about one entry, without the false ones."""
    for alarm in FALSE_ALARMS:
        if alarm.judge == judge.__name__ and alarm.adds:
            entry = alarm.mend(entry)
    return [one for one in judge(entry) if not is_false(judge, one)]


def is_false(judge: Judge, complaint: str) -> bool:
    """Whether the table of false alarms knows it."""
    return any(alarm.judge == judge.__name__ and alarm.fits(complaint) for alarm in FALSE_ALARMS)


def library_reads(entry: Entry) -> Iterator[str]:
    """python-telegram-bot makes its objects of it and has nothing left over."""
    if entry["kind"] == "update":
        yield from _ptb_object(entry["update"], "Update", where="update")
    elif entry["answer"]["ok"]:
        yield from _ptb_result(entry["answer"]["result"], entry["method"])


def models_read(entry: Entry) -> Iterator[str]:
    """The models of aiogram accept it and know every field."""
    if entry["kind"] == "update":
        adapter: TypeAdapter[Any] = _adapter("Update")
        yield from _validated(adapter.validate_python, entry["update"], where="update")
        return
    method = _typed(entry["method"])
    if method is None:
        return
    envelope = _adapter(entry["method"])
    yield from _validated(envelope.validate_python, entry["answer"], where=entry["method"])


def methods_take(entry: Entry) -> Iterator[str]:
    """The typed method of aiogram accepts the parameters of a call and knows each of them."""
    if entry["kind"] == "update":
        return
    method = _typed(entry["method"])
    if method is None:
        yield f"{entry['method']}: aiogram has no such method"
        return
    yield from _validated(method.model_validate, parameters(entry), where=entry["method"])


def parameters(entry: Entry) -> dict[str, Any]:
    """As a typed client has them: objects decoded, a file in place of each upload."""
    known = spec().method(entry["method"])
    objects = known.objects if known else frozenset()
    found = {
        name: _decoded(value) if name in objects else value
        for name, value in entry["params"].items()
    }
    files = {name: aiogram.types.BufferedInputFile(b"", name) for name in entry["uploads"]}
    return found | {name: file for name, file in files.items() if known and name in known.known}


def shape_of(value: Any) -> str:
    """Equal for values that differ in texts and numbers only."""
    return json.dumps(_shape(value, name="", depth=0), sort_keys=True)


def _shape(value: Any, *, name: str, depth: int) -> Any:
    match value:
        case _ if depth > DEPTH_MAX:
            return "deep"
        case dict():
            return {key: _shape(one, name=key, depth=depth + 1) for key, one in value.items()}
        case list():
            shapes = (_shape(one, name="", depth=depth + 1) for one in value)
            return sorted({json.dumps(shape, sort_keys=True) for shape in shapes})
        case str() if name in KINDS:
            return value
        case str() if isinstance(decoded := _decoded(value), dict | list):
            return _shape(decoded, name="", depth=depth)
        case _:
            return type(value).__name__


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _ptb_result(result: Any, method: str) -> Iterator[str]:
    known = spec().method(method)
    kinds = known.returns if known else ()
    found = [list(_ptb_value(result, kind, where=method)) for kind in kinds]
    yield from min(found, key=len, default=[])


def _ptb_value(value: Any, kind: str, *, where: str) -> Iterator[str]:
    if kind.startswith("Array of "):
        for item in value if isinstance(value, list) else [value]:
            yield from _ptb_object(item, kind.removeprefix("Array of "), where=where)
    elif kind in PLAIN:
        if type(value) is not PLAIN[kind]:
            yield f"{where}: {type(value).__name__} is no {kind}"
    else:
        yield from _ptb_object(value, kind, where=where)


def _ptb_object(value: Any, kind: str, *, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {type(value).__name__} is no {kind}"
        return
    try:
        read = getattr(telegram, kind).de_json(value, None)
    except Exception as problem:  # noqa: BLE001 - whatever a library trips over is a finding
        yield f"{where}: {kind}: {type(problem).__name__}: {problem}"
        return
    yield from (f"{where}: {name}" for name in _left_over(read))


def _left_over(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _left_over(item)
    elif isinstance(value, telegram.TelegramObject):
        yield from (f"{type(value).__name__}.{name}: unknown" for name in value.api_kwargs)
        for name in _slots(cast("Hashable", type(value))):
            yield from _left_over(getattr(value, name, None))


@cache
def _slots(kind: "Hashable") -> tuple[str, ...]:
    named = (name for one in getattr(kind, "__mro__", ()) for name in getattr(one, "__slots__", ()))
    return tuple(name for name in named if name not in {"_bot", "api_kwargs", "__dict__"})


def _typed(method: str) -> Any:
    return getattr(aiogram.methods, method[:1].upper() + method[1:], None)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    if name == "Update":
        return TypeAdapter(aiogram.types.Update)
    envelope: Any = Response
    return TypeAdapter(envelope[_typed(name).__returning__])


def _validated(read: Callable[[Any], Any], value: Any, *, where: str) -> Iterator[str]:
    try:
        found = read(value)
    except ValidationError as problem:
        yield from sorted({f"{where}: {line}" for line in _lines(problem)})
        return
    yield from sorted({f"{where}: {line}" for line in _extra(found)})


def _lines(problem: ValidationError) -> Iterator[str]:
    """Of a union only the branches whose type, status or source fits, if there are such."""
    errors = problem.errors(include_url=False, include_input=False)
    other = {error["loc"][:-1] for error in errors if error["type"] == "literal_error"}
    fitting = [error for error in errors if error["loc"][:-1] not in other]
    for error in fitting or errors:
        place = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
        yield f"{place}: {error['type']}"


def _extra(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _extra(item)
    elif isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}: unknown" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from _extra(getattr(value, name, None))
