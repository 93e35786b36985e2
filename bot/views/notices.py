"""Notices: what happened as the event tells it, what to do now as the order stands at sending."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.ui.screen import Album, Invoice, Screen
from bot.views.announcements import announcement
from bot.views.notice_files import delivery_files, requirement_files
from bot.views.notice_house import (
    alarm,
    payment_returned,
    refund_sent,
    support_answered,
    support_asked,
)
from bot.views.notice_invoice import invoice
from bot.views.notice_orders import ORDER_NOTICES
from bot.views.reading import Reading
from market.notices import Message, Notice

Shown = Screen | Album | Invoice | None
Draw = Callable[[Message, Reading, Translator], Shown]


def render(message: Message, reading: Reading, tr: Translator) -> Shown:
    """The notice in its reader's language; None when there is nothing to say any more."""
    return NOTICES[message.notice](message, reading, tr)


def _announcement(_message: Message, reading: Reading, tr: Translator) -> Shown:
    if reading.gig is None:
        return None
    return announcement(reading.gig, tr, reading.bot_username)


NOTICES: dict[Notice, Draw] = {
    **ORDER_NOTICES,
    Notice.INVOICE: invoice,
    Notice.DELIVERY_FILES: delivery_files,
    Notice.REQUIREMENT_FILES: requirement_files,
    Notice.REFUND_SENT: refund_sent,
    Notice.PAYMENT_RETURNED: payment_returned,
    Notice.SUPPORT_ASKED: support_asked,
    Notice.SUPPORT_ANSWERED: support_answered,
    Notice.ALARM: alarm,
    Notice.GIG_ANNOUNCEMENT: _announcement,
}
