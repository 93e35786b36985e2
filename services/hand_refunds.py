"""Refunds of money that came by hand: operators send them back and type the reference."""

from dataclasses import replace

from market.change import Change, Refund
from market.claims import PENDING, ByHand, Claim, ClaimState
from market.errors import NotConfirmed, NotFound, OwnOrder, WrongState
from market.gig import checked
from market.house_postings import refund_given_up
from market.ledger import refund_confirmed, refund_request
from market.money import Money
from market.notices import Message, Notice
from market.policy import Policy
from market.proposals import MoneyProposal, NewProposal, ProposalState
from market.rail_cards import HandRefundCard
from market.rails import by_hand
from market.states import Event
from services.alarms import Alarm, raise_alarm
from services.alone import is_beyond
from services.attempts import retried
from services.claims import read_reference
from services.freezing import is_frozen, may_be_told, safe_since
from services.operators import Operating, operator
from services.payout_needs import has_two
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

MOST = 100


class HandRefundService:
    """Money goes back to the number that it came from, whole."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    async def queue(self, person_id: int) -> tuple[HandRefundCard, ...]:
        """What has to be sent back, oldest first; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            waiting = await uow.rails.to_send_back(limit=MOST)
            return tuple([await self._card(uow, one, person_id) for one in waiting])

    async def card(self, person_id: int, claim_id: int) -> HandRefundCard:
        """One refund, by the claim that brought the money; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await self._card(uow, await _refund(uow, claim_id), person_id)

    async def _card(self, uow: UnitOfWork, refund: ByHand, person_id: int) -> HandRefundCard:
        proposal = await _proposal(uow, refund)
        spoke = () if proposal is None else (proposal.proposed_by, proposal.ended_by)
        return HandRefundCard(
            refund=refund,
            buyer_name=(await uow.people.contact(refund.claim.person_id)).name,
            is_frozen=await is_frozen(uow),
            is_safe=await safe_since(uow) is not None,
            now_ms=self._clock.now_ms(),
            needs_second=await self._needs_second(uow, refund, person_id),
            proposal=proposal,
            is_author=proposal is not None and proposal.proposed_by == person_id,
            names={one: (await uow.people.contact(one)).name for one in spoke if one},
        )

    async def _needs_second(self, uow: UnitOfWork, refund: ByHand, person_id: int) -> bool:
        """More than this operator lets go alone, where the house has two besides the buyer."""
        now_ms = self._clock.now_ms()
        return (
            refund.state == PENDING
            and await is_beyond(uow, self._policy, person_id, refund.amount, now_ms=now_ms)
            and await has_two(uow, self._policy, refund.claim.person_id)
        )

    @retried
    async def propose(self, command: Command, claim_id: int) -> HandRefundCard:
        """An operator finds it right; another one has to confirm it before it is sent.

        Raises NotAnOperator, OwnOrder, OutgoingStopped, WrongState, NotFound.
        """
        async with self._storage.begin() as uow:
            refund = await self._pending(uow, command, claim_id)
            detail = _detail(refund)
            if await self._operating.is_first(uow, command, act="refund_proposed", detail=detail):
                await self._propose(uow, refund, command.person_id)
            return await self._card(uow, refund, command.person_id)

    async def _propose(self, uow: UnitOfWork, refund: ByHand, by: int) -> None:
        _still_waits(refund)
        await may_be_told(uow)
        new = NewProposal(
            rail=refund.rail,
            charge_id=refund.claim.reference,
            amount=refund.amount,
            proposed_by=by,
            proposed_ms=self._clock.now_ms(),
        )
        if await uow.proposals.add(new) is None:
            raise WrongState(Event.CLAIM, "proposed")
        await self._alarm(uow, refund, "refund_second")

    @retried
    async def confirm(self, command: Command, claim_id: int, *, proposal_id: int) -> HandRefundCard:
        """Another operator agrees: from now on it may be sent.

        Raises AnotherOperator for who proposed it, and what `propose` raises.
        """
        async with self._storage.begin() as uow:
            refund = await self._pending(uow, command, claim_id)
            detail = _detail(refund)
            if await self._operating.is_first(uow, command, act="refund_confirmed", detail=detail):
                await self._confirm(uow, refund, command.person_id, proposal_id)
            return await self._card(uow, refund, command.person_id)

    async def _confirm(self, uow: UnitOfWork, refund: ByHand, by: int, proposal_id: int) -> None:
        _still_waits(refund)
        await may_be_told(uow)
        proposal = await _proposal(uow, refund)
        if proposal is None or proposal.id != proposal_id:
            raise NotFound("proposal")
        proposal.may_confirm(by)
        now_ms = self._clock.now_ms()
        await uow.proposals.end(proposal, ProposalState.CONFIRMED, by=by, now_ms=now_ms)
        await self._alarm(uow, refund, "refund_may_go")

    async def _alarm(self, uow: UnitOfWork, refund: ByHand, what: str) -> None:
        alarm = Alarm(what=what, about=str(refund.claim.id))
        await raise_alarm(uow, self._policy, alarm, now_ms=self._clock.now_ms())

    @retried
    async def sent(self, command: Command, claim_id: int, *, reference: str) -> HandRefundCard:
        """An operator has sent it, under this reference (P15).

        Raises NotAnOperator, OwnOrder, OutgoingStopped, NotConfirmed, WrongState, ClaimUnfit,
        NotFound.
        """
        async with self._storage.begin() as uow:
            refund = await self._pending(uow, command, claim_id)
            words, detail = read_reference(refund.claim.wallet, reference), _detail(refund)
            if await self._operating.is_first(uow, command, act="refund_sent", detail=detail):
                await self._send(uow, refund, words, command.person_id)
            return await self._card(uow, await _refund(uow, claim_id), command.person_id)

    async def _send(self, uow: UnitOfWork, refund: ByHand, reference: str, by: int) -> None:
        claim, now_ms = refund.claim, self._clock.now_ms()
        _still_waits(refund)
        await may_be_told(uow)
        await self._may_send(uow, refund, by)
        fact = await uow.payments.fact(refund.rail, claim.reference, "in")
        assert fact is not None, "what goes back has come in"
        await uow.payments.add_fact(replace(fact, kind="refund", at_ms=now_ms))
        await uow.rails.note_refund(
            refund.rail, claim.reference, reference=reference, operator_id=by
        )
        await uow.record(_confirmed(refund, reference), now_ms=now_ms)

    async def _may_send(self, uow: UnitOfWork, refund: ByHand, by: int) -> None:
        """Raise NotConfirmed; what nobody else has confirmed counts as let go alone."""
        card = await self._card(uow, refund, by)
        if not card.may_be_sent:
            raise NotConfirmed
        if card.proposal is None or not card.proposal.is_confirmed:
            await uow.proposals.let_go(by, refund.amount, now_ms=self._clock.now_ms())

    @retried
    async def give_up(self, command: Command, claim_id: int, *, reason: str) -> HandRefundCard:
        """It cannot be sent: the buyer keeps it here as credit and hears why (P16).

        Raises NotAnOperator, OwnOrder, WrongState, NotFound, TextTooShort, TextTooLong.
        """
        words = checked(reason, least=1, most=self._policy.limits.reason_max)
        async with self._storage.begin() as uow:
            refund = await self._pending(uow, command, claim_id)
            detail = f"order {refund.claim.order_id} {refund.claim.wallet} {words}"
            if await self._operating.is_first(uow, command, act="refund_void", detail=detail):
                await self._give_up(uow, refund, words, command.person_id)
            return await self._card(uow, await _refund(uow, claim_id), command.person_id)

    async def _give_up(self, uow: UnitOfWork, refund: ByHand, words: str, by: int) -> None:
        _still_waits(refund)
        claim, now_ms = refund.claim, self._clock.now_ms()
        await uow.rails.void_refund(refund.rail, claim.reference, operator_id=by, now_ms=now_ms)
        kept = refund_given_up(refund.rail, claim.reference, claim.person_id, refund.amount)
        message = Message(
            notice=Notice.REFUND_KEPT,
            key=f"{refund.rail}:{claim.reference}:refund-kept",
            person_id=claim.person_id,
            facts=_facts(claim, refund.amount) | {"note": words},
        )
        await uow.record(Change(journals=(kept,), messages=(message,)), now_ms=now_ms)

    async def _pending(self, uow: UnitOfWork, command: Command, claim_id: int) -> ByHand:
        """Operators do not send themselves money."""
        await operator(uow, self._policy, command.person_id)
        claim = await uow.claims.get(claim_id)
        await uow.orders.get(claim.order_id)  # locks the order, and with it its refunds by hand
        if claim.person_id == command.person_id:
            raise OwnOrder
        return await _refund(uow, claim_id)

    @retried
    async def send_back(self, command: Command, claim_id: int) -> HandRefundCard:
        """Money that landed and that its owner wants back: promised whole (P14).

        Raises NotAnOperator, OwnOrder, WrongState, InsufficientFunds when it was used, NotFound.
        """
        async with self._storage.begin() as uow:
            claim = await uow.claims.get(claim_id)
            order = await uow.orders.get(claim.order_id)
            if claim.person_id == command.person_id:
                raise OwnOrder
            detail = f"order {order.id} {claim.wallet} no. {claim.id}"
            if await self._operating.is_first(uow, command, act="send_back", detail=detail):
                saw = Money(claim.seen_minor or 0, order.terms.price.currency)
                await self._promise(uow, claim, saw)
            return await self._card(uow, await _refund(uow, claim_id), command.person_id)

    async def _promise(self, uow: UnitOfWork, claim: Claim, saw: Money) -> None:
        is_promised = await uow.rails.by_hand(claim.id) is not None
        if claim.state is not ClaimState.LANDED or is_promised:
            raise WrongState(Event.CLAIM, claim.state)
        key = (by_hand(claim.wallet), claim.reference, claim.person_id, saw)
        change = Change(journals=(refund_request(*key),), refunds=(Refund(*key, claim.order_id),))
        await uow.record(change, now_ms=self._clock.now_ms())


def _still_waits(refund: ByHand) -> None:
    if refund.state != PENDING:
        raise WrongState(Event.CLAIM, refund.state)


async def _refund(uow: UnitOfWork, claim_id: int) -> ByHand:
    refund = await uow.rails.by_hand(claim_id)
    if refund is None:
        raise NotFound("refund")
    return refund


async def _proposal(uow: UnitOfWork, refund: ByHand) -> MoneyProposal | None:
    return await uow.proposals.of_charge(refund.rail, refund.claim.reference)


def _detail(refund: ByHand) -> str:
    claim, amount = refund.claim, refund.amount
    return f"order {claim.order_id} {claim.wallet} no. {claim.id} {amount.minor}"


def _confirmed(refund: ByHand, reference: str) -> Change:
    """P15, and the buyer hears under which reference the money comes."""
    claim = refund.claim
    message = Message(
        notice=Notice.REFUND_SENT,
        key=f"{refund.rail}:{claim.reference}:refund-sent",
        person_id=claim.person_id,
        facts=_facts(claim, refund.amount) | {"reference": reference},
    )
    journal = refund_confirmed(refund.rail, claim.reference, refund.amount)
    return Change(journals=(journal,), messages=(message,))


def _facts(claim: Claim, amount: Money) -> dict[str, object]:
    return {
        "amount_minor": amount.minor,
        "currency": amount.currency.value,
        "charge": claim.reference,
        "order": claim.order_id,
        "rail": by_hand(claim.wallet),
    }
