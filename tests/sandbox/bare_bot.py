"""A bot without a library: it calls methods and keeps what comes back."""

import asyncio
import io
from dataclasses import dataclass, field
from typing import Any

import aiohttp

TOKEN = "7000000001:made-up"


@dataclass(frozen=True, slots=True)
class Refusal:
    code: int
    description: str
    retry_after: int | None = None


@dataclass(slots=True)
class Bot:
    """Calls methods with nothing between: every parameter goes as it is given, as JSON."""

    url: str
    session: aiohttp.ClientSession
    offset: int = 0
    backlog: list[dict[str, Any]] = field(default_factory=list)

    async def raw(self, method: str, **params: Any) -> dict[str, Any]:
        address = f"{self.url}/bot{TOKEN}/{method}"
        async with self.session.post(address, json=params) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def call(self, method: str, **params: Any) -> Any:
        answer = await self.raw(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> Refusal:
        answer = await self.raw(method, **params)
        assert not answer["ok"], answer
        wait = answer.get("parameters", {}).get("retry_after")
        return Refusal(answer["error_code"], answer["description"], wait)

    async def upload(self, method: str, *, files: dict[str, Any], **params: Any) -> dict[str, Any]:
        named = {name: str(value) for name, value in params.items()}
        form = aiohttp.FormData(named, quote_fields=False)  # names of files go as they are
        for name, (filename, data) in files.items():
            form.add_field(name, io.BytesIO(data), filename=filename)
        address = f"{self.url}/bot{TOKEN}/{method}"
        async with self.session.post(address, data=form) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Everything new, confirmed at the next call."""
        found: list[dict[str, Any]] = await self.call("getUpdates", offset=self.offset, **params)
        if found:
            self.offset = found[-1]["update_id"] + 1
        return found

    async def update(self, kind: str) -> Any:
        """The next update of that kind, waited for; the ones before it are dropped."""
        async with asyncio.timeout(60):
            while True:
                self.backlog += await self.updates(timeout=0 if self.backlog else 2)
                update = self.backlog.pop(0) if self.backlog else {}
                if kind in update:
                    return update[kind]
