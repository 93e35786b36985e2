"""How the work of an order was completed: accepted, by silence, by agreement or by a verdict."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.order_state import until
from bot.views.seen import party_name
from bot.views.shares import shares_words
from bot.views.ways import may_ask_reopen
from market.read import OrderCard
from market.states import Event, Outcome, Role, State

_BY_VERDICT = {Event.RESOLVE_RELEASE, Event.RESOLVE_SPLIT}


def outcome_words(card: OrderCard, tr: Translator) -> Markup:
    """What completed it, with the exact parts where it was not simply accepted."""
    match card.order.outcome:
        case Outcome.AUTO:
            return _by_silence(card, tr)
        case Outcome.RELEASED | Outcome.SPLIT:
            return Markup("{}\n{}").format(_how(card, tr), _parts(card, tr))
        case _:
            return _accepted(card, tr)


def problem_words(card: OrderCard, tr: Translator) -> Markup | None:
    """Until when the buyer may report a problem with completed work."""
    if card.viewer is not Role.BUYER or not may_ask_reopen(card):
        return None
    return tr(
        "Is something wrong after all? You can report a problem until {until}.",
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )


def _parts(card: OrderCard, tr: Translator) -> Markup:
    whole = card.order.terms.price.minor
    released = card.order.released_minor
    return shares_words(card, whole if released is None else released, tr)


def _how(card: OrderCard, tr: Translator) -> Markup:
    ends = [event for event in card.history if event.dst is State.COMPLETED]
    event = ends[-1].event if ends else Event.RESOLVE_RELEASE
    if event is Event.CONCEDE_BUYER:
        return _gave_in(card, tr)
    if event in _BY_VERDICT:
        return tr("An operator has decided the dispute.")
    return tr("You both agreed to end the order.")


def _gave_in(card: OrderCard, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("You gave in, and the dispute is over.")
    return tr("{buyer} gave in, and the dispute is over.", buyer=party_name(card, Role.BUYER))


def _by_silence(card: OrderCard, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("There was no answer in time, so the delivery counts as accepted.")
    return tr("The buyer said nothing in time, so the delivery counts as accepted.")


def _accepted(card: OrderCard, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("You accepted the delivery. Thank you for ordering here.")
    return tr("The delivery is accepted.")
