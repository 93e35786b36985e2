"""What everybody may know about the house's money: held, owed, and when it was last checked."""

from market.trust import Trust
from services.house import AUDIT, audited
from services.ports import Storage
from services.treasury import newest_checks


class TrustService:
    """For every member; nothing here is about anybody in particular."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def page(self) -> Trust:
        """Positions by currency, the newest look at each rail, the last audit."""
        async with self._storage.read() as uow:
            audited_ms, findings = audited(await uow.upkeep.flag(AUDIT))
            return Trust(
                positions=await uow.books.positions(),
                checks=await newest_checks(uow),
                audited_ms=audited_ms,
                is_right=not findings,
            )
