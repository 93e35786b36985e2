"""What is forgotten: people who wish it, and what is past its time. Protocols only."""

from typing import Protocol

from market.privacy import Needs


class Privacy(Protocol):
    """Erasing names, words and addresses of files; never money, and nothing of open orders."""

    async def needs(self, person_id: int) -> Needs:
        """What stands in the way; who writes holds the person from here on."""
        ...

    async def forget(self, person_id: int, *, now_ms: int) -> None:
        """Name, drafts, sender digits, quick replies, and what was written in closed orders."""
        ...

    async def erasable(self, before_ms: int, *, limit: int) -> tuple[int, ...]:
        """Orders that were over before that moment and still have their words and files."""
        ...

    async def erase_order(self, order_id: int, *, now_ms: int) -> None: ...
    async def erase_claims(self, before_ms: int, *, now_ms: int, limit: int) -> int:
        """Sender digits of decided claims; answers how many."""
        ...

    async def erase_evidence(self, before_ms: int, *, limit: int) -> int:
        """Pictures of payouts that ended before that moment; answers how many."""
        ...

    async def erase_notices(self, after_id: int, before_ms: int, *, limit: int) -> int:
        """What old notices said, from that row on; answers the last row that was looked at."""
        ...
