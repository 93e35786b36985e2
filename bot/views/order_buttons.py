"""The buttons of an order: what its reader may do now, the main thing first.

Derived from the transition table; the table's guards that a reader can foresee (changes left, a
late order's day of grace) decide which of two buttons stands there.
"""

from collections.abc import Callable

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Button
from bot.ui.taps import (
    AcceptDelivery,
    AnswerRequirements,
    AskChanges,
    AskMoreTime,
    AskOrder,
    AskReopen,
    CancelOrder,
    LookLonger,
    OpenDispute,
    ResumeWork,
    ShowBoard,
    ShowDeliveries,
    ShowDispute,
    ShowFiles,
    ShowInvoice,
    ShowWaysOut,
    SpeakUp,
    StartDelivery,
    StartReview,
    StartSupport,
    StartTip,
)
from bot.views import by_hand, by_link
from bot.views.order_desk import operator_buttons
from bot.views.order_parts import PART_MAX
from bot.views.requests import request_buttons
from bot.views.reviews import answer_button, report_button
from bot.views.room import room_button
from bot.views.ways import (
    changes_left,
    disputable_from,
    may_ask_reopen,
    may_look_longer,
    may_propose,
)
from market import rails
from market.gig import units
from market.order import allowed
from market.rails import rail_of
from market.read import OrderCard
from market.states import Event, Role, State
from market.tip import TIPPED

Rows = tuple[tuple[Button, ...], ...]
Made = Button | None
SUPPORT, PAYSUPPORT = 0, 1
_ABOUT_MONEY = {
    State.AWAITING_PAYMENT,
    State.PAYMENT_REVIEW,
    State.CANCELLED,
    State.REFUNDED,
    State.EXPIRED,
    State.CLEARED,
}
_OVER = {State.COMPLETED, State.CLEARED, State.CANCELLED, State.REFUNDED, State.EXPIRED}
_PARTIES = {Role.BUYER, Role.SELLER}


def order_rows(card: OrderCard, tr: Translator) -> Rows:
    """Answers to a request, acts, files, then the way out of the order, help and the way back."""
    asked = request_buttons(card, tr)
    acts = [
        *_paying(card, tr),
        *_acts(card, tr),
        *_disputing(card, tr),
        *_reviewing(card, tr),
        *_tipping(card, tr),
        *answer_button(card, tr),
        *_room(card, asked, tr),
        *_again(card, tr),
        *report_button(card, tr),
        *operator_buttons(card, tr),
    ]
    ways = [button for button in acts if button.style != "danger"]
    ends = [(button,) for button in acts if button.style == "danger"]
    rows = [*_one_first(asked), *_one_first(ways), *_in_rows(_files(card, tr))]
    last = (*_help(card, tr), _board(card, tr))
    return (*rows, *ends, last)


def _room(card: OrderCard, asked: list[Button], tr: Translator) -> list[Button]:
    """Messages, unless a request's "Talk first" leads there already."""
    leads = {button.tap for button in asked}
    return [button for button in room_button(card, tr) if button.tap not in leads]


