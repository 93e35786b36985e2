"""The Crypto Pay API on aiohttp: one session, typed answers, and failures that say what is known.

The token travels in a header and is in no address and no error.
"""

import math
import time
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import aiohttp

from market.money import Money
from payments.crypto_pay import answers
from payments.crypto_pay.answers import Invoice, Sending
from payments.crypto_pay.refusals import NobodyKnows, NotDone, NotNow, TooMany

TIMEOUT_S, CONNECT_S = 15.0, 5.0
WAIT_S, SOON_S, WAIT_MOST_S = 30.0, 5.0, 3_600.0
SPEND_ID_MAX, DESCRIPTION_MAX, PAGE = 64, 1_024, 1_000
EXPIRES_MIN_S, EXPIRES_MAX_S = 1, 2_678_400
TOO_MANY, BROKEN, FINE = 429, 500, 200
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
T = TypeVar("T")


class CryptoPay:
    """After "too many requests" every call waits, as the provider asked."""

    def __init__(
        self, token: str, base_url: str, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._token = token
        self._root = base_url.rstrip("/")
        self._now_s = now_s
        self._quiet_until_s = -math.inf
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections; a later call would open new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def app_name(self) -> str:
        """What the token belongs to."""
        return str(_read(answers.mapping, await self._call("getMe", {})).get("name") or "")

    async def create_invoice(
        self,
        amount: Money,
        *,
        payload: str,
        description: str,
        expires_in_s: int,
        back_url: str,
    ) -> Invoice:
        """Make an invoice; the same payload twice makes two."""
        given: dict[str, object] = {
            "currency_type": "crypto",
            "asset": amount.currency.value,
            "amount": answers.written(amount),
            "payload": payload,
            "allow_comments": False,
            "allow_anonymous": False,
            "expires_in": min(max(expires_in_s, EXPIRES_MIN_S), EXPIRES_MAX_S),
        }
        if description:
            given["description"] = description[:DESCRIPTION_MAX]
        if back_url:
            given |= {"paid_btn_name": "openBot", "paid_btn_url": back_url}
        return _read(answers.invoice, await self._call("createInvoice", given))

    async def invoices(
        self, *, ids: tuple[str, ...] = (), status: str = "", offset: int = 0
    ) -> tuple[Invoice, ...]:
        """At most PAGE invoices, of these ids or in this status."""
        given: dict[str, object] = {"count": PAGE, "offset": offset}
        if ids:
            given["invoice_ids"] = ",".join(ids)
        if status:
            given["status"] = status
        found = _read(answers.items, await self._call("getInvoices", given))
        return tuple(_read(answers.invoice, one) for one in found)

    async def delete_invoice(self, invoice_id: str) -> None:
        """Take an unpaid invoice away; one that is paid or gone is refused."""
        await self._call("deleteInvoice", {"invoice_id": int(invoice_id)})

    async def transfer(self, amount: Money, *, user_id: int, spend_id: str) -> Sending:
        """Send money to a person; a known `spend_id` is refused with an error."""
        assert 0 < len(spend_id) <= SPEND_ID_MAX, "the id that makes a transfer happen once"
        given: dict[str, object] = {
            "user_id": user_id,
            "asset": amount.currency.value,
            "amount": answers.written(amount),
            "spend_id": spend_id,
        }
        return _read(answers.sending, await self._call("transfer", given))

    async def transfers(self, *, spend_id: str) -> tuple[Sending, ...]:
        """What was sent under this id."""
        found = _read(answers.items, await self._call("getTransfers", {"spend_id": spend_id}))
        sent = tuple(_read(answers.sending, one) for one in found)
        return tuple(one for one in sent if one.spend_id == spend_id)

    async def all_transfers(self, *, offset: int) -> tuple[Sending, ...]:
        """At most PAGE of everything that was sent, by whomever."""
        given: dict[str, object] = {"count": PAGE, "offset": offset}
        found = _read(answers.items, await self._call("getTransfers", given))
        return tuple(_read(answers.sending, one) for one in found)

    async def balance(self, asset: str) -> Decimal:
        """What the provider holds of an asset, also what is on hold."""
        rows = _read(answers.items, await self._call("getBalance", {}))
        mine = [row for row in map(answers.mapping, rows) if row.get("currency_code") == asset]
        parts = [str(row.get(name) or 0) for row in mine for name in ("available", "onhold")]
        return sum(map(Decimal, parts), Decimal(0))

    async def _call(self, method: str, given: dict[str, object]) -> object:
        """The result of one call; raises NotDone, NotNow or NobodyKnows."""
        quiet_s = self._quiet_until_s - self._now_s()
        if quiet_s > 0:
            raise TooMany(quiet_s, "told to wait")
        try:
            async with self._open().post(
                f"{self._root}/api/{method}", json=given, allow_redirects=False
            ) as answer:
                return self._result(answer, await answer.read())
        except _NOT_SENT as error:
            raise NotNow(SOON_S, type(error).__name__) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NobodyKnows(f"{method}: {type(error).__name__}") from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Crypto-Pay-API-Token": self._token},
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S, connect=CONNECT_S),
                trust_env=True,
            )
        return self._session

    def _result(self, answer: aiohttp.ClientResponse, raw: bytes) -> object:
        if answer.status == TOO_MANY:
            wait_s = _wait_s(answer.headers.get("Retry-After", ""))
            self._quiet_until_s = self._now_s() + wait_s
            raise TooMany(wait_s, "too many requests")
        if answer.status >= BROKEN:
            raise NobodyKnows(f"HTTP {answer.status}")
        body = _read(answers.mapping, _read(answers.loads, raw))
        if answer.status == FINE and body.get("ok") is True:
            return body.get("result")
        error = body.get("error")
        if body.get("ok") is not False or not isinstance(error, dict):
            raise NobodyKnows(f"HTTP {answer.status} without an answer")
        raise NotDone(answer.status, str(error.get("name") or "no reason"))


def _read(reader: Callable[..., T], given: object) -> T:
    """An answer that cannot be read tells nothing."""
    try:
        return reader(given)
    except ValueError as error:
        raise NobodyKnows(f"cannot be read: {error}") from None


def _wait_s(header: str) -> float:
    is_number = header.isascii() and header.isdigit()
    return min(float(header), WAIT_MOST_S) if is_number else WAIT_S
