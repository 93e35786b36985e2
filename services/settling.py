"""Settling reports: once each, and whoever reported hears what came of it."""

from market.errors import WrongState
from market.notices import Message, Notice
from market.reports import Report
from services.ports import UnitOfWork


async def close(
    uow: UnitOfWork, report: Report, *, operator_id: int, answer: str, now_ms: int
) -> None:
    """The operators are done with it; raises WrongState when they were before."""
    is_ours = await uow.reports.close(
        report.id, operator_id=operator_id, answer=answer, now_ms=now_ms
    )
    if not is_ours:
        raise WrongState("report", "closed")


async def tell_reporter(
    uow: UnitOfWork, report: Report, notice: Notice, *, answer: str, now_ms: int
) -> None:
    """What the house itself reported has nobody to be told."""
    if report.reporter_id is None:
        return
    message = Message(
        notice=notice,
        key=f"report:{report.id}:{notice}",
        person_id=report.reporter_id,
        order_id=report.order_id,
        facts={
            "report": report.id,
            "subject": report.subject.value,
            "about": report.about_id,
            "reason": answer,
        },
    )
    await uow.outbox.add(message, now_ms=now_ms)
