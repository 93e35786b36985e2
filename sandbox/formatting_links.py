"""What a link in markup can stand for: a page, a user, a custom emoji or a date.

Read as tdlib's LinkManager.cpp reads them; an entity that comes to nothing is an empty list.
"""

import re
from typing import Any

from sandbox.rules import Refusal, refuse
from sandbox.strict_json import whole

EMOJI_MAX = 2**63
DATE_MAX = 2**31
_MENTION = re.compile(r"tg:(?://)?user/?\?id=(\d+)", re.ASCII)
_EMOJI = re.compile(r"tg:(?://)?emoji/?\?id=(\d+)", re.ASCII)
_TIME = re.compile(r"tg:(?://)?time/?\?(.*)", re.ASCII)
_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


def problem(reason: str) -> Refusal:
    return refuse("entities", reason=reason)


def link_entity(entity: dict[str, Any], *, url: str) -> list[dict[str, Any]]:
    """A link that is none is dropped, as Telegram does; a user link is a mention."""
    mention = _MENTION.fullmatch(url)
    if mention:
        return [{**entity, "type": "text_mention", "user_id": whole(mention[1])}]
    if "." not in url and "://" not in url:
        return []
    full = url if "://" in url else f"http://{url}"
    scheme, _, rest = full.partition("://")
    if rest and "/" not in rest and scheme in {"http", "https"} and "?" not in rest:
        full += "/"
    return [{**entity, "url": full}]


def emoji_entity(entity: dict[str, Any], *, number: str) -> list[dict[str, Any]]:
    if not (number.isascii() and number.isdigit()) or not 0 < whole(number) < EMOJI_MAX:
        raise problem("Invalid custom emoji identifier specified")
    return [{**entity, "type": "custom_emoji", "custom_emoji_id": number}]


def date_entity(entity: dict[str, Any], *, date: int, style: str) -> list[dict[str, Any]]:
    """A date that is none is dropped; the wording about its format is a guess (README.md)."""
    if not _FORMAT.fullmatch(style):
        raise problem("Invalid date-time format specified")
    if not 0 < date < DATE_MAX:
        return []
    known = {**entity, "type": "date_time", "unix_time": date}
    return [known | ({"date_time_format": style} if style else {})]


def special_entity(entity: dict[str, Any], *, url: str | None) -> list[dict[str, Any]]:
    """MarkdownV2 writes emoji and dates as images: ![x](tg://emoji?id=5)."""
    if url is None:
        raise problem("The entity must contain a tg://emoji or tg://time URL")
    emoji = _EMOJI.fullmatch(url)
    if emoji and 0 < whole(emoji[1]) < EMOJI_MAX:
        return emoji_entity(entity, number=emoji[1])
    time = _TIME.fullmatch(url)
    facts = dict(part.partition("=")[::2] for part in time[1].split("&")) if time else {}
    unix = facts.get("unix", "")
    if not (unix.isascii() and unix.isdigit()) or not 0 < whole(unix) < DATE_MAX:
        raise problem("Invalid tg://emoji or tg://time URL specified")
    return date_entity(entity, date=whole(unix), style=facts.get("format", ""))
