"""The clock's side: deadlines, reminders, outages, the audit and the sweeps' own rows."""

from typing import Any

import pytest

from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.notices import Notice
from market.read import AuditFinding
from market.states import Event, Outcome, State
from services import lapsing
from services.freezing import UNAUDITED
from services.rows import Later, SessionRow, Unreachable
from tests.support.town import START_MS, Town


async def _remind(town: Town, hours: int) -> None:
    town.clock.advance(hours * HOUR_MS)
    await town.services.upkeep.nudge()
    await town.drain()


async def test_an_unpaid_order_expires(town: Town) -> None:
    """After half an hour without payment the order is over and the buyer hears of it."""
    order = await town.placed()
    town.clock.advance(30 * MINUTE_MS - 1)
    assert await town.services.upkeep.lapse() == 0
    town.clock.advance(1)
    assert await town.services.upkeep.lapse() == 1
    await town.drain()
    assert State.EXPIRED is (await town.order(order.id)).state
    assert Notice.ORDER_EXPIRED is town.messenger.notices(town.buyer)[-1]


async def test_silence_accepts_after_a_delivered_reminder(town: Town) -> None:
    """72 hours after the delivery, with a reminder delivered, the order completes by itself."""
    order = await town.order_in(State.DELIVERED)
    await _remind(town, 24)
    town.clock.advance(48 * HOUR_MS)
    await town.services.upkeep.lapse()
    completed = await town.order(order.id)
    assert (completed.state, completed.outcome) == (State.COMPLETED, Outcome.AUTO)
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_silence_waits_for_the_reminder(town: Town) -> None:
    """Without a delivered reminder it goes out at the deadline; 12 hours later silence accepts."""
    order = await town.order_in(State.DELIVERED)
    town.clock.advance(72 * HOUR_MS)
    await town.services.upkeep.lapse()
    assert State.DELIVERED is (await town.order(order.id)).state
    await town.drain()
    assert Notice.NUDGE_ACCEPT is town.messenger.notices(town.buyer)[-1]
    town.clock.advance(12 * HOUR_MS - 1)
    await town.services.upkeep.lapse()
    assert State.DELIVERED is (await town.order(order.id)).state
    town.clock.advance(1)
    await town.services.upkeep.lapse()
    assert State.COMPLETED is (await town.order(order.id)).state


async def test_a_reminder_delivered_too_late_postpones(town: Town) -> None:
    """A reminder that arrived 6 hours before the deadline gives the buyer 6 hours more."""
    order = await town.order_in(State.DELIVERED)
    await _remind(town, 66)
    town.clock.advance(6 * HOUR_MS)
    await town.services.upkeep.lapse()
    later = await town.order(order.id)
    assert (later.state, later.clock_at_ms) == (State.DELIVERED, START_MS + 78 * HOUR_MS)
    assert later.nudges == 1


async def test_a_seller_is_reminded_once_before_his_deadline(town: Town) -> None:
    """A day before; the clock that ends abandoned work counts the buyer's two reminders only."""
    order = await town.order_in(State.IN_PROGRESS)
    for hours in (47, 1, 1, 22):
        await _remind(town, hours)
    assert town.messenger.notices(town.seller).count(Notice.DUE_SOON) == 1
    assert (await town.order(order.id)).nudges == 0
    await _remind(town, 25)
    assert Notice.NUDGE_LATE is town.messenger.notices(town.buyer)[-1]
    assert town.messenger.notices(town.seller).count(Notice.DUE_SOON) == 1


async def test_an_unreachable_buyer_does_not_stop_the_clock(town: Town) -> None:
    """A reminder to somebody who blocked the bot counts; the seller is told once."""
    order = await town.order_in(State.DELIVERED)
    await town.drain()
    blocked = Unreachable("bot was blocked by the user")
    town.messenger.next[Notice.NUDGE_ACCEPT] = [blocked, blocked]
    await _remind(town, 24)
    await _remind(town, 24)
    assert (await town.services.people.get(town.buyer.id)).unreachable_ms is not None
    town.clock.advance(24 * HOUR_MS)
    await town.services.upkeep.lapse()
    await town.drain()
    assert State.COMPLETED is (await town.order(order.id)).state
    assert town.messenger.notices(town.seller).count(Notice.UNREACHABLE) == 1


async def test_a_reminder_of_an_older_state_counts_for_nothing(town: Town) -> None:
    """A reminder that arrives after the order moved on does not touch it."""
    order = await town.order_in(State.DELIVERED)
    await town.drain()
    town.clock.advance(24 * HOUR_MS)
    await town.services.upkeep.nudge()
    await town.act(town.buyer, order.id, Event.ACCEPT)
    before = await town.order(order.id)
    await town.drain()
    assert before == await town.order(order.id)


