"""What happened in an order, each event in two or three words, as histories list it."""

from bot.i18n import Translator
from market.change import OrderEvent
from market.states import Event, Role


def happened(event: OrderEvent, tr: Translator) -> str:
    """What happened; an order that balances pay for is paid by its buyer, with no payment."""
    if event.event is Event.PAID and event.role is Role.BUYER:
        return tr.label("paid from the buyer's balance here")
    return event_name(event.event, tr)


def event_name(event: Event, tr: Translator) -> str:
    """An event in two or three words."""
    return (_of_the_work(tr) | _between_the_parties(tr))[event]


def _of_the_work(tr: Translator) -> dict[Event, str]:
    return {
        Event.CREATE: tr.label("order opened"),
        Event.SUBMIT: tr.label("order placed"),
        Event.CLAIM: tr.label("the buyer says that it is paid"),
        Event.CLAIM_REJECT: tr.label("no payment was found"),
        Event.PAID: tr.label("payment arrived"),
        Event.EXPIRE: tr.label("expired without a payment"),
        Event.CANCEL_UNPAID: tr.label("cancelled before the payment"),
        Event.REQUIREMENTS: tr.label("requirements answered"),
        Event.REQ_TIMEOUT: tr.label("cancelled: requirements not answered"),
        Event.BUYER_CANCEL_EARLY: tr.label("cancelled by the buyer"),
        Event.SELLER_CANCEL: tr.label("cancelled by the seller"),
        Event.DELIVER: tr.label("delivered"),
        Event.REVISE: tr.label("changes asked"),
        Event.RESUME: tr.label("work resumed"),
        Event.LOOK_LONGER: tr.label("the buyer looks longer"),
        Event.ACCEPT: tr.label("accepted by the buyer"),
        Event.AUTO_COMPLETE: tr.label("accepted by silence"),
        Event.LATE_CANCEL: tr.label("cancelled by the buyer: late"),
        Event.ABANDON: tr.label("cancelled: no delivery came"),
        Event.CLEAR: tr.label("money available to the seller"),
        Event.CHARGEBACK: tr.label("payment taken back through the provider"),
    }


def _between_the_parties(tr: Translator) -> dict[Event, str]:
    return {
        Event.ASK_TIME: tr.label("more time asked"),
        Event.EXTEND: tr.label("more time given"),
        Event.ASK_CANCEL: tr.label("an end proposed"),
        Event.AGREE_CANCEL: tr.label("ended by agreement"),
        Event.REFUSE: tr.label("the request refused"),
        Event.LAPSE: tr.label("the request not answered in time"),
        Event.TAKE_BACK: tr.label("the request taken back"),
        Event.DISPUTE: tr.label("dispute opened"),
        Event.TESTIFY: tr.label("statement in the dispute"),
        Event.DECIDE: tr.label("verdict by an operator"),
        Event.APPEAL: tr.label("appeal against the verdict"),
        Event.REOPEN: tr.label("reopened as a dispute"),
        Event.CONCEDE_SELLER: tr.label("the seller gave in"),
        Event.CONCEDE_BUYER: tr.label("the buyer gave in"),
        Event.RESOLVE_REFUND: tr.label("verdict carried out: refund"),
        Event.RESOLVE_RELEASE: tr.label("verdict carried out: released"),
        Event.RESOLVE_SPLIT: tr.label("verdict carried out: split"),
        Event.FALLBACK: tr.label("undecided for too long: refund"),
    }
