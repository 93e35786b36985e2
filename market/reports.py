"""What operators are asked to look at: reports of people, appeals, wishes to reopen an order."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What a report is about; `about_id` of the report names it.

    GIG, FIRST_GIG, GIG_AGAIN: the gig; the last is its seller's, who has put right what it was
    taken down for. PERSON, STRIKES, STANDING: the person. REVIEW: its author, in the
    report's order. ROOM, REOPEN: the order, also as the report's order; in a room the reporter's
    other party is reported.
    """

    GIG = "gig"
    PERSON = "person"
    REVIEW = "review"
    ROOM = "room"
    STRIKES = "strikes"
    REOPEN = "reopen"
    STANDING = "standing"
    FIRST_GIG = "first_gig"
    GIG_AGAIN = "gig_again"


ON_GIGS = (Subject.GIG, Subject.FIRST_GIG, Subject.GIG_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report. `reporter_id` is None when the house itself reports (strikes, first gigs).

    `closed_by` and `answer` are set when an operator has settled it.
    """

    id: int
    subject: Subject
    about_id: int
    order_id: int | None
    reporter_id: int | None
    words: str
    at_ms: int
    closed_ms: int | None = None
    closed_by: int | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChange:
    """A person was paused, banned or freed, by whom, why and until when (None: without end)."""

    person_id: int
    standing: str
    reason: str
    until_ms: int | None
    operator_id: int
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of the operators' log, which nobody can change."""

    operator_id: int
    act: str
    detail: str
    at_ms: int
