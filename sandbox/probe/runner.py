"""The probe at work: asks one question after the other, slowly, and takes away what it has sent.

It never fetches updates and never touches a webhook, so a bot that is running is not disturbed.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.probe.table import Question

REAL = "https://api.telegram.org"
PAUSE_SECONDS = 1.2
TRIES = 3


class Unreachable(Exception):
    """The server cannot be asked: no network, a wrong token, a chat that it does not know."""


@dataclass(frozen=True, slots=True)
class Difference:
    question: Question
    got: str


@dataclass(slots=True)
class Probe:
    """`known` fills the places in the questions: the chat, and messages of earlier questions."""

    session: aiohttp.ClientSession
    address: str
    chat: str
    pause_s: float = PAUSE_SECONDS
    known: dict[str, Any] = field(default_factory=dict)
    sent: list[int] = field(default_factory=list)

    async def differences(self, questions: Iterable[Question]) -> list[Difference]:
        await self._open()
        found = []
        try:
            for question in questions:
                got = await self._ask(question)
                if got != question.expected:
                    found.append(Difference(question, got))
                await asyncio.sleep(self.pause_s)
        finally:
            await self._tidy()
        return found

    async def _open(self) -> None:
        for method, params in (("getMe", {}), ("getChat", {"chat_id": self.chat})):
            answer = await self._call(method, params)
            if not answer["ok"]:
                raise Unreachable(f"{method}: {answer['description']}")
            self.known["chat"] = answer["result"]["id"]

    async def _ask(self, question: Question) -> str:
        answer = await self._call(
            question.method, filled(question.params, self.known), uploads=question.uploads
        )
        if not answer["ok"]:
            return f"{answer['error_code']} {answer['description']}"
        self._keep(answer["result"], name=question.kept)
        return "200"

    def _keep(self, result: Any, *, name: str) -> None:
        if not isinstance(result, dict) or "message_id" not in result:
            return
        self.sent.append(result["message_id"])
        if name:
            self.known[name] = result["message_id"]
            file = result.get(name)
            self.known[f"{name}_id"] = file.get("file_id") if isinstance(file, dict) else None

    async def _tidy(self) -> None:
        for number in self.sent:
            await self._call("deleteMessage", {"chat_id": self.chat, "message_id": number})
            await asyncio.sleep(self.pause_s / 4)

    async def _call(
        self, method: str, params: dict[str, Any], *, uploads: dict[str, bytes] | None = None
    ) -> dict[str, Any]:
        """A server that asks for patience gets it."""
        for _ in range(TRIES):
            answer = await self._post(method, form(params, uploads=uploads or {}))
            wait = answer.get("parameters", {}).get("retry_after")
            if wait is None:
                break
            await asyncio.sleep(wait)
        return answer

    async def _post(self, method: str, body: aiohttp.FormData) -> dict[str, Any]:
        try:
            async with self.session.post(f"{self.address}/{method}", data=body) as response:
                answer: dict[str, Any] = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
            raise Unreachable(f"{method}: {type(failure).__name__}") from failure
        return answer


def filled(value: Any, known: dict[str, Any]) -> Any:
    """A text that is nothing but {name} becomes what is known under that name."""
    if isinstance(value, dict):
        return {name: filled(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, known) for one in value]
    if isinstance(value, str) and value[:1] == "{" and value[-1:] == "}":
        return known.get(value[1:-1], value)
    return value


def form(params: dict[str, Any], *, uploads: dict[str, bytes]) -> aiohttp.FormData:
    body = aiohttp.FormData()
    for name, value in params.items():
        body.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, data in uploads.items():
        body.add_field(name, data, filename=f"{name}.bin")
    return body
