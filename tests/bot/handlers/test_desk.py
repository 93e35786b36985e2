"""The desk by taps: /admin, queues, people, cases, reports, chargebacks, the log."""

from dataclasses import replace
from typing import Any

import pytest

from bot.handlers import admin, cases, desk, disputes
from bot.i18n import plain
from bot.ui.taps import (
    EnterChargeback,
    ReopenOrder,
    RetryDead,
    SecondVerdict,
    SettleFine,
    ShowAdmin,
    ShowCase,
    ShowDispute,
    ShowJudgedGig,
    ShowLog,
    ShowPerson,
    ShowQueue,
    ShowReport,
    ShowTimeline,
    Thaw,
)
from bot.views import desk as views
from market import errors
from market.money import Currency, Money
from market.people import Person
from market.reports import Subject
from market.states import State
from tests.support.by_hand import claimed, take_taka
from tests.support.town import POLICY, Town
from tests.support.turns import turn_of

MUCH = Money(6_000, Currency.XTR)


async def seen(town: Town, handler: Any, *tap: Any, who: Person | None = None, **how: Any) -> Any:
    """The turn after an operator has tapped or written the command."""
    turn = turn_of(town, who or town.operator, **how)
    await handler(turn, *tap)
    return turn


async def test_admin_is_the_desk(town: Town) -> None:
    """Queues with their counts; the house is one tap away."""
    await town.heard()
    turn = await seen(town, desk.on_admin)
    assert "⚖️ Disputes: 1" in turn.text
    assert "🌱 First gigs: 1" in turn.text
    turn = await seen(town, admin.on_show_admin, ShowAdmin(views.DESK))
    assert "The desk" in turn.text
    turn = await seen(town, admin.on_show_admin, ShowAdmin(views.RUNNING))
    assert "How the house is doing" in turn.text


async def test_admin_is_no_command_for_others(town: Town) -> None:
    """They read that we do not know it."""
    turn = await seen(town, desk.on_admin, who=town.buyer)
    assert "I do not know that command" in turn.text
    with pytest.raises(errors.NotAnOperator):
        await seen(town, admin.on_show_admin, ShowAdmin(views.DESK), who=town.buyer)


async def test_somebody_is_found_by_a_number(town: Town) -> None:
    """One person is shown at once, two are offered, nobody is said."""
    turn = await seen(town, desk.on_admin, argument=str(town.buyer.telegram_id))
    assert "Ayesha" in turn.text
    assert "Pause…" in turn.labels
    order = await town.placed()
    turn = await seen(town, desk.on_admin, argument=f"#{order.id}")
    assert {"👤 Ayesha, 502", "👤 Rahim, 501"} <= set(turn.labels)
    turn = await seen(town, desk.on_admin, argument="999999")
    assert "Nobody is found" in turn.text
    turn = await seen(town, desk.on_show_person, ShowPerson(town.seller.id))
    assert "Rahim" in turn.text


async def test_owners_read_the_log_and_nothing_else(town: Town) -> None:
    """An owner who is no operator gets the log; operators may ask for it by name."""
    await town.services.desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    turn = await seen(town, desk.on_admin, argument="log")
    assert "Operator: banned" in turn.text
    turn = await seen(town, desk.on_show_log, ShowLog(0))
    assert "The desk" in turn.labels
    owned = Town(town.storage, replace(POLICY, owners=frozenset({town.seller.telegram_id})))
    turn = await seen(owned, desk.on_admin, who=town.seller)
    assert "Operator: banned" in turn.text
    assert turn.labels == ["The house's money", "Main menu"]
    with pytest.raises(errors.NotAnOperator):
        await seen(owned, desk.on_show_queue, ShowQueue(views.DISPUTES, 0), who=town.seller)


async def test_every_queue_can_be_opened(town: Town) -> None:
    """Each with its own name; what is in it leads on; an unknown one is refused."""
    order = await town.heard()
    await town.services.support.ask(
        town.command(town.buyer), kind="support", order_id=None, text="Help <me>"
    )
    await take_taka(town)
    await claimed(town)
    labels = {}
    for queue in range(views.PAYOUTS + 1):
        turn = await seen(town, desk.on_show_queue, ShowQueue(queue, 0))
        labels[queue] = turn.labels
    assert any("A logo for your shop" in label for label in labels[views.DISPUTES])
    assert any("9AB1C2D3E4" in label for label in labels[views.CLAIMS])
    assert labels[views.APPEALS] == ["The desk"]
    assert "Answer Ayesha" in labels[views.SUPPORT]
    assert len(labels[views.FIRST_GIGS]) == 3
    with pytest.raises(errors.NotFound):
        await seen(town, desk.on_show_queue, ShowQueue(99, 0))
    assert order.id


async def test_a_case_shows_both_people_and_the_way_to_decide(town: Town) -> None:
    """Also from the parties' own button; parties keep their own screen."""
    order = await town.heard()
    for handler, tap in (
        (cases.on_show_case, ShowCase(order.id)),
        (disputes.on_show_dispute, ShowDispute(order.id)),
    ):
        turn = await seen(town, handler, tap)
        assert "Decide…" in turn.labels
        assert "bought 0" in turn.text
    turn = await seen(town, disputes.on_show_dispute, ShowDispute(order.id), who=town.buyer)
    assert "Decide…" not in turn.labels
    with pytest.raises(errors.NotAnOperator):
        await seen(town, cases.on_show_case, ShowCase(order.id), who=town.buyer)


