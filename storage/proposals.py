"""Money that waits for a second person, as rows and back."""

from market.errors import Conflict, NotFound
from market.money import Currency, Money
from market.proposals import MoneyProposal, NewProposal, ProposalState
from storage.queries import Row, Sql


class Proposals:
    """services.repositories.Proposals."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, proposal: NewProposal) -> MoneyProposal | None:
        number = await self._sql.value(
            "money_proposal_add",
            rail=proposal.rail,
            charge_id=proposal.charge_id,
            currency=proposal.amount.currency,
            amount_minor=proposal.amount.minor,
            proposed_by=proposal.proposed_by,
            proposed_ms=proposal.proposed_ms,
            given_to=proposal.given_to,
            why=proposal.why,
        )
        return None if number is None else await self.get(number)

    async def get(self, proposal_id: int) -> MoneyProposal:
        row = await self._sql.one("money_proposal_get", id=proposal_id)
        if row is None:
            raise NotFound("proposal")
        return _proposal(row)

    async def of_charge(self, rail: str, charge_id: str) -> MoneyProposal | None:
        row = await self._sql.one("money_proposal_of", rail=rail, charge_id=charge_id)
        return None if row is None else _proposal(row)

    async def draws(self, *, limit: int) -> tuple[MoneyProposal, ...]:
        return tuple(map(_proposal, await self._sql.rows("draws_waiting", row_limit=limit)))

    async def end(
        self, proposal: MoneyProposal, state: ProposalState, *, by: int, now_ms: int
    ) -> None:
        ended = await self._sql.value(
            "money_proposal_end", id=proposal.id, state=state, ended_by=by, ended_ms=now_ms
        )
        if ended is None:
            raise Conflict

    async def let_go(self, person_id: int, amount: Money, *, now_ms: int) -> None:
        await self._sql.run(
            "let_go_add",
            person_id=person_id,
            currency=amount.currency,
            amount_minor=amount.minor,
            now_ms=now_ms,
        )

    async def alone(self, person_id: int, currency: Currency, *, after_ms: int) -> int:
        if self._sql.writing:
            await self._sql.value("currency_locked", code=currency)
        sum_minor = await self._sql.value(
            "let_go_sum", person_id=person_id, currency=currency, after_ms=after_ms
        )
        return int(sum_minor)


def _proposal(row: Row) -> MoneyProposal:
    return MoneyProposal(
        id=row["id"],
        rail=row["rail"],
        charge_id=row["charge_id"],
        amount=Money(row["amount_minor"], Currency(row["currency"])),
        proposed_by=row["proposed_by"],
        proposed_ms=row["proposed_ms"],
        given_to=row["given_to"],
        why=row["why"],
        state=ProposalState(row["state"]),
        ended_by=row["ended_by"],
        ended_ms=row["ended_ms"],
    )
