"""Wallets paid to by hand, claims with their senders sealed, refunds by hand, categories."""

from market.claims import ByHand, Claim, ClaimState, NewClaim
from market.errors import NotFound
from market.gig import Fulfilment
from market.money import Currency, Money
from market.rails import CategoryPolicy, Wallet
from storage.cipher import Cipher
from storage.queries import Row, Sql

_WALLET = tuple(Wallet.__dataclass_fields__)
_POLICY = tuple(CategoryPolicy.__dataclass_fields__)
_DECIDED = ("id", "state", "seen_minor", "seen_by", "decided_by", "decided_ms", "reason")


class Claims:
    """services.repositories.Claims."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def add(self, claim: NewClaim) -> Claim | None:
        owner = _owner(claim.order_id, claim.wallet, claim.reference)
        claim_id = await self._sql.value(
            "claim_add",
            wallet=claim.wallet,
            reference=claim.reference,
            order_id=claim.order_id,
            person_id=claim.person_id,
            sealed=self._cipher.seal(claim.digits.encode(), owner=owner),
            created_ms=claim.created_ms,
        )
        return None if claim_id is None else await self.get(claim_id)

    async def get(self, claim_id: int) -> Claim:
        claim = self._claim(await self._sql.one("claim_get", id=claim_id))
        if claim is None:
            raise NotFound("claim")
        return claim

    async def taken(self, wallet: str, reference: str) -> Claim | None:
        return self._claim(await self._sql.one("claim_taken", wallet=wallet, reference=reference))

    async def live_of(self, order_id: int) -> Claim | None:
        return self._claim(await self._sql.one("claim_live", order_id=order_id))

    async def last_of(self, order_id: int) -> Claim | None:
        return self._claim(await self._sql.one("claim_last", order_id=order_id))

    async def waiting(self, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("claims_waiting", row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def seen(self, claim_id: int, *, minor: int | None, operator_id: int) -> None:
        state = ClaimState.WAITING if minor is None else ClaimState.SEEN
        by = None if minor is None else operator_id
        await self._sql.run("claim_seen", id=claim_id, state=state, minor=minor, operator_id=by)

    async def decide(self, claim: Claim) -> None:
        await self._sql.run("claim_decide", **{name: getattr(claim, name) for name in _DECIDED})

    async def since(self, person_id: int, from_ms: int) -> int:
        return int(await self._sql.value("claims_since", person_id=person_id, from_ms=from_ms))

    async def refuse(self, claim: NewClaim, why: str) -> None:
        await self._sql.run(
            "claim_refuse",
            person_id=claim.person_id,
            order_id=claim.order_id,
            wallet=claim.wallet,
            why=why,
            now_ms=claim.created_ms,
        )

    async def refusals(self, person_id: int) -> int:
        return int(await self._sql.value("claim_refusals", person_id=person_id))

    def _claim(self, row: Row | None) -> Claim | None:
        return None if row is None else claim_of(row, self._cipher)


class Rails:
    """services.repositories.Rails."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def wallets(self) -> tuple[Wallet, ...]:
        return tuple(_wallet(row) for row in await self._sql.rows("wallets"))

    async def wallet(self, name: str) -> Wallet | None:
        row = await self._sql.one("wallet_get", name=name)
        return None if row is None else _wallet(row)

    async def save_wallet(self, wallet: Wallet) -> None:
        columns = {name: getattr(wallet, name) for name in _WALLET}
        await self._sql.run("wallet_save", **columns | {"is_open": int(wallet.is_open)})

    async def policies(self) -> dict[str, CategoryPolicy]:
        rows = await self._sql.rows("category_policies")
        return {row["category"]: _policy(row) for row in rows}

    async def add_policy(self, policy: CategoryPolicy) -> None:
        columns = {name: getattr(policy, name) for name in _POLICY}
        await self._sql.run("category_policy_add", **columns)

    async def to_send_back(self, *, limit: int) -> tuple[ByHand, ...]:
        rows = await self._sql.rows("refunds_by_hand", row_limit=limit)
        return tuple(_by_hand(row, self._cipher) for row in rows)

    async def to_remind(self, told_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("refunds_by_hand_untold", told_ms=told_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def reminded(self, rail: str, charge_id: str, *, now_ms: int) -> None:
        await self._sql.run("refund_told", rail=rail, charge_id=charge_id, now_ms=now_ms)

    async def by_hand(self, claim_id: int) -> ByHand | None:
        row = await self._sql.one("refund_of_claim", id=claim_id)
        return None if row is None else _by_hand(row, self._cipher)

    async def note_refund(
        self, rail: str, charge_id: str, *, reference: str, operator_id: int
    ) -> None:
        await self._sql.run(
            "refund_note",
            rail=rail,
            charge_id=charge_id,
            reference=reference,
            operator_id=operator_id,
        )

    async def void_refund(
        self, rail: str, charge_id: str, *, operator_id: int, now_ms: int
    ) -> None:
        await self._sql.run(
            "refund_void", rail=rail, charge_id=charge_id, operator_id=operator_id, now_ms=now_ms
        )


def claim_of(row: Row, cipher: Cipher) -> Claim:
    sealed, owner = bytes(row["sealed"]), _owner(row["order_id"], row["wallet"], row["reference"])
    return Claim(
        id=row["id"],
        wallet=row["wallet"],
        reference=row["reference"],
        order_id=row["order_id"],
        person_id=row["person_id"],
        digits=cipher.open(sealed, owner=owner).decode() if sealed else "",
        created_ms=row["created_ms"],
        state=ClaimState(row["state"]),
        seen_minor=row["seen_minor"],
        seen_by=row["seen_by"],
        decided_by=row["decided_by"],
        decided_ms=row["decided_ms"],
        reason=row["reason"],
    )


def _owner(order_id: int, wallet: str, reference: str) -> str:
    return f"claim:{order_id}:{wallet}:{reference}"


def _by_hand(row: Row, cipher: Cipher) -> ByHand:
    return ByHand(
        claim=claim_of(row, cipher),
        rail=row["rail"],
        amount=Money(row["amount_minor"], Currency(row["currency"])),
        state=row["refund_state"],
        promised_ms=row["promised_ms"],
        reference=row["sent_reference"],
    )


def _wallet(row: Row) -> Wallet:
    stored = {name: row[name] for name in _WALLET}
    currency, is_open = Currency(row["currency"]), bool(row["is_open"])
    return Wallet(**stored | {"currency": currency, "is_open": is_open})


def _policy(row: Row) -> CategoryPolicy:
    stored = {name: row[name] for name in _POLICY}
    return CategoryPolicy(**stored | {"fulfilment": Fulfilment(row["fulfilment"])})
