"""Stars that came from somebody outside of any order, on their way back to who sent them (P23)."""

from market.change import Change, Refund
from market.errors import NotFound
from market.house_postings import suspense_returned
from market.policy import Policy
from market.rails import STARS
from market.treasury import HouseLine
from services.attempts import retried
from services.operators import Operating, owner
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command, ProviderFact


class UnknownMoney:
    """A part of `TreasuryService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _operating: Operating

    @retried
    async def return_unknown(self, command: Command, transfer_id: int) -> None:
        """An owner lets money of nobody go back the way it came, whole, and once.

        What Telegram refuses can be given up like any refund, and is its sender's credit then.
        Raises NotAnOwner, NotFound (there is no such line, or nobody to send it to),
        InsufficientFunds when it was given to somebody else meanwhile.
        """
        async with self._storage.begin() as uow:
            line = await self._line(uow, command, transfer_id)
            detail = f"row {transfer_id}: {line.goes_back} {line.transfer.amount.minor}"
            if await self._operating.is_owners_first(
                uow, command, act="unknown_returned", detail=detail
            ):
                await self._promise(uow, line)

    async def _promise(self, uow: UnitOfWork, line: HouseLine) -> None:
        telegram_id = await uow.books.sender(STARS, line.goes_back) if line.may_go_back else None
        if telegram_id is None:
            raise NotFound("transfer")
        now_ms = self._clock.now_ms()
        person = await uow.people.by_telegram(telegram_id)
        if person is None:  # as with payments: the money needs an owner
            person = await uow.people.add(telegram_id, language="en", zone="UTC", now_ms=now_ms)
        amount = line.transfer.amount
        fact = ProviderFact(
            rail=STARS,
            external_id=line.goes_back,
            kind="in",
            person_id=person.id,
            amount=amount,
            intent_id=None,
            order_id=None,
            at_ms=line.at_ms,
        )
        if not await uow.payments.add_fact(fact):
            raise NotFound("transfer")
        refund = Refund(STARS, line.goes_back, person.id, amount, None)
        journal = suspense_returned(STARS, line.goes_back, amount)
        await uow.record(Change(journals=(journal,), refunds=(refund,)), now_ms=now_ms)

    async def _line(self, uow: UnitOfWork, command: Command, transfer_id: int) -> HouseLine:
        await owner(uow, self._policy, command.person_id)
        line = await uow.books.house_line(transfer_id)
        if line is None:
            raise NotFound("transfer")
        return line
