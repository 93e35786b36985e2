"""Support threads, connected places and what operators do."""

from dataclasses import replace
from typing import Any

import pytest

from market.errors import NotAnOperator, NotFound, TextTooShort, WrongState
from market.notices import Notice
from market.read import Thread
from market.states import State
from services.rows import Place, Refused
from storage import upkeep
from tests.support.town import Town


async def _ask(town: Town, **changes: Any) -> Thread:
    asked: dict[str, Any] = {"kind": "support", "order_id": None, "text": "Where is it?"}
    return await town.services.support.ask(town.command(town.buyer), **(asked | changes))


async def test_a_question_reaches_the_operators(town: Town) -> None:
    """A thread opens and the operator who has arrived is told."""
    thread = await _ask(town)
    await town.drain()
    assert (
        thread.is_open,
        thread.person_name,
        [line.text for line in thread.lines],
    ) == (True, "Ayesha", ["Where is it?"])
    assert town.messenger.notices(town.operator) == [Notice.SUPPORT_ASKED]


async def test_asking_again_goes_on_in_the_open_thread(town: Town) -> None:
    """One thread per matter while it is open; closing it makes room for a new one."""
    order = await town.order_in(State.DELIVERED)
    first = await _ask(town, kind="paysupport", order_id=order.id)
    second = await _ask(town, kind="paysupport", order_id=order.id, text="And?")
    other = await _ask(town)
    assert (first.id, 2) == (second.id, len(second.lines))
    assert first.id != other.id
    await town.services.support.close(town.command(town.buyer), first.id)
    assert first.id != (await _ask(town, kind="paysupport", order_id=order.id)).id


async def test_a_repeated_question_is_asked_once(town: Town) -> None:
    """The same key answers the same thread."""
    command = town.command(town.buyer)
    for _ in range(2):
        thread = await town.services.support.ask(
            command, kind="support", order_id=None, text="Hello"
        )
    assert len(thread.lines) == 1


async def test_questions_are_about_own_orders(town: Town) -> None:
    """Somebody else's order is not found; an empty question is refused."""
    order = await town.order_in(State.DELIVERED)
    stranger = await town.citizen(700)
    with pytest.raises(NotFound):
        await town.services.support.ask(
            town.command(stranger), kind="paysupport", order_id=order.id, text="Mine?"
        )
    with pytest.raises(TextTooShort):
        await _ask(town, text=" ")


async def test_an_operators_answer_reaches_the_person(town: Town) -> None:
    """The answer is kept once and told once."""
    thread, command = await _ask(town), town.command(town.operator)
    for _ in range(2):
        answered = await town.services.support.answer(command, thread.id, "On its way.")
    await town.drain()
    assert [line.from_operator for line in answered.lines] == [False, True]
    assert town.messenger.notices(town.buyer) == [Notice.SUPPORT_ANSWERED]


async def test_only_operators_answer(town: Town) -> None:
    """The person cannot answer in the operators' name."""
    thread = await _ask(town)
    with pytest.raises(NotAnOperator):
        await town.services.support.answer(town.command(town.buyer), thread.id, "Me")


async def test_the_person_adds_to_the_own_thread(town: Town) -> None:
    """More words reach the operators once; other people's threads are not found."""
    thread, command = await _ask(town), town.command(town.buyer)
    for _ in range(2):
        more = await town.services.support.add(command, thread.id, "Still waiting")
    assert len(more.lines) == 2
    with pytest.raises(NotFound):
        await town.services.support.add(town.command(town.seller), thread.id, "Hi")


@pytest.mark.parametrize("who", ["buyer", "operator"])
async def test_a_closed_thread_takes_no_more(town: Town, who: str) -> None:
    """Person or operator closes; then nothing can be added or answered."""
    thread, command = await _ask(town), town.command(getattr(town, who))
    for _ in range(2):
        closed = await town.services.support.close(command, thread.id)
    assert not closed.is_open
    with pytest.raises(WrongState):
        await town.services.support.add(town.command(town.buyer), thread.id, "More")
    with pytest.raises(WrongState):
        await town.services.support.answer(town.command(town.operator), thread.id, "More")


