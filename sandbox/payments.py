"""Paying: pre-checkout with its deadline, moving Stars, and the service messages about it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL
from sandbox.posting import Draft, changed, post
from sandbox.queries import CHECKOUT, answered

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import InvoiceTerms, Message
    from sandbox.people import User
    from sandbox.stars import Charge
    from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Purchase:
    """Who pays which terms, and where the receipt is shown."""

    person: "User"
    terms: "InvoiceTerms"
    chat: "Chat"
    message: "Message | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    ok: bool
    error: str | None = None
    charge: "Charge | None" = None

    def to_control(self) -> dict[str, Any]:
        charge_id = self.charge.id if self.charge else None
        return {"ok": self.ok, "error": self.error, "charge_id": charge_id}


async def pay(world: "World", purchase: Purchase) -> Outcome:
    answer = await _checked_out(world, purchase)
    if answer is None:
        world.lint.add(
            "pre-checkout never answered",
            method="answerPreCheckoutQuery",
            detail=purchase.terms.payload,
        )
        return Outcome(ok=False, error="The bot did not answer the pre-checkout in time")
    if not answer["ok"]:
        return Outcome(ok=False, error=answer["error_message"])
    if purchase.message is not None and purchase.person.id in purchase.message.paid_by:
        return Outcome(ok=False, error="this invoice is paid")
    if purchase.person.stars < purchase.terms.amount:
        return Outcome(ok=False, error="BALANCE_TOO_LOW")
    return Outcome(ok=True, charge=_charge(world, purchase))


async def _checked_out(world: "World", purchase: Purchase) -> dict[str, Any] | None:
    seconds = world.settings.checkout_seconds
    pending = world.queries.ask(
        CHECKOUT,
        person=purchase.person,
        now=world.clock(),
        lasts=seconds,
        note=purchase.terms.payload,
    )
    world.updates.push(
        "pre_checkout_query",
        payload={
            "id": pending.id,
            "from": purchase.person.to_api(),
            "currency": purchase.terms.currency,
            "total_amount": purchase.terms.amount,
            "invoice_payload": purchase.terms.payload,
        },
    )
    return await answered(pending, within=seconds)


def _charge(world: "World", purchase: Purchase) -> "Charge":
    person, message = purchase.person, purchase.message
    charge = world.stars.charge(person, terms=purchase.terms, chat=purchase.chat, date=world.now())
    if message is not None:
        message.paid_by.add(person.id)
        changed(world, message)
    world.hub.tell("stars", person=person.id, balance=person.stars)
    post(world, _receipt(world, purchase, charge))
    return charge


def _receipt(world: "World", purchase: Purchase, charge: "Charge") -> Draft:
    """Where the invoice is; of a channel's invoice in the payer's own chat with the bot."""
    content = {"successful_payment": charge.to_receipt()}
    invoice = purchase.message
    if purchase.chat.kind == CHANNEL or invoice is None:
        return Draft(world.contents.chats[purchase.person.id], purchase.person, content)
    return Draft(purchase.chat, purchase.person, content, thread=invoice.thread, reply_to=invoice)


def refund(world: "World", *, charge_id: str, person: "User") -> None:
    charge = world.stars.refund(charge_id, person=person, date=world.now())
    world.hub.tell("stars", person=person.id, balance=person.stars)
    private = world.contents.chats[person.id]
    post(world, Draft(private, world.bot, {"refunded_payment": charge.to_api()}))
