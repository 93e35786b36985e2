"""Crypto Pay as its documents describe it, on loopback: strict with callers, faulty on request.

A fault is put on a method with `fail`; it is used up by the next call. "fine" is no fault, and
"forgetful" a list that does not know yet what happened a moment ago. `meanwhile` happens once,
after a call was carried out and before its answer leaves. Lists come newest first, or the other
way round: no document says which.
"""

import hashlib
import hmac
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any, Literal

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "12345:AAcrypto"
FEE_SHARE = Decimal("0.03")
LEAST, MOST = Decimal(1), Decimal(25_000)
Fault = Literal[
    "fine",
    "silent after",
    "silent before",
    "broken after",
    "broken before",
    "flood",
    "garbage",
    "denied",
    "forgetful",
]


class Refusal(Exception):
    """The API says no."""

    def __init__(self, name: str, code: int = 400) -> None:
        super().__init__(name)
        self.name, self.code = name, code


@dataclass
class FakeCryptoPay:
    """The provider's books, and the server in front of them."""

    now_ms: Callable[[], int]
    users: set[int] = field(default_factory=set)
    balance: Decimal = Decimal(0)
    invoices: dict[int, dict[str, Any]] = field(default_factory=dict)
    transfers: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    takes_fee: bool = True
    oldest_first: bool = False
    refuse: str = ""
    duplicate: str = "DUPLICATE"
    bodies: list[str] = field(default_factory=list)
    meanwhile: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _ids: Any = field(default_factory=lambda: count(7_001))
    _server: TestServer | None = None

    async def start(self) -> str:
        """Listen; answers the base address."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._on_call)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        """Hang up."""
        assert self._server is not None
        await self._server.close()

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of this method go wrong like that."""
        self.faults[method].extend(faults)

    def named(self, method: str) -> list[dict[str, Any]]:
        """What the calls of one method asked for."""
        return [given for name, given in self.calls if name == method]

    def pay(self, invoice_id: int | str, **changes: Any) -> dict[str, Any]:
        """Somebody pays by the link."""
        made = self.invoices[int(invoice_id)]
        assert self._seen(made)["status"] == "active", "the link works no more"
        fee = Decimal(made["amount"]) * (FEE_SHARE if self.takes_fee else 0)
        paid: dict[str, Any] = {
            "status": "paid",
            "paid_asset": made["asset"],
            "paid_amount": made["amount"],
            "fee_asset": made["asset"],
            "fee_amount": float(fee),
            "paid_at": _iso(self.now_ms()),
        }
        made |= paid | changes
        self.balance += Decimal(made["amount"]) - fee
        return made

    def sent_to(self, user_id: int) -> Decimal:
        """All that went to one person."""
        mine = [Decimal(one["amount"]) for one in self.transfers if one["user_id"] == user_id]
        return sum(mine, Decimal(0))

    def webhook(
        self, invoice_id: int, *, at_ms: int | None = None, **changes: Any
    ) -> tuple[bytes, str]:
        """A webhook's body and its signature; `changes` are of the invoice that it tells of."""
        update = {
            "update_id": 1,
            "update_type": "invoice_paid",
            "request_date": _iso(self.now_ms() if at_ms is None else at_ms),
            "payload": self.invoices[invoice_id] | changes,
        }
        raw = json.dumps(update).encode()
        secret = hashlib.sha256(TOKEN.encode()).digest()
        return raw, hmac.new(secret, raw, hashlib.sha256).hexdigest()

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        method, given = request.match_info["method"], await request.json()
        self.calls.append((method, given))
        if self.bodies:
            return web.Response(text=self.bodies.pop())
        fault = self.faults[method].popleft() if self.faults[method] else None
        if fault not in {None, "fine"} and not fault.endswith("after"):
            return await self._faulty(request, fault)
        answer = self._answer(request, method, given)
        if method in self.meanwhile:
            await self.meanwhile.pop(method)()
        return answer if fault in {None, "fine"} else await self._faulty(request, fault)

    async def _faulty(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        match fault:
            case "flood":
                return web.json_response({"ok": False}, status=429, headers={"Retry-After": "7"})
            case "forgetful":
                return web.json_response({"ok": True, "result": {"items": []}})
            case "garbage":
                return web.Response(text="<html>hello</html>")
            case "denied":
                return _no(Refusal("UNAUTHORIZED", 401))
            case "broken after" | "broken before":
                return web.Response(status=502, text="bad gateway")
            case _:
                assert request.transport is not None
                request.transport.close()
                return web.Response()

    def _answer(self, request: web.Request, method: str, given: dict[str, Any]) -> web.Response:
        if request.headers.get("Crypto-Pay-API-Token") != TOKEN:
            return _no(Refusal("UNAUTHORIZED", 401))
        does = {
            "getMe": self._get_me,
            "createInvoice": self._create_invoice,
            "deleteInvoice": self._delete_invoice,
            "getInvoices": self._get_invoices,
            "transfer": self._transfer,
            "getTransfers": self._get_transfers,
            "getBalance": self._get_balance,
        }.get(method)
        if does is None:
            return _no(Refusal("METHOD_NOT_FOUND", 405))
        try:
            return web.json_response({"ok": True, "result": does(given)})
        except Refusal as refusal:
            return _no(refusal)

    def _get_me(self, _given: dict[str, Any]) -> dict[str, Any]:
        return {"app_id": 1, "name": "GigHaat till"}

    def _create_invoice(self, given: dict[str, Any]) -> dict[str, Any]:
        amount = _amount(given)
        if not 1 <= given.get("expires_in", 1) <= 2_678_400:
            raise Refusal("EXPIRES_IN_INVALID")
        if given.get("paid_btn_name") and not given.get("paid_btn_url"):
            raise Refusal("PAID_BTN_URL_REQUIRED")
        number = next(self._ids)
        made = {
            "invoice_id": number,
            "hash": f"IV{number}",
            "currency_type": given["currency_type"],
            "asset": given["asset"],
            "amount": format(amount, "f"),
            "bot_invoice_url": f"https://t.me/CryptoBot?start=IV{number}",
            "status": "active",
            "created_at": _iso(self.now_ms()),
            "expires_at_ms": self.now_ms() + given["expires_in"] * 1_000,
            "expiration_date": _iso(self.now_ms() + given["expires_in"] * 1_000),
            "allow_anonymous": given.get("allow_anonymous", True),
            "description": given.get("description", ""),
            "payload": given.get("payload", ""),
        }
        self.invoices[number] = made
        return self._seen(made)

    def _delete_invoice(self, given: dict[str, Any]) -> bool:
        made = self.invoices.get(given["invoice_id"])
        if made is None or self._seen(made)["status"] != "active":
            raise Refusal("INVOICE_NOT_FOUND")
        del self.invoices[given["invoice_id"]]
        return True

    def _get_invoices(self, given: dict[str, Any]) -> dict[str, Any]:
        wanted = set(given.get("invoice_ids", "").split(",")) - {""}
        rows = [self._seen(one) for one in self._listed(list(self.invoices.values()))]
        if wanted:
            rows = [row for row in rows if str(row["invoice_id"]) in wanted]
        if "status" in given:
            rows = [row for row in rows if row["status"] == given["status"]]
        return _page(rows, given)

    def _listed(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return rows if self.oldest_first else rows[::-1]

    def _transfer(self, given: dict[str, Any]) -> dict[str, Any]:
        amount, spend_id = _amount(given), given.get("spend_id")
        if not isinstance(spend_id, str) or not 0 < len(spend_id) <= 64:
            raise Refusal("SPEND_ID_INVALID")
        if any(one["spend_id"] == spend_id for one in self.transfers):
            raise Refusal(self.duplicate)
        if self.refuse:
            raise Refusal(self.refuse)
        if given["user_id"] not in self.users:
            raise Refusal("USER_NOT_FOUND")
        if not LEAST <= amount <= MOST:
            raise Refusal("AMOUNT_TOO_SMALL" if amount < LEAST else "AMOUNT_TOO_BIG")
        if amount > self.balance:
            raise Refusal("NOT_ENOUGH_COINS")
        self.balance -= amount
        sent = {
            "transfer_id": next(self._ids),
            "spend_id": spend_id,
            "user_id": given["user_id"],
            "asset": given["asset"],
            "amount": format(amount, "f"),
            "status": "completed",
            "completed_at": _iso(self.now_ms()),
        }
        self.transfers.append(sent)
        return sent

    def _get_transfers(self, given: dict[str, Any]) -> dict[str, Any]:
        wanted = given.get("spend_id")
        rows = [one for one in self.transfers if wanted in {None, one["spend_id"]}]
        return _page(self._listed(rows), given)

    def _get_balance(self, _given: dict[str, Any]) -> list[dict[str, str]]:
        return [
            {"currency_code": "TON", "available": "3.5", "onhold": "0"},
            {"currency_code": "USDT", "available": format(self.balance, "f"), "onhold": "0"},
        ]

    def _seen(self, made: dict[str, Any]) -> dict[str, Any]:
        if made["status"] == "active" and made["expires_at_ms"] <= self.now_ms():
            made["status"] = "expired"
        return made


def _page(rows: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
    start = given.get("offset", 0)
    return {"items": rows[start : start + given.get("count", 100)]}


def _amount(given: dict[str, Any]) -> Decimal:
    if not isinstance(given.get("amount"), str):
        raise Refusal("AMOUNT_INVALID")
    if given.get("asset") not in {"USDT", "TON"}:
        raise Refusal("ASSET_INVALID")
    return Decimal(given["amount"])


def _no(refusal: Refusal) -> web.Response:
    error = {"code": refusal.code, "name": refusal.name}
    return web.json_response({"ok": False, "error": error}, status=refusal.code)


def _iso(ms: int) -> str:
    moment = datetime.fromtimestamp(ms / 1_000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
