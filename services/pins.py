"""People's PINs: setting, proving, forgetting. What asks for one calls `spend_pass`.

A PIN is nowhere but in the hand of who types it: it is hashed before a transaction begins, slowly,
in a thread. No log, session or notice has it.
"""

import asyncio
import hashlib
import hmac
from dataclasses import replace

from market.errors import PinLocked, PinNeeded, PinWrong
from market.notices import Message, Notice
from market.payout_read import Guard
from market.pin import TRIES, Pin, PinCard, Use, new_pin, read_pin
from market.policy import Policy
from services.attempts import retried
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command
from services.sanity import while_sane

COST, BLOCK, LANES, BYTES = 2**14, 8, 1, 32
BATCH = 50
RIGHT = "right"


def digest_of(pin: str, salt: str) -> bytes:
    """What is kept of a PIN; some fifty milliseconds of work and 16 MiB for each try."""
    return hashlib.scrypt(
        pin.encode(), salt=bytes.fromhex(salt), n=COST, r=BLOCK, p=LANES, dklen=BYTES
    )


async def spend_pass(uow: UnitOfWork, person_id: int, use: Use, *, now_ms: int) -> None:
    """Raise PinNeeded unless the person has no PIN or has just typed it for this; once."""
    pin = await uow.pins.get(person_id)
    if pin is None:
        return
    if not pin.has_passed(use, now_ms):
        raise PinNeeded
    await uow.pins.save(pin.spent)


