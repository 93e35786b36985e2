"""Every route of the house in the order in which PTB asks them: the first that matches answers."""

from typing import Any

from telegram.ext import BaseHandler

from bot.conversations import (
    absence,
    answer,
    appeal,
    ask_cancel,
    ask_time,
    by_hand,
    cancel,
    changes,
    claim,
    contest,
    coupon,
    coupon_code,
    deliver,
    dispute,
    fulfilment,
    payout,
    payout_word,
    pin,
    rate,
    reopen,
    report,
    requirements,
    review,
    review_reply,
    room,
    seen,
    sell,
    settle,
    standing,
    statement,
    support,
    tip,
    unpaid,
    verdict,
    wallet_setup,
    withdraw,
)
from bot.conversations import house_money as acting
from bot.handlers import (
    admin,
    browsing,
    cases,
    connect,
    coupons,
    desk,
    disputes,
    fallback,
    forgetting,
    house_money,
    legal,
    life,
    membership,
    orders,
    payments,
    payouts,
    pins,
    quoting,
    rails,
    requests,
    reviews,
    seconds,
    selling,
    settings,
    start,
    stops,
    trust,
    wallet,
    withdrawals,
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
    acting,
    claim,
    seen,
    by_hand,
    wallet_setup,
    fulfilment,
    withdraw,
    payout,
    payout_word,
    unpaid,
    pin,
    rate,
    coupon_code,
    coupon,
    tip,
)
AREAS = (
    start,
    legal,
    forgetting,
    settings,
    selling,
    browsing,
    quoting,
    coupons,
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
    trust,
    stops,
    house_money,
    rails,
    withdrawals,
    payouts,
    pins,
    seconds,
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