async def test_unanswered_requirements_end_the_order(town: Town) -> None:
    """After 7 days and two reminders the buyer gets everything back."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await _remind(town, 24)
    await _remind(town, 48)
    town.clock.advance(4 * DAY_MS)
    await town.services.upkeep.lapse()
    await town.drain()
    assert State.CANCELLED is (await town.order(order.id)).state
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls


async def test_two_missing_reminders_are_made_good_first(town: Town) -> None:
    """Without any reminder the order outlives its deadline by two reminders and their lead."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    town.clock.advance(7 * DAY_MS)
    for _ in range(2):
        await town.services.upkeep.lapse()
        assert State.AWAITING_REQUIREMENTS is (await town.order(order.id)).state
        town.clock.advance(12 * HOUR_MS)
    await town.services.upkeep.lapse()
    await town.drain()
    assert State.CANCELLED is (await town.order(order.id)).state
    assert town.messenger.notices(town.buyer).count(Notice.NUDGE_REQUIREMENTS) == 2


async def test_abandoned_work_goes_back_to_the_buyer(town: Town) -> None:
    """Seven days after the deadline, with two reminders, the buyer gets everything back."""
    order = await town.order_in(State.IN_PROGRESS)
    await _remind(town, 4 * 24)
    await _remind(town, 2 * 24)
    town.clock.advance(4 * DAY_MS)
    await town.services.upkeep.lapse()
    await town.drain()
    assert State.CANCELLED is (await town.order(order.id)).state
    assert await town.balances(town.buyer) == {}


async def test_work_resumes_by_itself(town: Town) -> None:
    """A day after changes were asked the work goes on without the seller's tap."""
    order = await town.order_in(State.DELIVERED)
    await town.act(town.buyer, order.id, Event.REVISE, "greener")
    town.clock.advance(24 * HOUR_MS)
    await town.services.upkeep.lapse()
    assert State.IN_PROGRESS is (await town.order(order.id)).state


async def test_funds_clear_when_the_clearing_period_is_over(town: Town) -> None:
    """The seller may withdraw 225 of 250, the house has earned 25, not a moment earlier."""
    order = await town.order_in(State.COMPLETED)
    assert order.clock_at_ms == START_MS + 21 * DAY_MS
    town.clock.advance(21 * DAY_MS - 1)
    await town.services.upkeep.lapse()
    assert await town.balances(town.seller) == {"clearing": 225}
    town.clock.advance(1)
    await town.services.upkeep.lapse()
    await town.drain()
    assert await town.balances(town.seller) == {"available": 225}
    assert Notice.FUNDS_CLEARED is town.messenger.notices(town.seller)[-1]


async def test_a_sweep_that_comes_second_does_nothing(town: Town) -> None:
    """An order that moved between finding and locking it is left alone."""
    order = await town.placed()
    await town.services.upkeep._lapse(order.id)
    await town.services.upkeep._nudge(order.id)
    assert order == await town.order(order.id)


