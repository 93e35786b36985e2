"""Deep links into the bot: where a gig's *Order* button in a group leads, and how it is shared."""

from urllib.parse import quote

from bot.ui.callbacks import base36

TRUST = "trust"
_GIG = "g"
_DIGITS_MAX = 12


def gig_link(bot_username: str, gig_id: int) -> str:
    """Opens the bot with this gig's card."""
    return f"https://t.me/{bot_username}?start={_GIG}{base36(gig_id)}"


def trust_link(bot_username: str) -> str:
    """Opens the bot with what the house holds and owes."""
    return f"https://t.me/{bot_username}?start={TRUST}"


def share_link(url: str, text: str) -> str:
    """Opens Telegram's own "send to …" with the link and a line about it."""
    return f"https://t.me/share/url?url={quote(url, safe='')}&text={quote(text, safe='')}"


def gig_id_of(parameter: str) -> int | None:
    """The gig behind a start parameter, None for any other parameter."""
    digits = parameter.removeprefix(_GIG)
    if digits == parameter or not 1 <= len(digits) <= _DIGITS_MAX or not digits.isascii():
        return None
    return int(digits, 36) if digits.isalnum() else None
