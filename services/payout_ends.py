"""Ends of payouts that nobody told the house: a rail without an answer, a restored backup.

What goes the usual way is in `payouts` and `sending_out`.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

from market.claims import normalised
from market.errors import (
    AnotherOperator,
    NotFound,
    OwnWithdrawal,
    ReferenceUsed,
    Stale,
    StillAsked,
    WrongState,
)
from market.files import FileRef
from market.gig import checked
from market.payout_read import PayoutCard, Word
from market.policy import Policy
from market.withdrawal import Doing, Step, Withdrawal, WithdrawalState, moved
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.freezing import safe_since
from services.operators import Operating, has_another
from services.payout_steps import call_key, carried
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

REFERENCE_MAX = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What an operator says of a sending: its reference, what it cost, a picture of it."""

    reference: str
    charge_minor: int
    evidence: FileRef


class PayoutEnds(ABC):
    """A part of `PayoutService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _operating: Operating

    @abstractmethod
    async def card(self, person_id: int, withdrawal_id: int) -> PayoutCard:
        """A withdrawal as operators see it; raises NotAnOperator, NotFound."""

    async def was_sent(
        self, command: Command, withdrawal_id: int, *, version: int, sending: Sending
    ) -> PayoutCard:
        """In safe mode: it was sent by hand after the backup was taken, so no funds are asked for.

        Raises WrongState outside of safe mode, ClaimUnfit, ReferenceUsed, or what taking raises.
        """
        taking = Doing(
            step=Step.TAKE, now_ms=self._clock.now_ms(), by=command.person_id, version_seen=version
        )
        await self._was_sent(command, withdrawal_id, taking, sending)
        return await self.card(command.person_id, withdrawal_id)

    @retried
    async def _was_sent(
        self, command: Command, withdrawal_id: int, taking: Doing, sending: Sending
    ) -> None:
        async with self._storage.begin() as uow:
            before, act = await uow.withdrawals.get(withdrawal_id), "payout_was_sent"
            detail = f"withdrawal {withdrawal_id}"
            if not await self._operating.is_first(uow, command, act=act, detail=detail):
                return
            if await safe_since(uow) is None or not before.way.is_manual:
                raise WrongState(Step.PAY, before.state)
            taken = moved(before, taking)
            await carried(uow, before, taken, taking)
            paying = replace(
                taking,
                step=Step.PAY,
                version_seen=None,
                reference=sending.reference,
                evidence=sending.evidence,
            )
            paying = await referenced(uow, taken, paying)
            await carried(uow, taken, moved(taken, paying), paying, sending.charge_minor)

    async def say(
        self,
        command: Command,
        withdrawal_id: int,
        *,
        version: int,
        reference: str = "",
        reason: str = "",
    ) -> PayoutCard:
        """An owner ends what its rail leaves open: sent under a reference, or not for a reason.

        It counts once an operator agrees, where the house has another one. Raises NotAnOwner,
        WrongState, Stale, OwnWithdrawal, StillAsked, ReferenceUsed, NotFound, TextTooLong.
        """
        limits = self._policy.limits
        word = Word(
            id=0,
            withdrawal_id=withdrawal_id,
            said_by=command.person_id,
            said_ms=self._clock.now_ms(),
            reference=checked(reference, least=0, most=REFERENCE_MAX),
            reason=checked(reason, least=0 if reference else 1, most=limits.reason_max),
        )
        await self._say(command, version, word)
        return await self.card(command.person_id, withdrawal_id)

    @retried
    async def _say(self, command: Command, version: int, word: Word) -> None:
        async with self._storage.begin() as uow:
            before = await uow.withdrawals.get(word.withdrawal_id)
            if not await self._operating.is_owners_first(
                uow, command, act="payout_word", detail=_detail(word)
            ):
                return
            _may_end(before, command.person_id)
            if before.version != version:
                raise Stale(version, before.version)
            both = frozenset({before.person_id, command.person_id})
            if not await has_another(uow, self._policy, besides=both):
                await self._end(uow, before, word, command.person_id)
                return
            word = replace(word, id=await uow.withdrawals.say(word))
            alarm = Alarm(what="payout_word", about=str(before.id), once=str(word.id))
            await raise_alarm(uow, self._policy, alarm, now_ms=word.said_ms)

    async def agree(self, command: Command, withdrawal_id: int, *, word_id: int) -> PayoutCard:
        """Another operator has looked, too: the owner's newest word counts.

        Raises AnotherOperator for who said it, NotAnOperator, NotFound, and what `say` raises.
        """
        await self._agree(command, withdrawal_id, word_id)
        return await self.card(command.person_id, withdrawal_id)

    @retried
    async def _agree(self, command: Command, withdrawal_id: int, word_id: int) -> None:
        async with self._storage.begin() as uow:
            before = await uow.withdrawals.get(withdrawal_id)
            word = await uow.withdrawals.word(withdrawal_id)
            if word is None or word.id != word_id:
                raise NotFound("word")
            if not await self._operating.is_first(
                uow, command, act="payout_word_agreed", detail=_detail(word)
            ):
                return
            _may_end(before, command.person_id)
            if word.said_by == command.person_id:
                raise AnotherOperator
            await self._end(uow, before, word, command.person_id)

    async def _end(self, uow: UnitOfWork, before: Withdrawal, word: Word, by: int) -> None:
        """The rail is not asked any more; had it been just now, its answer may still come."""
        now_ms = self._clock.now_ms()
        if not await uow.outbox.end(call_key(before), now_ms=now_ms):
            raise StillAsked
        if await uow.withdrawals.is_referenced(before.way, word.reference):
            raise ReferenceUsed
        doing = Doing(
            step=Step.PAY if word.reference else Step.FAIL,
            now_ms=now_ms,
            by=by,
            note=word.reason,
            reference=word.reference,
            is_word=True,
        )
        await carried(uow, before, moved(before, doing), doing)


async def referenced(uow: UnitOfWork, before: Withdrawal, doing: Doing) -> Doing:
    """The reference as it is compared; one sending pays one withdrawal."""
    reference = normalised(before.way.value, doing.reference)
    if await uow.withdrawals.is_referenced(before.way, reference):
        raise ReferenceUsed
    return replace(doing, reference=reference)


def _may_end(before: Withdrawal, by: int) -> None:
    if before.state is not WithdrawalState.SENDING or before.way.is_manual:
        raise WrongState(Step.PAY, before.state)
    if by == before.person_id:
        raise OwnWithdrawal


def _detail(word: Word) -> str:
    said = f"sent {word.reference}" if word.reference else f"not sent: {word.reason}"
    return f"withdrawal {word.withdrawal_id}: {said}"
