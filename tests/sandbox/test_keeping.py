"""What the sandbox keeps and what it drops: every store has a limit, and the README states it."""

import asyncio
import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sandbox import (
    chats,
    events,
    files,
    history,
    inline,
    invites,
    lint,
    polls,
    prepared,
    queries,
    record,
    recorder,
    stars,
    updates,
)
from sandbox import world as worlds
from sandbox.call import Call, Upload
from sandbox.control.body import Body
from sandbox.control.people import add_person
from sandbox.events import GOODBYE, Hub
from sandbox.messages import InvoiceTerms
from sandbox.methods import invoices
from sandbox.posting import Draft, post
from sandbox.schema import spec
from sandbox.world import Settings, World

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.testing import Person
    from tests.sandbox.bare_bot import Bot

README = (Path(worlds.__file__).parent / "README.md").read_text(encoding="utf-8")
STATED = {
    "messages a chat": chats.MESSAGES_KEPT,
    "messages in all": history.MESSAGES_KEPT_IN_ALL,
    "calls": worlds.CALLS_KEPT,
    "characters of a text": recorder.TEXT_KEPT,
    "updates": updates.UPDATES_KEPT,
    "open queries": queries.QUERIES_KEPT,
    "lint findings": lint.FINDINGS_KEPT,
    "files": files.FILES_KEPT,
    "transactions": stars.TRANSACTIONS_KEPT,
    "invoice links": invoices.LINKS_KEPT,
    "invite links a chat": invites.LINKS_KEPT,
    "cached inline answers": inline.CACHED_KEPT,
    "inline messages": inline.INLINE_MESSAGES_KEPT,
    "prepared messages": prepared.PREPARED_KEPT,
    "polls": polls.POLLS_KEPT,
    "entries of the raw record": record.ENTRIES_KEPT,
    "events": events.BACKLOG,
}


@pytest.fixture
def quiet() -> World:
    """A world without a server."""
    return World(Settings(token="7:x"))


def person(world: World, name: str = "Ann") -> "User":
    return world.contents.people[add_person(Body(world, {"name": name}))["id"]]


def posted(world: World, user: "User", text: str = "hi", **more: Any) -> "Message":
    return post(world, Draft(world.contents.chats[user.id], user, {"text": text}, **more))


@pytest.mark.parametrize("what", STATED)
def test_the_readme_states_each_limit(what: str) -> None:
    """The figures of the README are those of the code."""
    kept = " ".join(README.partition("## What it keeps")[2].partition("\n## ")[0].split())
    assert f"{STATED[what]:,} {what}" in kept
    assert f"{files.BYTES_KEPT // files.MEGABYTE} MB" in kept


