"""Where a person wants the money: keeping an account, and saying that it was somebody else."""

from market.notices import Message, Notice
from market.payout_details import masked, read_details
from market.payout_read import Guard
from market.payout_terms import Way
from market.pin import Use
from market.policy import Policy
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.pins import spend_pass, stay
from services.ports import Clock, Storage
from services.rows import Command


class Accounts:
    """A part of `WithdrawalService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy

    @retried
    async def keep_account(self, command: Command, way: Way, text: str) -> Guard:
        """The account for this way from now on; the first ever freezes nothing, any other does.

        Raises DetailsUnreadable, PinNeeded.
        """
        account, now_ms = read_details(way, text), self._clock.now_ms()
        async with self._storage.begin() as uow:
            me, guard = command.person_id, await uow.payees.guard(command.person_id)
            known = await uow.payees.detail(me, way)
            is_same = known is not None and known.account == account
            if is_same or await uow.command(command, name="account", now_ms=now_ms) is not None:
                return guard
            await spend_pass(uow, me, Use.ACCOUNT, now_ms=now_ms)
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
        """Somebody else was at it: nothing leaves until operators have looked, the PIN stays."""
        now_ms, me = self._clock.now_ms(), command.person_id
        async with self._storage.begin() as uow:
            await stay(uow, await uow.pins.get(me))
            guard = await uow.payees.guard(me)
            if guard.stopped_ms is not None:
                return
            await uow.payees.save_guard(me, Guard(guard.until_ms, now_ms))
            alarm = Alarm(what="payout_not_me", about=str(me), once=str(now_ms))
            await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)


def _changed(person_id: int, detail_id: int, way: Way, account: str, guard: Guard) -> Message:
    return Message(
        notice=Notice.PAYOUT_ACCOUNT_CHANGED,
        key=f"payout_account:{detail_id}",
        person_id=person_id,
        facts={"way": way.value, "account": masked(way, account), "until_ms": guard.until_ms},
    )
