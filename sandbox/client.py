"""An asynchronous client of the people's side, for tests and demos: each call is one method.

It holds no expectations; those are in testing.py.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

_TIMEOUT = aiohttp.ClientTimeout(total=60)
_STREAM_TIMEOUT = aiohttp.ClientTimeout(total=None)


class Refused(Exception):
    """The sandbox refused a control call."""

    def __init__(self, error: str, *, code: int) -> None:
        super().__init__(error)
        self.error = error
        self.code = code


class Sandbox:
    """Use as `async with Sandbox(url) as sandbox`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use the sandbox client with async with")
        return self._session

    async def world(self) -> dict[str, Any]:
        found: dict[str, Any] = await self.get("world")
        return found

    async def person(self, name: str, **facts: Any) -> dict[str, Any]:
        return await self.post("people", name=name, **facts)

    async def chat(self, kind: str, *, title: str, **facts: Any) -> dict[str, Any]:
        return await self.post("chats", type=kind, title=title, **facts)

    async def topic(self, person: int, *, chat: int, name: str) -> dict[str, Any]:
        return await self.post("topics", person=person, chat=chat, name=name)

    async def member(self, person: int | str, *, act: str, chat: int | None = None) -> Any:
        return await self.post("member", person=person, act=act, chat=chat)

    async def say(self, person: int, **said: Any) -> dict[str, Any]:
        return await self.post("say", person=person, **said)

    async def send(
        self, person: int, *, kind: str, files: dict[str, bytes], **said: Any
    ) -> dict[str, Any]:
        """One file, or an album of several, as an upload."""
        form = aiohttp.FormData({"person": str(person)})
        for name, value in said.items():
            if value is not None:
                form.add_field(name, str(value))
        for name, data in files.items():
            form.add_field(kind, io.BytesIO(data), filename=name)
        said_back: dict[str, Any] = await self._answer(
            self.session.post(f"{self.url}/control/say", data=form)
        )
        return said_back

    async def edit(self, person: int, *, message: int, text: str, chat: int | None = None) -> Any:
        return await self.post("edit", person=person, message=message, text=text, chat=chat)

    async def tap(self, person: int, *, message: int, **which: Any) -> dict[str, Any]:
        return await self.post("tap", person=person, message=message, **which)

    async def inline(self, person: int, *, query: str, offset: str = "") -> dict[str, Any]:
        return await self.post("inline", person=person, query=query, offset=offset)

    async def choose(self, person: int, *, result: str, chat: int, **where: Any) -> Any:
        return await self.post("choose", person=person, result=result, chat=chat, **where)

    async def pay(self, person: int, **which: Any) -> dict[str, Any]:
        return await self.post("pay", person=person, **which)

    async def fault(self, method: str, **facts: Any) -> dict[str, Any]:
        return await self.post("faults", method=method, **facts)

    async def flood(self, *, active: bool) -> dict[str, Any]:
        return await self.post("flood", active=active)

    async def transcript(self, person: int, **where: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.get("transcript", person=person, **where)
        return found

    async def calls(self, **which: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.get("calls", **which)
        return found

    async def lint(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.get("lint")
        return found

    async def commands(self, person: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.get("commands", person=person)
        return found

    async def file(self, url: str) -> bytes:
        """The bytes of a file, by the address that the transcript gives."""
        async with self.session.get(self.url + url) as response:
            return await response.read()

    async def reset(self) -> None:
        await self.post("reset")

    @asynccontextmanager
    async def events(self) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """Events from now on: the stream is open when the block begins."""
        async with self.session.get(
            f"{self.url}/control/events", timeout=_STREAM_TIMEOUT
        ) as response:
            await response.content.readuntil(b"\n\n")
            yield _events(response.content)

    async def get(self, name: str, /, **query: Any) -> Any:
        known = {key: str(value) for key, value in query.items() if value is not None}
        return await self._answer(self.session.get(f"{self.url}/control/{name}", params=known))

    async def post(self, name: str, /, **body: Any) -> dict[str, Any]:
        known = {key: value for key, value in body.items() if value is not None}
        answer: dict[str, Any] = await self._answer(
            self.session.post(f"{self.url}/control/{name}", json=known)
        )
        return answer

    async def _answer(self, call: Any) -> Any:
        async with call as response:
            answer = await response.json()
            if response.status >= 400:
                raise Refused(answer["error"], code=response.status)
            return answer


async def _events(stream: asyncio.StreamReader | aiohttp.StreamReader) -> Any:
    async for line in stream:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))
