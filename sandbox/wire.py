"""The Bot API over HTTP: parameters in any encoding, the envelope, faults and the record of calls.

What a method means is in methods/; this module knows only how it is called and answered.
"""

import asyncio
import inspect
import json
import logging
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from sandbox.call import Call, Described, Upload
from sandbox.checking import check
from sandbox.files import UPLOAD_MAX, mime_of
from sandbox.methods import HANDLERS
from sandbox.recorder import Recorded, shortened
from sandbox.rules import Refusal, refuse
from sandbox.schema import spec
from sandbox.strict_json import read
from sandbox.world import World

_LOG = logging.getLogger(__name__)
NOT_MODELLED = "Not modelled"
WORLD = web.AppKey("world", World)
BODY_MAX = UPLOAD_MAX + 14 * 1024 * 1024


@dataclass(slots=True)
class Asked:
    name: str
    params: dict[str, Any]
    uploads: dict[str, Upload]


async def on_call(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if not world.claim(request.match_info["token"]):
        return _refused(refuse("unauthorized"))
    started = time.perf_counter()
    asked = Asked(request.match_info["method"], {}, {})
    try:
        await _read(request, asked)
        answer = _envelope(await _answer(world, asked, request=request))
    except Refusal as refusal:
        _keep(world, asked, started=started, answer=refusal.to_api())
        return _refused(refusal)
    _keep(world, asked, started=started, answer=answer)
    return _json(answer, status=200)


async def perform(world: World, name: str, params: dict[str, Any]) -> None:
    """A call that came as the reply to a webhook: nobody hears how it went."""
    started = time.perf_counter()
    asked = Asked(name, params, {})
    try:
        answer = _envelope(await _perform(world, asked))
    except Refusal as refusal:
        answer = refusal.to_api()
    _keep(world, asked, started=started, answer=answer)


async def on_file(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    if not world.claim(request.match_info["token"]):
        return _refused(refuse("unauthorized"))
    stored = world.files.at_path(request.match_info["path"])
    if stored is None:
        return _refused(refuse("file_missing"))
    return web.Response(body=stored.data, content_type="application/octet-stream")


async def _answer(world: World, asked: Asked, *, request: web.Request) -> Any:
    fault = world.faults.strike(asked.name, params=asked.params)
    if fault is not None:
        world.hub.tell("fault", fault=fault.to_control())
        await asyncio.sleep(fault.delay_ms / 1000)
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
    result = await _perform(world, asked)
    if fault is not None and fault.is_lost and request.transport is not None:
        request.transport.abort()
    return result


async def _perform(world: World, asked: Asked) -> Any:
    method = spec().method(asked.name)
    if method is None:
        raise refuse("unknown_method")
    asked.name = method.name
    handler = HANDLERS.get(method.name.lower())
    if handler is None:
        raise refuse("not_modelled", method=method.name)
    call = Call(world, method, asked.params, asked.uploads)
    check(call)
    result = handler(call)
    return await result if inspect.isawaitable(result) else result


async def _read(request: web.Request, asked: Asked) -> None:
    asked.params.update(request.query)
    kind = request.content_type
    try:
        if kind == "application/x-www-form-urlencoded":
            body = (await request.read()).decode("utf-8", "replace")
            asked.params.update(parse_qsl(body, keep_blank_values=True))
        elif kind == "multipart/form-data":
            await _read_parts(request, asked)
        elif kind == "application/json":
            _read_json(await request.read(), asked)
    except web.HTTPRequestEntityTooLarge:
        raise refuse("too_large") from None
    except web.RequestPayloadError:
        raise refuse("bad_body", what="request") from None


def _read_json(body: bytes, asked: Asked) -> None:
    try:
        values = read(body) if body else {}
    except UnicodeEncodeError:
        raise refuse("not_utf8") from None
    except ValueError:
        raise refuse("bad_body", what="request") from None
    if not isinstance(values, dict):
        raise refuse("bad_body", what="request")
    asked.params.update({name: value for name, value in values.items() if value is not None})


async def _read_parts(request: web.Request, asked: Asked) -> None:
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if isinstance(part, BodyPartReader):
                await _read_part(part, asked)
    except (ValueError, BadHttpMessage):
        raise refuse("bad_body", what="request") from None


async def _read_part(part: BodyPartReader, asked: Asked) -> None:
    name, data = part.name or "", bytes(await part.read())
    if part.filename is None:
        asked.params[name] = data.decode("utf-8", "replace")
        return
    if len(data) > UPLOAD_MAX:
        raise refuse("too_large")
    mime = part.headers.get("Content-Type", "").partition(";")[0]
    known = mime if mime != "application/octet-stream" else ""
    asked.uploads[name] = Upload(part.filename, known or mime_of(part.filename), data)


def _envelope(result: Any) -> dict[str, Any]:
    if isinstance(result, Described):
        return {"ok": True, "result": result.result, "description": result.words}
    return {"ok": True, "result": result}


def _keep(world: World, asked: Asked, *, started: float, answer: dict[str, Any]) -> None:
    error = None if answer["ok"] else answer["description"]
    _record(world, asked, started=started, error=error)
    if error is not None and error.startswith(NOT_MODELLED):
        world.lint.add("not modelled", method=asked.name, detail=error)
        _LOG.warning(error)
    uploads = tuple(asked.uploads)
    world.record.answer(asked.name, params=asked.params, uploads=uploads, answer=answer)


def _record(world: World, asked: Asked, *, started: float, error: str | None) -> None:
    """Polls that end well are left out: they would push everything else out of the record."""
    if error is None and asked.name == "getUpdates":
        return
    last = world.calls[-1].id if world.calls else 0
    call = Recorded(
        id=last + 1,
        method=asked.name,
        params=shortened(asked.params),
        uploads=tuple(asked.uploads),
        error=error,
        at_ms=int(world.clock() * 1000),
        ms=round((time.perf_counter() - started) * 1000, 3),
    )
    world.calls.append(call)
    world.hub.tell_call(call)


def _refused(refusal: Refusal) -> web.Response:
    response = _json(refusal.to_api(), status=refusal.code)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _json(value: Any, *, status: int) -> web.Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=body, status=status, content_type="application/json")
