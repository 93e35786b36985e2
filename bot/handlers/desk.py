"""The operators' desk: /admin, queues, people, the log. For others /admin is no command of ours."""

from bot.handlers.fallback import on_unknown_command
from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import ShowLog, ShowPerson, ShowQueue
from bot.views.acts import Reader, log_screen
from bot.views.claims import claim_line, refund_line
from bot.views.desk import (
    APPEALS,
    CLAIMS,
    DISPUTES,
    DRAWS,
    FIRST_GIGS,
    HAND_REFUNDS,
    PAYOUTS,
    REOPEN,
    REPORTS,
    STANDING,
    STRIKES,
    SUPPORT,
    desk_screen,
)
from bot.views.draws import draw_line
from bot.views.payouts import payout_line
from bot.views.person_card import found_screen, person_screen
from bot.views.queues import Line, belongs, order_line, queue_screen, report_line, thread_line
from market.errors import NotFound
from market.reports import Subject
from market.rights import By
from services.desk import REPORTED
from services.registry import Services

LOG = "log"
SUBJECTS: dict[int, tuple[Subject, ...]] = {
    REPORTS: REPORTED,
    STRIKES: (Subject.STRIKES,),
    FIRST_GIGS: (Subject.FIRST_GIG,),
    REOPEN: (Subject.REOPEN,),
    STANDING: (Subject.STANDING,),
}


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "admin", on_admin, by=By.STAFF, otherwise=on_unknown_command),
        tap(services, ShowQueue, on_show_queue, by=By.OPERATOR),
        tap(services, ShowPerson, on_show_person, by=By.OPERATOR),
        tap(services, ShowLog, on_show_log, by=By.STAFF),
    ]


async def on_admin(turn: Turn) -> None:
    """/admin the desk, /admin log the log, /admin 123 somebody; owners read the log."""
    words = turn.argument
    if turn.is_operator and words and words.lower() != LOG:
        await _find(turn, words)
    elif turn.is_operator and not words:
        await show_desk(turn)
    elif turn.is_operator or turn.services.desk.is_owner(turn.person):
        await _show_log(turn, 0)
    else:
        await on_unknown_command(turn)


async def show_desk(turn: Turn) -> None:
    """What waits, by kind; raises NotAnOperator."""
    queues = await turn.services.desk.queues(turn.person.id)
    await turn.show(desk_screen(queues, turn.tr))


async def on_show_queue(turn: Turn, tap: ShowQueue) -> None:
    lines = await _lines(turn, tap.queue)
    await turn.show(queue_screen(tap.queue, lines, tap.page, turn.tr))


async def _lines(turn: Turn, queue: int) -> list[Line]:
    desk, me, tr, now_ms = turn.services.desk, turn.person.id, turn.tr, turn.now_ms
    if queue in {DISPUTES, APPEALS}:
        found = [one for one in await desk.disputes(me) if belongs(one, queue)]
        return [order_line(one, queue, tr, now_ms) for one in found]
    if queue == CLAIMS:
        return [claim_line(one, tr) for one in await turn.services.claim_desk.queue(me)]
    if queue == HAND_REFUNDS:
        return [refund_line(one, tr) for one in await turn.services.hand_refunds.queue(me)]
    if queue == SUPPORT:
        return [thread_line(one, tr, now_ms) for one in await desk.threads(me)]
    if queue == PAYOUTS:
        return [payout_line(one, tr, now_ms) for one in await turn.services.payouts.queue(me)]
    if queue == DRAWS:
        return [draw_line(one, tr) for one in await turn.services.treasury.draws(me)]
    if queue not in SUBJECTS:
        raise NotFound("queue")
    reports = await desk.report_lines(me, *SUBJECTS[queue])
    return [report_line(one, tr, now_ms) for one in reports]


async def on_show_person(turn: Turn, tap: ShowPerson) -> None:
    await _show_person(turn, tap.person_id)


async def _find(turn: Turn, words: str) -> None:
    """One person is shown at once, several are offered."""
    found = await turn.services.desk.find(turn.person.id, words)
    if len(found) == 1:
        await _show_person(turn, found[0].person.id)
    else:
        await turn.show(found_screen(words, found, turn.tr))


async def _show_person(turn: Turn, person_id: int) -> None:
    desk = turn.services.desk
    card = await desk.person_card(turn.person.id, person_id)
    await turn.show(person_screen(card, await desk.names(), turn.person.id, turn.tr))


async def on_show_log(turn: Turn, tap: ShowLog) -> None:
    await _show_log(turn, tap.page)


async def _show_log(turn: Turn, page: int) -> None:
    desk = turn.services.desk
    acts = await desk.acts(turn.person.id)
    reader = Reader(names=await desk.names(), is_operator=turn.is_operator, now_ms=turn.now_ms)
    await turn.show(log_screen(acts, reader, page, turn.tr))
