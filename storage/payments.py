"""Payment intents and providers' facts."""

from market.ledger import FIRST_HOLD
from market.money import Currency, Money
from services.rows import Intent, ProviderFact
from storage.queries import Row, Sql


class Payments:
    """services.repositories.Payments."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add_intent(self, intent: Intent) -> None:
        await self._sql.run(
            "intent_add",
            id=intent.id,
            order_id=intent.order_id,
            person_id=intent.person_id,
            purpose=intent.purpose,
            currency=intent.amount.currency,
            amount_minor=intent.amount.minor,
            created_ms=intent.created_ms,
            rail=intent.rail,
            hold=intent.hold,
        )

    async def intent(self, intent_id: str) -> Intent | None:
        return _intent(await self._sql.one("intent_get", id=intent_id))

    async def authorise(self, intent_id: str, *, until_ms: int) -> None:
        await self._sql.run("intent_authorise", id=intent_id, until_ms=until_ms)

    async def intent_of_order(self, order_id: int, *, hold: int = FIRST_HOLD) -> Intent | None:
        return _intent(await self._sql.one("intent_of_order", order_id=order_id, hold=hold))

    async def add_fact(self, fact: ProviderFact) -> bool:
        added = await self._sql.value(
            "fact_add",
            rail=fact.rail,
            external_id=fact.external_id,
            kind=fact.kind,
            person_id=fact.person_id,
            currency=fact.amount.currency,
            amount_minor=fact.amount.minor,
            intent_id=fact.intent_id,
            order_id=fact.order_id,
            at_ms=fact.at_ms,
        )
        return added is not None

    async def fact(self, rail: str, external_id: str, kind: str) -> ProviderFact | None:
        row = await self._sql.one("fact_get", rail=rail, external_id=external_id, kind=kind)
        return None if row is None else _fact(row)


def _money(row: Row) -> Money:
    return Money(row["amount_minor"], Currency(row["currency"]))


def _intent(row: Row | None) -> Intent | None:
    if row is None:
        return None
    return Intent(
        id=row["id"],
        order_id=row["order_id"],
        person_id=row["person_id"],
        purpose=row["purpose"],
        amount=_money(row),
        created_ms=row["created_ms"],
        authorised_until_ms=row["authorised_until_ms"],
        rail=row["rail"],
        hold=row["hold"],
    )


def _fact(row: Row) -> ProviderFact:
    return ProviderFact(
        rail=row["rail"],
        external_id=row["external_id"],
        kind=row["kind"],
        person_id=row["person_id"],
        amount=_money(row),
        intent_id=row["intent_id"],
        order_id=row["order_id"],
        at_ms=row["at_ms"],
    )
