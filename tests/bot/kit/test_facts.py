"""Providers' facts: whatever goes wrong while they are written down, they are not forgotten."""

from typing import Any

import pytest

from bot.handlers import payments
from market.errors import Busy, Conflict, InsufficientFunds
from tests.bot.kit.conftest import Desktop
from tests.support.telegram import Person

PAID = {
    "currency": "XTR",
    "total_amount": 250,
    "invoice_payload": "p",
    "telegram_payment_charge_id": "c1",
    "provider_payment_charge_id": "",
}


@pytest.mark.parametrize("refusal", [Busy(), Conflict(), InsufficientFunds("")])
async def test_a_payment_outlives_a_refusal(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    """A busy database or a lost race is no answer to money: the update is tried until it landed."""
    service, failures = type(desktop.services.payments), [refusal, refusal]
    land = service.paid

    async def sometimes(*args: Any, **facts: Any) -> Any:
        if failures:
            raise failures.pop()
        return await land(*args, **facts)

    monkeypatch.setattr(service, "paid", sometimes)
    running = desktop.application(payments.routes(desktop.services))
    await running.takes(Person(11).message(successful_payment=PAID))
    outcome = await desktop.services.payments.paid(
        telegram_id=11, charge_id="c1", intent_id="p", currency="XTR", total=250
    )
    assert (outcome.repeated, desktop.telegram.texts()) == (True, [])
