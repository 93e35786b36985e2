"""Payments by hand that buyers say they have sent: how references are written, what became of one.

The same reference names the same payment, whoever types it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from market.amounts import latin_digits
from market.money import Money
from market.rail_errors import ClaimUnfit, DigitsUnfit

DIGITS = 4
# The state of a refund that nobody has sent yet.
PENDING = "pending"
_SPACE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
_PHONE = re.compile(r"(?:[0-9]{4}|\+?[0-9]{10,14})")
_FORMS = {
    "bkash": re.compile(r"[A-Z0-9]{8,12}"),
    "nagad": re.compile(r"[A-Z0-9]{6,12}"),
    "bank": re.compile(r"[A-Z0-9][A-Z0-9./-]{3,33}[A-Z0-9]"),
}


class ClaimState(StrEnum):
    """`seen`: one operator saw the money and a second must too. `landed`: another amount came."""

    WAITING = "waiting"
    SEEN = "seen"
    PAID = "paid"
    LANDED = "landed"
    REJECTED = "rejected"

    @property
    def is_live(self) -> bool:
        """Operators look for the money."""
        return self in {ClaimState.WAITING, ClaimState.SEEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """What a buyer says: sent to this wallet, known there by this reference, from such a number."""

    wallet: str
    reference: str
    order_id: int
    person_id: int
    digits: str
    created_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(NewClaim):
    """A stored claim. `seen_minor` is what an operator saw on the wallet's own statement.

    `digits` are empty once they were forgotten; `decided_by` is None where nobody decided it.
    """

    id: int
    state: ClaimState
    seen_minor: int | None = None
    seen_by: int | None = None
    decided_by: int | None = None
    decided_ms: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A refund that operators send: what came by which claim, and what became of it."""

    claim: Claim
    rail: str
    amount: Money
    state: str
    promised_ms: int
    reference: str = ""


def normalised(wallet: str, text: str) -> str:
    """The reference as it is compared: Latin digits, capitals, no spaces; raises ClaimUnfit."""
    plain = unicodedata.normalize("NFKC", latin_digits(text))
    reference = _SPACE.sub("", plain).upper()
    if not _FORMS[wallet].fullmatch(reference):
        raise ClaimUnfit(wallet)
    return reference


def last_digits(text: str) -> str:
    """The last four digits of the sender's number, from those or from all of it.

    Raises DigitsUnfit.
    """
    plain = re.sub(r"[\s()-]", "", latin_digits(text))
    if not _PHONE.fullmatch(plain):
        raise DigitsUnfit
    return plain[-DIGITS:]
