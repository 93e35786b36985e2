"""Reading what Crypto Pay answers: exactly, or not at all."""

from decimal import Decimal

import pytest

from market.money import MINOR_MAX, Currency, Money
from payments.crypto_pay import answers
from payments.crypto_pay.refusals import NobodyKnows
from tests.support.crypto_bench import Bench

PLAIN = {"invoice_id": 1, "status": "active", "asset": "USDT", "amount": "1"}


def test_numbers_become_decimals() -> None:
    """Also where the provider writes a number and not a text."""
    assert {"a": Decimal("0.1")} == answers.loads(b'{"a": 0.1}')


@pytest.mark.parametrize(
    ("asset", "amount", "minor"),
    [("USDT", "0.000001", 1), ("XTR", "7", 7), ("BDT", "1.50", 150), ("USDT", "1E+3", 10**9)],
)
def test_exact_amounts_are_kept(asset: str, amount: str, minor: int) -> None:
    """A decimal becomes whole minor units."""
    assert Money(minor, Currency(asset)) == answers.money(asset, Decimal(amount))


@pytest.mark.parametrize(
    ("asset", "amount"),
    [("USDT", "0.0000001"), ("TON", "1"), ("USDT", "0"), ("USDT", "-1"), ("USDT", "Infinity")],
)
def test_other_amounts_are_not(asset: str, amount: str) -> None:
    """Too many digits, another currency, nothing, less than nothing, too much."""
    assert answers.money(asset, Decimal(amount)) is None


def test_too_much_is_not_kept() -> None:
    """The ledger has a limit."""
    assert answers.money("XTR", Decimal(MINOR_MAX + 1)) is None


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(1, "USDT", "0.000001"), (12_500_000, "USDT", "12.500000"), (7, "XTR", "7")],
)
def test_amounts_are_written_in_full(minor: int, currency: str, text: str) -> None:
    """Without exponents."""
    assert text == answers.written(Money(minor, Currency(currency)))


@pytest.mark.parametrize(
    "changes",
    [
        {"invoice_id": None},
        {"status": ""},
        {"amount": None},
        {"amount": True},
        {"amount": "one"},
        {"expiration_date": "yesterday"},
        {"expiration_date": "2026-01-01T00:00:00"},
    ],
)
def test_a_broken_invoice_is_none(changes: dict[str, object]) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r".+"):
        answers.invoice(PLAIN | changes)


@pytest.mark.parametrize("given", [None, [], "text", 1])
def test_only_objects_are_objects(given: object) -> None:
    """An invoice is one."""
    with pytest.raises(answers.Unreadable):
        answers.invoice(given)


@pytest.mark.parametrize("given", [{}, {"items": 1}, "text", None])
def test_only_lists_are_lists(given: object) -> None:
    """Wrapped or not."""
    with pytest.raises(answers.Unreadable):
        answers.items(given)


def test_lists_come_wrapped_and_bare() -> None:
    """The documents say the one, some methods do the other."""
    assert (answers.items({"items": [1]}), answers.items([1])) == ((1,), (1,))


@pytest.mark.parametrize("body", ['{"ok": true, "result": 1}', '{"ok": false}', "[]", "{}", '"x"'])
async def test_an_answer_of_another_form_tells_nothing(bench: Bench, body: str) -> None:
    """Whether the call was carried out stays open."""
    bench.fake.bodies.append(body)
    with pytest.raises(NobodyKnows):
        await bench.client.invoices()
