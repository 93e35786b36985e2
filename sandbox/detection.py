"""Entities that Telegram finds by itself in anybody's text: commands, mentions, links and so on."""

import re
from typing import Any

from sandbox.schema import utf16_length

FOUND = frozenset(
    {
        *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"),
        "bank_card_number",
    }
)
_HINT = re.compile(r"[/@#.+$]|\d{7}")
_FOUND = re.compile(
    r"(?P<url>(?:https?://|tg://)[^\s<>\"']*[^\s<>\"'.,:;!?)\]]"
    r"|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:com|org|net|me|io|dev|app|bd|info|xyz)\b(?:/[^\s<>\"']*[^\s<>\"'.,:;!?)\]])?)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/@<>]))"
    r"|(?P<cashtag>(?<![\w$])\$(?-i:1INCH|[A-Z]{1,8})(?![\w$]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{2,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=\w*[^\W\d])\w{1,256})"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d -]{6,16}\d(?!\w))",
    re.IGNORECASE,
)


def detected(text: str) -> list[dict[str, Any]]:
    if not _HINT.search(text):
        return []
    return [_entity(found, text=text) for found in _FOUND.finditer(text)]


def _entity(found: re.Match[str], *, text: str) -> dict[str, Any]:
    return {
        "type": found.lastgroup,
        "offset": utf16_length(text[: found.start()]),
        "length": utf16_length(found[0]),
    }