async def test_threads_are_private(town: Town) -> None:
    """Its person and operators see a thread, others do not."""
    thread = await _ask(town)
    for person in (town.buyer, town.operator):
        assert thread == await town.services.support.thread(person.id, thread.id)
    for visit in (
        town.services.support.thread(town.seller.id, thread.id),
        town.services.support.close(town.command(town.seller), thread.id),
    ):
        with pytest.raises(NotFound):
            await visit


_TOPIC = Place(chat_id=-5, topic_id=9, category="design", title="Design")


async def test_operators_connect_places(town: Town) -> None:
    """A place is connected, seen and taken away again, each once per key."""
    places, link = town.services.places, town.command(town.operator)
    for _ in range(2):
        await places.link(link, _TOPIC)
    assert await places.of_chat(-5) == (_TOPIC,)
    unlink = town.command(town.operator)
    assert [await places.unlink(unlink, -5, 9) for _ in range(2)] == [True, False]
    assert await places.of_chat(-5) == ()


async def test_only_operators_connect_places(town: Town) -> None:
    """Others are refused, unknown categories too."""
    with pytest.raises(NotAnOperator):
        await town.services.places.link(town.command(town.seller), _TOPIC)
    with pytest.raises(NotFound):
        await town.services.places.link(
            town.command(town.operator),
            Place(chat_id=-5, topic_id=None, category="weapons", title=""),
        )


async def test_a_group_that_got_another_id_stays_connected(town: Town) -> None:
    """A group that became a supergroup keeps its connection under the new id."""
    await town.services.places.link(town.command(town.operator), _TOPIC)
    await town.services.places.moved(-5, -1005)
    assert await town.services.places.of_chat(-5) == ()
    moved = replace(_TOPIC, chat_id=-1005, topic_id=None)
    assert (moved,) == await town.services.places.of_chat(-1005)


async def test_the_house_report_is_for_operators(town: Town) -> None:
    """Sellers do not see it; operators see waiting threads and no audit yet."""
    with pytest.raises(NotAnOperator):
        await town.services.house.report(town.seller.id)
    thread = await _ask(town)
    report = await town.services.house.report(town.operator.id)
    assert ([thread.id], None, ()) == (
        [waiting.id for waiting in report.open_threads],
        report.audited_ms,
        report.findings,
    )


async def test_operators_try_dead_rows_again(town: Town) -> None:
    """A revived notice goes out; an unknown row is not found; a repeated key does nothing."""
    await town.placed()
    town.messenger.next[Notice.INVOICE] = [Refused("bad")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).dead_notices
    with pytest.raises(NotAnOperator):
        await town.services.house.retry(town.command(town.seller), dead.id)
    command = town.command(town.operator)
    for _ in range(2):
        await town.services.house.retry(command, dead.id)
    await town.drain()
    assert Notice.INVOICE in town.messenger.notices(town.buyer)
    with pytest.raises(NotFound):
        await town.services.house.retry(town.command(town.operator), 999_999)


async def test_what_operators_do_is_logged(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answering and closing somebody's thread leave a line each; closing the own one does not."""
    logged: list[tuple[int, str]] = []

    async def log_act(_self: object, operator_id: int, *, act: str, **_rest: object) -> None:
        logged.append((operator_id, act))

    monkeypatch.setattr(upkeep.Upkeep, "log_act", log_act)
    thread = await _ask(town)
    await town.services.support.answer(town.command(town.operator), thread.id, "Soon")
    await town.services.support.close(town.command(town.operator), thread.id)
    await town.services.support.close(town.command(town.buyer), (await _ask(town)).id)
    by = town.operator.id
    assert [(by, "support_answer"), (by, "support_close")] == logged
