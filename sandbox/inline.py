"""Inline mode: what the bot offered to a person, for how long, and how a choice is posted."""

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.posting import Draft, post

if TYPE_CHECKING:
    from sandbox.messages import InvoiceTerms, Message
    from sandbox.people import User
    from sandbox.world import World

CACHED_KEPT = 1_000
INLINE_MESSAGES_KEPT = 5_000
QUERY_MAX = 256


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked result: the content of the message, its keyboard and, for invoices, its terms."""

    content: dict[str, Any]
    markup: dict[str, Any] | None
    invoice: "InvoiceTerms | None" = None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    query: str
    contents: dict[str, Prepared]


@dataclass(frozen=True, slots=True)
class Cached:
    """An answer that is given again until then, to one person or to everybody."""

    value: dict[str, Any]
    contents: dict[str, Prepared]
    until: float


def remember(world: "World", person_id: int, *, query: str, contents: dict[str, Prepared]) -> None:
    """Results of further pages stay choosable beside the first."""
    known = world.contents.inline.get(person_id)
    former = known.contents if known is not None and known.query == query else {}
    world.contents.inline[person_id] = InlineAnswer(query, {**former, **contents})


def keep_answer(world: "World", key: tuple[int, str, str], cached: Cached) -> None:
    cache = world.contents.inline_cache
    cache.pop(key, None)
    cache[key] = cached
    while len(cache) > CACHED_KEPT:
        del cache[next(iter(cache))]


def known_answer(world: "World", person_id: int, *, query: str, offset: str) -> Cached | None:
    """One for this person goes before one for everybody (`is_personal`)."""
    cache = world.contents.inline_cache
    for owner in (person_id, 0):
        cached = cache.get((owner, query, offset))
        if cached is not None and world.clock() < cached.until:
            return cached
    return None


def post_result(world: "World", draft: Draft, *, prepared: Prepared) -> "Message":
    """In the person's name, via the bot; with a keyboard it can be edited by its inline id."""
    message = post(
        world,
        Draft(
            draft.chat,
            draft.sender,
            {**prepared.content, "via_bot": world.bot.to_api()},
            thread=draft.thread,
            reply_to=draft.reply_to,
            markup=prepared.markup,
            invoice=prepared.invoice,
        ),
    )
    if prepared.markup is not None:
        _make_editable(world, message)
    return message


def _make_editable(world: "World", message: "Message") -> None:
    known = world.contents.inline_messages
    message.inline_id = f"AQAAA{random.getrandbits(90):023x}"
    known[message.inline_id] = message
    while len(known) > INLINE_MESSAGES_KEPT:
        del known[next(iter(known))]


def chosen(world: "World", message: "Message", *, person: "User", result: str, query: str) -> None:
    """Inline feedback is on here: the bot hears of every choice."""
    payload: dict[str, Any] = {"result_id": result, "from": person.to_api(), "query": query}
    if message.inline_id is not None:
        payload["inline_message_id"] = message.inline_id
    world.updates.push("chosen_inline_result", payload=payload)
