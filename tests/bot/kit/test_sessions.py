"""Sessions: rows and working copies, and the seam to PTB's private table."""

import asyncio
from typing import Any

import pytest
from telegram.ext import ConversationHandler

from bot.kit.sessions import (
    Kept,
    Live,
    Session,
    SessionConversation,
    current,
    enter,
    from_row,
    leave,
    to_row,
)


def conversation() -> SessionConversation:
    """One without handlers."""
    return SessionConversation(name="sell", entry_points=[], states={"title": []}, fallbacks=[])


def test_a_row_and_back() -> None:
    """Nothing is lost on the way into the database and back."""
    session = Session(
        chat_id=1,
        telegram_id=2,
        flow="sell",
        step="title",
        draft={"a": 1},
        moved=True,
        album="g",
        kept={"support": [Kept("ask", {"b": "বাংলা"}), Kept("ask", {"b": "c"})]},
    )
    assert session == from_row(to_row(session, 5), 1, 2)


def left(session: Session, flow: str, draft: dict[str, Any]) -> None:
    """Something is entered in a flow, which is then left."""
    session.move(flow, "collect", {})
    session.move(flow, "collect", draft)
    session.leave(keep=True)


def test_drafts_of_two_orders_are_kept_beside_each_other() -> None:
    """The newest first; one that is about the same order replaces the older one."""
    session = Session()
    for draft in ({"order_id": 1, "text": "a"}, {"order_id": 2}, {"order_id": 1, "text": "b"}):
        left(session, "deliver", draft)
    assert [one.draft for one in session.kept["deliver"]] == [
        {"order_id": 1, "text": "b"},
        {"order_id": 2},
    ]
    assert session.resume("deliver", lambda draft: draft["order_id"] == 2)
    assert session.draft == {"order_id": 2}
    session.forget("deliver", {"order_id": 1})
    assert session.kept == {}


def test_unfinished_gigs_are_kept_beside_each_other() -> None:
    """Beginning another gig loses none; throwing away takes the newest."""
    session = Session()
    for title in ("one", "two"):
        left(session, "sell", {"title": title})
    session.drop("sell")
    assert session.resume("sell")
    assert (session.draft, session.kept) == ({"title": "one"}, {})
    assert not session.resume("sell")


def test_ptb_keeps_its_conversations_where_we_look() -> None:
    """Fails when a new PTB renames the private table that a session stands in for."""
    plain = ConversationHandler[Any]([], {}, [])
    assert plain._conversations == {}
    token = enter(Live(Session(chat_id=1, telegram_id=2)))
    handler = conversation()
    handler._update_state("title", (1, 2))
    assert (current().session.flow, current().session.step) == ("sell", "title")
    handler._update_state(ConversationHandler.END, (1, 2))
    assert current().session.is_empty
    leave(token)


@pytest.mark.parametrize("option", ["per_message", "per_user", "persistent"])
def test_options_that_keep_state_elsewhere_are_refused(option: str) -> None:
    """The key is (chat, person) and the state is the session's."""
    with pytest.raises(ValueError, match=option):
        SessionConversation(
            name="x", entry_points=[], states={}, fallbacks=[], **{option: option != "per_user"}
        )


def test_without_a_lane_there_is_an_empty_session() -> None:
    """And what is done to it reaches nobody else."""
    current().session.flow = "sell"
    assert current().session.flow is None


async def test_lanes_side_by_side_see_their_own_session() -> None:
    """Each update has the session that its lane has entered."""

    async def answered(number: int) -> int:
        token = enter(Live(Session(chat_id=number, telegram_id=number)))
        await asyncio.sleep(0)
        seen = current().session.chat_id
        leave(token)
        return seen

    assert await asyncio.gather(*map(answered, range(50))) == list(range(50))
