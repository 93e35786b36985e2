"""From an HTTP request to a control handler and back; every refusal is a 4xx with a sentence."""

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from sandbox.call import Upload
from sandbox.control.body import Body, Refused
from sandbox.files import mime_of
from sandbox.rules import Refusal
from sandbox.strict_json import read
from sandbox.wire import WORLD

Control = Callable[[Body], Any]


def route(handler: Control) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            result = handler(await _body(request))
            answer = await result if inspect.isawaitable(result) else result
        except Refused as refused:
            return _json({"error": refused.error}, status=refused.code)
        except Refusal as refusal:
            code = refusal.code if 400 <= refusal.code < 500 else 400
            return _json({"error": refusal.description}, status=code)
        return _json(answer, status=200)

    return handle


async def _body(request: web.Request) -> Body:
    body = Body(request.app[WORLD], dict(request.query))
    try:
        if request.content_type == "multipart/form-data":
            await _read_parts(request, body)
        elif request.can_read_body:
            body.values.update(_object(await request.read()))
    except web.HTTPRequestEntityTooLarge:
        raise Refused("too large", code=413) from None
    except (ValueError, BadHttpMessage, web.RequestPayloadError):
        raise Refused("the body cannot be read") from None
    return body


def _object(raw: bytes) -> dict[str, Any]:
    """JSON whatever the header says (curl -d calls it a form), or a real form."""
    if raw and not raw.lstrip().startswith((b"{", b"[", b'"')):
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))
    value = read(raw) if raw.strip() else {}
    if not isinstance(value, dict):
        raise Refused("the body must be a JSON object")
    return value


async def _read_parts(request: web.Request, body: Body) -> None:
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            continue
        name, data = part.name or "", bytes(await part.read())
        if part.filename is None:
            body.values[name] = data.decode("utf-8", "replace")
            continue
        mime = part.headers.get("Content-Type", "").partition(";")[0]
        known = mime if mime != "application/octet-stream" else ""
        upload = Upload(part.filename, known or mime_of(part.filename), data)
        body.uploads.setdefault(name, []).append(upload)


def _json(value: Any, *, status: int) -> web.Response:
    text = json.dumps(value, ensure_ascii=False)
    return web.Response(body=text.encode(), status=status, content_type="application/json")
