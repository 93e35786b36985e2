"""The log never holds a token, nor what belongs to somebody's account."""

import pytest
from pydantic import TypeAdapter, ValidationError

from bot import journal
from tests.support.leaks import leaks


def test_tokens_are_taken_out() -> None:
    """Also out of addresses and exceptions."""
    token = "123456789:" + "A" * 35
    event = {"event": f"POST /bot{token}/sendMessage", "row": 5}
    expected = {"event": "POST /bot<token>/sendMessage", "row": 5}
    assert expected == journal.scrub(None, "", event)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Crypto-Pay-API-Token: 12345:" + "Ab-_" * 9, "Crypto-Pay-API-Token: <token>"),
        ("account 01712345678 of 5", "account <number> of 5"),
        ("to +8801712-345678.", "to <number>."),
        ("reference 9AB1C2D3E4 is taken", "reference <reference> is taken"),
        ("DETAIL: Key (wallet)=(bkash)", "DETAIL: <hidden>"),
        ("order 1712345678901 at 1790000000000", "order 1712345678901 at 1790000000000"),
        ("StillNeeded UPDATE 0123456789", "StillNeeded UPDATE 0123456789"),
    ],
)
def test_accounts_and_transfer_numbers_are_taken_out(written: str, expected: str) -> None:
    """By their shapes; numbers of orders and moments stay readable."""
    assert journal.scrubbed(written) == expected
    assert leaks(expected) == []


def test_a_draft_that_cannot_be_read_is_not_quoted() -> None:
    """Four digits of a phone have no shape; the check that quotes them is hidden."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(dict[str, int]).validate_python({"digits": "4321x"})
    assert "4321x" in str(refused.value)
    assert "4321x" not in str(journal.scrubbed(str(refused.value)))


def test_values_that_are_no_text_stay() -> None:
    """A row's number is a row's number."""
    assert journal.scrubbed(4321) == 4321


def test_the_scan_finds_what_it_looks_for() -> None:
    """A line with each of the shapes, and one with a secret."""
    log = "a 12345:" + "A" * 35 + "\nb 01712345678\nc 9AB1C2D3E4\nd input_value='x'\ne hush"
    assert [line.split(" in the log")[0] for line in leaks(log, "hush")] == [
        "a token",
        "a mobile number",
        "a transfer number",
        "what a draft's check quotes",
        "a secret",
    ]
