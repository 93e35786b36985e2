"""Completed orders that are looked at once more, and payments that a provider took back."""

from dataclasses import replace

from market.change import Change
from market.contract import Act, Order
from market.errors import AskedBefore, NotFound, NotYours, WrongState
from market.gig import checked
from market.notices import Notice
from market.order import apply
from market.policy import Policy
from market.read import OrderCard
from market.reports import Report, Subject
from market.states import Event, Role, State
from services import cards
from services.attempts import retried
from services.moves import Moves
from services.operators import Operating, not_own
from services.ports import Clock, Storage, UnitOfWork
from services.reporting import filed, new_report
from services.rows import Command, ProviderFact
from services.settling import close, tell_reporter
from services.taking_back import taken_back


class Reopening:
    """A part of `DisputeService`: the buyer wishes, an operator reopens or refuses."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _moves: Moves
    _operating: Operating

    @retried
    async def ask_reopen(self, command: Command, order_id: int, *, text: str) -> OrderCard:
        """While the money clears the buyer may report a problem, once at a time.

        Raises NotYours, WrongState, ReopenedBefore, AskedBefore, TextTooShort.
        """
        limits = self._policy.limits
        words = checked(text, least=limits.statement_least, most=limits.note_max)
        act = self._reopens(command)
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            if cards.party(order, command.person_id) is not Role.BUYER:
                raise NotYours(Event.REOPEN)
            if await uow.command(command, name="ask_reopen", now_ms=act.now_ms) is None:
                apply(order, replace(act, person_id=None))  # what must be refused is not asked
                wish = new_report(
                    Subject.REOPEN, order_id, by=order.buyer_id, words=words, now_ms=act.now_ms
                )
                if await filed(uow, self._policy, replace(wish, order_id=order_id)) is None:
                    raise AskedBefore
            return await self._moves.card(uow, order, command.person_id)

    @retried
    async def reopen(self, command: Command, report_id: int) -> OrderCard:
        """An operator takes the case up: the money is held again. Raises what REOPEN raises."""
        async with self._storage.begin() as uow:
            wish, order_id = await _wish(uow, report_id)
            order = await uow.orders.get(order_id)
            not_own(order, command.person_id)
            if await self._operating.is_first(
                uow, command, act="reopen", detail=f"order {order_id}"
            ):
                act = replace(self._reopens(command), note=wish.words)
                await self._close(uow, wish, command, answer="")
                order = await self._moves.written(uow, order, act, _buyer_said)
            return await self._moves.card(uow, order, command.person_id)

    @retried
    async def refuse_reopen(self, command: Command, report_id: int, *, reason: str) -> None:
        """It stays as it is; the buyer reads why."""
        why = checked(reason, least=1, most=self._policy.limits.reason_max)
        async with self._storage.begin() as uow:
            wish, order_id = await _wish(uow, report_id)
            not_own(await uow.orders.get(order_id), command.person_id)
            detail = f"order {order_id}: {why}"
            if await self._operating.is_first(uow, command, act="refuse_reopen", detail=detail):
                await self._close(uow, wish, command, answer=why)
                await tell_reporter(
                    uow, wish, Notice.REOPEN_REFUSED, answer=why, now_ms=self._clock.now_ms()
                )

    async def charge_back(self, command: Command, order_id: int) -> OrderCard:
        """An operator enters that the provider took the payment back.

        When the money has left the order, the buyer owes it. Raises NotAnOperator, OwnOrder,
        NotFound, or WrongState where no payment came from outside.
        """
        async with self._storage.read() as uow:
            is_over = (await uow.orders.get(order_id)).state is State.CLEARED
        if is_over:
            return await self._charge_back_late(command, order_id)
        act = replace(self._moves.asked(command, Event.CHARGEBACK), role=Role.PROVIDER)
        return await self._moves.by_operator(command, order_id, act=act, extra=_taken_back)

    @retried
    async def _charge_back_late(self, command: Command, order_id: int) -> OrderCard:
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            not_own(order, command.person_id)
            name, paid = Event.CHARGEBACK, await _paid(uow, order)
            if paid is None:  # balances paid for it
                raise WrongState(name, order.state)
            detail = f"order {order_id}"
            if await self._operating.is_first(uow, command, act=name, detail=detail):
                await taken_back(uow, self._policy, paid, now_ms=self._clock.now_ms())
            return await self._moves.card(uow, order, command.person_id)

    async def _close(self, uow: UnitOfWork, wish: Report, command: Command, *, answer: str) -> None:
        await close(
            uow, wish, operator_id=command.person_id, answer=answer, now_ms=self._clock.now_ms()
        )

    def _reopens(self, command: Command) -> Act:
        return replace(self._moves.asked(command, Event.REOPEN), role=Role.OPERATOR)


async def _wish(uow: UnitOfWork, report_id: int) -> tuple[Report, int]:
    report = await uow.reports.get(report_id)
    if report.subject is not Subject.REOPEN or report.order_id is None:
        raise NotFound("report")
    return report, report.order_id


async def _paid(uow: UnitOfWork, order: Order) -> ProviderFact | None:
    return await uow.payments.fact(order.rail or "", order.charge_id or "", "in")


async def _taken_back(uow: UnitOfWork, change: Change) -> Change:
    """The same fact may come from the provider later: it is written once."""
    assert change.before is not None, "a chargeback is about an order"
    paid = await _paid(uow, change.before)
    if paid is not None:
        taken = replace(paid, kind="chargeback", at_ms=change.event.at_ms if change.event else 0)
        await uow.payments.add_fact(taken)
    return change


async def _buyer_said(uow: UnitOfWork, change: Change) -> Change:
    """What the buyer wished opens the new dispute."""
    assert change.event is not None, "reopening is an event"
    await uow.orders.drop_proposal(change.event.order_id)
    await uow.orders.add_statement(
        change.event.order_id,
        role=Role.BUYER,
        text=change.event.note,
        files=(),
        now_ms=change.event.at_ms,
    )
    return change
