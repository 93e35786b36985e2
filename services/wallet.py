"""A person's money, read from the ledger."""

from market.read import Wallet
from market.statement import (
    AccountStatement,
    Moves,
    Part,
    Wanted,
    months_of,
    moves_in,
    period_of,
)
from services.ports import Storage, UnitOfWork

LINES = 8


class WalletService:
    """Balances and statement. Nothing here moves money."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def wallet(self, person_id: int, *, page: int) -> Wallet:
        async with self._storage.read() as uow:
            lines = await uow.ledger.statement(person_id, offset=page * LINES, limit=LINES + 1)
            return Wallet(
                balances=await uow.ledger.balances(person_id),
                lines=lines[:LINES],
                page=page,
                has_more=len(lines) > LINES,
                next_clear_ms=await uow.ledger.next_clear_ms(person_id),
            )

    async def statement(
        self, person_id: int, wanted: Wanted, *, page: int
    ) -> AccountStatement | None:
        """A page of the account statement, newest first; None before any money moved."""
        part = Part(page * LINES, LINES + 1)
        return await self._statement(person_id, wanted, part)

    async def whole_statement(
        self, person_id: int, wanted: Wanted, *, most: int
    ) -> AccountStatement | None:
        """All of it, oldest first; `has_more` where there are more than `most` rows."""
        return await self._statement(person_id, wanted, Part(0, most + 1, newest_first=False))

    async def _statement(
        self, person_id: int, wanted: Wanted, part: Part
    ) -> AccountStatement | None:
        async with self._storage.read() as uow:
            moves = await uow.ledger.moves(person_id)
            if not moves:
                return None
            return await _drawn_up(uow, person_id, wanted, moves, part)


async def _drawn_up(
    uow: UnitOfWork, person_id: int, wanted: Wanted, moves: tuple[Moves, ...], part: Part
) -> AccountStatement:
    known = moves_in(moves, wanted.currency)
    period, currency = period_of(wanted.month, known, wanted.zone), known.currency
    rows = await uow.ledger.transfers(person_id, currency, period, part)
    return AccountStatement(
        currency=currency,
        currencies=tuple(one.currency for one in moves),
        period=period,
        months=months_of(known, wanted.zone),
        opening=await uow.ledger.purses(person_id, currency, before_ms=period.from_ms),
        closing=await uow.ledger.purses(person_id, currency, before_ms=period.until_ms),
        rows=rows[: part.limit - 1],
        page=part.offset // LINES,
        has_more=len(rows) == part.limit,
    )
