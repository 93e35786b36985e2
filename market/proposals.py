"""Money of the house that leaves only when two people agree: one proposes, another confirms."""

from dataclasses import dataclass
from enum import StrEnum

from market.errors import AnotherOperator, OwnOrder, WrongState
from market.money import Money
from market.states import Event


class ProposalState(StrEnum):
    """Where a proposal stands; it ends once."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """What is to leave by which rail; `charge_id` is the refund's, None for a draw.

    Goodwill leaves by no rail: it is `given_to` a person, and `why`.
    """

    rail: str
    charge_id: str | None
    amount: Money
    proposed_by: int
    proposed_ms: int
    given_to: int | None = None
    why: str = ""

    @property
    def is_gift(self) -> bool:
        """Goodwill: it becomes somebody's credit and stays in the house."""
        return self.given_to is not None

    @property
    def kind(self) -> str:
        """As acts and alarms about it begin."""
        return "goodwill" if self.is_gift else "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyProposal(NewProposal):
    """A stored one."""

    id: int
    state: ProposalState = ProposalState.WAITING
    ended_by: int | None = None
    ended_ms: int | None = None

    @property
    def waits(self) -> bool:
        """Nobody else has said anything to it."""
        return self.state is ProposalState.WAITING

    @property
    def is_confirmed(self) -> bool:
        """Two people agree."""
        return self.state is ProposalState.CONFIRMED

    def must_wait(self) -> None:
        """Raise WrongState once it has ended."""
        if not self.waits:
            raise WrongState(Event.CLAIM, self.state)

    def may_confirm(self, person_id: int) -> None:
        """Raise WrongState once it has ended, AnotherOperator for whoever proposed it.

        Raise OwnOrder for who is to get it.
        """
        self.must_wait()
        if person_id == self.proposed_by:
            raise AnotherOperator
        if person_id == self.given_to:
            raise OwnOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCard:
    """A draw, or goodwill, that waits for a second person, as staff reads it.

    `names` are of those who spoke and of who is to get it; `is_frozen`: it may not leave now.
    """

    proposal: MoneyProposal
    is_author: bool
    is_frozen: bool
    names: dict[int, str]
    now_ms: int
