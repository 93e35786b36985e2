"""Lanes: one person's updates in order, nobody waits for somebody else, failures are carried."""

import asyncio
import json
from typing import Any

import pytest
from telegram.error import NetworkError
from telegram.ext import filters

from bot.kit import lanes, routing
from bot.kit.inbox import Inbox
from bot.kit.lanes import DEADLINE_MS, LaneProcessor, lane_key
from bot.kit.routing import Checkout, Route, checkout, command, service
from bot.kit.turn import Turn
from market.errors import Busy, NotFound
from market.rights import By
from tests.bot.kit.conftest import Desktop, Running
from tests.bot.kit.samples import small_flow
from tests.support.telegram import Person, parsed


class Watch:
    """A handler that records, waits when told to, and fails as often as told to."""

    def __init__(self, *failures: Exception) -> None:
        self.seen: list[tuple[int, str]] = []
        self.failures = list(failures)
        self.gate = asyncio.Event()
        self.gate.set()
        self.held: int | None = None

    async def __call__(self, turn: Turn) -> None:
        text = turn.incoming.text if turn.incoming else ""
        if self.held == turn.person.telegram_id:
            await self.gate.wait()
        self.seen.append((turn.person.telegram_id, text))
        if self.failures:
            raise self.failures.pop(0)

    def routes(self, desktop: Desktop) -> list[Route]:
        """All messages go here."""
        return [service(desktop.services, filters.TEXT, self, by=By.ANYBODY)]


async def fed(desktop: Desktop, running: Running, raws: list[dict[str, Any]]) -> Inbox:
    """An inbox that was just given these updates; it works in the background."""
    await running.application.initialize()
    inbox = running.inbox()
    await desktop.services.intake.store(raws, bot_id=7)
    await inbox._take_new()
    return inbox


async def until(condition: Any) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - it looks from outside
            await asyncio.sleep(0.005)


async def left(desktop: Desktop) -> int:
    """How many stored updates are not handled."""
    return len(await desktop.services.intake.pending(after_id=0, limit=1_000))


async def test_updates_of_a_person_keep_their_order(desktop: Desktop) -> None:
    """Twenty people with five messages each: every lane in order, everything finished."""
    watch = Watch()
    people = [Person(number) for number in range(20, 40)]
    raws = [one.says(f"{turn}") for turn in range(5) for one in people]
    inbox = await fed(desktop, desktop.application(watch.routes(desktop)), raws)
    await until(inbox.is_idle)
    for one in people:
        assert [text for who, text in watch.seen if who == one.id] == ["0", "1", "2", "3", "4"]
    assert await left(desktop) == 0


async def test_a_flood_holds_up_nobody_and_loses_nothing(desktop: Desktop) -> None:
    """Others are answered while one lane is stuck behind 200 updates; then those come, in order."""
    watch, flooder, ann = Watch(), Person(666), Person(11)
    watch.held = flooder.id
    watch.gate.clear()
    running = desktop.application(watch.routes(desktop))
    raws = [flooder.says(f"{number}") for number in range(200)]
    inbox = await fed(desktop, running, [*raws, ann.says("me too")])
    await until(lambda: watch.seen == [(11, "me too")])
    watch.gate.set()
    await until(inbox.is_idle)
    flood = [text for who, text in watch.seen if who == flooder.id]
    assert flood == [f"{number}" for number in range(200)]
    assert await left(desktop) == 0


async def test_a_checkout_passes_its_own_lane(desktop: Desktop) -> None:
    """Ten seconds are not spent behind the person's other updates."""
    watch, ann = Watch(), Person(11)
    watch.held = ann.id
    watch.gate.clear()
    asked: list[Checkout] = []

    async def check(one: Checkout) -> None:
        asked.append(one)

    routes = [checkout(desktop.services, check), *watch.routes(desktop)]
    inbox = await fed(desktop, desktop.application(routes), [ann.says("x"), ann.checks_out("i1")])
    await until(lambda: desktop.telegram.named("answerPreCheckoutQuery"))
    assert [one.intent_id for one in asked] == ["i1"]
    assert desktop.telegram.named("answerPreCheckoutQuery")[0]["ok"] is True
    watch.gate.set()
    await until(inbox.is_idle)


async def test_a_refused_checkout_says_why(desktop: Desktop) -> None:
    """The refusal's words reach the buyer, as plain text."""

    async def check(_one: Checkout) -> None:
        raise NotFound("order")

    running = desktop.application([checkout(desktop.services, check)])
    await running.takes(Person().checks_out())
    (answer,) = desktop.telegram.named("answerPreCheckoutQuery")
    assert answer["ok"] is False
    assert answer["error_message"]


