"""Support: a person asks, operators answer, about anything or about a payment."""

from typing import Literal

from market.errors import NotFound, WrongState
from market.gig import checked
from market.notices import Message, Notice
from market.policy import Policy
from market.read import Thread
from services import cards
from services.attempts import retried
from services.operators import operator, operators
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command


class SupportService:
    """Threads between a person and the operators; what operators do is logged."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @retried
    async def ask(
        self,
        command: Command,
        *,
        kind: Literal["support", "paysupport"],
        order_id: int | None,
        text: str,
    ) -> Thread:
        """Open a thread, or go on in the open one about the same; raises NotFound, TextTooLong."""
        words, now_ms = self._words(text), self._clock.now_ms()
        async with self._storage.begin() as uow:
            if order_id is not None:
                cards.party(await uow.orders.get(order_id), command.person_id)
            before = await uow.command(command, name="ask", now_ms=now_ms)
            if before is not None:
                return await uow.threads.get(int(before))
            thread_id = await uow.threads.find(command.person_id, kind=kind, order_id=order_id)
            if thread_id is None:
                thread_id = await uow.threads.open(
                    command.person_id, kind=kind, order_id=order_id, now_ms=now_ms
                )
            await uow.result(command, str(thread_id))
            return await self._add(uow, thread_id, words)

    @retried
    async def add(self, command: Command, thread_id: int, text: str) -> Thread:
        """The person says more; raises NotFound for others, WrongState when it is closed."""
        words = self._words(text)
        async with self._storage.begin() as uow:
            thread = await uow.threads.get(thread_id)
            if thread.person_id != command.person_id:
                raise NotFound("thread")
            if await self._is_repeated(uow, command, "thread_add"):
                return thread
            _is_open(thread)
            return await self._add(uow, thread_id, words)

    async def _add(self, uow: UnitOfWork, thread_id: int, words: str) -> Thread:
        now_ms = self._clock.now_ms()
        number = await uow.threads.add(thread_id, text=words, operator_id=None, now_ms=now_ms)
        thread = await uow.threads.get(thread_id)
        for person in await operators(uow, self._policy):
            message = _notice(Notice.SUPPORT_ASKED, thread, number, person.id)
            await uow.outbox.add(message, now_ms=now_ms)
        return thread

    @retried
    async def answer(self, command: Command, thread_id: int, text: str) -> Thread:
        """An operator answers; raises NotAnOperator, NotFound, WrongState when it is closed."""
        words, now_ms = self._words(text), self._clock.now_ms()
        async with self._storage.begin() as uow:
            by = await operator(uow, self._policy, command.person_id)
            thread = await uow.threads.get(thread_id)
            if await self._is_repeated(uow, command, "thread_answer"):
                return thread
            _is_open(thread)
            number = await uow.threads.add(thread_id, text=words, operator_id=by.id, now_ms=now_ms)
            await self._log(uow, by.id, "answer", thread_id)
            message = _notice(Notice.SUPPORT_ANSWERED, thread, number, thread.person_id)
            await uow.outbox.add(message, now_ms=now_ms)
            return await uow.threads.get(thread_id)

    async def thread(self, person_id: int, thread_id: int) -> Thread:
        """For its person and for operators; for others NotFound."""
        async with self._storage.read() as uow:
            return await self._visible(uow, person_id, thread_id)

    @retried
    async def close(self, command: Command, thread_id: int) -> Thread:
        """The matter is settled; its person or an operator says so."""
        async with self._storage.begin() as uow:
            thread = await self._visible(uow, command.person_id, thread_id)
            if await self._is_repeated(uow, command, "thread_close"):
                return thread
            await uow.threads.close(thread_id)
            if thread.person_id != command.person_id:
                await self._log(uow, command.person_id, "close", thread_id)
            return await uow.threads.get(thread_id)

    async def _visible(self, uow: UnitOfWork, person_id: int, thread_id: int) -> Thread:
        thread = await uow.threads.get(thread_id)
        person = await uow.people.get(person_id)
        if thread.person_id != person_id and person.telegram_id not in self._policy.operators:
            raise NotFound("thread")
        return thread

    async def _is_repeated(self, uow: UnitOfWork, command: Command, name: str) -> bool:
        return await uow.command(command, name=name, now_ms=self._clock.now_ms()) is not None

    async def _log(self, uow: UnitOfWork, operator_id: int, act: str, thread_id: int) -> None:
        await uow.upkeep.log_act(
            operator_id,
            act=f"support_{act}",
            detail=f"thread {thread_id}",
            now_ms=self._clock.now_ms(),
        )

    def _words(self, text: str) -> str:
        return checked(text, least=1, most=self._policy.limits.note_max)


def _is_open(thread: Thread) -> None:
    if not thread.is_open:
        raise WrongState("support", "closed")


def _notice(notice: Notice, thread: Thread, number: int, person_id: int) -> Message:
    return Message(
        notice=notice,
        key=f"thread:{thread.id}:{number}:{person_id}",
        person_id=person_id,
        order_id=thread.order_id,
        facts={"thread": thread.id, "number": number},
    )