async def test_one_broken_order_does_not_hold_up_the_others(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others lapse, then the failure is raised."""
    gig = await town.gig()
    broken, fine = await town.placed(gig), await town.placed(gig)
    town.clock.advance(30 * MINUTE_MS)
    as_ever = lapsing.lapsed

    def failing(order: Any, now_ms: int, windows: Any) -> Any:
        if order.id == broken.id:
            raise RuntimeError("broken")
        return as_ever(order, now_ms, windows)

    monkeypatch.setattr(lapsing, "lapsed", failing)
    with pytest.raises(ExceptionGroup):
        await town.services.upkeep.lapse()
    assert State.EXPIRED is (await town.order(fine.id)).state


async def test_an_outage_moves_the_clocks(town: Town) -> None:
    """After two hours of silence all clocks are two hours later, once."""
    order = await town.placed()
    assert await town.services.upkeep.mend_outage() == 0
    town.clock.advance(MINUTE_MS)
    await town.services.upkeep.beat()
    town.clock.advance(2 * HOUR_MS)
    assert await town.services.upkeep.mend_outage() == 2 * HOUR_MS
    assert await town.services.upkeep.mend_outage() == 0
    assert order.clock_at_ms is not None
    assert order.clock_at_ms + 2 * HOUR_MS == (await town.order(order.id)).clock_at_ms


async def test_a_short_gap_is_no_outage(town: Town) -> None:
    """Five minutes without a heartbeat move nothing."""
    order = await town.placed()
    await town.services.upkeep.beat()
    town.clock.advance(5 * MINUTE_MS)
    assert await town.services.upkeep.mend_outage() == 0
    assert order == await town.order(order.id)


async def test_old_drafts_and_updates_are_forgotten(town: Town) -> None:
    """Sessions go after 14 days, handled updates after 7."""
    intake = town.services.intake
    await intake.store([{"update_id": 1}, {"update_id": 2}], bot_id=7)
    row = (await intake.pending(after_id=0, limit=10))[0]
    session = SessionRow(
        chat_id=1,
        telegram_id=1,
        flow="sell",
        step="title",
        draft="{}",
        kept="{}",
        updated_ms=town.clock.now_ms(),
    )
    await intake.finish(row, session, drop=False)
    town.clock.advance(14 * DAY_MS + 1)
    assert await town.services.upkeep.prune() == 1
    assert await town.services.upkeep.expire_drafts() == 1
    assert await intake.session(1, 1) is None


async def test_a_clean_audit_leaves_the_house_open(town: Town) -> None:
    """The audit's moment is kept and nothing is frozen."""
    await town.order_in(State.CLEARED)
    assert await town.services.upkeep.audit() == ()
    report = await town.services.house.report(town.operator.id)
    assert (town.clock.now_ms(), (), False) == (
        report.audited_ms,
        report.findings,
        report.is_frozen,
    )


async def test_after_a_start_money_waits_for_the_first_audit(town: Town) -> None:
    """People are served meanwhile and read of no freeze; then what waited leaves at once."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.services.upkeep.hold_money()
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await town.drain()
    assert town.stars.calls == []
    assert not (await town.services.house.report(town.operator.id)).is_frozen
    assert await town.services.upkeep.audit() == ()
    town.clock.advance(1_000)
    await town.drain()
    assert len(town.stars.calls) == 1


async def test_a_look_at_the_books_writes_nothing(town: Town) -> None:
    """Neither the moment nor a freeze: another process may be at work."""
    await town.services.upkeep.hold_money()
    assert await town.services.upkeep.look() == ()
    assert (await town.services.house.report(town.operator.id)).audited_ms is None
    async with town.storage.read() as uow:
        assert await uow.upkeep.flag(UNAUDITED) == str(town.clock.now_ms())


async def test_wrong_books_freeze_the_money_until_a_thaw(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings stop refunds and alarm operators once; after the thaw the refund leaves."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    finding = AuditFinding("I3", "escrow of order 1 is 249")

    async def wrong(_self: object) -> tuple[AuditFinding, ...]:
        return (finding,)

    with monkeypatch.context() as patched:
        patched.setattr(type(town.services.upkeep), "look", wrong)
        for _ in range(2):
            assert (finding,) == await town.services.upkeep.audit()
    report = await town.services.house.report(town.operator.id)
    assert (True, (finding,)) == (report.is_frozen, report.findings)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await town.drain()
    assert town.stars.calls == []
    assert town.messenger.notices(town.operator).count(Notice.ALARM) == 1
    thaw = town.command(town.operator)
    for _ in range(2):
        await town.services.house.thaw(thaw)
    town.clock.advance(town.windows.outbox_retry_ms[0])
    await town.drain()
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls


async def test_a_sweeps_runs_are_recorded(town: Town) -> None:
    """The last start, the last success and the last failure can be seen."""

    async def fails() -> None:
        raise RuntimeError("out of luck")

    assert await town.services.upkeep.run("lapse", town.services.upkeep.lapse) == 0
    with pytest.raises(RuntimeError):
        await town.services.upkeep.run("nudge", fails)
    sweeps = (await town.services.house.report(town.operator.id)).sweeps
    assert {run.name: run.error for run in sweeps} == {
        "lapse": None,
        "nudge": "RuntimeError('out of luck')",
    }


async def test_a_sweep_that_fails_for_ever_is_told_every_day(town: Town) -> None:
    """After half an hour, once a day, with its error; whatever succeeds ends it."""
    upkeep, is_broken = town.services.upkeep, True

    async def work() -> None:
        if is_broken:
            raise OSError("disk full")

    for _ in range(300):
        town.clock.advance(5 * MINUTE_MS)
        with pytest.raises(OSError, match="disk full"):
            await upkeep.run("backup", work, 5 * MINUTE_MS)
    await town.drain()
    told = [row.message.facts for row in town.messenger.sent if row.message is not None]
    expected = {"what": "sweep", "about": "backup", "detail": "OSError('disk full')"}
    assert [expected] * 2 == [facts for facts in told if facts.get("what") == "sweep"]
    assert await town.services.stuck.look() == {"sweeps": 1}
    is_broken = False
    await upkeep.run("backup", work, 5 * MINUTE_MS)
    assert await town.services.stuck.look() == {}


async def test_a_slow_sweep_has_three_periods(town: Town) -> None:
    """What runs every hour may fail for three hours before anybody is called."""

    async def fails() -> None:
        raise OSError("out of reach")

    for _ in range(4):
        assert Notice.ALARM not in town.messenger.notices(town.operator)
        with pytest.raises(OSError, match="out of reach"):
            await town.services.upkeep.run("stars_balance", fails, HOUR_MS)
        await town.drain()
        town.clock.advance(HOUR_MS)
    assert Notice.ALARM in town.messenger.notices(town.operator)


async def test_a_reminder_waits_for_a_flooded_chat(town: Town) -> None:
    """A reminder that could not be sent yet does not count as delivered."""
    order = await town.order_in(State.DELIVERED)
    await town.drain()
    town.clock.advance(24 * HOUR_MS)
    later = Later(town.clock.now_ms() + MINUTE_MS, "flood", counts=False)
    town.messenger.next[Notice.NUDGE_ACCEPT] = [later]
    await town.services.upkeep.nudge()
    await town.drain()
    assert (await town.order(order.id)).reminded_ms is None
    town.clock.advance(MINUTE_MS)
    await town.drain()
    assert town.clock.now_ms() == (await town.order(order.id)).reminded_ms