async def test_an_answer_that_got_lost_is_given_again(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken line to Telegram is tried again while it waits; a bug is not."""
    monkeypatch.setattr(lanes, "HASTE_S", (0.0, 0.0, 0.0))
    failures: list[Exception] = [RuntimeError("bug"), NetworkError("down"), NetworkError("down")]
    tries = [0]

    async def check(_one: Checkout) -> None:
        tries[0] += 1
        if failures:
            raise failures.pop()

    await desktop.application([checkout(desktop.services, check)]).takes(Person().checks_out())
    assert (tries, await left(desktop)) == ([3], 0)


async def test_a_refusal_waits_for_no_database(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the person cannot be looked up in time, Telegram's language has to do."""

    async def check(_one: Checkout) -> None:
        raise Busy

    async def hangs(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(routing, "LOOK_UP_S", 0.0)
    monkeypatch.setattr(type(desktop.services.people), "known", hangs)
    running = desktop.application([checkout(desktop.services, check)])
    await running.takes(Person(language="bn").checks_out())
    (answer,) = desktop.telegram.named("answerPreCheckoutQuery")
    assert answer["error_message"].endswith("।")


async def test_an_old_checkout_is_let_go(desktop: Desktop) -> None:
    """Telegram has given up already; the row is finished without an answer."""
    running = desktop.application([checkout(desktop.services, lambda _one: asyncio.sleep(0))])
    raw = Person().checks_out()
    await desktop.services.intake.store([raw], bot_id=7)
    desktop.clock.advance(DEADLINE_MS + 1)
    await running.takes(raw)
    assert desktop.telegram.named("answerPreCheckoutQuery") == []
    assert await left(desktop) == 0


async def test_three_tries_then_sorry(desktop: Desktop) -> None:
    """A bug uses up the tries; the person reads a code, the update is dead, the lane goes on."""
    watch = Watch(RuntimeError("1"), RuntimeError("2"), RuntimeError("3"))
    running = desktop.application(watch.routes(desktop))
    await running.takes(Person().says("first"), Person().says("second"))
    assert [text for _, text in watch.seen] == ["first", "first", "first", "second"]
    (said,) = desktop.telegram.texts()
    assert "<code>1</code>" in said
    assert await left(desktop) == 0


async def test_a_second_try_may_work(desktop: Desktop) -> None:
    """One failure is no reason for an apology."""
    watch = Watch(RuntimeError("once"))
    await desktop.application(watch.routes(desktop)).takes(Person().says("x"))
    assert (len(watch.seen), desktop.telegram.texts()) == (2, [])


async def test_faults_of_the_process_use_up_no_try(desktop: Desktop) -> None:
    """Network and database trouble is waited out, however often."""
    watch = Watch(*(NetworkError("down") for _ in range(6)), OSError("disk"))
    await desktop.application(watch.routes(desktop)).takes(Person().says("x"))
    assert (len(watch.seen), desktop.telegram.texts()) == (8, [])


async def test_a_failed_step_rolls_the_session_back(desktop: Desktop) -> None:
    """After a bug the person stands where he stood before."""
    running = desktop.application([], [small_flow()])
    ann = Person(11)
    await running.takes(ann.says("/note"))
    before = await running.session()
    await running.takes(ann.says("boom"))
    assert before == await running.session()


async def test_a_session_that_does_not_change_is_not_written(desktop: Desktop) -> None:
    """Its row keeps the moment of the last change."""
    running = desktop.application([], [small_flow()])
    ann = Person(11)
    await running.takes(ann.says("/note"))
    before = await running.session()
    desktop.clock.advance(60_000)
    await running.takes(ann.says("bad"))
    assert before == await running.session()


async def test_a_busy_command_is_told_to_the_person(desktop: Desktop) -> None:
    """Refusals of the market are words, not failures of the update."""

    async def on_busy(_turn: Turn) -> None:
        raise Busy

    await desktop.application([command(desktop.services, "x", on_busy, by=By.ANYBODY)]).takes(
        Person().says("/x")
    )
    assert len(desktop.telegram.texts()) == 1
    assert await left(desktop) == 0


async def test_a_restart_takes_up_what_was_left(desktop: Desktop) -> None:
    """Stored updates that nobody handled are handled by the next process."""
    watch = Watch()
    await desktop.services.intake.store([Person().says("before the crash")], bot_id=7)
    inbox = await fed(desktop, desktop.application(watch.routes(desktop)), [])
    await until(inbox.is_idle)
    assert [text for _, text in watch.seen] == ["before the crash"]


async def test_dropped_updates_leave_no_lane(desktop: Desktop) -> None:
    """Lanes end with their last update."""
    running = desktop.application(Watch().routes(desktop))
    await running.takes(Person(11).says("a"), Person(12).says("b"))
    assert running.lanes._lanes == {}


@pytest.mark.parametrize("who", ["anonymous", "bot"])
async def test_nobody_is_not_answered(desktop: Desktop, who: str) -> None:
    """Anonymous admins and bots reach no handler."""
    watch, person = Watch(), Person(1_087_968_824 if who == "anonymous" else 5)
    person.user["is_bot"] = True
    await desktop.application(watch.routes(desktop)).takes(person.says("x"))
    assert watch.seen == []


async def test_lanes_belong_to_people(desktop: Desktop) -> None:
    """The same person in a group and in private has one lane."""
    ann = Person(11)
    private = lane_key(parsed(ann.says("x"), desktop.bot))
    ann.chat = {"id": -100, "type": "supergroup", "title": "Market"}
    assert private == lane_key(parsed(ann.says("x"), desktop.bot)) == ("person", 11)


async def test_what_is_no_update_passes(desktop: Desktop) -> None:
    """PTB may hand over other things; they are simply awaited."""
    done: list[int] = []

    async def work() -> None:
        done.append(1)

    await LaneProcessor().do_process_update(object(), work())
    assert done == [1]


async def test_updates_are_stored_as_they_came(desktop: Desktop) -> None:
    """Fields that PTB does not know are still there after a restart."""
    raw = Person().says("x", something_new={"a": 1})
    await desktop.services.intake.store([raw], bot_id=7)
    (row,) = await desktop.services.intake.pending(after_id=0, limit=10)
    assert json.loads(row.raw) == raw
