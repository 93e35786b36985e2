"""The log never holds the token."""

from bot import journal


def test_tokens_are_taken_out() -> None:
    """Also out of addresses and exceptions."""
    token = "123456789:" + "A" * 35
    event = {"event": f"POST /bot{token}/sendMessage", "row": 5}
    expected = {"event": "POST /bot<token>/sendMessage", "row": 5}
    assert expected == journal.scrub(None, "", event)
