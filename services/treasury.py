"""The house's own money: capital, budgets, draws, debts, corrections, and wallets looked into.

Owners act here; operators give goodwill, give up refunds and type what they see in a wallet.
"""

from dataclasses import replace

from market import house_postings
from market.change import Change
from market.errors import InsufficientFunds, NotFound, NotOwed, OwnOrder
from market.gig import checked
from market.house_postings import Budget
from market.ledger import Journal, capital, goodwill, provider, receivable
from market.money import Currency, Money
from market.notices import Message, Notice
from market.payout_terms import Way
from market.policy import Policy
from market.proposals import NewProposal
from market.rails import CRYPTO_PAY, STARS
from market.treasury import Coffers, Debt, Treasury
from market.trust import Check, Held
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.coverage import fees, profit
from services.draws import MOST, WAITS, Draws
from services.freezing import is_frozen
from services.goodwill import credited, give_credit
from services.operators import Operating, operator, staff_member
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command
from services.unknown_money import UnknownMoney

LINES = 20


class TreasuryService(Draws, UnknownMoney):
    """Every act is done once, logged, and one database transaction."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    async def page(self, person_id: int) -> Treasury:
        """For owners and operators; raises NotAnOperator."""
        async with self._storage.read() as uow:
            is_owner = await staff_member(uow, self._policy, person_id)
            held = await uow.books.held()
            return Treasury(
                positions=await uow.books.positions(),
                held=held,
                purses=await _purses(uow, held, self._policy.payout_ways),
                coffers=await _coffers(uow),
                debts=await _debts(uow),
                checks=await newest_checks(uow),
                lines=await uow.books.house_lines(limit=LINES),
                draws=await uow.proposals.draws(limit=MOST),
                is_owner=is_owner,
                is_frozen=await is_frozen(uow),
                now_ms=self._clock.now_ms(),
            )

    async def name(self, person_id: int, about_id: int) -> str:
        """Whom a number means; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await staff_member(uow, self._policy, person_id)
            await uow.people.get(about_id)
            return (await uow.people.contact(about_id)).name

    @retried
    async def put_in(self, command: Command, *, rail: str, amount: Money) -> None:
        """P25: the owner's own money is there now; raises NotAnOwner."""
        journal = house_postings.capital_in(command.key, rail, amount)
        await self._act(command, journal, act="capital", detail=f"{rail} {_said(amount)}")

    @retried
    async def exchanged_in(self, command: Command, *, rail: str, amount: Money) -> None:
        """P22: what became of Stars taken out through Fragment has arrived; raises NotAnOwner."""
        journal = house_postings.exchanged_in(command.key, rail, amount)
        await self._act(command, journal, act="exchanged_in", detail=f"{rail} {_said(amount)}")

    @retried
    async def budget(
        self, command: Command, budget: Budget, amount: Money, *, from_capital: bool
    ) -> None:
        """P25: so much may be given away; raises NotAnOwner, InsufficientFunds."""
        act = f"budget_{budget}"
        async with self._storage.begin() as uow:
            if await self._operating.is_owners_first(uow, command, act=act, detail=_said(amount)):
                own = ((capital(amount.currency), amount),)
                parts = own if from_capital else await fees(uow, amount)
                await self._post(uow, house_postings.budgeted(command.key, budget, parts))

    @retried
    async def write_off(self, command: Command, person_id: int, amount: Money) -> None:
        """P24: the debt will not be paid; raises NotAnOwner, NotOwed."""
        journal = house_postings.write_off(command.key, person_id, amount)
        async with self._storage.begin() as uow:
            detail = f"person {person_id}: {_said(amount)}"
            if await self._operating.is_owners_first(uow, command, act="write_off", detail=detail):
                debt = -await uow.ledger.holds(receivable(person_id, amount.currency))
                if debt < amount.minor:
                    raise NotOwed(debt, amount.currency)
                await self._post(uow, journal)

    @retried
    async def attribute(
        self, command: Command, person_id: int, *, rail: str, amount: Money
    ) -> None:
        """P23: by now it is known whose money it was; it becomes that person's credit.

        Raises NotAnOwner, InsufficientFunds, NotFound.
        """
        journal = house_postings.attributed(command.key, rail, person_id, amount)
        async with self._storage.begin() as uow:
            await uow.people.get(person_id)
            detail = f"person {person_id}: {rail} {_said(amount)}"
            if await self._operating.is_owners_first(uow, command, act="attribute", detail=detail):
                await self._post(uow, journal, credited(command.key, person_id, amount, ""))

    @retried
    async def correct(self, command: Command, transfer_id: int) -> None:
        """P26: mirror a wrong transfer; raises NotAnOwner, NotFound, InsufficientFunds."""
        async with self._storage.begin() as uow:
            line = await self._line(uow, command, transfer_id)
            detail = f"row {transfer_id}: {line.act} {_said(line.transfer.amount)}"
            if await self._operating.is_owners_first(uow, command, act="correct", detail=detail):
                if not line.may_be_corrected:
                    raise NotFound("transfer")
                await self._post(uow, house_postings.correction(transfer_id, line.transfer))

    @retried
    async def give(self, command: Command, person_id: int, amount: Money, *, reason: str) -> bool:
        """P25: goodwill as spend-only credit, never to oneself, never beyond the budget.

        True when it waits for a second person, as a draw does. Raises NotAnOperator, OwnOrder,
        InsufficientFunds, TextTooShort, TextTooLong.
        """
        wish = NewProposal(
            rail="",
            charge_id=None,
            amount=amount,
            proposed_by=command.person_id,
            proposed_ms=self._clock.now_ms(),
            given_to=person_id,
            why=checked(reason, least=1, most=self._policy.limits.reason_max),
        )
        async with self._storage.begin() as uow:
            await uow.people.get(person_id)
            if person_id == command.person_id:
                raise OwnOrder
            await operator(uow, self._policy, command.person_id)
            said = await uow.command(command, name="goodwill", now_ms=wish.proposed_ms)
            if said is not None:
                return said == WAITS
            return await self._give(uow, command, wish)

    async def _give(self, uow: UnitOfWork, command: Command, wish: NewProposal) -> bool:
        budget = goodwill(wish.amount.currency).id
        if await uow.books.balance(budget) < wish.amount.minor:
            raise InsufficientFunds(budget)
        waits = await self._waits(uow, command, wish)
        if not waits:
            await give_credit(uow, command.key, wish, now_ms=wish.proposed_ms)
        return waits

    @retried
    async def give_up_refund(self, command: Command, row_id: int) -> None:
        """P16: a refund that was given up stays with its payer as credit.

        Raises NotAnOperator, NotFound.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            detail = f"row {row_id}"
            if not await self._operating.is_first(uow, command, act="refund_void", detail=detail):
                return
            refund = await uow.books.give_up(row_id, operator_id=command.person_id, now_ms=now_ms)
            if refund is None:
                raise NotFound("row")
            key = (refund.rail, refund.charge_id, refund.payer_id, refund.amount)
            facts = _facts(refund.amount) | {"charge": refund.charge_id, "note": ""}
            kept = Message(
                notice=Notice.REFUND_KEPT,
                key=f"{refund.rail}:{refund.charge_id}:refund-kept",
                person_id=refund.payer_id,
                facts=facts | {"order": refund.order_id},
            )
            await self._post(uow, house_postings.refund_given_up(*key), kept)

    @retried
    async def looked(self, command: Command, *, rail: str, amount: Money) -> Check:
        """What an operator sees in a wallet, beside the ledger; raises NotAnOperator."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            check = Check(
                rail=rail,
                currency=amount.currency,
                reported_minor=amount.minor,
                stored_minor=-await uow.books.balance(provider(rail, amount.currency).id),
                in_flight_minor=0,
                at_ms=now_ms,
                operator_id=command.person_id,
            )
            detail = f"{rail} {_said(amount)}"
            if await self._operating.is_first(uow, command, act="looked", detail=detail):
                await uow.books.add_check(check)
                if not check.is_right:
                    await self._differs(uow, check, command)
            return check

    async def _differs(self, uow: UnitOfWork, check: Check, command: Command) -> None:
        detail = f"{check.reported_minor} ≠ {check.stored_minor} {check.currency}"
        alarm = Alarm(what="balance", about=check.rail, detail=detail, once=command.key)
        await raise_alarm(uow, self._policy, alarm, now_ms=check.at_ms)

    async def _act(self, command: Command, journal: Journal, *, act: str, detail: str) -> None:
        async with self._storage.begin() as uow:
            if await self._operating.is_owners_first(uow, command, act=act, detail=detail):
                await self._post(uow, journal)

    async def _post(self, uow: UnitOfWork, journal: Journal, *messages: Message) -> None:
        change = Change(journals=(journal,), messages=messages)
        await uow.record(change, now_ms=self._clock.now_ms())


