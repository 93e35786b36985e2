"""What operators do with claims: look at their own statement, and type what they saw there."""

from dataclasses import replace

from market.claims import Claim, ClaimState
from market.contract import Order
from market.errors import AmountOutOfRange, AnotherOperator, WrongState
from market.gig import checked
from market.money import MINOR_MAX, Money
from market.notices import Message, Notice
from market.policy import Policy
from market.rail_cards import ClaimCard
from market.states import Event, Role, State
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.claim_booking import Booking, Seen
from services.claims import decided
from services.moves import Moves
from services.operators import Operating, has_another, not_own, operator
from services.payments import PaymentService
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

MOST = 100


class ClaimDesk:
    """Only what an operator saw becomes money; much money needs two who saw the same."""

    def __init__(
        self, storage: Storage, clock: Clock, policy: Policy, payments: PaymentService
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._booking = Booking(clock, policy, payments)
        self._moves = Moves(storage, clock, policy)
        self._operating = Operating(clock, policy)

    async def queue(self, person_id: int) -> tuple[ClaimCard, ...]:
        """Undecided claims, oldest first; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            ids = await uow.claims.waiting(limit=MOST)
            return tuple([await self._card(uow, await uow.claims.get(one)) for one in ids])

    async def card(self, person_id: int, claim_id: int) -> ClaimCard:
        """One claim; raises NotAnOperator, OwnOrder, NotFound."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            card = await self._card(uow, await uow.claims.get(claim_id))
            not_own(card.order, person_id)
            return card

    async def _card(self, uow: UnitOfWork, claim: Claim) -> ClaimCard:
        order = await uow.orders.get(claim.order_id)
        by = {one for one in (claim.seen_by, claim.decided_by) if one is not None}
        return ClaimCard(
            claim=claim,
            order=order,
            title=(await uow.gigs.version(order.gig_version_id)).title,
            buyer_name=(await uow.people.contact(claim.person_id)).name,
            wallet=await uow.rails.wallet(claim.wallet),
            refusals=await uow.claims.refusals(claim.person_id),
            names={one: (await uow.people.contact(one)).name for one in by},
            now_ms=self._clock.now_ms(),
        )

    @retried
    async def see(self, command: Command, claim_id: int, *, minor: int) -> ClaimCard:
        """An operator saw this amount on the wallet's own statement.

        Exactly what is due pays the order; another amount lands with the buyer. Raises
        NotAnOperator, OwnOrder, AnotherOperator, AmountOutOfRange, WrongState, NotFound.
        """
        async with self._storage.begin() as uow:
            claim, order = await _locked(uow, claim_id)
            not_own(order, command.person_id)
            saw = Money(minor, order.terms.price.currency)
            detail = f"order {order.id} {claim.wallet} no. {claim.id} {minor} {saw.currency}"
            if await self._operating.is_first(uow, command, act="claim_seen", detail=detail):
                await self._see(uow, Seen(claim, order, saw, command.person_id))
            return await self._card(uow, await uow.claims.get(claim_id))

    async def _see(self, uow: UnitOfWork, seen: Seen) -> None:
        if not seen.claim.state.is_live:
            raise WrongState(Event.CLAIM, seen.claim.state)
        if not 1 <= seen.saw.minor <= MINOR_MAX:
            raise AmountOutOfRange(1, MINOR_MAX, seen.saw.currency)
        if await self._needs_second(uow, seen):
            if seen.claim.seen_by == seen.by:
                raise AnotherOperator
            if seen.claim.seen_minor != seen.saw.minor:
                await self._wait_for_second(uow, seen)
                return
        await self._decide(uow, seen)

    async def _needs_second(self, uow: UnitOfWork, seen: Seen) -> bool:
        """Much money needs two pairs of eyes, where the house has them."""
        much = self._policy.second_operator(seen.saw.currency)
        is_much = max(seen.saw.minor, seen.order.charge.minor) > much
        return is_much and await has_another(uow, self._policy, seen.order)

    async def _wait_for_second(self, uow: UnitOfWork, seen: Seen) -> None:
        """The first amount is kept unseen; when the second is another one, both look anew."""
        is_first, now_ms = seen.claim.seen_minor is None, self._clock.now_ms()
        minor = seen.saw.minor if is_first else None
        await uow.claims.seen(seen.claim.id, minor=minor, operator_id=seen.by)
        what = "claim_second" if is_first else "claim_differs"
        alarm = Alarm(what=what, about=str(seen.claim.id), once=str(now_ms))
        await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)

    async def _decide(self, uow: UnitOfWork, seen: Seen) -> None:
        is_paid = await self._booking.book(uow, seen)
        first_by = seen.claim.seen_by or seen.by
        claim = replace(seen.claim, seen_minor=seen.saw.minor, seen_by=first_by)
        state = ClaimState.PAID if is_paid else ClaimState.LANDED
        await uow.claims.decide(decided(claim, state, seen.by, self._clock.now_ms()))

    @retried
    async def reject(self, command: Command, claim_id: int, *, reason: str) -> ClaimCard:
        """An operator found no such money; raises NotAnOperator, OwnOrder, WrongState, NotFound."""
        words = checked(reason, least=1, most=self._policy.limits.reason_max)
        async with self._storage.begin() as uow:
            claim, order = await _locked(uow, claim_id)
            not_own(order, command.person_id)
            detail = f"order {order.id} {claim.wallet} no. {claim.id} {words}"
            if await self._operating.is_first(uow, command, act="claim_reject", detail=detail):
                await self._reject(uow, replace(claim, reason=words), order, command)
            return await self._card(uow, await uow.claims.get(claim_id))

    async def _reject(self, uow: UnitOfWork, claim: Claim, order: Order, command: Command) -> None:
        if not claim.state.is_live:
            raise WrongState(Event.CLAIM_REJECT, claim.state)
        now_ms = self._clock.now_ms()
        await uow.claims.decide(decided(claim, ClaimState.REJECTED, command.person_id, now_ms))
        if order.state is State.PAYMENT_REVIEW:
            asked = self._moves.asked(command, Event.CLAIM_REJECT, note=claim.reason)
            await self._moves.written(uow, order, replace(asked, role=Role.OPERATOR))
        else:
            await uow.outbox.add(_rejected(claim, order), now_ms=now_ms)


async def _locked(uow: UnitOfWork, claim_id: int) -> tuple[Claim, Order]:
    """The order's lock guards its claims too."""
    order = await uow.orders.get((await uow.claims.get(claim_id)).order_id)
    return await uow.claims.get(claim_id), order


def _rejected(claim: Claim, order: Order) -> Message:
    """The review was over already; the buyer hears all the same."""
    return Message(
        notice=Notice.CLAIM_REJECTED,
        key=f"claim:{claim.id}:rejected",
        person_id=claim.person_id,
        order_id=order.id,
        facts={"version": order.version, "by": Role.OPERATOR.value, "note": claim.reason},
    )
