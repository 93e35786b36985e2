"""What SQLite's errors mean to the market; anything else is a bug and stays as it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from market.errors import Busy, Conflict, InsufficientFunds
from storage.link import GONE

# The file, not the statement: nothing was kept, and the same may work later.
PASSING = ("locked", GONE, "disk I/O error", "disk is full", "unable to open database file")
OVERDRAFT = ("no_overdraft", "no_overcredit")


@contextmanager
def sqlite_faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as fault:
        if any(rule in str(fault) for rule in OVERDRAFT):
            raise InsufficientFunds("") from fault
        if "order_event.order_id, order_event.version" in str(fault):
            raise Conflict from fault
        raise
    except sqlite3.OperationalError as fault:
        if any(words in str(fault) for words in PASSING):
            raise Busy from fault
        raise
