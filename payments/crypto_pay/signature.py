"""Telling whether a webhook's request is Crypto Pay's own, and fresh."""

import hashlib
import hmac
from datetime import datetime

OLD_MS = 10 * 60_000


def signed(token: str, raw: bytes) -> str:
    """What Crypto Pay writes into the header for these bytes."""
    secret = hashlib.sha256(token.encode()).digest()
    return hmac.new(secret, raw, hashlib.sha256).hexdigest()


def is_genuine(token: str, raw: bytes, signature: str) -> bool:
    """Compared in constant time, over the bytes as they came."""
    return hmac.compare_digest(signed(token, raw).encode(), signature.encode())


def is_fresh(request_date: object, now_ms: int) -> bool:
    """Sent at most ten minutes ago, or as much ahead of our clock."""
    if not isinstance(request_date, str):
        return False
    try:
        sent = datetime.fromisoformat(request_date)
    except ValueError:
        return False
    return sent.tzinfo is not None and abs(now_ms - int(sent.timestamp() * 1_000)) <= OLD_MS
