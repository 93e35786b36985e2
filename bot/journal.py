"""The log: one line per event on stderr, and never the bot's token in it."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,}\b")
_secrets: set[str] = set()
_QUIET = ("httpx", "httpcore", "aiohttp", "telegram", "asyncio")
_SILENT = ("apscheduler",)  # it warns of every tick that finds its sweep still running


def set_up(*, level: str, as_json: bool, token: str = "") -> None:
    """Our events and those of libraries take the same way; `token` is taken out of all texts."""
    _secrets.update({token} if token else set())
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
    """Take tokens out of every text."""
    return {name: scrubbed(value) for name, value in event.items()}


def scrubbed(value: object) -> object:
    """The text without tokens; other values as they are."""
    if not isinstance(value, str):
        return value
    for secret in _secrets:
        value = value.replace(secret, "<token>")
    return _TOKEN.sub("<token>", value)
