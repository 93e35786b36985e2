"""What Crypto Pay answers, read with care: amounts are decimals and never floats."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal, InvalidOperation

from market.money import MINOR_MAX, Currency, Money

Json = Mapping[str, object]


class Unreadable(ValueError):
    """An answer is not of the form that the documents promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice as reported. `asset` and `amount` are what was paid once it is paid."""

    invoice_id: str
    status: str
    payload: str
    url: str
    asset: str
    amount: Decimal
    fee_asset: str
    fee_amount: Decimal
    expires_ms: int | None
    created_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A transfer to a person as reported."""

    transfer_id: str
    spend_id: str
    user_id: int
    asset: str
    amount: Decimal
    status: str
    at_ms: int | None


def loads(raw: bytes) -> object:
    """JSON with decimals; raises ValueError."""
    parsed: object = json.loads(raw, parse_float=Decimal)
    return parsed


def invoice(given: object) -> Invoice:
    """Raises Unreadable."""
    row = mapping(given)
    is_paid = bool(row.get("paid_asset"))
    return Invoice(
        invoice_id=_text(row, "invoice_id"),
        status=_text(row, "status"),
        payload=str(row.get("payload") or ""),
        url=str(row.get("bot_invoice_url") or row.get("pay_url") or ""),
        asset=_text(row, "paid_asset" if is_paid else "asset"),
        amount=_decimal(row, "paid_amount" if is_paid else "amount"),
        fee_asset=str(row.get("fee_asset") or ""),
        fee_amount=_decimal(row, "fee_amount") if row.get("fee_asset") else Decimal(0),
        expires_ms=_moment(row.get("expiration_date")),
        created_ms=_moment(row.get("created_at")),
    )


def sending(given: object) -> Sending:
    """Raises Unreadable."""
    row = mapping(given)
    return Sending(
        transfer_id=_text(row, "transfer_id"),
        spend_id=_text(row, "spend_id"),
        user_id=int(_text(row, "user_id")),
        asset=_text(row, "asset"),
        amount=_decimal(row, "amount"),
        status=_text(row, "status"),
        at_ms=_moment(row.get("completed_at")),
    )


def items(given: object) -> tuple[object, ...]:
    """The rows of a list, which is sometimes wrapped in an object; raises Unreadable."""
    rows = mapping(given).get("items") if isinstance(given, Mapping) else given
    if not isinstance(rows, list):
        raise Unreadable("no list")
    return tuple(rows)


def mapping(given: object) -> Json:
    """Raises Unreadable."""
    if not isinstance(given, Mapping):
        raise Unreadable("no object")
    return given


def money(asset: str, amount: Decimal) -> Money | None:
    """The exact amount; None in a currency or with digits that the house does not keep."""
    whole = _minor(asset, amount)
    return None if whole is None or whole != whole.to_integral_value() else _kept(asset, whole)


def cost(asset: str, amount: Decimal) -> Money | None:
    """A fee, rounded up to the house's digits: it never looks smaller than it was."""
    whole = _minor(asset, amount)
    return None if whole is None else _kept(asset, whole.to_integral_value(ROUND_CEILING))


def written(amount: Money) -> str:
    """How Crypto Pay reads an amount: a decimal, as text."""
    return format(Decimal(amount.minor).scaleb(-amount.currency.exponent), "f")


def _minor(asset: str, amount: Decimal) -> Decimal | None:
    if asset not in set(Currency) or not amount.is_finite():
        return None
    return amount.scaleb(Currency(asset).exponent)


def _kept(asset: str, whole: Decimal) -> Money | None:
    return Money(int(whole), Currency(asset)) if 0 < whole <= MINOR_MAX else None


def _text(row: Json, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise Unreadable(f"no {name}")
    return str(value)


def _decimal(row: Json, name: str) -> Decimal:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Unreadable(f"no {name}")
    try:
        return Decimal(value)
    except InvalidOperation:
        raise Unreadable(f"{name} is no number") from None


def _moment(value: object) -> int | None:
    if not isinstance(value, str):
        return None
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise Unreadable("a time without its zone")
    return int(moment.timestamp() * 1_000)
