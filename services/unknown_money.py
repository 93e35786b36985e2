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
        sender = await uow.books.sender(STARS, line.goes_back) if line.may_go_back else None
        if sender is None or not await uow.payments.add_fact(
            fact := await self._fact(uow, line, sender)
        ):
            raise NotFound("transfer")
        assert fact.person_id is not None, "somebody has sent it"
        refund = Refund(STARS, fact.external_id, fact.person_id, fact.amount, None)
        journal = suspense_returned(STARS, fact.external_id, fact.amount)
        change = Change(journals=(journal,), refunds=(refund,))
        await uow.record(change, now_ms=self._clock.now_ms())

    async def _fact(self, uow: UnitOfWork, line: HouseLine, sender: int) -> ProviderFact:
        """As with payments, the money needs somebody whose it is."""
        person = await uow.people.by_telegram(sender)
        if person is None:
            now_ms = self._clock.now_ms()
            person = await uow.people.add(sender, language="en", zone="UTC", now_ms=now_ms)
        return ProviderFact(
            rail=STARS,
            external_id=line.goes_back,
            kind="in",
            person_id=person.id,
            amount=line.transfer.amount,
            intent_id=None,
            order_id=None,
            at_ms=line.at_ms,
        )

    async def _line(self, uow: UnitOfWork, command: Command, transfer_id: int) -> HouseLine:
        await owner(uow, self._policy, command.person_id)
        line = await uow.books.house_line(transfer_id)
        if line is None:
            raise NotFound("transfer")
        return line
