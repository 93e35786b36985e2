"""People of the market: one account is buyer and seller at once. Names live apart (`Contact`)."""

from dataclasses import dataclass
from enum import StrEnum

TERMS_VERSION = 1


class Standing(StrEnum):
    """Whether a person may act."""

    GOOD = "good"
    PAUSED = "paused"
    BANNED = "banned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One account. `language` is 'en' or 'bn', `zone` an IANA name.

    `terms_version` is the accepted version of the terms, 0 before. `unreachable_ms` is when
    Telegram said that the person blocked the bot, None while messages arrive. `digest_hour` is
    the hour in the person's zone at which the day's summary comes, None for never.
    """

    id: int
    telegram_id: int
    language: str
    zone: str
    standing: Standing
    terms_version: int
    created_ms: int
    language_chosen: bool = False
    unreachable_ms: int | None = None
    digest_hour: int | None = None
    next_digest_ms: int | None = None

    @property
    def has_accepted_terms(self) -> bool:
        """The present version of the terms is accepted."""
        return self.terms_version >= TERMS_VERSION


@dataclass(frozen=True, slots=True)
class Contact:
    """What others may see of a person's name; encrypted at rest, erasable."""

    name: str
    username: str | None