async def test_the_timeline_tells_everything(town: Town) -> None:
    """Events, the delivery, statements, messages and money."""
    order = await town.order_in(State.DELIVERED)
    await town.say(town.buyer, order.id, "When is it ready?")
    await town.open_dispute(order.id)
    words = (await seen(town, cases.on_show_timeline, ShowTimeline(order.id, 1))).text
    words += (await seen(town, cases.on_show_timeline, ShowTimeline(order.id, 0))).text
    for part in ("payment arrived", "Delivery 1", "When is it ready?", "this order, held"):
        assert part in words
    assert "Ayesha, statement 1" in words


async def test_a_second_operator_confirms(town: Town) -> None:
    """The exact amounts once more, then the verdict; another one than proposed is refused."""
    order, second = await town.heard(await town.gig(price=MUCH)), await town.second()
    await town.decide(order.id, 3_000)
    turn = await seen(town, cases.on_show_case, ShowCase(order.id), who=second)
    assert {"Confirm", "Decide differently…"} <= set(turn.labels)
    version = (await town.order(order.id)).version
    other = SecondVerdict(order.id, version, 1, 0)
    with pytest.raises(errors.Stale):
        await seen(town, cases.on_second_verdict, other, who=second)
    ask = SecondVerdict(order.id, version, 3_000, 0)
    turn = await seen(town, cases.on_second_verdict, ask, who=second)
    assert "Rahim: 2,700 ⭐" in turn.text
    sure = SecondVerdict(order.id, version, 3_000, 1)
    with pytest.raises(errors.AnotherOperator):
        await seen(town, cases.on_second_verdict, sure)
    turn = await seen(town, cases.on_second_verdict, sure, who=second)
    assert turn.toasts == ["The verdict is said. Both sides are being told."]
    dispute = (await town.order(order.id)).dispute
    assert dispute is not None
    assert dispute.verdict_minor == 3_000


async def report_on(town: Town, subject: Subject) -> int:
    (report,) = await town.services.desk.reports(town.operator.id, subject)
    return report.id


async def test_a_first_gig_is_fine(town: Town) -> None:
    """One tap settles it; a second tap says that it was settled."""
    gig = await town.gig()
    report_id = await report_on(town, Subject.FIRST_GIG)
    turn = await seen(town, cases.on_show_report, ShowReport(report_id))
    assert {"Fine", "Take the gig down…", "The gig"} <= set(turn.labels)
    toasts = []
    for _ in range(2):
        turn = await seen(town, cases.on_settle_fine, SettleFine(report_id))
        toasts += turn.toasts
        assert "Settled" in turn.text
    assert toasts[1] == "This was settled already. This is how it is now."
    turn = await seen(town, cases.on_show_judged_gig, ShowJudgedGig(gig.id))
    assert "takes orders" in turn.text
    with pytest.raises(errors.NotAnOperator):
        await seen(town, cases.on_show_judged_gig, ShowJudgedGig(gig.id), who=town.buyer)


async def test_peoples_reports_want_words(town: Town) -> None:
    """What somebody has reported is never settled by one tap."""
    await town.services.reports.person(town.command(town.buyer), town.seller.id, words="rude")
    with pytest.raises(errors.NotFound):
        await seen(town, cases.on_settle_fine, SettleFine(await report_on(town, Subject.PERSON)))
    turn = await seen(town, cases.on_show_report, ShowReport(await report_on(town, Subject.PERSON)))
    assert "Settle…" in turn.labels


async def test_an_order_is_reopened(town: Town) -> None:
    """What it does first, then it happens, then it has happened."""
    order = await town.order_in(State.COMPLETED)
    await town.services.disputes.ask_reopen(
        town.command(town.buyer), order.id, text="The files do not open here."
    )
    report_id = await report_on(town, Subject.REOPEN)
    turn = await seen(town, cases.on_reopen_order, ReopenOrder(report_id, 0))
    assert "250 ⭐ is held again" in turn.text
    turn = await seen(town, cases.on_reopen_order, ReopenOrder(report_id, 1))
    assert State.DISPUTED is (await town.order(order.id)).state
    assert "opened a dispute" in turn.text
    turn = await seen(town, cases.on_reopen_order, ReopenOrder(report_id, 1))
    assert turn.toasts == ["This was settled already. This is how it is now."]
    await town.services.reports.person(town.command(town.buyer), town.seller.id, words="rude")
    other = await report_on(town, Subject.PERSON)
    with pytest.raises(errors.NotFound):
        await seen(town, cases.on_reopen_order, ReopenOrder(other, 1))


async def test_a_chargeback_is_asked_twice(town: Town) -> None:
    """The order ends; own orders and strangers are refused."""
    order = await town.order_in(State.DELIVERED)
    for sure, words in ((0, "Enter this only when"), (1, "Sure?")):
        turn = await seen(town, cases.on_enter_chargeback, EnterChargeback(order.id, sure))
        assert words in turn.text
    assert State.DELIVERED is (await town.order(order.id)).state
    turn = await seen(town, cases.on_enter_chargeback, EnterChargeback(order.id, 2))
    assert State.CANCELLED is (await town.order(order.id)).state
    assert turn.toasts == ["Entered. The seller is being told."]
    assert "Payment was taken back…" not in turn.labels
    await town.services.payments.refunded(charge_id="charge-1")
    mine = await town.placed(await town.gig(town.operator))
    for who, refusal in ((town.operator, errors.OwnOrder), (town.buyer, errors.NotAnOperator)):
        with pytest.raises(refusal):
            await seen(town, cases.on_enter_chargeback, EnterChargeback(mine.id, 2), who=who)


async def test_the_running_of_the_house(town: Town) -> None:
    """Money is let out again; what was not given up cannot be tried again."""
    turn = await seen(town, admin.on_thaw, Thaw())
    assert turn.toasts == ["Money leaves again."]
    with pytest.raises(errors.NotFound):
        await seen(town, admin.on_retry_dead, RetryDead(99))
    assert "The books" in plain(turn.shown[-1].text)
