"""Booking money that operators saw arrive by hand: it pays its order, or it lands."""

from dataclasses import dataclass, replace

from market import ledger
from market.change import Change
from market.claims import Claim
from market.contract import Act, Order, Payment
from market.money import Money
from market.notices import Message, Notice
from market.order import apply
from market.policy import Policy
from market.rails import by_hand
from market.states import Event, Role, State
from services.payments import PaymentService
from services.ports import Clock, UnitOfWork
from services.recording import record
from services.rows import ProviderFact

WAITS = frozenset({State.AWAITING_PAYMENT, State.PAYMENT_REVIEW})
PARTIES = (Role.BUYER, Role.SELLER)


@dataclass(frozen=True, slots=True)
class Seen:
    """An operator saw this much come by this claim."""

    claim: Claim
    order: Order
    saw: Money
    by: int

    @property
    def payment(self) -> Payment:
        """The provider's fact that an operator vouches for."""
        return Payment(
            rail=by_hand(self.claim.wallet),
            charge_id=self.claim.reference,
            payer_id=self.claim.person_id,
            amount=self.saw,
        )


class Booking:
    """Close enough is not enough: another amount is the buyer's credit, the order waits on."""

    def __init__(self, clock: Clock, policy: Policy, payments: PaymentService) -> None:
        self._clock = clock
        self._policy = policy
        self._payments = payments

    async def book(self, uow: UnitOfWork, seen: Seen) -> bool:
        """True when it paid the order. Where no order waits for it, it goes back."""
        intent = await uow.payments.intent_of_order(seen.order.id)
        if seen.saw == seen.order.charge or seen.order.state not in WAITS:
            return (await self._payments.land(uow, seen.payment, intent)).accepted
        fact = self._fact(seen, None if intent is None else intent.id)
        is_new = await uow.payments.add_fact(fact)
        assert is_new, "a reference is claimed once, and a claim is decided once"
        await self._land(uow, seen)
        return False

    def _fact(self, seen: Seen, intent_id: str | None) -> ProviderFact:
        paid = seen.payment
        return ProviderFact(
            rail=paid.rail,
            external_id=paid.charge_id,
            kind="in",
            person_id=paid.payer_id,
            amount=paid.amount,
            intent_id=intent_id,
            order_id=seen.order.id,
            at_ms=self._clock.now_ms(),
        )

    async def _land(self, uow: UnitOfWork, seen: Seen) -> None:
        """P1 and no more."""
        paid, now_ms = seen.payment, self._clock.now_ms()
        change = self._awaits_again(seen)
        order = change.order or seen.order
        landed = ledger.money_in(paid.rail, paid.charge_id, paid.payer_id, paid.amount)
        messages = tuple(_landed(seen, order, role) for role in PARTIES)
        change = replace(change, journals=(landed,), messages=messages)
        if change.order is None:
            await uow.record(change, now_ms=now_ms)
        else:
            await record(uow, self._policy, change, now_ms=now_ms)

    def _awaits_again(self, seen: Seen) -> Change:
        """The review ends; what was seen and what was due stand in the history."""
        order, saw = seen.order, seen.saw
        if order.state is not State.PAYMENT_REVIEW:
            return Change()
        act = Act(
            event=Event.CLAIM_REJECT,
            role=Role.OPERATOR,
            now_ms=self._clock.now_ms(),
            windows=self._policy.windows,
            person_id=seen.by,
            note=f"{saw.minor} ≠ {order.charge.minor} {saw.currency}",
        )
        return apply(order, act)


def _landed(seen: Seen, order: Order, role: Role) -> Message:
    return Message(
        notice=Notice.PAYMENT_LANDED,
        key=f"claim:{seen.claim.id}:landed:{role}",
        person_id=order.party(role),
        order_id=order.id,
        facts={
            "version": order.version,
            "amount_minor": seen.saw.minor,
            "currency": seen.saw.currency.value,
        },
    )
