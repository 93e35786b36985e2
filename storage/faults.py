"""What a driver's error means to the market; anything else is a bug and stays as it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from market.errors import Busy, Conflict, InsufficientFunds
from storage.link import GONE

_OVERDRAFT = ("no_overdraft", "no_overcredit")
_RIVALS = (
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.DeadlockDetectedError,
)
_LOCKED = (
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.TooManyConnectionsError,
)


@contextmanager
def sqlite_faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as fault:
        if any(rule in str(fault) for rule in _OVERDRAFT):
            raise InsufficientFunds("") from fault
        if "order_event.order_id, order_event.version" in str(fault):
            raise Conflict from fault
        raise
    except sqlite3.OperationalError as fault:
        if "locked" in str(fault) or str(fault) == GONE:
            raise Busy from fault
        raise


@contextmanager
def postgres_faults() -> Iterator[None]:
    try:
        yield
    except asyncpg.exceptions.CheckViolationError as fault:
        if fault.constraint_name in _OVERDRAFT:
            raise InsufficientFunds("") from fault
        raise
    except asyncpg.exceptions.UniqueViolationError as fault:
        if fault.constraint_name == "order_event_pkey":
            raise Conflict from fault
        raise
    except _RIVALS as fault:
        raise Conflict from fault
    except _LOCKED as fault:
        raise Busy from fault
