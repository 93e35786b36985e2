"""Stopping all money that leaves: /freeze, the audit, safe mode after a restore."""

import pytest

from market.errors import NotAnOperator, NotAnOwner, NotReconciled
from market.house_errors import BooksWrong
from market.notices import Notice
from market.read import AuditFinding
from market.states import Event, State
from services.freezing import begin_safe_mode
from tests.support.feed import FakeFeed
from tests.support.town import Town


async def _promise(town: Town) -> None:
    """A refund waits to go out."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)


async def _enter_safe_mode(town: Town) -> None:
    async with town.storage.begin() as uow:
        await begin_safe_mode(uow, now_ms=town.clock.now_ms())


async def _drain_later(town: Town) -> None:
    town.clock.advance(town.windows.outbox_retry_ms[0])
    await town.drain()


def _said(town: Town) -> list[str]:
    """What operators were alarmed about."""
    messages = [row.message for row in town.messenger.sent if row.message is not None]
    return [str(one.facts["what"]) for one in messages if one.notice is Notice.ALARM]


async def test_a_freeze_stops_refunds_at_once(town: Town) -> None:
    """Nothing leaves until the thaw; both are told to operators and logged, once."""
    await _promise(town)
    freeze = town.command(town.operator)
    for _ in range(2):
        await town.services.house.freeze(freeze, reason="Something smells")
    await town.drain()
    stops = await town.services.house.stops(town.operator.id)
    assert (town.stars.calls, stops.frozen_by) == ([], "operator")
    await town.services.house.thaw(town.command(town.operator))
    await _drain_later(town)
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls
    assert _said(town) == ["frozen", "thawed"]
    acts = await town.services.desk.acts(town.operator.id)
    assert [(one.act, one.detail) for one in acts] == [
        ("thaw", ""),
        ("freeze", "Something smells"),
    ]


async def test_only_operators_freeze(town: Town) -> None:
    """Nobody else stops the house's money, or sees what would leave."""
    with pytest.raises(NotAnOperator):
        await town.services.house.freeze(town.command(town.buyer))
    with pytest.raises(NotAnOperator):
        await town.services.house.stops(town.buyer.id)


async def test_the_audit_is_heard_through_a_freeze(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong books found while frozen alarm as ever; a freeze after them hides nothing."""
    await town.services.house.freeze(town.command(town.operator))

    async def wrong(_self: object) -> tuple[AuditFinding, ...]:
        return (AuditFinding("I3", "x"),)

    with monkeypatch.context() as patched:
        patched.setattr(type(town.services.upkeep), "look", wrong)
        await town.services.upkeep.audit()
    await town.services.house.freeze(town.command(town.operator))
    await town.drain()
    assert (await town.services.house.stops(town.operator.id)).frozen_by == "audit"
    assert _said(town) == ["frozen", "audit", "frozen"]


async def test_only_an_owner_lets_money_leave_while_the_books_are_wrong(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any operator may, once the audit finds them right again."""
    second = await town.second()
    async with town.storage.read() as uow:
        ledger = type(uow.ledger)

    async def wrong(_self: object, _rule: str) -> tuple[AuditFinding, ...]:
        return (AuditFinding("I3", "x"),)

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "broken", wrong)
        await town.services.upkeep.audit()
    assert (await town.services.house.stops(second.id)).is_wrong
    with pytest.raises(BooksWrong):
        await town.services.house.thaw(town.command(second))
    assert (await town.services.house.stops(second.id)).frozen_by == "audit"
    await town.services.house.thaw(town.command(town.operator))
    assert (await town.services.house.stops(second.id)).frozen_by == ""
    await town.services.house.freeze(town.command(second))
    await town.services.upkeep.audit()
    await town.services.house.thaw(town.command(second))
    stops = await town.services.house.stops(second.id)
    assert (stops.frozen_by, stops.is_wrong) == ("", False)


async def test_what_would_leave_is_listed(town: Town) -> None:
    """Refunds that are promised or have failed, oldest first; sent ones are no longer listed."""
    await _promise(town)
    (one,) = (await town.services.house.stops(town.operator.id)).outgoing
    assert ("refund", "stars", 250, town.buyer.id) == (
        one.kind,
        one.rail,
        one.minor,
        one.person_id,
    )
    await town.drain()
    assert (await town.services.house.stops(town.operator.id)).outgoing == ()


async def test_safe_mode_ends_when_providers_were_asked_and_an_owner_agrees(town: Town) -> None:
    """After a restore nothing leaves; what has left already is found in the list first."""
    await _promise(town)
    await _enter_safe_mode(town)
    await town.drain()
    report = await town.services.house.report(town.operator.id)
    assert (town.stars.calls, report.is_frozen) == ([], True)
    with pytest.raises(NotReconciled):
        await town.services.house.leave_safe_mode(town.command(town.operator))
    await town.services.reconciler.feed(FakeFeed())
    with pytest.raises(NotAnOwner):
        await town.services.house.leave_safe_mode(town.command(await town.second()))
    leave = town.command(town.operator)
    for _ in range(2):
        await town.services.house.leave_safe_mode(leave)
    await _drain_later(town)
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls
    assert (await town.services.house.stops(town.operator.id)).safe_since_ms is None


async def test_a_refund_made_before_the_restore_is_not_made_again(town: Town) -> None:
    """The list confirms it during safe mode, so nothing is left to leave."""
    await _promise(town)
    await _enter_safe_mode(town)
    feed = FakeFeed()
    charge = feed.add("charge-1", 250, telegram_id=town.buyer.telegram_id, payload="x")
    feed.add(charge.external_id, 250, direction="out", telegram_id=charge.telegram_id)
    await town.services.reconciler.feed(feed)
    assert (await town.services.house.stops(town.operator.id)).outgoing == ()
