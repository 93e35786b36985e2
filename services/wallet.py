"""A person's money, read from the ledger."""

from market.read import Wallet
from services.ports import Storage

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
