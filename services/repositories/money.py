"""Money: providers' facts and the ledger. Protocols only."""

from typing import Protocol

from market.desk import HouseMoney
from market.ledger import FIRST_HOLD, Account
from market.money import Currency
from market.read import AuditFinding, Balance, StatementLine
from market.statement import Moves, Part, Period, Purses, StatementRow
from services.rows import Intent, ProviderFact


class Payments(Protocol):
    """Intents and providers' facts."""

    async def add_intent(self, intent: Intent) -> None: ...
    async def intent(self, intent_id: str) -> Intent | None: ...
    async def authorise(self, intent_id: str, *, until_ms: int) -> None:
        """A checkout of it was approved; the money may arrive until then."""
        ...

    async def intent_of_order(self, order_id: int, *, hold: int = FIRST_HOLD) -> Intent | None:
        """The newest one for that hold of the order."""
        ...

    async def add_fact(self, fact: ProviderFact) -> bool:
        """False when this fact is known already (nothing is written then)."""
        ...

    async def fact(self, rail: str, external_id: str, kind: str) -> ProviderFact | None: ...


class Ledger(Protocol):
    """Reading the ledger. Only UnitOfWork.record writes it."""

    async def holds(self, account: Account) -> int:
        """What is in the account; inside `begin` nobody else takes of it until the commit."""
        ...

    async def balances(self, person_id: int) -> tuple[Balance, ...]: ...
    async def statement(
        self, person_id: int, *, offset: int, limit: int
    ) -> tuple[StatementLine, ...]: ...
    async def moves(self, person_id: int) -> tuple[Moves, ...]:
        """In which currencies the person's money moved, and between which moments."""
        ...

    async def purses(self, person_id: int, currency: Currency, *, before_ms: int) -> Purses:
        """What the person's accounts held before a moment."""
        ...

    async def transfers(
        self, person_id: int, currency: Currency, period: Period, part: Part
    ) -> tuple[StatementRow, ...]:
        """The person's transfers in the period, once each."""
        ...

    async def of_order(self, order_id: int) -> tuple[StatementLine, ...]:
        """Every transfer of the order, oldest first; `account` is where it went."""
        ...

    async def house_money(self) -> tuple[HouseMoney, ...]:
        """What the house keeps and for whom, by currency."""
        ...

    async def next_clear_ms(self, person_id: int) -> int | None: ...
    @property
    def rules(self) -> tuple[str, ...]:
        """What the audit is made of, to be asked for one after the other."""
        ...

    async def broken(self, rule: str) -> tuple[AuditFinding, ...]:
        """Where one of them does not hold; reads every row that it is about."""
        ...

    async def audit(self) -> tuple[AuditFinding, ...]:
        """I1 … I8 and I11 from scratch over all rows; empty when the books are right."""
        ...
