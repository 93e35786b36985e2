"""Withdrawals as people make them: what can be asked for, accounts, requests, changing one's mind.

What operators do with them is in `payouts`, what rails do in `sending_out`.
"""

from dataclasses import dataclass

from market import payout_postings as postings
from market.change import Change
from market.deadlines import DAY_MS
from market.errors import (
    AmountOutOfRange,
    DetailsUnreadable,
    NotFound,
    NothingToWithdraw,
    RateChanged,
    TooManyWithdrawals,
    WayClosed,
)
from market.money import Currency, Money
from market.notices import Message, Notice
from market.payout_details import masked, read_details
from market.payout_read import (
    Guard,
    PayoutOption,
    WithdrawalCard,
    WithdrawalPage,
    WithdrawOffer,
)
from market.payout_terms import Way, bounds, quoted
from market.policy import Policy
from market.withdrawal import Doing, Step, Withdrawal, moved
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.payout_needs import masked_account, needs_approval
from services.payout_steps import not_frozen
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

PAGE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person has confirmed: how much of which balance, which way, at the rate as shown.

    `rate_id` is 0 without an exchange.
    """

    way: Way
    source: Money
    rate_id: int


class WithdrawalService:
    """The person's side; money is reserved with the request and comes back with its end."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def offer(self, person_id: int) -> WithdrawOffer:
        """What the person may withdraw now, and how."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            guard = await uow.payees.guard(person_id)
            asked = await uow.withdrawals.count_since(person_id, now_ms - DAY_MS)
            from_ms = await self._from_ms(uow, person_id, now_ms)
            balances = await _balances(uow, person_id)
            return WithdrawOffer(
                balances=balances,
                options=await self._options(uow, person_id, balances),
                guard=guard,
                left_today=max(0, self._policy.withdrawals_a_day - asked),
                from_ms=from_ms,
                is_first=from_ms > now_ms,
                now_ms=now_ms,
                has_account=bool(await uow.payees.all_of(person_id)),
            )

    async def _from_ms(self, uow: UnitOfWork, person_id: int, now_ms: int) -> int:
        """The first withdrawal of everybody waits, so that a stolen account empties nothing."""
        is_first = not await uow.withdrawals.has_arrived(person_id)
        return now_ms + (self._policy.windows.payout_first_ms if is_first else 0)

    async def _options(
        self, uow: UnitOfWork, person_id: int, balances: tuple[Money, ...]
    ) -> tuple[PayoutOption, ...]:
        found = [
            await self._option(uow, person_id, way, money.currency)
            for money in balances
            for way in Way
        ]
        return tuple(option for option in found if option is not None)

    async def _option(
        self, uow: UnitOfWork, person_id: int, way: Way, source: Currency
    ) -> PayoutOption | None:
        """None where that money cannot become what this way brings."""
        if way not in self._policy.payout_ways:
            return None
        funds = await uow.withdrawals.funds(way)  # first: rivals who promise money wait here
        rate = await uow.rates.newest(source, way.currency)
        is_same = source is way.currency
        has = await uow.withdrawals.withdrawable(person_id, source)
        if rate is None and not is_same:
            return None
        terms = self._policy.payout_terms(way)
        level = self._policy.seller_level(await uow.orders.cleared_of_seller(person_id))
        promisable = funds.till_minor if is_same else min(funds.till_minor, funds.own_minor)
        most = min(terms.most_minor[level], promisable)
        low, high = bounds(rate, least_minor=terms.least_minor, most_minor=max(0, most))
        return PayoutOption(
            way=way,
            source=source,
            rate=rate,
            terms=terms,
            low_minor=low,
            high_minor=min(high, max(0, has)),
            account=await _account(uow, person_id, way),
        )

    @retried
    async def keep_account(self, command: Command, way: Way, text: str) -> Guard:
        """The account for this way from now on; the first ever freezes nothing, any other does.

        Raises DetailsUnreadable.
        """
        account, now_ms = read_details(way, text), self._clock.now_ms()
        async with self._storage.begin() as uow:
            me, guard = command.person_id, await uow.payees.guard(command.person_id)
            known = await uow.payees.detail(me, way)
            is_same = known is not None and known.account == account
            if is_same or await uow.command(command, name="account", now_ms=now_ms) is not None:
                return guard
            is_first = not await uow.payees.all_of(me)
            kept = await uow.payees.keep(me, way, account, now_ms=now_ms)
            if is_first:
                return guard
            until_ms = max(guard.until_ms, now_ms + self._policy.windows.payout_freeze_ms)
            frozen = Guard(until_ms, guard.stopped_ms)
            await uow.payees.save_guard(me, frozen)
            await uow.outbox.add(_changed(me, kept.id, way, account, frozen), now_ms=now_ms)
            return frozen

    @retried
    async def not_me(self, command: Command) -> None:
        """Somebody else changed the account: nothing leaves until operators have looked."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            guard = await uow.payees.guard(command.person_id)
            if guard.stopped_ms is not None:
                return
            await uow.payees.save_guard(command.person_id, Guard(guard.until_ms, now_ms))
            alarm = Alarm(what="payout_not_me", about=str(command.person_id), once=str(now_ms))
            await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)

    @retried
    async def request(self, command: Command, wish: Wish) -> WithdrawalCard:
        """Ask for money: it is exchanged and reserved at once (P21, P17).

        Raises PayoutsFrozen, TooManyWithdrawals, WayClosed, RateChanged, DetailsUnreadable
        (no account yet), NothingToWithdraw or AmountOutOfRange.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="withdraw", now_ms=now_ms)
            if before is not None:
                return await _card(uow, await uow.withdrawals.get(int(before)), now_ms)
            option = await self._option(uow, command.person_id, wish.way, wish.source.currency)
            await self._may_ask(uow, command.person_id, now_ms)
            asked = await self._asked(uow, command.person_id, _fitting(option, wish), wish)
            stored = await uow.withdrawals.add(asked)
            await uow.record(Change(journals=postings.requested(stored)), now_ms=now_ms)
            await uow.result(command, str(stored.id))
            return await _card(uow, stored, now_ms)

    async def _may_ask(self, uow: UnitOfWork, person_id: int, now_ms: int) -> None:
        not_frozen(await uow.payees.guard(person_id), now_ms)
        limit = self._policy.withdrawals_a_day
        if await uow.withdrawals.count_since(person_id, now_ms - DAY_MS) >= limit:
            raise TooManyWithdrawals(limit)

    async def _asked(
        self, uow: UnitOfWork, person_id: int, option: PayoutOption, wish: Wish
    ) -> Withdrawal:
        now_ms, detail = self._clock.now_ms(), await uow.payees.detail(person_id, wish.way)
        quote = quoted(wish.source, option.rate, option.terms)
        return Withdrawal(
            id=0,
            person_id=person_id,
            way=wish.way,
            detail_id=None if detail is None else detail.id,
            source=quote.source,
            amount=quote.amount,
            fee=quote.fee,
            rate_micro=None if option.rate is None else option.rate.micro,
            rate_ms=None if option.rate is None else option.rate.set_ms,
            needs_approval=await needs_approval(
                uow, self._policy, person_id, way=wish.way, amount=quote.amount
            ),
            requested_ms=now_ms,
            from_ms=await self._from_ms(uow, person_id, now_ms),
        )

    @retried
    async def cancel(self, command: Command, withdrawal_id: int, *, version: int) -> WithdrawalCard:
        """The person wants the money here after all; raises NotFound, WrongState or Stale."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            before = await _own(uow, command.person_id, withdrawal_id)
            if await uow.command(command, name="cancel_withdrawal", now_ms=now_ms) is not None:
                return await _card(uow, before, now_ms)
            doing = Doing(
                step=Step.CANCEL, now_ms=now_ms, by=command.person_id, version_seen=version
            )
            after = moved(before, doing)
            await uow.record(Change(journals=postings.not_paid(before)), now_ms=now_ms)
            await uow.withdrawals.move(before, after, doing)
            return await _card(uow, after, now_ms)

    async def card(self, person_id: int, withdrawal_id: int) -> WithdrawalCard:
        """For its person only; raises NotFound."""
        async with self._storage.read() as uow:
            withdrawal = await _own(uow, person_id, withdrawal_id)
            return await _card(uow, withdrawal, self._clock.now_ms())

    async def page(self, person_id: int, *, page: int) -> WithdrawalPage:
        """The person's withdrawals, newest first."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            found = await uow.withdrawals.of(person_id, offset=page * PAGE, limit=PAGE + 1)
            return WithdrawalPage(
                cards=tuple([await _card(uow, one, now_ms) for one in found[:PAGE]]),
                page=page,
                has_more=len(found) > PAGE,
                guard=await uow.payees.guard(person_id),
                now_ms=now_ms,
            )


def _fitting(option: PayoutOption | None, wish: Wish) -> PayoutOption:
    """The option if the wish may be had by it."""
    if option is None:
        raise WayClosed(wish.way)
    if not option.is_open:
        raise NothingToWithdraw(option.low_minor, option.source)
    if wish.rate_id != (0 if option.rate is None else option.rate.id):
        raise RateChanged
    if wish.way.is_manual and option.account is None:
        raise DetailsUnreadable(wish.way)
    if not option.low_minor <= wish.source.minor <= option.high_minor:
        raise AmountOutOfRange(option.low_minor, option.high_minor, option.source)
    return option


async def _balances(uow: UnitOfWork, person_id: int) -> tuple[Money, ...]:
    found = [
        Money(await uow.withdrawals.withdrawable(person_id, currency), currency)
        for currency in Currency
    ]
    return tuple(money for money in found if money.minor > 0)


async def _account(uow: UnitOfWork, person_id: int, way: Way) -> str | None:
    if not way.is_manual:
        return ""
    detail = await uow.payees.detail(person_id, way)
    return None if detail is None else masked(way, detail.account)


async def _own(uow: UnitOfWork, person_id: int, withdrawal_id: int) -> Withdrawal:
    withdrawal = await uow.withdrawals.get(withdrawal_id)
    if withdrawal.person_id != person_id:
        raise NotFound("withdrawal")
    return withdrawal


async def _card(uow: UnitOfWork, withdrawal: Withdrawal, now_ms: int) -> WithdrawalCard:
    return WithdrawalCard(
        withdrawal=withdrawal,
        account=await masked_account(uow, withdrawal),
        guard=await uow.payees.guard(withdrawal.person_id),
        now_ms=now_ms,
    )


def _changed(person_id: int, detail_id: int, way: Way, account: str, guard: Guard) -> Message:
    return Message(
        notice=Notice.PAYOUT_ACCOUNT_CHANGED,
        key=f"payout_account:{detail_id}",
        person_id=person_id,
        facts={"way": way.value, "account": masked(way, account), "until_ms": guard.until_ms},
    )
