"""The terms of an invoice, read and checked; how they are paid is in payments.py."""

from typing import Any

from sandbox.messages import InvoiceTerms
from sandbox.rules import refuse
from sandbox.schema import spec
from sandbox.stars import CURRENCY

_LIMITED = {
    "title": "invoice_title",
    "description": "invoice_description",
    "payload": "invoice_payload",
}
_START_MAX = 64


def terms_from(values: dict[str, Any]) -> InvoiceTerms:
    for name, rule in _LIMITED.items():
        text = values.get(name)
        if not isinstance(text, str) or not spec().limit("sendInvoice", name).holds(text):
            raise refuse(rule)
    currency = values.get("currency")
    if currency != CURRENCY:
        raise refuse("provider" if _is_currency(currency) else "currency")
    if values.get("provider_token"):
        raise refuse("provider")
    return InvoiceTerms(
        title=values["title"],
        description=values["description"],
        currency=CURRENCY,
        amount=_amount(values.get("prices")),
        payload=values["payload"],
        start_parameter=_start_parameter(values.get("start_parameter") or ""),
    )


def _is_currency(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 3 and value.isalpha() and value.isupper()


def _amount(prices: Any) -> int:
    if not isinstance(prices, list) or not all(isinstance(price, dict) for price in prices):
        raise refuse("prices_json")
    if len(prices) != 1:
        raise refuse("stars_prices")
    amount = _whole(prices[0].get("amount"))
    if amount is None or not isinstance(prices[0].get("label"), str) or not prices[0]["label"]:
        raise refuse("prices_json")
    if amount < 1:
        raise refuse("stars_amount")
    return amount


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and value.removeprefix("-").isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _start_parameter(value: str) -> str:
    plain = value.replace("-", "").replace("_", "")
    if len(value) > _START_MAX or (value and not (plain.isalnum() and plain.isascii())):
        raise refuse("invoice_start")
    return value


def invoice_content(terms: InvoiceTerms) -> dict[str, Any]:
    return {"invoice": terms.to_api()}


def with_pay_button(markup: dict[str, Any] | None, *, terms: InvoiceTerms) -> dict[str, Any]:
    """Telegram puts a Pay button under an invoice that has no keyboard."""
    pay = {"text": f"Pay ⭐️{terms.amount}", "pay": True}
    return markup or {"inline_keyboard": [[pay]]}
