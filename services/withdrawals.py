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
from market.payout_details import masked
from market.payout_read import (
    PayoutOption,
    WithdrawalCard,
    WithdrawalPage,
    WithdrawOffer,
)
from market.payout_terms import Way, bounds, quoted
from market.pin import Use
from market.policy import Policy
from market.withdrawal import Doing, Step, Withdrawal, WithdrawalState, moved
from services.accounts import Accounts
from services.attempts import retried
from services.payout_needs import masked_account, needs_approval
from services.payout_steps import not_frozen
from services.pins import spend_pass
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command

PAGE = 6
UNDONE = frozenset({WithdrawalState.CANCELLED, WithdrawalState.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person has confirmed: how much of which balance, which way, at the rate as shown.

    `rate_id` is 0 without an exchange.
    """

    way: Way
    source: Money
    rate_id: int


class WithdrawalService(Accounts):
    """The person's side; money is reserved with the request and comes back with its end."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy, ids: Ids) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._ids = ids

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
                has_pin=await uow.pins.get(person_id) is not None,
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
    async def request(self, command: Command, wish: Wish) -> WithdrawalCard:
        """Ask for money: it is exchanged and reserved at once (P21, P17).

        Raises PayoutsFrozen, TooManyWithdrawals, WayClosed, RateChanged, DetailsUnreadable
        (no account yet), NothingToWithdraw, AmountOutOfRange or, for much money, PinNeeded.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="withdraw", now_ms=now_ms)
            if before is not None:
                return await _card(uow, await uow.withdrawals.get(int(before)), now_ms)
            option = await self._option(uow, command.person_id, wish.way, wish.source.currency)
            await self._may_ask(uow, command.person_id, now_ms)
            asked = await self._asked(uow, command.person_id, _fitting(option, wish), wish)
            is_much = await self._is_much(uow, asked)
            if is_much:
                await spend_pass(uow, command.person_id, Use.WITHDRAW, now_ms=now_ms)
            stored = await uow.withdrawals.add(asked)
            await uow.record(Change(journals=postings.requested(stored)), now_ms=now_ms)
            await uow.result(command, str(stored.id))
            card = await _card(uow, stored, now_ms)
            if is_much:
                await uow.outbox.add(_large(card), now_ms=now_ms)
            return card

    async def _is_much(self, uow: UnitOfWork, asked: Withdrawal) -> bool:
        """What was asked for within a day counts together, in the currency that arrives."""
        since_ms, currency = asked.requested_ms - DAY_MS, asked.amount.currency
        limit = self._policy.withdrawals_a_day
        minor = asked.amount.minor + sum(
            one.amount.minor
            for one in await uow.withdrawals.of(asked.person_id, offset=0, limit=limit)
            if one.requested_ms > since_ms
            and one.amount.currency is currency
            and one.state not in UNDONE
        )
        return minor > self._policy.payout_terms(asked.way).pin_minor

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
            spend_id=f"wd-{self._ids.token()}",
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


def _large(card: WithdrawalCard) -> Message:
    """To whoever has the person's Telegram open, wherever that is."""
    one = card.withdrawal
    return Message(
        notice=Notice.LARGE_WITHDRAWAL,
        key=f"withdrawal:{one.id}:large",
        person_id=one.person_id,
        facts={
            "withdrawal": one.id,
            "way": one.way.value,
            "account": card.account,
            "amount_minor": one.net.minor,
            "currency": one.net.currency.value,
        },
    )
