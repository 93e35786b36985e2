"""What the house pays for Stars in other money: owners set it, operators read it."""

from dataclasses import replace

from market.money import Currency
from market.payout_read import RateBoard, RateLine
from market.payout_terms import Rate, Way, read_rate
from market.policy import Policy
from services.attempts import retried
from services.operators import operator, operators, owner
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

HISTORY = 5


class RateService:
    """Rates count from the moment they are set; requests keep the one they were made at."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def board(self, person_id: int) -> RateBoard:
        """Rates and funds; raises NotAnOperator."""
        async with self._storage.read() as uow:
            person = await operator(uow, self._policy, person_id)
            ways = [way for way in Way if way in self._policy.payout_ways]
            targets = dict.fromkeys(way.currency for way in ways)
            staff = await operators(uow, self._policy)
            return RateBoard(
                lines=tuple([await _line(uow, target) for target in targets]),
                funds={way: await uow.withdrawals.funds(way) for way in ways},
                names={one.id: (await uow.people.contact(one.id)).name for one in staff},
                may_change=person.telegram_id in self._policy.owner_ids,
                now_ms=self._clock.now_ms(),
            )

    async def may_set(self, person_id: int, target: Currency) -> Rate | None:
        """The present rate, for who may change it; raises NotAnOwner."""
        async with self._storage.read() as uow:
            await owner(uow, self._policy, person_id)
            return await uow.rates.newest(Currency.XTR, target)

    def read(self, text: str, target: Currency) -> Rate:
        """What was typed for one Star, not kept yet; raises RateUnfit."""
        micro = read_rate(text, Currency.XTR, target)
        return Rate(id=0, source=Currency.XTR, target=target, micro=micro, set_ms=0, set_by=0)

    @retried
    async def set(self, command: Command, rate: Rate) -> Rate:
        """Buy Stars at this rate from now on; raises NotAnOwner."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            by = await owner(uow, self._policy, command.person_id)
            if await uow.command(command, name="payout_rate", now_ms=now_ms) is not None:
                present = await uow.rates.newest(rate.source, rate.target)
                assert present is not None, "the command has set one"
                return present
            detail = f"{rate.source} {rate.target} {rate.micro}"
            await uow.upkeep.log_act(by.id, act="payout_rate", detail=detail, now_ms=now_ms)
            return await uow.rates.add(replace(rate, set_ms=now_ms, set_by=by.id))


async def _line(uow: UnitOfWork, target: Currency) -> RateLine:
    rates = await uow.rates.history(Currency.XTR, target, limit=HISTORY)
    return RateLine(Currency.XTR, target, rates)
