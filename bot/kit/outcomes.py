"""What a failed call to Telegram means for the row that wanted it."""

from aiohttp import ClientError
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.kit.request import was_not_sent
from bot.kit.throttle import wait_s
from services.rows import Later, Refused, SendOutcome, Unreachable

SOON_MS = 5_000
GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


def outcome_of(error: TelegramError, now_ms: int) -> SendOutcome:
    """Order matters: PTB makes BadRequest and TimedOut kinds of NetworkError."""
    match error:
        case RetryAfter():
            return Later(now_ms + int(wait_s(error) * 1_000), _said(error), counts=False)
        case Forbidden():
            return Unreachable(_said(error))
        case BadRequest():
            is_gone = any(phrase in error.message.lower() for phrase in GONE)
            return Unreachable(_said(error)) if is_gone else Refused(_said(error))
        case NetworkError() if _is_unknown(error):
            # Nobody knows whether it arrived: a message may arrive twice, but not without end.
            return Later(now_ms, _said(error), counts=True)
        case NetworkError() | InvalidToken():
            return Later(now_ms + SOON_MS, _said(error), counts=False)
        case _:
            return Refused(_said(error))


def _is_unknown(error: NetworkError) -> bool:
    """Telegram said nothing; whatever it says, even 502, it did not do it."""
    is_silent = isinstance(error, TimedOut) or isinstance(error.__cause__, ClientError | OSError)
    return is_silent and not was_not_sent(error)


def _said(error: TelegramError) -> str:
    return f"{type(error).__name__}: {error.message}"[:300]
