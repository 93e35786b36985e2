"""The log: one line per event on stderr, and never a secret or anybody's account in it."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Tokens of bots and of Crypto Pay; mobile numbers of Bangladesh; what stands under a name that is
# somebody's; transfer numbers of wallets and banks; account numbers (moments in milliseconds and
# ids of groups are as long, and stay); what a database or a draft's check quotes of a row.
_NAMES = r"reference|trx(?:_id)?|account|digits|number_from|holder|pin|sealed|details"
_HIDDEN = (
    (re.compile(r"\d{4,12}:[A-Za-z0-9_-]{30,}\b"), "<token>"),
    (re.compile(r"(?<!\d)(?:\+?88)?01[3-9]\d{2}-?\d{6}(?!\d)"), "<number>"),
    (
        re.compile(rf"""(?<![A-Za-z])({_NAMES})("?=|": |': )(["']?)(?!<)[^"',)\]}}\s]+"""),
        r"\1\2\3<hidden>",
    ),
    (
        re.compile(
            r"(?<![\w./-])(?!\d{4}-\d\d-\d\dT)"
            r"(?=[A-Z0-9./-]*[A-Z])(?=(?:[A-Z./-]*\d){4})"
            r"[A-Z0-9]+(?:[./-]+[A-Z0-9]+)+(?![\w/-])"
        ),
        "<reference>",
    ),
    (re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,20}\b"), "<reference>"),
    (re.compile(r"(?<![\w.-])(?!1[6-9]\d{11}(?!\d))\d{11,17}(?!\w)"), "<number>"),
    (re.compile(r"input_value=.*?(, input_type=|\])", re.DOTALL), r"input_value=<hidden>\1"),
    (re.compile(r"DETAIL: (?!<hidden>).*"), "DETAIL: <hidden>"),
)
_READABLE = (int, float, type(None))
_secrets: set[str] = set()
_QUIET = ("httpx", "httpcore", "aiohttp", "telegram", "asyncio")
_SILENT = ("apscheduler",)  # it warns of every tick that finds its sweep still running


def set_up(*, level: str, as_json: bool, secrets: tuple[str, ...] = ()) -> None:
    """Our events and those of libraries take the same way; `secrets` are taken out of all texts."""
    _secrets.update(filter(None, secrets))
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        scrub,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=level, handlers=[_handler(shared, as_json=as_json)], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)


def _handler(shared: list[structlog.typing.Processor], *, as_json: bool) -> logging.Handler:
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared], processors=[strip, scrub, last, _scrub_line]
        )
    )
    return handler


def scrub(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take secrets out of every value; what begins with _ is the library's own."""
    return {
        name: value if name.startswith("_") else scrubbed(value, name)
        for name, value in event.items()
    }


def scrubbed(value: object, name: str = "") -> object:
    """The value without secrets: numbers as they are, everything else as text."""
    if isinstance(value, _READABLE):
        return value
    text = _scrub_text(value if isinstance(value, str) else repr(value))
    hidden = _scrub_text(f"{name}={text}") if name and " " not in text else ""
    return "<hidden>" if hidden == f"{name}=<hidden>" else text


def _scrub_line(_logger: object, _method: str, line: object) -> str:
    """Once more, as it is written: what a renderer made of values that are no text."""
    return _scrub_text(str(line))


def _scrub_text(text: str) -> str:
    for secret in _secrets:
        text = text.replace(secret, "<token>")
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text
