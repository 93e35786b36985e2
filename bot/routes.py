"""Every route of the house in the order in which PTB asks them: the first that matches answers."""

from typing import Any

from telegram.ext import BaseHandler

from bot.conversations import (
    absence,
    answer,
    appeal,
    ask_cancel,
    ask_time,
    cancel,
    changes,
    contest,
    deliver,
    dispute,
    reopen,
    report,
    requirements,
    review,
    review_reply,
    room,
    sell,
    settle,
    standing,
    statement,
    support,
    verdict,
)
from bot.handlers import (
    admin,
    browsing,
    cases,
    connect,
    desk,
    disputes,
    fallback,
    legal,
    life,
    membership,
    orders,
    payments,
    requests,
    reviews,
    selling,
    settings,
    start,
    wallet,
)
from bot.handlers import room as rooms
from bot.handlers import support as asking
from bot.kit import dialog
from bot.kit.flows import Flow
from bot.kit.home import ways_home
from services.registry import Services

FLOWS = (
    sell,
    requirements,
    deliver,
    changes,
    cancel,
    review,
    support,
    answer,
    ask_time,
    ask_cancel,
    dispute,
    statement,
    appeal,
    reopen,
    room,
    absence,
    review_reply,
    report,
    verdict,
    standing,
    settle,
    contest,
)
AREAS = (
    start,
    legal,
    settings,
    selling,
    browsing,
    orders,
    requests,
    disputes,
    reviews,
    wallet,
    asking,
    desk,
    cases,
    admin,
    connect,
    membership,
    rooms,
    life,
)


def flows_of(services: Services) -> list[Flow]:
    """All conversations."""
    return [module.flow(services) for module in FLOWS]


def routes_of(services: Services, flows: list[Flow]) -> list[BaseHandler[Any, Any, Any]]:
    """Money first, then a live flow, then everything else; what nobody wants comes last."""
    return [
        *payments.routes(services),
        *(route for flow in flows for route in dialog.routes_of(services, flow)),
        *ways_home(services),
        *(route for area in AREAS for route in area.routes(services)),
        *fallback.routes(services),
    ]
