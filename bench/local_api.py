"""The least Bot API server that both sides of a benchmark can run against, in its own process.

Each chat has so many updates outstanding; a new one is queued when the bot has answered the last.
It checks nothing: strictness is the sandbox's. `GET /count` tells rounds by kind of chat.
"""

import asyncio
import json
import sys
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

FLOODER = 1
Params = dict[str, Any]


@dataclass
class Load:
    """What people do: `chats` of them, the flooder with `flood` updates at once."""

    chats: int
    kind: str
    flood: int = 0
    data: str = ""
    next_update: int = 1_000
    queue: deque[Params] = field(default_factory=deque)
    rounds: Counter[str] = field(default_factory=Counter)
    answered: set[int] = field(default_factory=set)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self) -> None:
        """Queue everybody's first update."""
        for chat in range(2, self.chats + 2):
            self.push(chat)
        for _ in range(self.flood):
            self.push(FLOODER)

    def push(self, chat: int) -> None:
        """One more update of that person."""
        self.next_update += 1
        build = tap_update if self.kind == "tap" else text_update
        self.queue.append(build(self.next_update, chat, self.data))
        self.waiting.set()

    def done(self, chat: int) -> None:
        """The bot has answered; the person goes on."""
        self.rounds["flood" if chat == FLOODER else "others"] += 1
        self.push(chat)

    def half_done(self, chat: int) -> None:
        """A tap needs an answer and an edit; the second of the two completes it."""
        if chat in self.answered:
            self.answered.discard(chat)
            self.done(chat)
        else:
            self.answered.add(chat)


def person(chat: int) -> Params:
    """A Telegram user."""
    return {"id": chat, "is_bot": False, "first_name": f"P{chat}", "language_code": "en"}


def message(number: int, chat: int) -> Params:
    """A message in a private chat."""
    return {
        "message_id": number,
        "date": 1_790_000_000,
        "chat": {"id": chat, "type": "private", "first_name": f"P{chat}"},
        "from": person(chat),
        "text": "hello",
    }


def text_update(number: int, chat: int, _data: str) -> Params:
    """Somebody writes."""
    return {"update_id": number, "message": message(number, chat)}


def tap_update(number: int, chat: int, data: str) -> Params:
    """Somebody taps; the query's id names the chat."""
    shown = message(5, chat) | {"from": bot_user(), "text": f"shown {number}"}
    query = {
        "id": f"{chat}-{number}",
        "from": person(chat),
        "chat_instance": "1",
        "data": data,
        "message": shown,
    }
    return {"update_id": number, "callback_query": query}


def bot_user() -> Params:
    """The bot."""
    return {"id": 7, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Api:
    """The methods that bots call in a benchmark."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.polls = 0

    async def answer(self, name: str, params: Params) -> Any:
        """The result of one method."""
        if name == "getUpdates":
            return await self.updates(int(params.get("timeout", 0) or 0))
        known: dict[str, Callable[[Params], Any]] = {
            "getMe": lambda _: bot_user(),
            "sendMessage": self.sent,
            "editMessageText": self.edited,
            "answerCallbackQuery": self.tapped,
        }
        method = known.get(name)
        return True if method is None else method(params)

    async def updates(self, timeout_s: int) -> list[Params]:
        """At most a hundred, waiting as Telegram does."""
        self.polls += 1
        if not self.load.queue and timeout_s:
            self.load.waiting.clear()
            try:
                await asyncio.wait_for(self.load.waiting.wait(), timeout_s)
            except TimeoutError:
                return []
        count = min(100, len(self.load.queue))
        return [self.load.queue.popleft() for _ in range(count)]

    def sent(self, params: Params) -> Params:
        """A message went out."""
        chat = int(params["chat_id"])
        if self.load.kind == "text":
            self.load.done(chat)
        return message(9, chat) | {"from": bot_user(), "text": str(params.get("text", ""))}

    def edited(self, params: Params) -> Params:
        """A message was edited."""
        chat = int(params["chat_id"])
        self.load.half_done(chat)
        return message(5, chat) | {"from": bot_user(), "text": str(params.get("text", ""))}

    def tapped(self, params: Params) -> bool:
        """A tap was answered."""
        self.load.half_done(int(str(params["callback_query_id"]).split("-")[0]))
        return True


class Wire(asyncio.Protocol):
    """Just enough HTTP/1.1 with keep-alive for aiohttp and httpx."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.buffer = b""
        self.busy: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Cut whole requests out of the stream."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, rest = self.buffer.partition(b"\r\n\r\n")
            length = content_length(head)
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            work = asyncio.get_running_loop().create_task(self.respond(head, rest[:length]))
            self.busy.add(work)
            work.add_done_callback(self.busy.discard)

    async def respond(self, head: bytes, body: bytes) -> None:
        """One request, one answer."""
        path, _, query = head.split(b" ", 2)[1].decode().partition("?")
        name = path.rsplit("/", 1)[-1]
        result = (
            dict(self.api.load.rounds, polls=self.api.polls)
            if name == "count"
            else await self.api.answer(name, params_of(head, body, query))
        )
        text = json.dumps({"ok": True, "result": result}).encode()
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (len(text), text)
        )


def content_length(head: bytes) -> int:
    """The body's length, 0 without one."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def params_of(head: bytes, body: bytes, query: str) -> Params:
    """Parameters from JSON, a form or the query."""
    if b"application/json" in head.lower():
        parsed: Params = json.loads(body or b"{}")
        return parsed
    return dict(parse_qsl(body.decode())) | dict(parse_qsl(query))


async def serve(load: Load) -> None:
    """Print the port and serve until killed."""
    loop = asyncio.get_running_loop()
    api = Api(load)
    server = await loop.create_server(lambda: Wire(api), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    load.start()
    await server.serve_forever()


if __name__ == "__main__":
    spec = json.loads(sys.argv[1])
    asyncio.run(serve(Load(**spec)))
