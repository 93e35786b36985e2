"""The transport: what is sent, and what each kind of failure means."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.kit.request import AiohttpRequest, was_not_sent

Handler = Any


class Server:
    """A Bot API of one answer."""

    def __init__(self) -> None:
        self.answer: Handler = lambda _request: web.json_response({"ok": True, "result": True})
        self.seen: list[dict[str, Any]] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        self.seen.append({name: _read(value) for name, value in form.items()})
        answer = self.answer(request)
        given: web.StreamResponse = await answer if asyncio.iscoroutine(answer) else answer
        return given


def _read(value: Any) -> Any:
    return value.file.read() if isinstance(value, web.FileField) else value


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on a free port."""
    one = Server()
    app = web.Application()
    app.router.add_post("/{path:.*}", one.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    one.url = f"http://127.0.0.1:{port}/bot"
    yield one
    await runner.cleanup()


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    """A bot over our transport."""
    request = AiohttpRequest()
    await request.initialize()
    yield Bot("7:secret", base_url=server.url, request=request)
    await request.shutdown()


async def test_a_call_arrives_with_its_parameters(bot: Bot, server: Server) -> None:
    """Parameters arrive as form fields."""
    await bot.answer_callback_query("q1", "hello")
    assert server.seen == [{"callback_query_id": "q1", "text": "hello"}]


async def test_files_arrive_as_uploads(bot: Bot, server: Server) -> None:
    """Bytes are sent as multipart."""
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
    server.answer = lambda _request: web.json_response({"ok": True, "result": message})
    await bot.send_photo(1, b"\x89PNG bytes")
    assert b"\x89PNG bytes" in server.seen[0].values()


async def test_a_refusal_keeps_telegrams_words(bot: Bot, server: Server) -> None:
    """A 400 is a BadRequest with the description."""
    body = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    server.answer = lambda _request: web.json_response(body, status=400)
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.answer_callback_query("q1")


async def test_a_closed_door_means_not_sent() -> None:
    """Without a connection nothing was sent, and the token is not in the words."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    request = AiohttpRequest()
    await request.initialize()
    far = Bot("7:secret", base_url=f"http://127.0.0.1:{port}/bot", request=request)
    with pytest.raises(NetworkError) as caught:
        await far.send_message(1, "x")
    await request.shutdown()
    assert was_not_sent(caught.value)
    assert "secret" not in str(caught.value)


async def test_silence_is_an_unknown_outcome(bot: Bot, server: Server) -> None:
    """A read timeout becomes PTB's TimedOut; the call may have arrived."""

    async def silence(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    server.answer = silence
    with pytest.raises(TimedOut) as caught:
        await bot.answer_callback_query("q1", read_timeout=0.05)
    assert not was_not_sent(caught.value)


async def test_a_broken_answer_is_an_unknown_outcome(bot: Bot, server: Server) -> None:
    """A connection lost in the middle says nothing about the call."""

    async def cut(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    server.answer = cut
    with pytest.raises(NetworkError) as caught:
        await bot.answer_callback_query("q1")
    assert not was_not_sent(caught.value)
    assert not isinstance(caught.value, TimedOut)


async def test_calls_with_a_deadline_have_their_own_connections() -> None:
    """A pool full of slow calls does not hold up the answer to a checkout."""
    request = AiohttpRequest(connections=1)
    await request.initialize()
    assert len({id(session) for session in request._sessions.values()}) == 2
    await request.shutdown()
