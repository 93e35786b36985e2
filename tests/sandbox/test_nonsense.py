"""Bodies and values that no client should send: a refusal for each, and everything goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox.client import Refused
from sandbox.formatting import read_markup
from sandbox.rules import Refusal
from tests.sandbox.bare_bot import TOKEN, Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

ENDLESS = "9" * 5_000
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=B"
DEEP = b"[" * 100_000
PART = b'--B\r\nContent-Disposition: form-data; name="text"'


@pytest.fixture
async def session(url: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that sends bytes as they are, with names in the address as they are."""
    async with aiohttp.ClientSession(base_url=url, auto_decompress=False) as made:
        yield made


@pytest.mark.parametrize("path", [f"/bot{TOKEN}/sendMessage", "/control/say"])
@pytest.mark.parametrize(
    ("kind", "body", "headers"),
    [
        (JSON, b'{"text":' + DEEP, {}),
        (JSON, b'{"text":' + DEEP + b"]" * len(DEEP) + b"}", {}),
        (JSON, b'{"text":' + b"[" * 200 + b"]" * 200 + b"}", {}),
        (JSON, b'{"text":NaN}', {}),
        (JSON, b'{"text":-Infinity}', {}),
        (JSON, b'{"text":1e999}', {}),
        (JSON, b'{"text":' + ENDLESS.encode() + b"}", {}),
        (JSON, b'{"text":"\\ud800"}', {}),
        (JSON, b'{"text":"\xff"}', {}),
        (JSON, b"no gzip", {"Content-Encoding": "gzip"}),
        (FORM, b"no deflate", {"Content-Encoding": "deflate"}),
        ("multipart/form-data", b"", {}),
        (PARTS, b"garbage", {}),
        (PARTS, b"--B\r\nno header\r\n\r\nx\r\n--B--\r\n", {}),
        (PARTS, b"--B\r\nX: " + b"x" * 100_000 + b"\r\n\r\nx\r\n--B--\r\n", {}),
        (PARTS, PART + b"\r\nContent-Encoding: gzip\r\n\r\nx\r\n--B--\r\n", {}),
    ],
)
async def test_broken_bodies(
    session: aiohttp.ClientSession, path: str, kind: str, body: bytes, headers: dict[str, str]
) -> None:
    """Whatever cannot be read is refused as JSON with 400, on both sides."""
    sent = {"Content-Type": kind, **headers}
    async with session.post(path, data=body, headers=sent) as response:
        assert (400, dict) == (response.status, type(await response.json()))


@pytest.mark.parametrize("name", ["%00", "x" * 5_000, "%2e%2e/%2e%2e/README.md"])
async def test_impossible_files_of_the_page(session: aiohttp.ClientSession, name: str) -> None:
    """A name that no file can have is not found."""
    async with session.get(f"/page/{name}") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"text": "x", "reply_markup": "[" * 5_000}, "can't parse reply keyboard"),
        ("setMessageReaction", {"reaction": [{"type": [1]}]}, "can't parse"),
        ("setMyCommands", {"commands": [], "scope": {"type": {}}}, "can't parse BotCommandScope"),
        ("setChatMenuButton", {"menu_button": {"type": []}}, "can't parse"),
        ("sendMessage", {"text": "x", "link_preview_options": {"is_disabled": "x"}}, "can't parse"),
        ("sendLocation", {"latitude": "nan", "longitude": "inf"}, ""),
        ("sendMessage", {"text": "x", "message_thread_id": ENDLESS}, "message thread not found"),
        ("forwardMessages", {"message_ids": [ENDLESS]}, ""),
        ("sendLocation", {"latitude": 1, "longitude": 2, "live_period": ENDLESS}, ""),
    ],
)
async def test_nonsense_in_calls(
    bot: Bot, ann: "Person", method: str, params: dict[str, Any], description: str
) -> None:
    """Values of a wrong kind or without an end are refused or count as nothing; never a 500."""
    params = {"message_id": 1, "from_chat_id": ann.id, **params}
    answer = await bot.raw(method, chat_id=ann.id, **params)
    assert description in answer.get("description", "")
    assert "NaN" not in str(await ann.sandbox.transcript(ann.id))


async def test_an_endless_offset(bot: Bot, ann: "Person") -> None:
    """An offset with thousands of digits confirms everything and breaks nothing."""
    await ann.says("x")
    assert await bot.call("getUpdates", offset=ENDLESS) == []


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("HTML", f"&#{ENDLESS};"),
        ("HTML", f'<a href="tg://user?id={ENDLESS}">x</a>'),
        ("HTML", f'<tg-time unix="{ENDLESS}">x</tg-time>'),
        ("MarkdownV2", f"[x](tg://user?id={ENDLESS})"),
        ("MarkdownV2", f"![x](tg://emoji?id={ENDLESS})"),
        ("MarkdownV2", f"![x](tg://time?unix={ENDLESS})"),
    ],
)
def test_endless_numbers_in_markup(mode: str, text: str) -> None:
    """Numbers too long for Telegram are refused or dropped as any that are too large."""
    with suppress(Refusal):
        read = read_markup(text, mode=mode, entities=[], users=lambda _number: None)
        assert read.entities == []


@pytest.mark.parametrize(
    ("call", "facts"),
    [
        ("member", {"act": "restrict", "rights": "x"}),
        ("member", {"act": "restrict", "rights": [1]}),
        ("say", {"location": {"latitude": "nan", "longitude": 1}}),
        ("say", {"location": {"latitude": "1e999", "longitude": 1}}),
        ("clock", {"advance_ms": 2**63}),
        ("clock", {"offset_ms": "9" * 4_000}),
        ("faults", {"method": "getMe", "delay_ms": 2**63}),
    ],
)
async def test_nonsense_in_control_calls(
    ann: "Person", group: int, call: str, facts: dict[str, Any]
) -> None:
    """Wrong values are refused before they stand in the world, where all would meet them."""
    where = {"chat": group} if call == "member" else {}
    with pytest.raises(Refused) as refused:
        await ann.sandbox.post(call, person=ann.id, **where, **facts)
    assert refused.value.code == 400


async def test_the_record_of_calls_stays_readable(
    session: aiohttp.ClientSession, sandbox: "Sandbox", bot: Bot
) -> None:
    """A parameter that is no sound JSON is shown as the text it was."""
    await bot.raw("getMe", media="[NaN]", prices="[" * 5_000)
    shown = (await sandbox.calls())[-1]["params"]
    assert (shown["media"], shown["prices"]) == ("[NaN]", "[" * 5_000)


async def test_two_pollers_at_once(bot: Bot, ann: "Person") -> None:
    """Of polls that come together only the last waits; the others end with 409."""
    await bot.updates()
    polls = [
        asyncio.ensure_future(bot.raw("getUpdates", offset=bot.offset, timeout=5)) for _ in range(5)
    ]
    await asyncio.wait(polls, timeout=5, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.sleep(0.1)
    await ann.says("x")
    answers = [await poll for poll in polls]
    assert [one["error_code"] for one in answers if not one["ok"]] == [409] * 4