async def _purses(
    uow: UnitOfWork, held: tuple[Held, ...], ways: frozenset[Way]
) -> tuple[Held, ...]:
    """Everything but Telegram's Stars, which nobody puts in; wallets without money, too.

    Sellers are paid out of purses that buyers may never pay into.
    """
    found = {(one.rail, one.currency): one for one in held if one.rail != STARS}
    places = [(wallet.rail, wallet.currency) for wallet in await uow.rails.wallets()]
    places += [(way.rail, way.currency) for way in Way if way in ways]
    for rail, currency in (*places, (CRYPTO_PAY, Currency.USDT)):
        found.setdefault((rail, currency), Held(rail=rail, currency=currency, minor=0))
    return tuple(found.values())


async def _coffers(uow: UnitOfWork) -> tuple[Coffers, ...]:
    return tuple(
        [
            replace(one, from_stars=(await profit(uow, Currency(one.currency))).from_stars)
            for one in await uow.books.coffers()
        ]
    )


async def _debts(uow: UnitOfWork) -> tuple[Debt, ...]:
    return tuple(
        [
            replace(one, name=(await uow.people.contact(one.person_id)).name)
            for one in await uow.books.debts(limit=LINES)
        ]
    )


async def newest_checks(uow: UnitOfWork) -> tuple[Check, ...]:
    """The last look at each rail that holds anything."""
    return tuple(
        [
            check
            for one in await uow.books.held()
            for check in await uow.books.checks(one.rail, one.currency, limit=1)
        ]
    )


def _facts(amount: Money) -> dict[str, object]:
    return {"amount_minor": amount.minor, "currency": amount.currency.value}


def _said(amount: Money) -> str:
    return f"{amount.minor} {amount.currency}"
