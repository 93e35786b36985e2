"""The operators' side of withdrawals: approving, taking, paying by hand, what did not work.

Everything here is logged; nobody touches the own withdrawal. Rails that pay by themselves are in
`sending_out`.
"""

from dataclasses import replace

from market.gig import checked
from market.notices import Message, Notice
from market.payout_read import Guard, GuardCard, PayoutCard, PayoutLine
from market.policy import Policy
from market.withdrawal import Doing, Step, Withdrawal, moved
from services.attempts import retried
from services.freezing import safe_since
from services.operators import Operating, operator, operators
from services.payout_ends import PayoutEnds, Sending, referenced
from services.payout_needs import has_two, masked_account, whole_account
from services.payout_steps import call_key, carried, may_leave, queue_call
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

MOST = 100


class PayoutService(PayoutEnds):
    """For operators only."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    async def queue(self, person_id: int) -> tuple[PayoutLine, ...]:
        """What is not at its end, in the order in which it may be sent; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return tuple(
                [
                    PayoutLine(one, (await uow.people.contact(one.person_id)).name)
                    for one in await uow.withdrawals.open(limit=MOST)
                ]
            )

    async def card(self, person_id: int, withdrawal_id: int) -> PayoutCard:
        """A withdrawal as operators see it; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await self._card(uow, person_id, await uow.withdrawals.get(withdrawal_id))

    async def approve(self, command: Command, withdrawal_id: int, *, version: int) -> PayoutCard:
        """It may be sent, by another operator; raises what a step raises."""
        doing = self._doing(command, Step.APPROVE, version)
        return await self._step(command, withdrawal_id, doing)

    async def take(self, command: Command, withdrawal_id: int, *, version: int) -> PayoutCard:
        """The operator sends it now; a rail does it in his place.

        Raises PayoutsFrozen, OutgoingStopped, WayClosed (the funds are gone), or a step's.
        """
        doing = self._doing(command, Step.TAKE, version)
        return await self._step(command, withdrawal_id, doing)

    async def put_back(self, command: Command, withdrawal_id: int, *, version: int) -> PayoutCard:
        """It was not sent; somebody else may take it."""
        doing = self._doing(command, Step.PUT_BACK, version)
        return await self._step(command, withdrawal_id, doing)

    async def pay(
        self, command: Command, withdrawal_id: int, *, version: int, sending: Sending
    ) -> PayoutCard:
        """It was sent: P18 and P4, and the person hears of it.

        Raises ClaimUnfit, ReferenceUsed, or a step's.
        """
        doing = replace(
            self._doing(command, Step.PAY, version),
            reference=sending.reference,
            evidence=sending.evidence,
        )
        return await self._step(command, withdrawal_id, doing, sending.charge_minor)

    async def fail(
        self, command: Command, withdrawal_id: int, *, version: int, reason: str
    ) -> PayoutCard:
        """It could not be sent: the person has the money again, and reads why."""
        doing = self._doing(command, Step.FAIL, version, reason)
        return await self._step(command, withdrawal_id, doing)

    async def came_back(
        self, command: Command, withdrawal_id: int, *, version: int, reason: str
    ) -> PayoutCard:
        """It was paid, and the wallet has it again: P20."""
        doing = self._doing(command, Step.RETURN, version, reason)
        return await self._step(command, withdrawal_id, doing)

    def _doing(self, command: Command, step: Step, version: int, note: str = "") -> Doing:
        wants_words = step in {Step.FAIL, Step.RETURN}
        return Doing(
            step=step,
            now_ms=self._clock.now_ms(),
            by=command.person_id,
            version_seen=version,
            note=checked(note, least=1, most=self._policy.limits.reason_max) if wants_words else "",
        )

    @retried
    async def _step(
        self, command: Command, withdrawal_id: int, doing: Doing, charge_minor: int = 0
    ) -> PayoutCard:
        async with self._storage.begin() as uow:
            before = await uow.withdrawals.get(withdrawal_id)
            detail = f"withdrawal {withdrawal_id}: {doing.note}".removesuffix(": ")
            act = f"payout_{doing.step}"
            if await self._operating.is_first(uow, command, act=act, detail=detail):
                await self._carry(uow, before, doing, charge_minor)
        # Read afterwards: the funds' lock must not be asked for with accounts in hand.
        return await self.card(command.person_id, withdrawal_id)

    async def _carry(
        self, uow: UnitOfWork, before: Withdrawal, doing: Doing, charge_minor: int
    ) -> None:
        doing = replace(doing, may_override=await self._is_owner(uow, doing.by))
        if doing.step is Step.PAY:
            doing = await referenced(uow, before, doing)
        after = moved(before, doing)
        if doing.step is Step.TAKE:
            await may_leave(uow, before, now_ms=doing.now_ms)
        await carried(uow, before, after, doing, charge_minor)
        if not after.way.is_manual and doing.step in {Step.APPROVE, Step.TAKE}:
            await self._handed(uow, after, doing)

    async def _handed(self, uow: UnitOfWork, after: Withdrawal, doing: Doing) -> None:
        """A rail sends what was taken; where one operator is all there is, his word is enough."""
        if doing.step is Step.APPROVE:
            if await has_two(uow, self._policy, after.person_id):
                return
            taking = replace(doing, step=Step.TAKE, by=None, version_seen=None)
            await may_leave(uow, after, now_ms=doing.now_ms)
            await carried(uow, after, moved(after, taking), taking)
        await queue_call(uow, after, now_ms=doing.now_ms)

    async def _is_owner(self, uow: UnitOfWork, person_id: int | None) -> bool:
        assert person_id is not None, "operators are people"
        return (await uow.people.get(person_id)).telegram_id in self._policy.owner_ids

    async def guard(self, person_id: int, about_id: int) -> GuardCard:
        """Somebody whose payouts are stopped; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await self._guarded(uow, about_id)

    @retried
    async def let_go(self, command: Command, about_id: int) -> GuardCard:
        """It was looked into: the person's payouts may go again, and the person hears of it."""
        now_ms, detail = self._clock.now_ms(), f"person {about_id}"
        async with self._storage.begin() as uow:
            guard = await uow.payees.guard(about_id)
            is_first = await self._operating.is_first(
                uow, command, act="payouts_freed", detail=detail
            )
            if is_first and guard.stopped_ms is not None:
                await uow.payees.save_guard(about_id, Guard(guard.until_ms))
                await uow.outbox.add(_freed(about_id, guard), now_ms=now_ms)
            return await self._guarded(uow, about_id)

    async def _guarded(self, uow: UnitOfWork, about_id: int) -> GuardCard:
        waiting = await uow.withdrawals.open(limit=MOST)
        return GuardCard(
            person=await uow.people.get(about_id),
            name=(await uow.people.contact(about_id)).name,
            guard=await uow.payees.guard(about_id),
            open=tuple(one for one in waiting if one.person_id == about_id),
            now_ms=self._clock.now_ms(),
        )

    async def _card(self, uow: UnitOfWork, person_id: int, of: Withdrawal) -> PayoutCard:
        is_holder = of.operator_id == person_id
        names = [await _named(uow, one.id) for one in await operators(uow, self._policy)]
        word = await uow.withdrawals.word(of.id)
        names += [] if word is None else [await _named(uow, word.said_by)]
        return PayoutCard(
            withdrawal=of,
            person=await uow.people.get(of.person_id),
            name=(await uow.people.contact(of.person_id)).name,
            account=await (whole_account if is_holder else masked_account)(uow, of),
            guard=await uow.payees.guard(of.person_id),
            funds=await uow.withdrawals.funds(of.way),
            is_holder=is_holder,
            is_approver=of.approved_by == person_id,
            is_own=of.person_id == person_id,
            is_owner=await self._is_owner(uow, person_id),
            has_another=await has_two(uow, self._policy, of.person_id),
            has_arrived=await uow.withdrawals.has_arrived(of.person_id),
            names=dict(names),
            history=await uow.withdrawals.history(of.id),
            now_ms=self._clock.now_ms(),
            call=await uow.outbox.call(call_key(of)),
            word=word,
            is_author=word is not None and word.said_by == person_id,
            is_safe=await safe_since(uow) is not None,
        )


def _freed(person_id: int, guard: Guard) -> Message:
    return Message(
        notice=Notice.PAYOUTS_FREED,
        key=f"payouts_freed:{person_id}:{guard.stopped_ms}",
        person_id=person_id,
        facts={"until_ms": guard.until_ms},
    )


async def _named(uow: UnitOfWork, person_id: int) -> tuple[int, str]:
    return person_id, (await uow.people.contact(person_id)).name
