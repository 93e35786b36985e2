"""What operators look at and judge by taps: disputes, reports, gigs, chargebacks."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import (
    EnterChargeback,
    ReopenOrder,
    SecondVerdict,
    SettleFine,
    ShowCase,
    ShowJudgedGig,
    ShowReport,
    ShowTimeline,
)
from bot.views.case import case_screen, second_confirm
from bot.views.judging import (
    chargeback_first,
    chargeback_second,
    entered_toast,
    reopened_toast,
    settled_before_toast,
    settled_toast,
)
from bot.views.orders import order_screen
from bot.views.report_card import judged_gig_screen, reopen_confirm, report_screen
from bot.views.timeline import timeline_screen
from bot.views.verdict import said_toast
from market.desk import ReportCard
from market.errors import NotAnOperator, NotFound, OwnOrder, Stale, WrongState
from market.read import OrderCard
from market.reports import Subject
from market.rights import By
from market.states import Role
from services.registry import Services

FINE = "✓"
SURE, ENTER = 1, 2


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowCase, on_show_case, by=By.OPERATOR),
        tap(services, ShowTimeline, on_show_timeline, by=By.OPERATOR),
        tap(services, SecondVerdict, on_second_verdict, by=By.OPERATOR),
        tap(services, ShowReport, on_show_report, by=By.OPERATOR),
        tap(services, SettleFine, on_settle_fine, by=By.OPERATOR),
        tap(services, ReopenOrder, on_reopen_order, by=By.OPERATOR),
        tap(services, ShowJudgedGig, on_show_judged_gig, by=By.OPERATOR),
        tap(services, EnterChargeback, on_enter_chargeback, by=By.OPERATOR),
    ]


async def on_show_case(turn: Turn, tap: ShowCase) -> None:
    await show_case(turn, tap.order_id)


async def show_case(turn: Turn, order_id: int) -> None:
    """A dispute as operators see it; raises NotAnOperator, OwnOrder, NotFound."""
    case = await turn.services.desk.case(turn.person.id, order_id)
    await turn.show(case_screen(case, turn.tr))


async def on_show_timeline(turn: Turn, tap: ShowTimeline) -> None:
    story = await turn.services.disputes.story(turn.person.id, tap.order_id)
    await turn.show(timeline_screen(story, tap.page, turn.tr))


async def on_second_verdict(turn: Turn, tap: SecondVerdict) -> None:
    """The exact amounts once more, then the other operator's verdict is said."""
    case = await turn.services.desk.case(turn.person.id, tap.order_id)
    card = case.card
    if tap.sure == SURE:
        await turn.services.disputes.confirm(
            turn.command, tap.order_id, version=tap.version, minor=tap.minor
        )
        await turn.toast(said_toast(turn.tr))
        await show_case(turn, tap.order_id)
        return
    if card.proposal is None or card.proposal.minor != tap.minor:
        raise Stale(tap.version, card.order.version)
    await turn.show(second_confirm(card, tap.minor, turn.tr))


async def on_show_report(turn: Turn, tap: ShowReport) -> None:
    await _show(turn, await _report(turn, tap.report_id))


async def on_settle_fine(turn: Turn, tap: SettleFine) -> None:
    """For what the house itself reported: nobody waits for words."""
    card = await _report(turn, tap.report_id)
    if card.report.reporter_id is not None:
        raise NotFound("way")
    try:
        await turn.services.desk.settle(turn.command, tap.report_id, answer=FINE)
    except WrongState:
        await turn.toast(settled_before_toast(turn.tr))
    else:
        await turn.toast(settled_toast(turn.tr))
    await _show(turn, await _report(turn, tap.report_id))


async def on_reopen_order(turn: Turn, tap: ReopenOrder) -> None:
    card = await _report(turn, tap.report_id)
    if card.report.subject is not Subject.REOPEN or card.order is None:
        raise NotFound("report")
    if card.report.closed_ms is not None:
        await turn.toast(settled_before_toast(turn.tr))
        await _show(turn, card)
    elif tap.sure == SURE:
        await turn.services.disputes.reopen(turn.command, tap.report_id)
        await turn.toast(reopened_toast(turn.tr))
        await show_case(turn, card.order.id)
    else:
        await turn.show(reopen_confirm(card, turn.tr))


async def on_show_judged_gig(turn: Turn, tap: ShowJudgedGig) -> None:
    if not turn.is_operator:
        raise NotAnOperator
    card = await turn.services.gigs.card(tap.gig_id)
    await turn.show(judged_gig_screen(card, turn.policy, turn.tr))


async def on_enter_chargeback(turn: Turn, tap: EnterChargeback) -> None:
    """Asked twice, then entered."""
    card = await _foreign(turn, tap.order_id)
    if tap.sure == ENTER:
        moved = await turn.services.disputes.charge_back(turn.command, tap.order_id)
        await turn.toast(entered_toast(turn.tr))
        await turn.show(order_screen(moved, turn.tr))
        return
    ask = chargeback_second if tap.sure == SURE else chargeback_first
    await turn.show(ask(card.order, turn.tr))


async def _foreign(turn: Turn, order_id: int) -> OrderCard:
    if not turn.is_operator:
        raise NotAnOperator
    card = await turn.services.orders.card(turn.person.id, order_id)
    if card.viewer is not Role.OPERATOR:
        raise OwnOrder
    return card


async def _report(turn: Turn, report_id: int) -> ReportCard:
    return await turn.services.desk.report_card(turn.person.id, report_id)


async def _show(turn: Turn, card: ReportCard) -> None:
    await turn.show(report_screen(card, turn.policy, turn.tr, turn.now_ms))
