"""The rail: bills, refunds and payouts through Crypto Pay, each at most once.

Money leaves under a `spend_id` that was chosen before. Every sending begins with the question
whether that id was sent before, and a refusal is believed only after asking again: what Crypto Pay
answers to a known id is an error among others.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from market.money import Currency, Money
from market.people import Person
from market.rails import CRYPTO_PAY
from payments.crypto_pay import answers
from payments.crypto_pay.answers import Invoice, Sending
from payments.crypto_pay.client import PAGE, CryptoPay
from payments.crypto_pay.lists import COMPLETED, paid_since, sent_since
from payments.crypto_pay.refusals import NobodyKnows, NotDone, NotNow, TooMany
from services.bill_rows import BillCall, Billed, BillNow, BillReport, RailAway
from services.feed_rows import FeedRow
from services.payout_rows import NotPaid, Paid, PayoutCall, PayoutOutcome, Unknown, Wait
from services.ports import Clock
from services.rows import Later, Refused, SendOutcome, Sent

PAGES_MAX = 10
OWN_FAULT_MS, LASTS_MS = 10 * 60_000, 10_000
# The name of the error for a known id is in no document: a no that sounds like it is never final.
ABOUT_THE_ID = ("SPEND_ID", "DUPLICATE", "ALREADY")
OWN_CODES = frozenset({401, 403, 404, 405})
_NOW: dict[str, BillNow] = {"active": "open", "paid": "paid", "expired": "over"}
_FAILURES = (NotDone, NotNow, NobodyKnows)


@dataclass(frozen=True, slots=True)
class _OwnFault:
    """Certain: nothing was sent, for a reason that the house has to mend (token, funds)."""

    error: str


class CryptoPayRail:
    """Implements services.ports.Rail, PayoutRail, BillRail, ListsSendings and HoldsMoney.

    `back` is the link behind the provider's own button after paying.
    """

    name = CRYPTO_PAY

    def __init__(self, client: CryptoPay, clock: Clock, back: Callable[[], str]) -> None:
        self._client = client
        self._clock = clock
        self._back = back

    async def refund(self, person: Person, charge_id: str) -> SendOutcome:
        """Send what the invoice brought back to its payer; the charge makes the `spend_id`."""
        try:
            found = await self._client.invoices(ids=(charge_id,))
        except _FAILURES as failure:
            return self._later(failure)
        amount = _brought(found, charge_id)
        if amount is None:
            return Refused(f"invoice {charge_id} brought no money that could go back")
        call = PayoutCall(
            spend_id=f"refund-{charge_id}", telegram_id=person.telegram_id, amount=amount
        )
        return self._sent(await self._send(call))

    def _sent(self, outcome: PayoutOutcome | _OwnFault) -> SendOutcome:
        match outcome:
            case Paid():
                return Sent()
            case Unknown(error):
                return Later(self._clock.now_ms(), error, counts=True)
            case Wait(at_ms, error):
                return Later(at_ms, error, counts=False)
            case NotPaid(text) | _OwnFault(text):
                return Refused(text)
            case _:
                assert_never(outcome)

    async def pay(self, call: PayoutCall) -> PayoutOutcome:
        """Send it unless it was sent; what the house has to mend is waited for."""
        outcome = await self._send(call)
        if isinstance(outcome, _OwnFault):
            return Wait(self._clock.now_ms() + OWN_FAULT_MS, outcome.error)
        return outcome

    async def ask(self, call: PayoutCall) -> PayoutOutcome:
        """What Crypto Pay knows of this `spend_id`."""
        try:
            found = await self._client.transfers(spend_id=call.spend_id)
        except TooMany as failure:
            return Wait(self._in_ms(failure), f"asking: {failure}")
        except _FAILURES as failure:
            return Unknown(f"asking: {failure}")
        return _told(call, found[0]) if found else NotPaid("never sent")

    async def _send(self, call: PayoutCall) -> PayoutOutcome | _OwnFault:
        known = await self.ask(call)
        if not isinstance(known, NotPaid):
            return known
        try:
            sent = await self._client.transfer(
                call.amount, user_id=call.telegram_id, spend_id=call.spend_id
            )
        except NotNow as failure:
            return Wait(self._in_ms(failure), str(failure))
        except NobodyKnows as failure:
            return Unknown(str(failure))
        except NotDone as refusal:
            known = await self.ask(call)
            return _refused(refusal) if isinstance(known, NotPaid) else known
        return _told(call, sent)

    async def bill(self, call: BillCall) -> Billed | Later | Refused:
        """The invoice of this payload: the one that is there, or a new one."""
        try:
            made = await self._made_before(call.payload) or await self._make(call)
        except NotDone as refusal:
            return Refused(str(refusal))
        except (NotNow, NobodyKnows) as failure:
            return self._later(failure)
        return Billed(made.invoice_id, made.url, made.expires_ms)

    async def _make(self, call: BillCall) -> Invoice:
        return await self._client.create_invoice(
            call.amount,
            payload=call.payload,
            description=call.title,
            expires_in_s=(call.until_ms - self._clock.now_ms()) // 1_000,
            back_url=self._back(),
        )

    async def _made_before(self, payload: str) -> Invoice | None:
        """A try whose answer was lost left an invoice; there is no asking by payload."""
        for page in range(PAGES_MAX):
            found = await self._client.invoices(status="active", offset=page * PAGE)
            for one in found:
                if one.payload == payload and self._lasts(one):
                    return one
            if len(found) < PAGE:
                break
        return None

    def _lasts(self, invoice: Invoice) -> bool:
        return invoice.expires_ms is None or invoice.expires_ms > self._clock.now_ms() + LASTS_MS

    async def look(self, external_ids: tuple[str, ...]) -> tuple[BillReport, ...]:
        """What these invoices are now; raises RailAway."""
        try:
            found = await self._client.invoices(ids=external_ids)
        except _FAILURES as failure:
            raise RailAway(str(failure)) from None
        return tuple(report(one) for one in found)

    async def paid(self, *, since_ms: int) -> tuple[BillReport, ...]:
        """Everything that was paid since then; raises RailAway."""
        return tuple(report(one) for one in await paid_since(self._client, since_ms))

    async def sent(self, *, since_ms: int) -> tuple[FeedRow, ...]:
        """Everything that was sent since then, by whomever; raises RailAway."""
        return await sent_since(self._client, since_ms)

    async def withdraw(self, external_id: str) -> bool:
        """Take the invoice away; False when Crypto Pay will not. Raises RailAway."""
        try:
            await self._client.delete_invoice(external_id)
        except NotDone:
            return False
        except (NotNow, NobodyKnows) as failure:
            raise RailAway(str(failure)) from None
        return True

    async def holdings(self) -> Money:
        """What Crypto Pay keeps for the house; raises NotDone, NotNow or NobodyKnows."""
        whole = await self._client.balance(Currency.USDT)
        return Money(int(whole.scaleb(Currency.USDT.exponent)), Currency.USDT)

    def _later(self, failure: NotDone | NotNow | NobodyKnows) -> Later | Refused:
        match failure:
            case NotNow():
                return Later(self._in_ms(failure), str(failure), counts=False)
            case NobodyKnows():
                return Later(self._clock.now_ms(), str(failure), counts=True)
            case _:
                return Refused(str(failure))

    def _in_ms(self, failure: NotNow) -> int:
        return self._clock.now_ms() + math.ceil(failure.wait_s * 1_000)


def _brought(found: tuple[Invoice, ...], charge_id: str) -> Money | None:
    for one in found:
        if (one.invoice_id, one.status) == (charge_id, "paid"):
            return answers.money(one.asset, one.amount)
    return None


def report(invoice: Invoice) -> BillReport:
    """An invoice in the house's words."""
    now = _NOW.get(invoice.status, "open")
    if now != "paid":
        return BillReport(external_id=invoice.invoice_id, payload=invoice.payload, now=now)
    received = answers.money(invoice.asset, invoice.amount)
    fee = answers.cost(invoice.fee_asset, invoice.fee_amount)
    return BillReport(
        external_id=invoice.invoice_id,
        payload=invoice.payload,
        now=now,
        received=received,
        fee=fee,
        odd="" if received and (fee or not invoice.fee_amount) else _odd(invoice),
    )


def _odd(invoice: Invoice) -> str:
    return (
        f"{invoice.amount} {invoice.asset}, of which the provider took "
        f"{invoice.fee_amount} {invoice.fee_asset}"
    )


def _told(call: PayoutCall, sent: Sending) -> PayoutOutcome:
    """Under our id something else was sent: nobody may go on before a person has looked."""
    ours = (call.telegram_id, call.amount, COMPLETED)
    if (sent.user_id, answers.money(sent.asset, sent.amount), sent.status) != ours:
        return Unknown(f"transfer {sent.transfer_id} under {call.spend_id} is another one")
    return Paid(sent.transfer_id)


def _refused(refusal: NotDone) -> PayoutOutcome | _OwnFault:
    """Nothing is known under the id, so the no is one; whose fault it is decides what follows."""
    name = refusal.name.upper()
    if any(word in name for word in ABOUT_THE_ID):
        return Unknown(str(refusal))
    if refusal.code in OWN_CODES or "NOT_ENOUGH" in name or "INSUFFICIENT" in name:
        return _OwnFault(str(refusal))
    if "USER" in name:
        return NotPaid("no_account")
    return NotPaid("amount" if "AMOUNT" in name else str(refusal))
