"""Payments as providers report them: asked before, landed, sent back."""

from dataclasses import replace

from market.change import Change
from market.contract import Act, Order, Payment
from market.errors import NotFound, PaymentMismatch, WrongState
from market.ledger import FIRST_HOLD
from market.money import Currency, Money
from market.order import apply
from market.people import Person
from market.policy import Policy
from market.reminders import leased
from market.states import Event, Role, State
from services import refunds, tipping
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.quotes import is_covered
from services.recording import record
from services.returning import returned
from services.rows import Intent, PaidOutcome, ProviderFact

STARS = "stars"


class PaymentService:
    """A provider's fact is always posted; what it pays for may be refused, then it goes back."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def intent_of(self, order_id: int) -> str | None:
        """The payload of the order's invoice."""
        async with self._storage.read() as uow:
            intent = await uow.payments.intent_of_order(order_id)
        return None if intent is None else intent.id

    @retried
    async def check(self, intent_id: str, *, telegram_id: int, currency: str, total: int) -> None:
        """May this checkout go on? If so, expiry and cancelling wait for it a little while.

        Raises NotFound, PaymentMismatch or WrongState.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            intent = await uow.payments.intent(intent_id)
            if intent is None:
                raise NotFound("intent")
            payer = await uow.people.by_telegram(telegram_id)
            _matches(intent, payer=payer, currency=currency, total=total)
            until_ms = now_ms + self._policy.windows.checkout_lease_ms
            if intent.purpose == "tip":
                await tipping.may_be_paid(uow, intent)
            else:
                await uow.record(leased(await _payable(uow, intent), until_ms), now_ms=now_ms)
            await uow.payments.authorise(intent.id, until_ms=until_ms)

    @retried
    async def paid(
        self, *, telegram_id: int, charge_id: str, intent_id: str, currency: str, total: int
    ) -> PaidOutcome:
        """Money came in. It pays its order, or lands and goes back; a replay has no effect."""
        amount = Money(total, Currency(currency))
        async with self._storage.begin() as uow:
            payer_id = await self._payer_id(uow, telegram_id)
            payment = Payment(rail=STARS, charge_id=charge_id, payer_id=payer_id, amount=amount)
            return await self.land(uow, payment, await uow.payments.intent(intent_id))

    async def _payer_id(self, uow: UnitOfWork, telegram_id: int) -> int:
        payer = await uow.people.by_telegram(telegram_id)
        if payer is None:  # somebody paid who never talked to the bot: the money needs an owner
            payer = await uow.people.add(
                telegram_id, language="en", zone="UTC", now_ms=self._clock.now_ms()
            )
        return payer.id

    async def land(self, uow: UnitOfWork, payment: Payment, intent: Intent | None) -> PaidOutcome:
        """Post the fact within the caller's transaction, whichever rail it came by."""
        now_ms = self._clock.now_ms()
        if intent is not None and intent.purpose == "tip":
            return await self._land_tip(uow, payment, intent)
        if intent is not None:
            payment = replace(payment, hold=intent.hold)
        order_id = None if intent is None else intent.order_id
        order = None if order_id is None else await uow.orders.get(order_id)
        if not await uow.payments.add_fact(_fact(payment, intent, now_ms)):
            return await _known(uow, payment)
        change = self._change(order, payment, now_ms)
        if change.before is not None and not await is_covered(uow, change.before):
            change = returned(payment, order_id=change.before.id, why="short")
        if change.order is None:
            await uow.record(change, now_ms=now_ms)
        else:
            await record(uow, self._policy, change, now_ms=now_ms)
        return PaidOutcome(
            order_id=None if order is None else order.id,
            accepted=change.event is not None,
            repeated=False,
        )

    async def _land_tip(self, uow: UnitOfWork, payment: Payment, intent: Intent) -> PaidOutcome:
        now_ms, order_id = self._clock.now_ms(), intent.order_id
        if not await uow.payments.add_fact(_fact(payment, intent, now_ms)):
            given = await uow.tips.of_charge(payment.rail, payment.charge_id)
            return PaidOutcome(order_id=order_id, accepted=given is not None, repeated=True)
        went_on = await tipping.land(uow, self._policy, payment, intent, now_ms=now_ms)
        return PaidOutcome(order_id=order_id, accepted=went_on, repeated=False)

    def _change(self, order: Order | None, payment: Payment, now_ms: int) -> Change:
        if order is None:
            return returned(payment, order_id=None, why="unknown")
        act = Act(
            event=Event.PAID,
            role=Role.PROVIDER,
            now_ms=now_ms,
            windows=self._policy.windows,
            payment=payment,
        )
        try:
            return apply(order, act)
        except WrongState:
            return returned(payment, order_id=order.id, why=order.state.value)
        except PaymentMismatch as mismatch:
            return returned(payment, order_id=order.id, why=mismatch.what)

    @retried
    async def refunded(self, *, charge_id: str) -> None:
        """Telegram says that the charge went back to its payer."""
        async with self._storage.begin() as uow:
            await refunds.confirm(
                uow, self._policy, rail=STARS, charge_id=charge_id, now_ms=self._clock.now_ms()
            )


def _matches(intent: Intent, *, payer: Person | None, currency: str, total: int) -> None:
    if payer is None or payer.id != intent.person_id:
        raise PaymentMismatch("payer")
    if currency != intent.amount.currency:
        raise PaymentMismatch("currency")
    if total != intent.amount.minor:
        raise PaymentMismatch("amount")


async def _payable(uow: UnitOfWork, intent: Intent) -> Order:
    """The intent's order, when its payment would be taken now."""
    assert intent.order_id is not None, "an order's intent names its order"
    order = await uow.orders.get(intent.order_id)
    if order.state is not State.AWAITING_PAYMENT:
        raise WrongState(Event.PAID, order.state)
    if intent.hold != FIRST_HOLD:
        raise PaymentMismatch("hold")
    if not await is_covered(uow, order):
        raise PaymentMismatch("short")
    return order


def _fact(payment: Payment, intent: Intent | None, now_ms: int) -> ProviderFact:
    return ProviderFact(
        rail=payment.rail,
        external_id=payment.charge_id,
        kind="in",
        person_id=payment.payer_id,
        amount=payment.amount,
        intent_id=None if intent is None else intent.id,
        order_id=None if intent is None else intent.order_id,
        at_ms=now_ms,
    )


async def _known(uow: UnitOfWork, payment: Payment) -> PaidOutcome:
    fact = await uow.payments.fact(payment.rail, payment.charge_id, "in")
    assert fact is not None, "a fact that was refused is known"
    if fact.order_id is None:
        return PaidOutcome(order_id=None, accepted=False, repeated=True)
    order = await uow.orders.get(fact.order_id)
    is_accepted = order.charge_id == payment.charge_id
    return PaidOutcome(order_id=order.id, accepted=is_accepted, repeated=True)
