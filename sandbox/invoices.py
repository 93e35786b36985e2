"""The terms of an invoice, read and checked; how they are paid is in payments.py."""

from typing import Any

from sandbox.messages import InvoiceTerms
from sandbox.rules import refuse
from sandbox.schema import spec
from sandbox.stars import CURRENCY
from sandbox.strict_json import whole

_LIMITED = {
    "title": "invoice_title",
    "description": "invoice_description",
    "payload": "invoice_payload",
}
_START_MAX = 64
SUBSCRIPTION_SECONDS, SUBSCRIPTION_MAX = 2_592_000, 10_000


def terms_from(values: dict[str, Any]) -> InvoiceTerms:
    for name, rule in _LIMITED.items():
        text = values.get(name)
        if not isinstance(text, str) or not spec().limit("sendInvoice", name).holds(text):
            raise refuse(rule)
    if values.get("currency") != CURRENCY:
        raise refuse("provider")
    if values.get("provider_token"):
        raise refuse("provider")
    if values.get("max_tip_amount") or values.get("suggested_tip_amounts"):
        raise refuse("stars_prices")
    amount, period = _amount(values.get("prices")), values.get("period") or 0
    if period and amount > SUBSCRIPTION_MAX:
        raise refuse("subscription_amount")
    return InvoiceTerms(
        title=values["title"],
        description=values["description"],
        currency=CURRENCY,
        amount=amount,
        payload=values["payload"],
        start_parameter=_start_parameter(values.get("start_parameter") or ""),
        period=period,
    )


def _amount(prices: Any) -> int:
    if not isinstance(prices, list):
        raise refuse("prices_array")
    amounts = [_price(price) for price in prices]
    if not amounts:
        raise refuse("prices_none")
    if sum(amounts) < 1:
        raise refuse("stars_amount")
    if len(amounts) != 1:
        raise refuse("stars_prices")
    return amounts[0]


def _price(price: Any) -> int:
    if not isinstance(price, dict):
        raise refuse("price", reason="LabeledPrice must be an Object")
    for name in ("label", "amount"):
        if name not in price:
            raise refuse("price", reason=f'Can\'t find field "{name}"')
    if not isinstance(price["label"], str):
        raise refuse("price", reason='Field "label" must be of type String')
    if not price["label"]:
        raise refuse("price", reason="LabeledPrice label must be non-empty")
    amount = _whole(price["amount"])
    if amount is None:
        raise refuse("price", reason='Field "amount" must be a Number')
    return amount


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and value.removeprefix("-").isdigit():
        return whole(value)
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
