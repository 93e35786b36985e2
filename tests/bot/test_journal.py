"""The log never holds a token, nor what belongs to somebody's account."""

import json
import logging

import pytest
import structlog
from pydantic import TypeAdapter, ValidationError

from bot import journal
from tests.support.leaks import leaks, typed


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
        ("Nagad 7ABC12DE is taken", "Nagad <reference> is taken"),
        ("7A1B2C is short, 9AB1C2D3E4F5 is long", "<reference> is short, <reference> is long"),
        ("the bank says FT26/112-0047.", "the bank says <reference>."),
        ("account 1503204567891001 at City Bank", "account <number> at City Bank"),
        ("to 12345678901 (Sonali)", "to <number> (Sonali)"),
        (
            "Claim(reference='70112233', digits='4321')",
            "Claim(reference='<hidden>', digits='<hidden>')",
        ),
        ('{"reference": "70112233", "row": 5}', '{"reference": "<hidden>", "row": 5}'),
        ("[IntegrityError('9AB1C2D3E4')]", "[IntegrityError('<reference>')]"),
        (
            "chat -1001234567890 at 2026-11-22T13:06:54Z",
            "chat -1001234567890 at 2026-11-22T13:06:54Z",
        ),
        (
            "HTTP/1.1 row 12345678 P15 I8 of GIGHAAT_KEY",
            "HTTP/1.1 row 12345678 P15 I8 of GIGHAAT_KEY",
        ),
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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["9AB1C2D3E4", 5], "['<reference>', 5]"),
        (ValueError("01712345678"), "ValueError('<number>')"),
        (None, None),
        (0.5, 0.5),
    ],
)
def test_values_of_any_kind_are_read_before_they_are_written(
    value: object, expected: object
) -> None:
    """A list or an exception is written as text, so it is looked at as text."""
    assert journal.scrub(None, "", {"reason": value}) == {"reason": expected}


def test_what_a_name_says_to_be_somebodys_is_hidden() -> None:
    """A reference of digits only has no shape."""
    event = {"reference": "70112233", "row": 70112233, "_record": ["9AB1C2D3E4"]}
    expected = {"reference": "<hidden>", "row": 70112233, "_record": ["9AB1C2D3E4"]}
    assert journal.scrub(None, "", event) == expected


@pytest.mark.parametrize("as_json", [True, False])
def test_the_line_is_scrubbed_as_it_is_written(
    as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of our own events and of those of libraries, with their exceptions."""
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = [*root.handlers]
    journal.set_up(level="INFO", as_json=as_json)
    try:
        structlog.get_logger("ours").warning(
            "odd", of=[{"row": ValueError("DETAIL: (FT26/112-0047)")}]
        )
        try:
            int("1503204567891001 taka")
        except ValueError:
            logging.getLogger("theirs").exception("at %s", ["9AB1C2D3E4"])
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
    written = capsys.readouterr().err
    assert leaks(written, "FT26/112-0047", "1503204567891001", "9AB1C2D3E4") == []
    assert "odd" in written
    assert "ValueError" in written
    if as_json:
        assert all(json.loads(line)["event"] for line in written.splitlines())


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


def test_the_scan_knows_what_people_typed() -> None:
    """In the forms in which the house keeps it; commands and short words are left out."""
    said = ("ft26/112-0047", "/start g_12345678", "Nagad: 70112233", "5000", "01711-000001")
    entries = [{"update": {"message": {"text": text}}} for text in said]
    expected = {"ft26/112-0047", "FT26/112-0047", "FT26/1120047", "70112233"}
    assert expected | {"01711-000001", "01711000001"} == typed([*entries, {"kind": "answer"}])
    assert leaks("row 701122334", "70112233") == []
    assert leaks("of 70112233", "70112233") == ["a secret in the log: of 70112233"]
