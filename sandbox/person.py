"""A person in a test: says, taps, pays, and waits until something is seen.

`await ann.sees("accepted")` looks only at messages that are new or changed since the last thing
this person saw in that chat.
"""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.client import Refused, Sandbox

WITHIN_SECONDS = 60.0
LOOK_SECONDS = 0.03
GONE = 404
_LEADING = re.compile(r"^[^\w]+")

Message = dict[str, Any]


class NotSeen(AssertionError):
    """What was expected did not appear in time; the message shows what did."""


@dataclass(slots=True)
class Person:
    sandbox: Sandbox
    id: int
    name: str
    chat: int | None = None
    topic: int | None = None
    _seen: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def create(cls, sandbox: Sandbox, name: str, **facts: Any) -> "Person":
        made = await sandbox.person(name, **facts)
        return cls(sandbox, made["id"], name)

    def at(self, chat: int, *, topic: int | None = None) -> "Person":
        """The same person, looking at another chat."""
        return Person(self.sandbox, self.id, self.name, chat=chat, topic=topic)

    async def says(self, text: str, **more: Any) -> Message:
        return await self.sandbox.say(self.id, text=text, **self._where(), **more)

    async def uploads(self, kind: str, *, files: dict[str, bytes], **more: Any) -> Message:
        where = self._where()
        return await self.sandbox.send(self.id, kind=kind, files=files, **where, **more)

    async def sees(self, text: str, *, within_s: float = WITHIN_SECONDS) -> Message:
        """The first new or changed message of somebody else that holds this text."""
        return await self._wait_for(lambda one: text in one["text"], f"text {text!r}", within_s)

    async def sees_media(self, kind: str, *, within_s: float = WITHIN_SECONDS) -> Message:
        return await self._wait_for(
            lambda one: (one["media"] or {}).get("kind") == kind, f"a {kind}", within_s
        )

    async def sees_invoice(self, *, within_s: float = WITHIN_SECONDS) -> Message:
        return await self._wait_for(lambda one: bool(one["invoice"]), "an invoice", within_s)

    async def sees_button(self, label: str, *, within_s: float = WITHIN_SECONDS) -> Message:
        return await self._wait_for(
            lambda one: _has_button(one, label), f"a button {label!r}", within_s
        )

    async def taps(self, label: str, *, within_s: float = WITHIN_SECONDS) -> dict[str, Any]:
        """Taps the button on the newest message that has it, waiting for it to appear.

        A button that the bot takes away in that very moment is looked for again.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        where = {"chat": self.chat} if self.chat else {}
        while True:
            message = await self._newest_with(label, within_s=max(deadline - loop.time(), 0.0))
            try:
                answer = await self.sandbox.tap(
                    self.id, message=message["id"], label=label, **where
                )
            except Refused as refused:
                if refused.code != GONE:
                    raise
                continue
            self.answers.append(answer)
            return answer

    async def pays(self, *, within_s: float = WITHIN_SECONDS) -> dict[str, Any]:
        """Pays the newest invoice that is open."""
        message = await self._newest(_is_payable, "an open invoice", within_s)
        where = {"chat": self.chat} if self.chat else {}
        return await self.sandbox.pay(self.id, message=message["id"], **where)

    async def last_message(self) -> Message:
        """The newest message of somebody else."""
        return [one for one in await self.messages() if one["from"]["id"] != self.id][-1]

    async def buttons(self) -> list[str]:
        """The labels on the newest message that has any."""
        shown = [one["buttons"] for one in await self.messages() if one["buttons"]]
        rows: list[list[dict[str, Any]]] = shown[-1] if shown else []
        return [button["label"] for row in rows for button in row]

    async def messages(self) -> list[Message]:
        return await self.sandbox.transcript(self.id, **self._where())

    async def forgets(self) -> None:
        """Counts everything that is there as seen."""
        self._seen = max([self._seen, *(one["seq"] for one in await self.messages())])

    async def _wait_for(self, fits: Any, what: str, within_s: float) -> Message:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        while True:
            fresh = await self._fresh()
            found = next((one for one in fresh if fits(one)), None)
            if found is not None:
                self._seen = found["seq"]
                return found
            if loop.time() > deadline:
                raise NotSeen(await self._complaint(what, fresh))
            await asyncio.sleep(LOOK_SECONDS)

    async def _fresh(self) -> list[Message]:
        found = await self.sandbox.transcript(self.id, changed_after=self._seen, **self._where())
        others = [one for one in found if one["from"]["id"] != self.id]
        return sorted(others, key=lambda one: int(one["seq"]))

    async def _newest_with(self, label: str, *, within_s: float) -> Message:
        return await self._newest(
            lambda one: _has_button(one, label), f"a button {label!r}", within_s
        )

    async def _newest(self, fits: Any, what: str, within_s: float) -> Message:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        while True:
            messages = await self.messages()
            found = next((one for one in reversed(messages) if fits(one)), None)
            if found is not None:
                return found
            if loop.time() > deadline:
                raise NotSeen(await self._complaint(what, messages))
            await asyncio.sleep(LOOK_SECONDS)

    async def _complaint(self, what: str, messages: list[Message]) -> str:
        shown = "\n".join(_line(one) for one in messages[-8:]) or "(nothing)"
        refused = [call for call in await self.sandbox.calls() if not call["ok"]][-3:]
        calls = "\n".join(f"{call['method']}: {call['error']}" for call in refused)
        return f"{self.name} did not see {what}; there was:\n{shown}\nrefused calls:\n{calls}"

    def _where(self) -> dict[str, Any]:
        return {"chat": self.chat, "topic": self.topic}


def _is_payable(message: Message) -> bool:
    return bool(message["invoice"]) and not message["invoice"]["paid"]


def _has_button(message: Message, label: str) -> bool:
    bare = _LEADING.sub("", label) or label
    shown = [button["label"] for row in message["buttons"] for button in row]
    keys = (message["keyboard"] or {}).get("keyboard", [])
    shown += [button["text"] for row in keys for button in row]
    return label in shown or bare in (_LEADING.sub("", one) for one in shown)


def _line(message: Message) -> str:
    labels = [button["label"] for row in message["buttons"] for button in row]
    return f"  #{message['id']} {message['from']['name']}: {message['text']!r} {labels}"
