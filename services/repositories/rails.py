"""Rails beside Stars: wallets paid to by hand, claims, refunds by hand, categories. Protocols."""

from typing import Protocol

from market.claims import ByHand, Claim, NewClaim
from market.rails import CategoryPolicy, Wallet


class Claims(Protocol):
    """What buyers say they have sent. One reference of a wallet is claimed once."""

    async def add(self, claim: NewClaim) -> Claim | None:
        """None when the reference is claimed already, and not rejected."""
        ...

    async def get(self, claim_id: int) -> Claim:
        """Raise NotFound."""
        ...

    async def taken(self, wallet: str, reference: str) -> Claim | None:
        """The claim that holds this reference; rejected ones hold nothing."""
        ...

    async def live_of(self, order_id: int) -> Claim | None:
        """The order's claim that nobody has decided."""
        ...

    async def last_of(self, order_id: int) -> Claim | None: ...
    async def waiting(self, *, limit: int) -> tuple[int, ...]:
        """Undecided claims, oldest first."""
        ...

    async def seen(self, claim_id: int, *, minor: int | None, operator_id: int) -> None:
        """One operator saw so much; None: what was seen before does not count any more."""
        ...

    async def decide(self, claim: Claim) -> None:
        """Write state, amount, reason and by whom, once."""
        ...

    async def since(self, person_id: int, from_ms: int) -> int:
        """Claims of the person after that moment, and tries with references that were taken."""
        ...

    async def refuse(self, claim: NewClaim, why: str) -> None:
        """Remember that a reference was refused at once."""
        ...

    async def refusals(self, person_id: int) -> int: ...


class Rails(Protocol):
    """What owners have set up: wallets and categories; and what goes back by hand."""

    async def wallets(self) -> tuple[Wallet, ...]: ...
    async def wallet(self, name: str) -> Wallet | None: ...
    async def save_wallet(self, wallet: Wallet) -> None: ...
    async def policies(self) -> dict[str, CategoryPolicy]:
        """The newest decision about each category, where there is one."""
        ...

    async def add_policy(self, policy: CategoryPolicy) -> None: ...
    async def to_send_back(self, *, limit: int) -> tuple[ByHand, ...]:
        """Refunds by hand that wait, oldest first."""
        ...

    async def to_remind(self, told_ms: int, *, limit: int) -> tuple[int, ...]:
        """Claims whose refund by hand waits and was not told since `told_ms`."""
        ...

    async def reminded(self, rail: str, charge_id: str, *, now_ms: int) -> None: ...

    async def by_hand(self, claim_id: int) -> ByHand | None:
        """The refund of the money that came by this claim."""
        ...

    async def note_refund(
        self, rail: str, charge_id: str, *, reference: str, operator_id: int
    ) -> None: ...
    async def void_refund(
        self, rail: str, charge_id: str, *, operator_id: int, now_ms: int
    ) -> None: ...
