"""Withdrawals as rows and back, and what the house can promise."""

from market import ledger
from market.errors import Conflict, NotFound
from market.files import FileRef
from market.money import Currency, Money
from market.payout_read import Funds, WithdrawalEvent, Word
from market.payout_terms import Way
from market.withdrawal import Doing, Step, Withdrawal, WithdrawalState
from storage.queries import Row, Sql

_FILE = ("id", "unique_id", "kind", "name", "size")
_PLAIN = (
    "id",
    "person_id",
    "detail_id",
    "rate_micro",
    "rate_ms",
    "requested_ms",
    "from_ms",
    "spend_id",
    "version",
    "moved_ms",
    "approved_by",
    "operator_id",
    "reference",
    "note",
)
_ASKED = (
    "person_id",
    "detail_id",
    "rate_micro",
    "rate_ms",
    "requested_ms",
    "from_ms",
    "spend_id",
)
_MOVED = ("version", "moved_ms", "approved_by", "operator_id", "reference", "note")


class Withdrawals:
    """services.repositories.Withdrawals."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, withdrawal: Withdrawal) -> Withdrawal:
        given = {name: getattr(withdrawal, name) for name in _ASKED}
        number = await self._sql.value(
            "withdrawal_add",
            way=withdrawal.way,
            source_currency=withdrawal.source.currency,
            source_minor=withdrawal.source.minor,
            currency=withdrawal.amount.currency,
            amount_minor=withdrawal.amount.minor,
            fee_minor=withdrawal.fee.minor,
            needs_approval=int(withdrawal.needs_approval),
            **given,
        )
        return await self.get(number)

    async def get(self, withdrawal_id: int) -> Withdrawal:
        query = "withdrawal_locked" if self._sql.writing else "withdrawal_get"
        row = await self._sql.one(query, id=withdrawal_id)
        if row is None:
            raise NotFound("withdrawal")
        return _withdrawal(row)

    async def by_spend(self, spend_id: str) -> Withdrawal | None:
        row = await self._sql.one("withdrawal_by_spend", spend_id=spend_id)
        return None if row is None else await self.get(row["id"])

    async def say(self, word: Word) -> int:
        names = ("withdrawal_id", "reference", "reason", "said_by", "said_ms")
        columns = {name: getattr(word, name) for name in names}
        return int(await self._sql.value("payout_word_add", **columns))

    async def word(self, withdrawal_id: int) -> Word | None:
        row = await self._sql.one("payout_word_newest", withdrawal_id=withdrawal_id)
        if row is None:
            return None
        return Word(**{name: row[name] for name in Word.__dataclass_fields__})

    async def move(self, before: Withdrawal, after: Withdrawal, doing: Doing) -> None:
        moved = await self._sql.value(
            "withdrawal_move",
            id=before.id,
            seen=before.version,
            state=after.state,
            step=doing.step,
            **{name: getattr(after, name) for name in _MOVED},
            **_evidence_columns(after.evidence),
        )
        if moved is None:
            raise Conflict
        await self._sql.run(
            "withdrawal_event_add",
            withdrawal_id=after.id,
            version=after.version,
            step=doing.step,
            src=before.state,
            dst=after.state,
            person_id=doing.by,
            at_ms=doing.now_ms,
            note=doing.note,
        )

    async def history(self, withdrawal_id: int) -> tuple[WithdrawalEvent, ...]:
        rows = await self._sql.rows("withdrawal_events", withdrawal_id=withdrawal_id)
        return tuple(_event(row) for row in rows)

    async def of(self, person_id: int, *, offset: int, limit: int) -> tuple[Withdrawal, ...]:
        rows = await self._sql.rows(
            "withdrawals_of", person_id=person_id, row_limit=limit, row_offset=offset
        )
        return tuple(_withdrawal(row) for row in rows)

    async def count_since(self, person_id: int, since_ms: int) -> int:
        count: int = await self._sql.value(
            "withdrawals_since", person_id=person_id, since_ms=since_ms
        )
        return count

    async def has_arrived(self, person_id: int) -> bool:
        return await self._sql.value("withdrawal_arrived", person_id=person_id) is not None

    async def open(self, *, limit: int) -> tuple[Withdrawal, ...]:
        rows = await self._sql.rows("withdrawals_open", row_limit=limit)
        return tuple(_withdrawal(row) for row in rows)

    async def to_send(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("withdrawals_to_send", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def to_tell(self, now_ms: int, *, told_ms: int, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows(
            "withdrawals_to_tell", now_ms=now_ms, told_ms=told_ms, row_limit=limit
        )
        return tuple(row["id"] for row in rows)

    async def told(self, withdrawal_id: int, *, now_ms: int) -> None:
        await self._sql.run("withdrawal_told", id=withdrawal_id, now_ms=now_ms)

    async def is_referenced(self, way: Way, reference: str) -> bool:
        found = await self._sql.value("withdrawal_reference", way=way, reference=reference)
        return found is not None

    async def withdrawable(self, person_id: int, currency: Currency) -> int:
        earned, debts = ledger.earned(person_id, currency), ledger.receivable(person_id, currency)
        return int(await self._sql.value("earned_of", account=earned.id, debts=debts.id))

    async def funds(self, way: Way) -> Funds:
        if self._sql.writing:
            await self._sql.value("currency_locked", code=way.currency)
        till = ledger.provider(way.rail, way.currency).id
        held = int(await self._sql.value("payout_till", account=till))
        promised = int(await self._sql.value("payout_promised", way=way))
        own = int(await self._sql.value("payout_own", currency=way.currency))
        return Funds(till_minor=held - promised, own_minor=own)


def _withdrawal(row: Row) -> Withdrawal:
    return Withdrawal(
        way=Way(row["way"]),
        source=Money(row["source_minor"], Currency(row["source_currency"])),
        amount=Money(row["amount_minor"], Currency(row["currency"])),
        fee=Money(row["fee_minor"], Currency(row["currency"])),
        needs_approval=bool(row["needs_approval"]),
        state=WithdrawalState(row["state"]),
        evidence=_evidence(row),
        **{name: row[name] for name in _PLAIN},
    )


def _event(row: Row) -> WithdrawalEvent:
    return WithdrawalEvent(
        version=row["version"],
        step=Step(row["step"]),
        src=WithdrawalState(row["src"]),
        dst=WithdrawalState(row["dst"]),
        person_id=row["person_id"],
        at_ms=row["at_ms"],
        note=row["note"],
    )


def _evidence(row: Row) -> FileRef | None:
    if row["evidence_id"] is None:
        return None
    return FileRef(
        file_id=row["evidence_id"],
        file_unique_id=row["evidence_unique_id"],
        kind=row["evidence_kind"],
        name=row["evidence_name"],
        size=row["evidence_size"],
    )


def _evidence_columns(file: FileRef | None) -> dict[str, object]:
    if file is None:
        return dict.fromkeys([f"evidence_{name}" for name in _FILE])
    values = (file.file_id, file.file_unique_id, file.kind, file.name, file.size)
    return {f"evidence_{name}": value for name, value in zip(_FILE, values, strict=True)}
