"""Disputes between the parties: opening, speaking, appealing; and the verdicts of operators."""

from dataclasses import replace

from market.cases import DisputeCard, OrderStory
from market.change import Change
from market.contract import Act, Order
from market.dispute import Proposal
from market.errors import AnotherOperator, Decided, NotFound, Stale, TooManyDisputes
from market.files import FileRef
from market.gig import checked
from market.order import apply
from market.policy import Policy
from market.postings import shares_of
from market.read import OrderCard
from market.split import Split
from market.states import Event, Role, State
from services import cards, verdicts
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.cases import dispute_card, order_story
from services.handing_over import things
from services.moves import Extra, Moves
from services.operators import Operating, not_own, operator
from services.ports import Clock, Storage, UnitOfWork
from services.reopening import Reopening
from services.rows import Command


class DisputeService(Reopening):
    """What parties and operators do about a dispute; how one begins anew is in `reopening`."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._moves = Moves(storage, clock, policy)
        self._operating = Operating(clock, policy)

    def shares(self, order: Order, minor: int) -> Split:
        """Who would get what if the seller's part of the price before the fee were `minor`."""
        return shares_of(order, minor)

    async def card(self, person_id: int, order_id: int) -> DisputeCard:
        """For the parties and operators; for others NotFound, as without any dispute."""
        async with self._storage.read() as uow:
            return await self._card(uow, await uow.orders.get(order_id), person_id)

    async def story(self, person_id: int, order_id: int) -> OrderStory:
        """For operators: all that happened in an order, in a dispute or not; NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            order = await uow.orders.get(order_id)
            seen_by = await cards.viewer(
                uow, self._policy, order=order, person_id=person_id, now_ms=self._clock.now_ms()
            )
            return await order_story(uow, order, seen_by, self._policy)

    async def open(  # noqa: PLR0913 - where, what it is about, and the three parts of a statement
        self,
        command: Command,
        order_id: int,
        *,
        version: int,
        reason: str,
        text: str,
        files: tuple[FileRef, ...],
    ) -> OrderCard:
        """Say what is wrong, with evidence; the other side and operators hear of it.

        Raises TextTooShort, TooManyFiles, TooManyDisputes, TooEarly, NotLate, or what an event
        raises.
        """
        limits = self._policy.limits
        words = checked(text, least=limits.statement_least, most=limits.note_max)
        why = checked(reason, least=1, most=limits.reason_max)
        await self._not_too_many(command.person_id, order_id)
        act = self._moves.asked(command, Event.DISPUTE, version=version, note=why)
        return await self._moves.by_party(
            command, order_id, act=act, extra=self._says(words, files)
        )

    async def _not_too_many(self, person_id: int, order_id: int) -> None:
        """Disputes in other orders that the person opened himself."""
        async with self._storage.read() as uow:
            live = [await uow.orders.get(one) for one in await uow.orders.live_of(person_id)]
        mine = [one for one in live if one.id != order_id and _has_opened(one, person_id)]
        if len(mine) >= self._policy.open_disputes:
            raise TooManyDisputes(self._policy.open_disputes)

    async def testify(
        self, command: Command, order_id: int, *, text: str, files: tuple[FileRef, ...]
    ) -> OrderCard:
        """Say more, or answer; raises NothingToSend, TooManyFiles, Decided, or an event's."""
        act = self._moves.asked(command, Event.TESTIFY)
        return await self._moves.by_party(command, order_id, act=act, extra=self._says(text, files))

    def _says(self, text: str, files: tuple[FileRef, ...]) -> Extra:
        words, sorted_files = things(text, files, self._policy.limits)

        async def keep(uow: UnitOfWork, change: Change) -> Change:
            assert change.event is not None, "somebody speaks in an event"
            statement = await uow.orders.add_statement(
                change.event.order_id,
                role=change.event.role,
                text=words,
                files=sorted_files,
                now_ms=change.event.at_ms,
            )
            told = (
                replace(message, facts=message.facts | {"statement": statement.number})
                for message in change.messages
            )
            return replace(change, messages=tuple(told))

        return keep

    async def appeal(
        self, command: Command, order_id: int, *, version: int, text: str
    ) -> OrderCard:
        """A party asks another operator to look at the verdict, once per dispute."""
        words = checked(text, least=1, most=self._policy.limits.note_max)
        act = self._moves.asked(command, Event.APPEAL, version=version, note=words)
        return await self._moves.by_party(command, order_id, act=act)

    @retried
    async def propose_or_decide(
        self, command: Command, order_id: int, *, version: int, minor: int, reason: str
    ) -> DisputeCard:
        """An operator's verdict: `minor` of the price is the seller's before the fee.

        Above the house's limit it is a proposal that another operator confirms. Raises
        NotAnOperator, OwnOrder, AnotherOperator, NotHeard, Decided, AmountOutOfRange, or an
        event's.
        """
        words = checked(reason, least=1, most=self._policy.limits.note_max)
        asked = replace(
            self._moves.asked(command, Event.DECIDE, version=version, note=words), minor=minor
        )
        async with self._storage.begin() as uow:
            order = await self._foreign(uow, command, order_id)
            detail = f"order {order_id}: {minor} {words}"
            if await self._operating.is_first(uow, command, act="verdict", detail=detail):
                await verdicts.may_speak(uow, self._policy, order, command.person_id)
                order = await self._say(uow, order, asked)
            return await self._card(uow, order, command.person_id)

    async def _say(self, uow: UnitOfWork, order: Order, asked: Act) -> Order:
        act = _verdict(order, asked)
        if not await verdicts.needs_second(uow, self._policy, order):
            return await self._carry(uow, order, act)
        apply(order, act)  # what would be refused is not proposed
        await self._propose(uow, order, act)
        return order

    async def _propose(self, uow: UnitOfWork, order: Order, act: Act) -> None:
        assert act.person_id is not None, "an operator is a person"
        proposal = Proposal(order.id, act.minor, act.note, act.person_id, act.now_ms)
        await uow.orders.propose(proposal)
        alarm = Alarm(
            what="verdict_waits", about=str(order.id), detail=act.note, once=str(act.now_ms)
        )
        await raise_alarm(uow, self._policy, alarm, now_ms=act.now_ms)

    @retried
    async def confirm(
        self, command: Command, order_id: int, *, version: int, minor: int
    ) -> DisputeCard:
        """Another operator agrees to the proposal that gives the seller `minor`.

        Raises NotFound without a proposal, Decided when it is the verdict by now, Stale when it is
        another one, AnotherOperator for who made it, and what `propose_or_decide` raises.
        """
        asked = self._moves.asked(command, Event.DECIDE, version=version)
        async with self._storage.begin() as uow:
            order = await self._foreign(uow, command, order_id)
            detail = f"order {order_id}: {minor}"
            if await self._operating.is_first(uow, command, act="confirm", detail=detail):
                proposal = await _proposed(uow, order, by=command.person_id, minor=minor)
                said = replace(
                    asked,
                    minor=proposal.minor,
                    note=proposal.reason,
                    verdict_of=proposal.operator_id,
                )
                order = await self._carry(uow, order, _verdict(order, said))
            return await self._card(uow, order, command.person_id)

    async def _carry(self, uow: UnitOfWork, order: Order, act: Act) -> Order:
        await uow.orders.drop_proposal(order.id)
        return await self._moves.written(uow, order, act)

    async def _foreign(self, uow: UnitOfWork, command: Command, order_id: int) -> Order:
        order = await uow.orders.get(order_id)
        not_own(order, command.person_id)
        return order

    async def _card(self, uow: UnitOfWork, order: Order, person_id: int) -> DisputeCard:
        seen_by = await cards.viewer(
            uow, self._policy, order=order, person_id=person_id, now_ms=self._clock.now_ms()
        )
        return await dispute_card(uow, order, seen_by, self._policy)


def _has_opened(order: Order, person_id: int) -> bool:
    dispute = order.dispute
    is_open = order.state is State.DISPUTED and dispute is not None
    return is_open and dispute is not None and order.party(dispute.by) == person_id


def _is_decided(order: Order) -> bool:
    return order.dispute is not None and order.dispute.has_verdict


def _verdict(order: Order, asked: Act) -> Act:
    return replace(asked, event=verdicts.event_of(order, asked.minor), role=Role.OPERATOR)


async def _proposed(uow: UnitOfWork, order: Order, *, by: int, minor: int) -> Proposal:
    proposal = await uow.orders.proposal(order.id)
    if proposal is None:
        raise Decided if _is_decided(order) else NotFound("proposal")
    if proposal.minor != minor:
        raise Stale(minor, proposal.minor)
    if proposal.operator_id == by:
        raise AnotherOperator
    return proposal
