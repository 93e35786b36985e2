"""An asynchronous client of the people's side, for tests and demos: each call is one method.

It holds no expectations; those are in testing.py. A message is what `transcript` shows of one:
id, from, text, entities, buttons, media, invoice and more (README, and DESIGN of the interface).
Keyword arguments that are None are left out; `chat` left out is the private chat with the bot.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

Answer = dict[str, Any]
Message = dict[str, Any]

_TIMEOUT = aiohttp.ClientTimeout(total=60)
_STREAM_TIMEOUT = aiohttp.ClientTimeout(total=None)


class Refused(Exception):
    """The sandbox refused a control call."""

    def __init__(self, error: str, *, code: int) -> None:
        super().__init__(error)
        self.error = error
        self.code = code


class Sandbox:
    """Use as `async with Sandbox(url) as sandbox`; a bot needs only `url` and `token` of it."""

    def __init__(self, url: str, *, token: str = "") -> None:
        self.url = url.rstrip("/")
        self.token = token
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

    async def world(self) -> Answer:
        """The bot, all people, all groups and channels."""
        found: Answer = await self.get("world")
        return found

    async def person(self, name: str, **facts: Any) -> Answer:
        """Make a person; facts: username, language_code, stars (2,500 unless given)."""
        return await self.post("people", name=name, **facts)

    async def chat(self, kind: str, *, title: str, **facts: Any) -> Answer:
        """Make a "group", "supergroup" or "channel".

        Facts: members and admins (ids, or "bot"; the first of them owns the chat), is_forum,
        username.
        """
        return await self.post("chats", type=kind, title=title, **facts)

    async def topic(self, person: int, *, chat: int, name: str) -> Answer:
        """Open a topic in a forum."""
        return await self.post("topics", person=person, chat=chat, name=name)

    async def member(
        self, person: int | str, *, act: str, chat: int | None = None, **facts: Any
    ) -> Answer:
        """Join, leave, kick, unkick, promote, demote, restrict, block, unblock; "bot" is the bot.

        Facts of promote and restrict: rights {name: bool}, title, anonymous.
        """
        return await self.post("member", person=person, act=act, chat=chat, **facts)

    async def say(self, person: int, **said: Any) -> Message:
        """Say one of text, photo, document, contact, poll, forward …; chat, topic, reply_to."""
        return await self.post("say", person=person, **said)

    async def send(
        self, person: int, *, kind: str, files: Mapping[str, bytes], **said: Any
    ) -> Message:
        """One file, or an album of several, as an upload."""
        form = aiohttp.FormData({"person": str(person)})
        for name, value in said.items():
            if value is not None:
                form.add_field(name, str(value))
        for name, data in files.items():
            form.add_field(kind, io.BytesIO(data), filename=name)
        said_back: Message = await self._answer(
            self.session.post(f"{self.url}/control/say", data=form)
        )
        return said_back

    async def edit(
        self, person: int, *, message: int, text: str, chat: int | None = None
    ) -> Message:
        """Change the words of an own message."""
        return await self.post("edit", person=person, message=message, text=text, chat=chat)

    async def delete(self, person: int, *, message: int, chat: int | None = None) -> Answer:
        """Take a message away; the bot hears nothing of it."""
        return await self.post("delete", person=person, message=message, chat=chat)

    async def pin(self, person: int, *, message: int, chat: int | None = None) -> Answer:
        """Pin a message."""
        return await self.post("pin", person=person, message=message, chat=chat)

    async def tap(self, person: int, *, message: int, **which: Any) -> Answer:
        """Tap a button by its label, or by data that a changed app sends; waits for the bot."""
        return await self.post("tap", person=person, message=message, **which)

    async def react(
        self, person: int, *, message: int, emoji: str | None, chat: int | None = None
    ) -> Message:
        """Put a reaction on a message, or with None take it back."""
        body = {"person": person, "message": message, "emoji": emoji}
        where = {"chat": chat} if chat is not None else {}
        return await self._post("react", {**body, **where})

    async def vote(
        self, person: int, *, message: int, options: Sequence[int], chat: int | None = None
    ) -> Message:
        """Vote in a poll by the numbers of options from 0; none takes the vote back."""
        return await self.post(
            "vote", person=person, message=message, options=list(options), chat=chat
        )

    async def inline(self, person: int, *, query: str, offset: str = "", **where: Any) -> Answer:
        """Write the bot's name and a query into some chat; waits for the results."""
        return await self.post("inline", person=person, query=query, offset=offset, **where)

    async def choose(self, person: int, *, result: str, chat: int, **where: Any) -> Message:
        """Send one of the last inline results."""
        return await self.post("choose", person=person, result=result, chat=chat, **where)

    async def prepared(self, person: int, *, prepared: str) -> Answer:
        """What a prepared inline message looks like, and where it may go."""
        found: Answer = await self.get("prepared", person=person, id=prepared)
        return found

    async def share(self, person: int, *, prepared: str, chat: int, **where: Any) -> Message:
        """Send a prepared inline message."""
        return await self.post("share", person=person, prepared=prepared, chat=chat, **where)

    async def pay(self, person: int, **which: Any) -> Answer:
        """Pay the invoice in `message`, or behind `link`: {ok, error, charge_id}."""
        return await self.post("pay", person=person, **which)

    async def clock(self, *, advance_ms: int | None = None, offset_ms: int | None = None) -> Answer:
        """Move the sandbox's clock, never backwards."""
        return await self.post("clock", advance_ms=advance_ms, offset_ms=offset_ms)

    async def fault(self, method: str, **facts: Any) -> Answer:
        """What the next call suffers: code, retry_after, delay_ms, lost, times, match."""
        return await self.post("faults", method=method, **facts)

    async def flood(self, *, active: bool) -> Answer:
        """Telegram's rate limits on or off."""
        return await self.post("flood", active=active)

    async def transcript(self, person: int, **where: Any) -> list[Message]:
        """Messages as a person sees them, oldest first; chat, topic, after, changed_after."""
        found: list[Message] = await self.get("transcript", person=person, **where)
        return found

    async def calls(self, **which: Any) -> list[Answer]:
        """The bot's calls with parameters, and ok or error; after, method."""
        found: list[Answer] = await self.get("calls", **which)
        return found

    async def record(self, *, after: int = 0) -> list[Answer]:
        """Answers and updates as they were sent; the sandbox must run with --record."""
        found: list[Answer] = await self.get("record", after=after)
        return found

    async def lint(self) -> list[Answer]:
        """Mistakes of the bot that Telegram accepts."""
        found: list[Answer] = await self.get("lint")
        return found

    async def commands(self, person: int) -> list[Answer]:
        """The bot's commands as this person's app lists them."""
        found: list[Answer] = await self.get("commands", person=person)
        return found

    async def file(self, url: str) -> bytes:
        """The bytes of a file, by the address that the transcript gives."""
        async with self.session.get(self.url + url) as response:
            return await response.read()

    async def reset(self) -> None:
        """An empty world."""
        await self.post("reset")

    @asynccontextmanager
    async def events(self) -> AsyncIterator[AsyncIterator[Answer]]:
        """Events from now on: the stream is open when the block begins."""
        async with self.session.get(
            f"{self.url}/control/events", timeout=_STREAM_TIMEOUT
        ) as response:
            await response.content.readuntil(b"\n\n")
            yield _events(response.content)

    async def get(self, name: str, /, **query: Any) -> Any:
        """Any call that reads."""
        known = {key: str(value) for key, value in query.items() if value is not None}
        return await self._answer(self.session.get(f"{self.url}/control/{name}", params=known))

    async def post(self, name: str, /, **body: Any) -> Answer:
        """Any call that acts."""
        return await self._post(name, {k: one for k, one in body.items() if one is not None})

    async def _post(self, name: str, body: Answer) -> Answer:
        calling = self.session.post(f"{self.url}/control/{name}", json=body)
        answer: Answer = await self._answer(calling)
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
