"""The owner takes money out; much of it leaves only when a second person of the house agrees.

Goodwill is proposed and confirmed in the same way.
"""

from market import house_postings
from market.change import Change
from market.errors import NotCovered, NotFound
from market.ledger import capital
from market.money import Money
from market.policy import Policy
from market.proposals import DrawCard, MoneyProposal, NewProposal, ProposalState
from services.alarms import Alarm, raise_alarm
from services.alone import has_others, is_beyond
from services.attempts import retried
from services.coverage import drawable, profit
from services.freezing import is_frozen, must_flow
from services.goodwill import give_credit
from services.operators import Operating, owner, staff_member
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

DRAWN = "drawn"  # one draw at a time: the row is locked until the commit
MOST = 100
WAITS = "waits"  # what a repeated command answers


class Draws:
    """A part of `TreasuryService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _operating: Operating

    @retried
    async def draw(self, command: Command, *, rail: str, amount: Money, from_capital: bool) -> bool:
        """P25: the owner takes money out; whatever people are owed stays.

        True when it waits: above what one person lets go within a day another owner or operator
        confirms it, where there is one. Raises NotAnOwner, OutgoingStopped, NotCovered,
        InsufficientFunds.
        """
        wish = NewProposal(
            rail=rail,
            charge_id=None,
            amount=amount,
            proposed_by=command.person_id,
            proposed_ms=self._clock.now_ms(),
        )
        async with self._storage.begin() as uow:
            await owner(uow, self._policy, command.person_id)
            said = await uow.command(command, name="draw", now_ms=wish.proposed_ms)
            if said is not None:
                return said == WAITS
            await self._may_leave(uow, rail, amount, command.key)
            waits = await self._waits(uow, command, wish)
            if not waits:
                await self._book(uow, command.key, rail, amount, from_capital=from_capital)
            return waits

    async def _waits(self, uow: UnitOfWork, command: Command, wish: NewProposal) -> bool:
        """Whether a second person is asked; where nobody else is left, one decides alone."""
        by, now_ms = wish.proposed_by, wish.proposed_ms
        waits = await is_beyond(
            uow, self._policy, by, wish.amount, now_ms=now_ms
        ) and await has_others(uow, self._policy, by, wish.given_to)
        act = f"{wish.kind}_proposed" if waits else wish.kind
        await uow.upkeep.log_act(by, act=act, detail=_said(wish), now_ms=now_ms)
        if waits:
            await self._propose(uow, wish)
            await uow.result(command, WAITS)
        else:
            await uow.proposals.let_go(by, wish.amount, now_ms=now_ms)
        return waits

    async def _may_leave(self, uow: UnitOfWork, rail: str, amount: Money, key: str) -> None:
        await must_flow(uow)
        await uow.upkeep.set_flag(DRAWN, key, now_ms=self._clock.now_ms())
        await _covered(uow, rail, amount)

    async def _propose(self, uow: UnitOfWork, wish: NewProposal) -> None:
        proposal = await uow.proposals.add(wish)
        assert proposal is not None, "only refunds are proposed once"
        await self._alarm(uow, proposal, "waits")

    async def _alarm(self, uow: UnitOfWork, proposal: MoneyProposal, what: str) -> None:
        """Operators and owners hear of it."""
        alarm = Alarm(what=f"{proposal.kind}_{what}", about=str(proposal.id))
        await raise_alarm(
            uow, self._policy, alarm, now_ms=self._clock.now_ms(), are_owners_told=True
        )

    async def draws(self, person_id: int) -> tuple[DrawCard, ...]:
        """Draws and goodwill that wait for a second person, oldest first; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await staff_member(uow, self._policy, person_id)
            waiting = await uow.proposals.draws(limit=MOST)
            return tuple([await self._draw_card(uow, one, person_id) for one in waiting])

    async def draw_card(self, person_id: int, proposal_id: int) -> DrawCard:
        """One of them, ended ones too; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await staff_member(uow, self._policy, person_id)
            return await self._draw_card(uow, await _draw(uow, proposal_id), person_id)

    async def _draw_card(
        self, uow: UnitOfWork, proposal: MoneyProposal, person_id: int
    ) -> DrawCard:
        named = {proposal.proposed_by, proposal.ended_by, proposal.given_to}
        return DrawCard(
            proposal=proposal,
            is_author=proposal.proposed_by == person_id,
            is_frozen=not proposal.is_gift and await is_frozen(uow),
            names={one: (await uow.people.contact(one)).name for one in named if one},
            now_ms=self._clock.now_ms(),
        )

    @retried
    async def confirm_draw(self, command: Command, proposal_id: int) -> DrawCard:
        """Another owner or operator agrees: the money leaves the books, or is given (P25).

        Raises NotAnOperator, NotFound, WrongState, AnotherOperator for who proposed it, OwnOrder
        for who is to get it, and what a draw raises.
        """
        async with self._storage.begin() as uow:
            proposal = await _draw(uow, proposal_id)
            act, detail = f"{proposal.kind}_confirmed", _said(proposal)
            if await self._operating.is_staffs_first(uow, command, act=act, detail=detail):
                proposal.may_confirm(command.person_id)
                await self._carry_out(uow, proposal, command.person_id)
            return await self._draw_card(uow, await _draw(uow, proposal_id), command.person_id)

    async def _carry_out(self, uow: UnitOfWork, proposal: MoneyProposal, by: int) -> None:
        """The key is the proposal's, so it is drawn once."""
        key, amount = f"draw:{proposal.id}", proposal.amount
        if not proposal.is_gift:
            await self._may_leave(uow, proposal.rail, amount, key)
        await self._end(uow, proposal, ProposalState.CONFIRMED, by)
        if proposal.is_gift:
            await give_credit(uow, key, proposal, now_ms=self._clock.now_ms())
        else:
            own = (await profit(uow, amount.currency)).minor < amount.minor
            await self._book(uow, key, proposal.rail, amount, from_capital=own)
        await self._alarm(uow, proposal, "confirmed")

    @retried
    async def drop_draw(self, command: Command, proposal_id: int) -> DrawCard:
        """Anybody of the house says no, who proposed it too: nothing leaves.

        Raises NotAnOperator, NotFound, WrongState once it has ended.
        """
        async with self._storage.begin() as uow:
            proposal = await _draw(uow, proposal_id)
            act, detail = f"{proposal.kind}_dropped", _said(proposal)
            if await self._operating.is_staffs_first(uow, command, act=act, detail=detail):
                proposal.must_wait()
                await self._end(uow, proposal, ProposalState.DROPPED, command.person_id)
                await self._alarm(uow, proposal, "dropped")
            return await self._draw_card(uow, await _draw(uow, proposal_id), command.person_id)

    async def _end(
        self, uow: UnitOfWork, proposal: MoneyProposal, state: ProposalState, by: int
    ) -> None:
        await uow.proposals.end(proposal, state, by=by, now_ms=self._clock.now_ms())

    async def _book(
        self, uow: UnitOfWork, key: str, rail: str, amount: Money, *, from_capital: bool
    ) -> None:
        """Out of the owner's money, or out of what was earned."""
        earned = await profit(uow, amount.currency)
        if from_capital:
            journal = house_postings.drawn(key, rail, ((capital(amount.currency), amount),))
        else:
            parts, stars = earned.parts(amount.minor), earned.stars(amount.minor)
            journal = house_postings.drawn(key, rail, parts, stars)
        await uow.record(Change(journals=(journal,)), now_ms=self._clock.now_ms())


async def _draw(uow: UnitOfWork, proposal_id: int) -> MoneyProposal:
    proposal = await uow.proposals.get(proposal_id)
    if proposal.charge_id is not None:
        raise NotFound("proposal")
    return proposal


async def _covered(uow: UnitOfWork, rail: str, amount: Money) -> None:
    """Raise NotCovered when people's money, or what was promised to them, would be touched."""
    free = await drawable(uow, rail, amount.currency)
    if amount.minor > free:
        raise NotCovered(free, amount.currency)


def _said(wish: NewProposal) -> str:
    amount = f"{wish.amount.minor} {wish.amount.currency}"
    if wish.given_to is None:
        return f"{wish.rail} {amount}"
    return f"person {wish.given_to}: {amount} {wish.why}"
