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
    AskOrder,
    CancelOrder,
    ResumeWork,
    ShowBoard,
    ShowFiles,
    ShowInvoice,
    StartDelivery,
    StartReview,
    StartSupport,
)
from bot.views.order_buyer import changes_left, may_leave_from
from bot.views.order_parts import PART_MAX
from market.gig import units
from market.order import allowed
from market.read import OrderCard
from market.states import Event, Role, State

Rows = tuple[tuple[Button, ...], ...]
SUPPORT, PAYSUPPORT = 0, 1
_ABOUT_MONEY = {State.AWAITING_PAYMENT, State.CANCELLED, State.EXPIRED, State.CLEARED}
_OVER = {State.COMPLETED, State.CLEARED, State.CANCELLED, State.EXPIRED}
_ORDER = (
    Event.ACCEPT,
    Event.REQUIREMENTS,
    Event.DELIVER,
    Event.RESUME,
    Event.REVISE,
    Event.CANCEL_UNPAID,
    Event.BUYER_CANCEL_EARLY,
    Event.LATE_CANCEL,
    Event.SELLER_CANCEL,
)


def order_rows(card: OrderCard, tr: Translator) -> Rows:
    """Acts first, then files, then the way out of the order, then help and the way back."""
    acts = [*_paying(card, tr), *_acts(card, tr), *_reviewing(card, tr), *_again(card, tr)]
    ways = [button for button in acts if button.style != "danger"]
    ends = [(button,) for button in acts if button.style == "danger"]
    rows = [(button,) for button in ways[:1]] + _in_rows(ways[1:]) + _in_rows(_files(card, tr))
    last = (*_help(card, tr), _board(card, tr))
    return (*rows, *ends, last)


def _in_rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    starts = range(0, len(buttons), ROW_MAX)
    return [tuple(buttons[start : start + ROW_MAX]) for start in starts]


def _acts(card: OrderCard, tr: Translator) -> list[Button]:
    mine = allowed(card.order, card.viewer)
    made = [_MAKERS[event](card, tr) for event in _ORDER if event in mine]
    return [button for button in made if button is not None]


def _paying(card: OrderCard, tr: Translator) -> list[Button]:
    if card.viewer is not Role.BUYER or card.order.state is not State.AWAITING_PAYMENT:
        return []
    label, tap = tr.label("Send the invoice again"), ShowInvoice(card.order.id)
    return [Button(label=label, tap=tap, style="primary")]


def _reviewing(card: OrderCard, tr: Translator) -> list[Button]:
    if not card.may_review or card.mine is not None:
        return []
    tap = StartReview(card.order.id, 0)
    return [Button(label=tr.label("Write a review"), tap=tap, style="primary")]


def _again(card: OrderCard, tr: Translator) -> list[Button]:
    if card.viewer is not Role.BUYER or card.order.state not in _OVER:
        return []
    return [Button(label=tr.label("Order again"), tap=AskOrder(card.order.gig_id))]


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


def _revise(card: OrderCard, tr: Translator) -> Button | None:
    if not changes_left(card):
        return None
    tap = AskChanges(card.order.id, card.order.version)
    return Button(label=tr.label("Ask for changes"), tap=tap)


def _cancel(card: OrderCard, tr: Translator) -> Button:
    tap = CancelOrder(card.order.id, card.order.version, 0)
    return Button(label=tr.label("Cancel the order"), tap=tap, style="danger")


def _leave(card: OrderCard, tr: Translator) -> Button | None:
    from_ms = may_leave_from(card)
    return _cancel(card, tr) if from_ms is not None and card.now_ms >= from_ms else None


_MAKERS: dict[Event, Callable[[OrderCard, Translator], Button | None]] = {
    Event.ACCEPT: _accept,
    Event.REQUIREMENTS: _answer,
    Event.DELIVER: _deliver,
    Event.RESUME: _resume,
    Event.REVISE: _revise,
    Event.CANCEL_UNPAID: _cancel,
    Event.BUYER_CANCEL_EARLY: _cancel,
    Event.LATE_CANCEL: _leave,
    Event.SELLER_CANCEL: _cancel,
}


def _files(card: OrderCard, tr: Translator) -> list[Button]:
    """One button for each delivery or answer that holds more than the screen shows."""
    made = [
        Button(
            label=tr.label("📎 Delivery {number}", number=delivery.number),
            tap=ShowFiles(card.order.id, delivery.number),
        )
        for delivery in card.deliveries
        if delivery.files or units(delivery.text) > PART_MAX or delivery != card.deliveries[-1]
    ]
    answer = card.answer
    if answer is not None and (answer.files or units(answer.text) > PART_MAX):
        made.append(Button(label=tr.label("📎 Requirements"), tap=ShowFiles(card.order.id, 0)))
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