def _one_first(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [(button,) for button in buttons[:1]] + _in_rows(buttons[1:])


def _in_rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    starts = range(0, len(buttons), ROW_MAX)
    return [tuple(buttons[start : start + ROW_MAX]) for start in starts]


def _acts(card: OrderCard, tr: Translator) -> list[Button]:
    mine = allowed(card.order, card.viewer)
    made = [maker(card, tr) for event, maker in _MAKERS.items() if event in mine]
    return [button for button in made if button is not None]


def _paying(card: OrderCard, tr: Translator) -> list[Button]:
    if card.viewer is not Role.BUYER or card.order.state is not State.AWAITING_PAYMENT:
        return []
    match rail_of(card.order.terms.price.currency):
        case rails.CRYPTO_PAY:
            return by_link.pay_buttons(card, tr)
        case rails.MANUAL:
            return [by_hand.pay_button(card, tr)]
        case _:
            label, tap = tr.label("Send the invoice again"), ShowInvoice(card.order.id)
            return [Button(label=label, tap=tap, style="primary")]


def _tipping(card: OrderCard, tr: Translator) -> list[Button]:
    """The buyer may thank the seller with more than words."""
    order, completed_ms = card.order, card.order.completed_ms
    if card.viewer is not Role.BUYER or order.state not in TIPPED or completed_ms is None:
        return []
    if order.was_charged_back or card.now_ms >= completed_ms + card.policy.windows.tip_ms:
        return []
    return [Button(label=tr.label("🎁 Give a tip"), tap=StartTip(order.id))]


def _disputing(card: OrderCard, tr: Translator) -> list[Button]:
    """In a dispute its screen; afterwards too, for what was said stays readable."""
    order, dispute = card.order, card.order.dispute
    made: list[Button] = []
    if dispute is None or card.viewer not in _PARTIES:
        return made
    if order.state is State.DISPUTED and card.viewer in dispute.unheard:
        answer = tr.label("Say your side")
        made.append(Button(label=answer, tap=SpeakUp(order.id), style="primary"))
    made.append(Button(label=tr.label("The dispute"), tap=ShowDispute(order.id)))
    return made


def _reviewing(card: OrderCard, tr: Translator) -> list[Button]:
    if not card.may_review or card.mine is not None:
        return []
    tap = StartReview(card.order.id, 0)
    return [Button(label=tr.label("Write a review"), tap=tap, style="primary")]


def _again(card: OrderCard, tr: Translator) -> list[Button]:
    if card.viewer is not Role.BUYER or card.order.state not in _OVER:
        return []
    made = [Button(label=tr.label("Order again"), tap=AskOrder(card.order.gig_id))]
    if may_ask_reopen(card):
        problem = tr.label("Report a problem")
        made.append(Button(label=problem, tap=AskReopen(card.order.id)))
    return made


def _accept(card: OrderCard, tr: Translator) -> Button:
    tap = AcceptDelivery(card.order.id, card.order.version, 0)
    return Button(label=tr.label("Accept"), tap=tap, style="success")


def _answer(card: OrderCard, tr: Translator) -> Button:
    tap = AnswerRequirements(card.order.id, card.order.version)
    return Button(label=tr.label("Answer the question"), tap=tap, style="primary")


def _deliver(card: OrderCard, tr: Translator) -> Button:
    tap = StartDelivery(card.order.id, card.order.version)
    return Button(label=tr.label("Deliver"), tap=tap, style="primary")


def _resume(card: OrderCard, tr: Translator) -> Button:
    tap = ResumeWork(card.order.id, card.order.version)
    return Button(label=tr.label("Resume work"), tap=tap, style="primary")


def _revise(card: OrderCard, tr: Translator) -> Made:
    if not changes_left(card):
        return None
    tap = AskChanges(card.order.id, card.order.version)
    return Button(label=tr.label("Ask for changes"), tap=tap)


def _more_time(card: OrderCard, tr: Translator) -> Made:
    if not may_propose(card):
        return None
    tap = AskMoreTime(card.order.id, card.order.version)
    return Button(label=tr.label("Ask for more time"), tap=tap)


def _look_longer(card: OrderCard, tr: Translator) -> Made:
    if not may_look_longer(card):
        return None
    tap = LookLonger(card.order.id, card.order.version, 0)
    return Button(label=tr.label("More time to look"), tap=tap)


def _dispute(card: OrderCard, tr: Translator) -> Made:
    """Only once it is possible; from when, the ways out of the order say."""
    if card.now_ms < disputable_from(card):
        return None
    tap = OpenDispute(card.order.id, card.order.version)
    return Button(label=tr.label("Something is wrong"), tap=tap)


def _cancel(card: OrderCard, tr: Translator) -> Button:
    """The one way out of an order on which no work has begun."""
    tap = CancelOrder(card.order.id, card.order.version, 0)
    return Button(label=tr.label("Cancel the order"), tap=tap, style="danger")


def _seller_cancel(card: OrderCard, tr: Translator) -> Made:
    """During the work there are several ways out."""
    if Event.ASK_CANCEL in allowed(card.order, card.viewer):
        return None
    return _cancel(card, tr)


def _ways_out(card: OrderCard, tr: Translator) -> Button:
    tap = ShowWaysOut(card.order.id, card.order.version)
    return Button(label=tr.label("Cancel the order"), tap=tap, style="danger")


_MAKERS: dict[Event, Callable[[OrderCard, Translator], Made]] = {
    Event.ACCEPT: _accept,
    Event.REQUIREMENTS: _answer,
    Event.DELIVER: _deliver,
    Event.RESUME: _resume,
    Event.REVISE: _revise,
    Event.ASK_TIME: _more_time,
    Event.LOOK_LONGER: _look_longer,
    Event.DISPUTE: _dispute,
    Event.CANCEL_UNPAID: _cancel,
    Event.BUYER_CANCEL_EARLY: _cancel,
    Event.SELLER_CANCEL: _seller_cancel,
    Event.ASK_CANCEL: _ways_out,
}


def _files(card: OrderCard, tr: Translator) -> list[Button]:
    """What holds more than the screen shows: the last delivery, earlier ones, the answer."""
    order_id, made = card.order.id, []
    last = card.deliveries[-1] if card.deliveries else None
    if last is not None and (last.files or units(last.text) > PART_MAX):
        label = tr.label("📎 Delivery {number}", number=last.number)
        made.append(Button(label=label, tap=ShowFiles(order_id, last.number)))
    if len(card.deliveries) > 1:
        made.append(Button(label=tr.label("All deliveries"), tap=ShowDeliveries(order_id)))
    answer = card.answer
    if answer is not None and (answer.files or units(answer.text) > PART_MAX):
        made.append(Button(label=tr.label("📎 Requirements"), tap=ShowFiles(order_id, 0)))
    return made


def _help(card: OrderCard, tr: Translator) -> list[Button]:
    if card.viewer is Role.OPERATOR:
        return []
    kind = PAYSUPPORT if card.order.state in _ABOUT_MONEY else SUPPORT
    tap = StartSupport(kind, card.order.id)
    return [Button(label=tr.label("Ask an operator"), tap=tap)]


def _board(card: OrderCard, tr: Translator) -> Button:
    finished = int(card.order.state.is_final or card.order.state is State.COMPLETED)
    return Button(label=tr.label("My orders"), tap=ShowBoard(finished, 0))
