"""Invoices, refunds and the bot's Stars."""

import secrets
from typing import TYPE_CHECKING, Any

from sandbox.access import person_of, writable
from sandbox.invoices import SUBSCRIPTION_SECONDS, invoice_content, terms_from, with_pay_button
from sandbox.markup import read_inline_of
from sandbox.media import flags_of
from sandbox.payments import refund
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.messages import InvoiceTerms

_TEXTS = ("title", "description", "payload", "currency", "provider_token", "start_parameter")
_TIPS = ("max_tip_amount", "suggested_tip_amounts")
LINKS_KEPT = 10_000


def send_invoice(call: "Call") -> dict[str, Any]:
    terms = _terms(call)
    place = writable(call)
    keyboard = read_inline_of(call, private=place.private, invoice=True)
    draft = Draft(
        chat=place.chat,
        sender=call.world.bot,
        content=invoice_content(terms) | flags_of(call),
        thread=place.thread,
        reply_to=place.reply_to,
        markup=with_pay_button(keyboard, terms=terms),
        invoice=terms,
    )
    return post(call.world, draft).to_api()


def create_invoice_link(call: "Call") -> str:
    """A link is paid by whoever has it, as often as they like; the oldest links go first."""
    links = call.world.contents.links
    slug = secrets.token_urlsafe(12)
    links[slug] = _terms(call, period=_period(call))
    if len(links) > LINKS_KEPT:
        del links[next(iter(links))]
    return f"https://t.me/${slug}"


def _period(call: "Call") -> int:
    if not call.has("subscription_period"):
        return 0
    seconds = call.number("subscription_period")
    if seconds != SUBSCRIPTION_SECONDS:
        raise refuse("invoice_period")
    return seconds


def _terms(call: "Call", *, period: int = 0) -> "InvoiceTerms":
    values: dict[str, Any] = {name: call.text(name) for name in _TEXTS}
    values["prices"] = call.json("prices", rule="prices_json")
    values |= {name: call.json(name) for name in _TIPS} | {"period": period}
    return terms_from(values)


def refund_star_payment(call: "Call") -> bool:
    person = person_of(call)
    refund(call.world, charge_id=call.text("telegram_payment_charge_id"), person=person)
    return True


def get_star_transactions(call: "Call") -> dict[str, Any]:
    offset = max(call.number("offset"), 0)
    limit = min(max(call.number("limit", default=100), 1), 100)
    return {"transactions": call.world.stars.rows(offset=offset, limit=limit)}


def get_my_star_balance(call: "Call") -> dict[str, Any]:
    return {"amount": call.world.stars.balance}


METHODS = {
    "sendinvoice": send_invoice,
    "createinvoicelink": create_invoice_link,
    "refundstarpayment": refund_star_payment,
    "getstartransactions": get_star_transactions,
    "getmystarbalance": get_my_star_balance,
}
