"""The log: one line per event on stderr, and never a secret or anybody's account in it."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Tokens of bots and of Crypto Pay; mobile numbers of Bangladesh; transfer numbers of wallets; what
# a database or a draft's check quotes of the row that it did not like.
_HIDDEN = (
    (re.compile(r"\d{4,12}:[A-Za-z0-9_-]{30,}\b"), "<token>"),
    (re.compile(r"(?<!\d)(?:\+?88)?01[3-9]\d{2}-?\d{6}(?!\d)"), "<number>"),
    (re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{10}\b"), "<reference>"),
    (re.compile(r"input_value=.*?(, input_type=|\])", re.DOTALL), r"input_value=<hidden>\1"),
    (re.compile(r"DETAIL: .*"), "DETAIL: <hidden>"),
)
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
            foreign_pre_chain=[*shared], processors=[strip, scrub, last]
        )
    )
    return handler


def scrub(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take secrets out of every text."""
    return {name: scrubbed(value) for name, value in event.items()}


def scrubbed(value: object) -> object:
    """The text without secrets; other values as they are."""
    if not isinstance(value, str):
        return value
    for secret in _secrets:
        value = value.replace(secret, "<token>")
    for pattern, instead in _HIDDEN:
        value = pattern.sub(instead, value)
    return value
