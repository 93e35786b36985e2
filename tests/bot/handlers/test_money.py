"""Checkouts, payments, refunds and the wallet, as Telegram brings them."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from bot.handlers import payments, reviews, wallet
from bot.i18n import plain
from bot.kit.routing import Checkout
from bot.pictures.pdf import Leaf
from bot.pictures.statement_page import StatementPage
from bot.ui.taps import SendStatement, ShowStatement, ShowWallet, SkipStep
from bot.views import statement_paper
from bot.views.statements import CSV, PDF, too_long_toast
from market import errors
from market.contract import Order
from market.statement import EVER, LATEST
from market.states import State
from tests.support.town import Town
from tests.support.turns import payment_update, turn_of


async def asked(town: Town, order: Order, **changes: Any) -> Checkout:
    """The checkout of this order by its buyer; any of its facts may be changed."""
    facts: dict[str, Any] = {
        "telegram_id": town.buyer.telegram_id,
        "intent_id": await town.services.payments.intent_of(order.id),
        "currency": "XTR",
        "total": 250,
    }
    return Checkout(**(facts | changes))


async def test_a_right_checkout_goes_on(town: Town) -> None:
    """The buyer's own checkout of the right amount is approved and leases the order."""
    order = await town.placed()
    await payments.check(town.services, await asked(town, order))
    assert (await town.order(order.id)).lease_until_ms is not None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"telegram_id": 501}, errors.PaymentMismatch),
        ({"total": 249}, errors.PaymentMismatch),
        ({"currency": "USD"}, errors.PaymentMismatch),
        ({"intent_id": "0" * 32}, errors.NotFound),
        ({"intent_id": ""}, errors.NotFound),
    ],
)
async def test_doubtful_checkouts_are_declined(
    town: Town, changes: dict[str, Any], refusal: type[errors.MarketError]
) -> None:
    """A stranger, another amount, another currency and an unknown invoice are refused."""
    order = await town.placed()
    with pytest.raises(refusal):
        await payments.check(town.services, await asked(town, order, **changes))


async def test_a_paid_order_is_not_paid_twice(town: Town) -> None:
    """An old invoice of a paid order is declined."""
    order = await town.placed()
    checkout = await asked(town, order)
    await town.pay(order)
    with pytest.raises(errors.WrongState):
        await payments.check(town.services, checkout)


async def test_our_own_faults_decline(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken or slow database declines the checkout instead of leaving it open."""
    order = await town.placed()
    checkout = await asked(town, order)

    async def broken(*_args: Any, **_facts: Any) -> None:
        raise OSError

    async def slow(*_args: Any, **_facts: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(payments, "CHECK_SECONDS", 0.01)
    for fault in (broken, slow):
        service = SimpleNamespace(payments=SimpleNamespace(check=fault))
        with pytest.raises(errors.Busy):
            await payments.check(service, checkout)  # type: ignore[arg-type]


async def paid(town: Town, order: Order, charge: str) -> Any:
    """The update that says so."""
    fact = SimpleNamespace(
        telegram_payment_charge_id=charge,
        invoice_payload=await town.services.payments.intent_of(order.id),
        currency="XTR",
        total_amount=250,
    )
    return payment_update(successful_payment=fact)


async def test_a_payment_moves_its_order_once(town: Town) -> None:
    """The order is paid, and the same update once more has no effect."""
    order = await town.placed()
    update = await paid(town, order, "charge-7")
    for _ in range(2):
        await payments.on_paid(turn_of(town, town.buyer, update=update))
    assert (await town.order(order.id)).state is State.AWAITING_REQUIREMENTS
    assert await town.balances(town.buyer) == {"paid_held": 250}


async def test_a_second_payment_goes_back(town: Town) -> None:
    """Another charge for a paid order lands and is promised back, whole."""
    order = await town.placed()
    for charge in ("charge-7", "charge-8"):
        update = await paid(town, order, charge)
        await payments.on_paid(turn_of(town, town.buyer, update=update))
    await town.drain()
    assert town.stars.calls == [(town.buyer.telegram_id, "charge-8")]


async def test_a_refund_is_booked_once(town: Town) -> None:
    """Telegram's word about a refund and our own call are one fact."""
    order = await town.placed()
    for charge in ("charge-7", "charge-8"):
        update = await paid(town, order, charge)
        await payments.on_paid(turn_of(town, town.buyer, update=update))
    back = SimpleNamespace(telegram_payment_charge_id="charge-8")
    for _ in range(2):
        turn = turn_of(town, town.buyer, update=payment_update(refunded_payment=back))
        await payments.on_refunded(turn)
    await town.drain()
    assert await town.balances(town.buyer) == {"paid_held": 250}


async def test_wallet(town: Town) -> None:
    """/wallet shows what is held, and pages below zero are the first page."""
    turn = turn_of(town, town.seller)
    await wallet.on_wallet(turn)
    assert "No money has moved here yet" in turn.text
    await town.order_in(State.COMPLETED)
    await wallet.on_show_wallet(turn, ShowWallet(-3))
    assert "Clearing: 225 ⭐" in turn.text


@dataclass
class Paperwork:
    """Draws nothing; keeps what should have been drawn."""

    pages: list[StatementPage] = field(default_factory=list)

    async def statement(self, pages: tuple[StatementPage, ...]) -> tuple[Leaf, ...]:
        self.pages += pages
        return tuple(Leaf(1, 1, b"") for _ in pages)


async def test_the_statement_by_months_and_as_files(town: Town) -> None:
    """The screen leads to a CSV and a PDF, which come as documents."""
    await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.seller, drawer=Paperwork())
    await wallet.on_show_statement(turn, ShowStatement(-1, LATEST, -5))
    assert "Statement: Telegram Stars" in turn.text
    assert "CSV for a table" in turn.labels
    for kind in (CSV, PDF):
        await wallet.on_send_statement(turn, SendStatement(0, EVER, kind))
    table, paper = turn.sent
    assert (table.name, paper.name) == ("gighaat-statement-xtr.csv", "gighaat-statement-xtr.pdf")
    assert b"your share of order" in table.content
    assert paper.content.startswith(b"%PDF")
    assert turn.drawer.pages[0].facts[0] == ("Name on Telegram", "Rahim")


async def test_a_statement_that_is_too_long(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent; the person is asked to choose a month."""
    await town.order_in(State.CLEARED)
    monkeypatch.setattr(statement_paper, "ROWS_MAX", 1)
    turn = turn_of(town, town.seller)
    await wallet.on_send_statement(turn, SendStatement(0, EVER, PDF))
    assert (turn.sent, turn.toasts) == ([], [too_long_toast(1, turn.tr)])


async def test_no_statement_before_any_money(town: Town) -> None:
    """The wallet tells how money comes."""
    turn = turn_of(town, town.seller)
    await wallet.on_show_statement(turn, ShowStatement(-1, LATEST, 0))
    await wallet.on_send_statement(turn, SendStatement(-1, LATEST, PDF))
    assert ["No money has moved here yet" in plain(one.text) for one in turn.shown] == [True, True]


async def test_late_skip(town: Town) -> None:
    """A second tap on the review's button changes nothing."""
    turn = turn_of(town, town.buyer)
    await reviews.on_late_skip(turn, SkipStep())
    assert (turn.shown, len(turn.toasts)) == ([], 1)


def test_routes(town: Town) -> None:
    """Everything about money is answered."""
    made = [len(area.routes(town.services)) for area in (payments, wallet, reviews)]
    assert made == [3, 4, 1]
