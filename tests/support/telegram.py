"""Telegram at PTB's own seam: a request object that answers by script, and updates as JSON."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.kit.client import Client
from bot.kit.throttle import Throttle

BOT = {"id": 7, "is_bot": True, "first_name": "GigHaat", "username": "gighaat_bot"}
Answer = tuple[int, dict[str, Any]]
Script = Callable[[str, dict[str, Any]], Answer | None]


class ScriptedRequest(BaseRequest):
    """Records calls; answers as Telegram would, unless the script says something else."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.script: Script = lambda _method, _data: None
        self._message_id = 1_000

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # type: ignore[override]
        self,
        url: str,
        method: str,  # noqa: ARG002 - PTB's signature
        request_data: RequestData | None = None,
        **_: Any,
    ) -> tuple[int, bytes]:
        await asyncio.sleep(0)  # a real call lets others go on
        name = url.rpartition("/")[2]
        data = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, data))
        code, body = self.script(name, data) or (
            200,
            {"ok": True, "result": self._usual(name, data)},
        )
        return code, json.dumps(body).encode()

    def named(self, *names: str) -> list[dict[str, Any]]:
        """The parameters of all calls of these methods."""
        return [data for name, data in self.calls if name in names]

    def texts(self) -> list[str]:
        """What was said, sent and edited, oldest first."""
        said = self.named("sendMessage", "editMessageText", "sendPhoto", "editMessageCaption")
        return [data.get("text") or data.get("caption") or "" for data in said]

    def _usual(self, name: str, data: dict[str, Any]) -> Any:
        if name == "getMe":
            return BOT
        if name == "sendMediaGroup":
            return [self._message(data), self._message(data)]
        if name == "copyMessage":
            return {"message_id": self._message(data)["message_id"]}
        if name.startswith(("send", "editMessage")):
            return self._message(data)
        return True

    def _message(self, data: dict[str, Any]) -> dict[str, Any]:
        self._message_id += 1
        chat = {"id": data.get("chat_id", 1), "type": "private", "first_name": "x"}
        return {"message_id": self._message_id, "date": 1_700_000_000, "chat": chat, "text": "x"}


def refused(code: int, description: str, **parameters: Any) -> Answer:
    """Telegram's way of saying no."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


async def scripted_bot() -> tuple[Client, ScriptedRequest]:
    """A bot that talks to the script."""
    request = ScriptedRequest()
    throttle = Throttle(is_proactive=False)
    bot = Client("7:test", request=request, get_updates_request=request, rate_limiter=throttle)
    await bot.initialize()
    request.calls.clear()
    return bot, request


class Person:
    """Makes the updates of one person in the private chat."""

    _update_id = 100

    def __init__(self, telegram_id: int = 11, name: str = "Ann", language: str = "en") -> None:
        self.id = telegram_id
        self.user = {
            "id": telegram_id,
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }
        self.chat = {"id": telegram_id, "type": "private", "first_name": name}

    def says(self, text: str, **more: Any) -> dict[str, Any]:
        """A text; one that begins with / is a command."""
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.message(text=text, **more)

    def sends_photo(self, file_id: str = "P", **more: Any) -> dict[str, Any]:
        """A photo."""
        size = {"file_id": file_id, "file_unique_id": f"u{file_id}", "width": 9, "height": 9}
        return self.message(photo=[size], **more)

    def message(self, **parts: Any) -> dict[str, Any]:
        """Any message."""
        number = self._next()
        base = {"message_id": number, "date": 1_700_000_000, "chat": self.chat, "from": self.user}
        return {"update_id": number, "message": base | parts}

    def edits(self, said: dict[str, Any], text: str) -> dict[str, Any]:
        """A message of hers, in another version."""
        message = said["message"] | {"text": text, "edit_date": 1_700_000_100}
        return {"update_id": self._next(), "edited_message": message}

    def taps(self, data: str, *, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """A tap on a button of a text message, or of the message given."""
        number = self._next()
        held = message or {
            "message_id": 50,
            "date": 1_700_000_000,
            "chat": self.chat,
            "text": "old",
            "from": BOT,
        }
        query = {
            "id": f"q{number}",
            "from": self.user,
            "chat_instance": "1",
            "data": data,
            "message": held,
        }
        return {"update_id": number, "callback_query": query}

    def checks_out(self, payload: str = "p") -> dict[str, Any]:
        """A pre-checkout query."""
        number = self._next()
        query = {
            "id": f"c{number}",
            "from": self.user,
            "currency": "XTR",
            "total_amount": 100,
            "invoice_payload": payload,
        }
        return {"update_id": number, "pre_checkout_query": query}

    @classmethod
    def _next(cls) -> int:
        Person._update_id += 1
        return Person._update_id


def parsed(raw: dict[str, Any], bot: Client) -> Update:
    """The update as PTB sees it."""
    return Update.de_json(raw, bot)
