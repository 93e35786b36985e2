"""Invoices, refunds and the bot's Stars."""

import secrets
from typing import TYPE_CHECKING, Any

from sandbox.access import person_of, writable
from sandbox.invoices import invoice_content, terms_from, with_pay_button
from sandbox.markup import read_inline_of
from sandbox.media import flags_of
from sandbox.payments import refund
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.messages import InvoiceTerms

SUBSCRIPTION_SECONDS = 2_592_000


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
    if call.has("subscription_period"):
        _check_period(call.number("subscription_period"))
    slug = secrets.token_urlsafe(12)
    call.world.contents.links[slug] = _terms(call)
    return f"https://t.me/${slug}"


def _check_period(seconds: int) -> None:
    if seconds != SUBSCRIPTION_SECONDS:
        raise refuse("invoice_period")


def _terms(call: "Call") -> "InvoiceTerms":
    names = ("title", "description", "payload", "currency", "provider_token", "start_parameter")
    values: dict[str, Any] = {name: call.text(name) for name in names}
    values["prices"] = call.json("prices", rule="prices_json")
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