class PinService:
    """Each person's own; operators have no part in it."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy, ids: Ids) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._ids = ids

    async def card(self, person_id: int) -> PinCard:
        """Whether there is one, and what became of it."""
        async with self._storage.read() as uow:
            return self._card(await uow.pins.get(person_id))

    def _card(self, pin: Pin | None) -> PinCard:
        return PinCard(
            is_set=pin is not None,
            set_ms=0 if pin is None else pin.set_ms,
            locked_until_ms=0 if pin is None else pin.locked_until_ms,
            reset_ms=None if pin is None else pin.reset_ms,
            now_ms=self._clock.now_ms(),
        )

    async def keep(self, command: Command, text: str) -> PinCard:
        """Keep it as the PIN from now on; whoever has one has typed that before.

        Raises PinUnfit, PinEasy, PinNeeded.
        """
        salt = self._ids.token()
        digest = await asyncio.to_thread(digest_of, new_pin(text), salt)
        pin = Pin(
            person_id=command.person_id, salt=salt, digest=digest, set_ms=self._clock.now_ms()
        )
        return await self._keep(command, pin)

    @retried
    async def _keep(self, command: Command, pin: Pin) -> PinCard:
        async with self._storage.begin() as uow:
            before = await uow.pins.get(pin.person_id)
            if await uow.command(command, name="pin_keep", now_ms=pin.set_ms) is not None:
                return self._card(before)
            await spend_pass(uow, pin.person_id, Use.CHANGE, now_ms=pin.set_ms)
            await uow.pins.save(pin)
            await self._tell(uow, command, "set" if before is None else "changed")
            return self._card(pin)

    @retried
    async def remove(self, command: Command) -> PinCard:
        """Nothing is asked any more; raises PinNeeded."""
        now_ms, me = self._clock.now_ms(), command.person_id
        async with self._storage.begin() as uow:
            if await uow.command(command, name="pin_remove", now_ms=now_ms) is None:
                had_one = await uow.pins.get(me) is not None
                await spend_pass(uow, me, Use.CHANGE, now_ms=now_ms)
                await uow.pins.drop(me)
                if had_one:
                    await self._tell(uow, command, "removed")
            return self._card(None)

    async def _tell(self, uow: UnitOfWork, command: Command, what: str) -> None:
        message = Message(
            notice=Notice.PIN_CHANGED,
            key=f"pin:{command.key}:{what}",
            person_id=command.person_id,
            facts={"what": what},
        )
        await uow.outbox.add(message, now_ms=self._clock.now_ms())

    async def prove(self, command: Command, text: str, use: Use) -> None:
        """The right one opens one thing for some minutes; without any there is nothing to prove.

        Raises PinUnfit, PinWrong, PinLocked.
        """
        typed = read_pin(text)
        async with self._storage.read() as uow:
            pin = await uow.pins.get(command.person_id)
        if pin is None:
            return
        if pin.is_locked(self._clock.now_ms()):
            raise PinLocked(pin.locked_until_ms)
        digest = await asyncio.to_thread(digest_of, typed, pin.salt)
        is_right, after = await self._try(command, digest, use)
        if is_right:
            return
        if after.is_locked(self._clock.now_ms()):
            raise PinLocked(after.locked_until_ms)
        raise PinWrong(TRIES - after.wrong)

    @retried
    async def _try(self, command: Command, digest: bytes, use: Use) -> tuple[bool, Pin]:
        """A try counts once, whatever comes; a repeated command finds what became of it."""
        now_ms, windows = self._clock.now_ms(), self._policy.windows
        async with self._storage.begin() as uow:
            pin = await uow.pins.get(command.person_id)
            assert pin is not None, "a person's updates are answered one after the other"
            before = await uow.command(command, name="pin_try", now_ms=now_ms)
            if before is not None:
                return before == RIGHT, pin
            is_right = hmac.compare_digest(pin.digest, digest) and not pin.is_locked(now_ms)
            after = pin.right(use, now_ms, windows) if is_right else pin.missed(now_ms, windows)
            await uow.pins.save(after)
            await uow.result(command, RIGHT if is_right else "")
            if after.is_locked(now_ms):
                await uow.outbox.add(_locked(after), now_ms=now_ms)
            return is_right, after

    @retried
    async def forgot(self, command: Command) -> PinCard:
        """The PIN goes after a while in which no payout leaves, and the person hears of it."""
        now_ms, me = self._clock.now_ms(), command.person_id
        at_ms = now_ms + self._policy.windows.pin_reset_ms
        async with self._storage.begin() as uow:
            pin = await uow.pins.get(me)
            if pin is None or pin.reset_ms is not None:
                return self._card(pin)
            going = replace(pin.spent, reset_ms=at_ms)
            await uow.pins.save(going)
            guard = await uow.payees.guard(me)
            await uow.payees.save_guard(me, Guard(max(guard.until_ms, at_ms), guard.stopped_ms))
            await uow.outbox.add(_forgotten(going), now_ms=now_ms)
            return self._card(going)

    @retried
    async def remember(self, command: Command) -> PinCard:
        """The PIN stays after all; payouts wait on until the moment that was said."""
        async with self._storage.begin() as uow:
            pin = await uow.pins.get(command.person_id)
            await stay(uow, pin)
            return self._card(None if pin is None else replace(pin, reset_ms=None))

    @while_sane
    async def reset(self) -> int:
        """Forgotten PINs whose time has come; answers how many. A sweep."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            due = await uow.pins.to_reset(now_ms, limit=BATCH)
        return sum([await self._reset(one, now_ms) for one in due])

    @retried
    async def _reset(self, person_id: int, now_ms: int) -> bool:
        async with self._storage.begin() as uow:
            pin = await uow.pins.get(person_id)
            if pin is None or pin.reset_ms is None or pin.reset_ms > now_ms:
                return False
            await uow.pins.drop(person_id)
            await uow.outbox.add(_gone(pin), now_ms=now_ms)
            return True


async def stay(uow: UnitOfWork, pin: Pin | None) -> None:
    """A PIN that is about to go stays."""
    if pin is not None and pin.reset_ms is not None:
        await uow.pins.save(replace(pin, reset_ms=None))


def _notice(pin: Pin, notice: Notice, at_ms: int | None) -> Message:
    return Message(
        notice=notice,
        key=f"{notice}:{pin.person_id}:{pin.set_ms}:{at_ms}",
        person_id=pin.person_id,
        facts={"until_ms": at_ms},
    )


def _locked(pin: Pin) -> Message:
    return _notice(pin, Notice.PIN_LOCKED, pin.locked_until_ms)


def _forgotten(pin: Pin) -> Message:
    return _notice(pin, Notice.PIN_FORGOTTEN, pin.reset_ms)


def _gone(pin: Pin) -> Message:
    return _notice(pin, Notice.PIN_RESET, pin.reset_ms)
