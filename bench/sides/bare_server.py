"""The least echo server on aiohttp: the addresses of the sandbox with nothing behind them.

What is said waits in a queue, getUpdates gives it out, sendMessage answers a message; no rule, no
history. Started with a number of people, these say the next thing whenever they are answered.
"""

import asyncio
import json
import sys
from collections import deque
from typing import Any

from aiohttp import web

from bench.local_api import message, text_update


class Server:
    """A queue of updates and whoever waits for it."""

    def __init__(self, people: int) -> None:
        self.queue: deque[dict[str, Any]] = deque()
        self.arrived = asyncio.Event()
        self.people = self.talking = people
        self.made = 0
        for person in range(1, people + 1):
            self.push(person)

    def push(self, person: int) -> None:
        """Somebody says something."""
        self.made += 1
        self.queue.append(text_update(self.made, person, ""))
        self.arrived.set()

    async def add_person(self, _request: web.Request) -> web.Response:
        """The next number."""
        self.people += 1
        return _json({"id": self.people})

    async def say(self, request: web.Request) -> web.Response:
        """A message goes into the queue."""
        body = json.loads(await request.read())
        self.push(body["person"])
        return _json({"id": self.made, "text": body["text"]})

    async def get_updates(self, request: web.Request) -> web.Response:
        """At most a hundred."""
        await request.read()
        if not self.queue:
            self.arrived.clear()
            await self.arrived.wait()
        count = min(100, len(self.queue))
        return _json({"ok": True, "result": [self.queue.popleft() for _ in range(count)]})

    async def send_message(self, request: web.Request) -> web.Response:
        """The message as it would stand in the chat."""
        body = json.loads(await request.read())
        if body["chat_id"] <= self.talking:
            self.push(body["chat_id"])
        self.made += 1
        sent = message(self.made, body["chat_id"]) | {"text": body["text"]}
        return _json({"ok": True, "result": sent})


def _json(value: Any) -> web.Response:
    return web.Response(body=json.dumps(value).encode(), content_type="application/json")


async def serve(people: int) -> None:
    """Print the address and serve until killed."""
    server, app = Server(people), web.Application()
    app.router.add_post("/control/people", server.add_person)
    app.router.add_post("/control/say", server.say)
    app.router.add_post("/bot{token}/getUpdates", server.get_updates)
    app.router.add_post("/bot{token}/sendMessage", server.send_message)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"bare: http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