def test_a_chat_keeps_its_newest_messages(quiet: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest of a chat go first; a pin of one that is gone is gone."""
    monkeypatch.setattr(chats, "MESSAGES_KEPT", 3)
    ann = person(quiet)
    first = posted(quiet, ann)
    first.chat.pinned.append(first.id)
    for _ in range(4):
        posted(quiet, ann)
    assert (list(first.chat.messages), first.chat.pinned) == ([3, 4, 5], [])


def test_the_world_keeps_its_newest_messages(quiet: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all chats the oldest go first too, so that many chats need no more than one."""
    monkeypatch.setattr(history, "MESSAGES_KEPT_IN_ALL", 3)
    people = [person(quiet, name) for name in ("Ann", "Bob")]
    for user in people * 3:
        posted(quiet, user)
    held = [list(quiet.contents.chats[user.id].messages) for user in people]
    assert held == [[3], [2, 3]]


@pytest.mark.parametrize("deletes", [False, True])
def test_a_chain_of_replies_does_not_keep_what_was_dropped(
    quiet: World, monkeypatch: pytest.MonkeyPatch, *, deletes: bool
) -> None:
    """Each message answers the one before; what left the chat is let go whole."""
    monkeypatch.setattr(chats, "MESSAGES_KEPT", 2)
    ann = person(quiet)
    last = posted(quiet, ann, "0")
    content = last.content = Words(last.content)
    first = weakref.ref(content)
    del content
    for number in range(1, 6):
        before, last = last, posted(quiet, ann, str(number), reply_to=last)
        if deletes:
            before.chat.forget(before.id)
    del before
    quiet.updates.clear()
    gc.collect()
    assert first() is None


class Words(dict[str, Any]):
    """A content that can be watched."""


def test_a_poll_lets_go_of_messages(quiet: World) -> None:
    """A message that shows a poll is forgotten by the poll as well."""
    poll = polls.Poll("1", quiet.bot, polls.PollTerms("?", ()))
    message = posted(quiet, person(quiet), poll=poll)
    message.chat.forget(message.id)
    assert poll.shown_in == []


def _links(world: World, _: "User", number: int) -> int:
    values = {"title": "t", "description": "d", "payload": str(number), "currency": "XTR"}
    method = spec().method("createInvoiceLink")
    assert method is not None
    prices = {"prices": [{"label": "l", "amount": 1}]}
    invoices.create_invoice_link(Call(world, method, {**values, **prices}))
    return len(world.contents.links)


def _queries(world: World, user: "User", _: int) -> int:
    world.queries.ask("callback", person=user, now=0, lasts=1, note="")
    return len(world.queries._pending)


def _files(world: World, _: "User", number: int) -> int:
    world.files.add(Upload("a", "text/plain", str(number).encode()), kind="document")
    return max(len(world.files._files), len(world.files._ids))


def _charges(world: World, user: "User", _: int) -> int:
    terms = InvoiceTerms("t", "d", "XTR", 1, "p")
    chat = world.contents.chats[user.id]
    world.stars.charge(user, terms=terms, chat=chat, date=0)
    return max(len(world.stars._charges), len(world.stars.rows(offset=0, limit=99_999)))


def _cached(world: World, _: "User", number: int) -> int:
    inline.keep_answer(world, (0, str(number), ""), inline.Cached({}, {}, 0))
    return len(world.contents.inline_cache)


def _inline_messages(world: World, user: "User", _: int) -> int:
    chat = world.contents.chats[user.id]
    ready = inline.Prepared({"text": "x"}, {"inline_keyboard": []})
    inline.post_result(world, Draft(chat, user, {}), prepared=ready)
    return len(world.contents.inline_messages)


def _prepared(world: World, user: "User", _: int) -> int:
    ready = inline.Prepared({"text": "x"}, None)
    message = prepared.PreparedMessage(prepared.new_id(), user, ready, "t", {}, 0)
    prepared.keep_prepared(world, message)
    return len(world.contents.prepared)


def _polls(world: World, user: "User", _: int) -> int:
    polls.open_poll(world, user, terms=polls.PollTerms("?", ()))
    return len(world.contents.polls)


def _invites(world: World, user: "User", number: int) -> int:
    kept = invites.invites_of(world.contents.chats[user.id])
    kept.keep(invites.Invite(str(number), user))
    return len(kept.links)


@pytest.mark.parametrize(
    ("module", "limit", "add"),
    [
        (invoices, "LINKS_KEPT", _links),
        (queries, "QUERIES_KEPT", _queries),
        (files, "FILES_KEPT", _files),
        (files, "BYTES_KEPT", _files),
        (inline, "CACHED_KEPT", _cached),
        (inline, "INLINE_MESSAGES_KEPT", _inline_messages),
        (prepared, "PREPARED_KEPT", _prepared),
        (polls, "POLLS_KEPT", _polls),
        (invites, "LINKS_KEPT", _invites),
    ],
)
async def test_stores_are_bounded(
    quiet: World, monkeypatch: pytest.MonkeyPatch, module: Any, limit: str, add: Callable[..., int]
) -> None:
    """A store that is full lets its oldest go for a new one."""
    monkeypatch.setattr(module, limit, 3)
    user = person(quiet)
    assert [add(quiet, user, number) for number in range(6)] == [1, 2, 3, 3, 3, 3]


async def test_charges_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest transactions leave the list, and can no longer be refunded."""
    monkeypatch.setattr(stars, "TRANSACTIONS_KEPT", 3)
    small = World(Settings(token="7:x"))
    user = person(small)
    assert [_charges(small, user, number) for number in range(5)] == [1, 2, 3, 3, 3]


async def test_the_bot_s_side_is_bounded(
    quiet: World, bot: "Bot", ann: "Person", world: World
) -> None:
    """Updates, calls, lint and long texts are cut at their limits."""
    for number in range(updates.UPDATES_KEPT + 5):
        quiet.updates.push("message", payload={"n": number})
        quiet.lint.add("kind", method="m", detail=str(number))
    assert len(quiet.updates) == updates.UPDATES_KEPT
    assert quiet.updates.first(1)[0]["message"] == {"n": 5}
    assert len(quiet.lint.findings(quiet)) == lint.FINDINGS_KEPT
    assert (quiet.calls.maxlen, world.calls.maxlen) == (worlds.CALLS_KEPT, worlds.CALLS_KEPT)
    await bot.refused("sendMessage", chat_id=ann.id, text="a" * (recorder.TEXT_KEPT + 9))
    assert len(world.calls[-1].params["text"]) == recorder.TEXT_KEPT + 1


async def test_who_lags_too_far_behind_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that does not read ends with goodbye; another one hears everything once."""
    monkeypatch.setattr(events, "BACKLOG", 2)
    hub = Hub()
    lazy, quick = hub.listen(), hub.listen()
    heard = []
    for number in range(4):
        hub.tell("n", number=number)
        heard.append(quick.get_nowait())
    assert [one.facts["number"] for one in heard] == [0, 1, 2, 3]
    assert heard[0].frame is heard[0].frame
    assert [lazy.get_nowait() for _ in range(lazy.qsize())] == [GOODBYE]
    hub.leave(quick)
    hub.tell("n", number=5)
    assert (lazy.empty(), quick.empty()) == (True, True)


async def test_two_listeners_hear_the_same(sandbox: "Sandbox", ann: "Person") -> None:
    """Every open page gets every event, written out once for all of them."""
    async with sandbox.events() as one, sandbox.events() as other:
        await ann.says("for everybody")
        async with asyncio.timeout(60):
            first, second = await anext(one), await anext(other)
    assert first == second
    assert first["message"]["text"] == "for everybody"
