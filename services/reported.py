"""What a report is about, for lists and for its card."""

from market.contract import Order
from market.desk import ReportCard, ReportLine
from market.gig import Gig
from market.reports import ON_GIGS, Report, Subject
from market.review import Review
from services.ports import UnitOfWork


async def card(uow: UnitOfWork, report: Report) -> ReportCard:
    """All that operators need to settle it."""
    gig = await _gig_of(uow, report)
    return ReportCard(
        report=report,
        reporter_name=await name_of(uow, report.reporter_id),
        name=await name_of(uow, _concerned(report, gig)),
        order=await _order_of(uow, report),
        gig=gig,
        review=await _review_of(uow, report),
    )


async def line(uow: UnitOfWork, report: Report) -> ReportLine:
    """What a list says of it."""
    gig = await _gig_of(uow, report)
    name = await name_of(uow, _concerned(report, gig))
    return ReportLine(report, name, "" if gig is None else gig.title)


async def _gig_of(uow: UnitOfWork, report: Report) -> Gig | None:
    return await uow.gigs.get(report.about_id) if report.subject in ON_GIGS else None


async def _order_of(uow: UnitOfWork, report: Report) -> Order | None:
    return None if report.order_id is None else await uow.orders.get(report.order_id)


async def _review_of(uow: UnitOfWork, report: Report) -> Review | None:
    if report.subject is not Subject.REVIEW or report.order_id is None:
        return None
    written = await uow.reviews.of_order(report.order_id)
    return next((one for one in written if one.author_id == report.about_id), None)


def _concerned(report: Report, gig: Gig | None) -> int | None:
    """Whose name stands on the card; the orders of rooms and reopenings have two."""
    if gig is not None:
        return gig.seller_id
    return None if report.subject in {Subject.ROOM, Subject.REOPEN} else report.about_id


async def name_of(uow: UnitOfWork, person_id: int | None) -> str:
    """What the person is called; nothing where there is nobody."""
    return "" if person_id is None else (await uow.people.contact(person_id)).name
