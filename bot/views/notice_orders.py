"""Notices about an order to one of its parties: the fact first, then how the order stands now."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowOrder
from bot.views import notice_disputes as disputes
from bot.views import notice_facts as facts
from bot.views import notice_requests as requests
from bot.views.notice_by_hand import payment_landed
from bot.views.notice_nudges import due_soon, nudge_accept, nudge_late, nudge_requirements
from bot.views.order_buttons import order_rows
from bot.views.order_money import charged_back_words, money_words
from bot.views.order_parts import deliveries_part, requirements_part
from bot.views.order_state import headline
from bot.views.orders import next_words, title_words
from bot.views.reading import Reading
from bot.views.reviews import reviews_part, stars_rows
from market.notices import Message, Notice
from market.read import OrderCard

Fact = Callable[[OrderCard, Message, Translator], Markup]
Part = Callable[[OrderCard, Translator], Markup | None]
Draw = Callable[[Message, Reading, Translator], Screen | None]


def about(fact: Fact, *parts: Part) -> Draw:
    """A notice that says the fact, then the parts, then what happens next and the buttons."""

    def draw(message: Message, reading: Reading, tr: Translator) -> Screen | None:
        card = reading.card
        if card is None:
            return None
        said = [fact(card, message, tr), title_words(card, tr)]
        said += [words for words in (part(card, tr) for part in parts) if words is not None]
        return Screen(text=Markup("\n\n").join(said), rows=order_rows(card, tr))

    return draw


def following(card: OrderCard, tr: Translator) -> Markup:
    """What happens next; with the state's name, which may have moved on since the event."""
    state = headline(card, tr)
    return Markup("{}\n{}").format(state, next_words(card, tr))


def _review_request(_message: Message, reading: Reading, tr: Translator) -> Screen | None:
    card = reading.card
    if card is None or not card.may_review or card.mine is not None:
        return None
    said = [facts.review_asked(card, tr), title_words(card, tr), reviews_part(card, tr)]
    text = Markup("\n\n").join(words for words in said if words is not None)
    look = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Screen(text=text, rows=(*stars_rows(card.order.id, tr), (look,)))


ORDER_NOTICES: dict[Notice, Draw] = {
    Notice.ORDER_PAID_BUYER: about(facts.paid_buyer, following, money_words),
    Notice.ORDER_PAID_SELLER: about(facts.paid_seller, following, money_words),
    Notice.ORDER_EXPIRED: about(facts.expired, next_words, money_words),
    Notice.ORDER_CANCELLED: about(facts.cancelled, next_words, money_words),
    Notice.REQUIREMENTS_READY: about(facts.requirements, requirements_part, following),
    Notice.DELIVERY: about(facts.delivery, deliveries_part, following),
    Notice.CHANGES_ASKED: about(facts.changes, following),
    Notice.WORK_RESUMED: about(facts.resumed, following),
    Notice.ORDER_ACCEPTED: about(facts.accepted, following, money_words),
    Notice.ORDER_AUTO_BUYER: about(facts.auto_buyer, following),
    Notice.ORDER_AUTO_SELLER: about(facts.auto_seller, following, money_words),
    Notice.REVIEW_REQUEST: _review_request,
    Notice.REVIEW_SHOWN: about(facts.reviews_shown, reviews_part),
    Notice.FUNDS_CLEARED: about(facts.cleared),
    Notice.UNREACHABLE: about(facts.unreachable, following),
    Notice.TIME_ASKED: about(requests.time_asked, following),
    Notice.TIME_GIVEN: about(requests.time_given, following),
    Notice.CANCEL_ASKED: about(requests.end_asked, following),
    Notice.REQUEST_REFUSED: about(requests.refused, following),
    Notice.REQUEST_LAPSED: about(requests.lapsed, following, money_words),
    Notice.REQUEST_TAKEN_BACK: about(requests.taken_back, following),
    Notice.LOOKS_LONGER: about(requests.looks_longer, following),
    Notice.ORDER_SPLIT: about(requests.ended_together, following, money_words),
    Notice.CLAIM_REJECTED: about(requests.claim_rejected, following),
    Notice.PAYMENT_LANDED: about(payment_landed, following),
    Notice.PAYMENT_TAKEN_BACK: about(
        requests.payment_taken_back, charged_back_words, following, money_words
    ),
    Notice.DISPUTE_OPENED: disputes.dispute_opened,
    Notice.STATEMENT_ADDED: disputes.statement_added,
    Notice.VERDICT: about(disputes.verdict, following),
    Notice.VERDICT_APPEALED: about(disputes.appealed, following),
    Notice.DISPUTE_ENDED: about(disputes.ended, following, money_words),
    Notice.ORDER_REOPENED: about(disputes.reopened, following, money_words),
    Notice.REOPEN_REFUSED: about(disputes.reopen_refused, following),
    Notice.NUDGE_REQUIREMENTS: nudge_requirements,
    Notice.NUDGE_ACCEPT: nudge_accept,
    Notice.NUDGE_LATE: nudge_late,
    Notice.DUE_SOON: due_soon,
}
