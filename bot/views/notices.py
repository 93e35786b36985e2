"""Notices: what happened as the event tells it, what to do now as the order stands at sending."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.ui.screen import Album, Invoice, Relay, Screen
from bot.views.absence import away_notice
from bot.views.alarms import alarm
from bot.views.announcements import announcement
from bot.views.digest import digest_notice
from bot.views.notice_by_hand import refund_kept
from bot.views.notice_files import delivery_files, requirement_files
from bot.views.notice_house import (
    payment_returned,
    refund_sent,
    restored,
    support_answered,
    support_asked,
)
from bot.views.notice_invoice import invoice
from bot.views.notice_money import credit_given
from bot.views.notice_orders import ORDER_NOTICES
from bot.views.notice_pins import (
    large_withdrawal,
    pin_changed,
    pin_forgotten,
    pin_locked,
    pin_reset,
)
from bot.views.notice_standing import gig_taken_down, standing_changed
from bot.views.notice_withdrawals import (
    account_changed,
    payouts_freed,
    withdrawal_failed,
    withdrawal_paid,
    withdrawal_returned,
)
from bot.views.owner_digest import owner_digest
from bot.views.reading import Reading
from bot.views.reports import settled_notice
from bot.views.review_words import answered_notice, removed_notice
from bot.views.room_notices import file_notice, words_notice
from bot.views.tips import tip_given, tip_invoice, tip_received
from market.notices import Message, Notice

Shown = Screen | Album | Relay | Invoice | None
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
    Notice.TIP_INVOICE: tip_invoice,
    Notice.TIP_GIVEN: tip_given,
    Notice.TIP_RECEIVED: tip_received,
    Notice.REFUND_SENT: refund_sent,
    Notice.PAYMENT_RETURNED: payment_returned,
    Notice.SUPPORT_ASKED: support_asked,
    Notice.SUPPORT_ANSWERED: support_answered,
    Notice.RESTORED: restored,
    Notice.CREDIT_GIVEN: credit_given,
    Notice.REFUND_KEPT: refund_kept,
    Notice.ALARM: alarm,
    Notice.WITHDRAWAL_PAID: withdrawal_paid,
    Notice.WITHDRAWAL_FAILED: withdrawal_failed,
    Notice.WITHDRAWAL_RETURNED: withdrawal_returned,
    Notice.PAYOUT_ACCOUNT_CHANGED: account_changed,
    Notice.PAYOUTS_FREED: payouts_freed,
    Notice.LARGE_WITHDRAWAL: large_withdrawal,
    Notice.PIN_CHANGED: pin_changed,
    Notice.PIN_LOCKED: pin_locked,
    Notice.PIN_FORGOTTEN: pin_forgotten,
    Notice.PIN_RESET: pin_reset,
    Notice.STANDING_CHANGED: standing_changed,
    Notice.GIG_TAKEN_DOWN: gig_taken_down,
    Notice.OWNER_DIGEST: owner_digest,
    Notice.ROOM_WORDS: words_notice,
    Notice.ROOM_FILE: file_notice,
    Notice.REVIEW_ANSWERED: answered_notice,
    Notice.REVIEW_REMOVED: removed_notice,
    Notice.REPORT_SETTLED: settled_notice,
    Notice.AWAY: away_notice,
    Notice.DIGEST: digest_notice,
    Notice.GIG_ANNOUNCEMENT: _announcement,
}
