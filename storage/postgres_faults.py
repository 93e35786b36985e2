"""What PostgreSQL's errors mean to the market; anything else is a bug and stays as it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from market.errors import Busy, Conflict, InsufficientFunds
from storage.faults import OVERDRAFT

_RIVALS = (
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.DeadlockDetectedError,
)
_LOCKED = (
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.TooManyConnectionsError,
)


@contextmanager
def postgres_faults() -> Iterator[None]:
    try:
        yield
    except asyncpg.exceptions.CheckViolationError as fault:
        if fault.constraint_name in OVERDRAFT:
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
