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
# The server or the way to it, not the statement (the driver stumbles over a connection whose loss
# it has not heard of yet). A commit whose answer was lost may have been
# kept: the command is tried again under its key, so that does no harm.
_PASSING = (
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.InternalClientError,
    OSError,
)


@contextmanager
def postgres_faults() -> Iterator[None]:
    try:
        yield
    except _RIVALS as fault:
        raise Conflict from fault
    except _PASSING as fault:
        raise Busy from fault
    except asyncpg.exceptions.IntegrityConstraintViolationError as fault:
        _refuse(fault)
        raise
    except asyncpg.InterfaceError as fault:
        if "closed" in str(fault):
            raise Busy from fault
        raise


def _refuse(fault: asyncpg.exceptions.IntegrityConstraintViolationError) -> None:
    """Those rules of the database that have a meaning for the market."""
    match fault:
        case asyncpg.exceptions.CheckViolationError(constraint_name=rule) if rule in OVERDRAFT:
            raise InsufficientFunds("") from fault
        case asyncpg.exceptions.UniqueViolationError(constraint_name="order_event_pkey"):
            raise Conflict from fault
        case _:
            return
