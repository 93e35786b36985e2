"""Money of the house that leaves only when two people agree: one proposes, another confirms."""

from dataclasses import dataclass
from enum import StrEnum

from market.errors import AnotherOperator, WrongState
from market.money import Money
from market.states import Event


class ProposalState(StrEnum):
    """Where a proposal stands; it ends once."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """What is to leave by which rail; `charge_id` is the refund's, None for a draw."""

    rail: str
    charge_id: str | None
    amount: Money
    proposed_by: int
    proposed_ms: int


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
        """Raise WrongState once it has ended, AnotherOperator for whoever proposed it."""
        self.must_wait()
        if person_id == self.proposed_by:
            raise AnotherOperator


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCard:
    """A draw that waits for a second person, as staff reads it; `names` of those who spoke."""

    proposal: MoneyProposal
    is_author: bool
    is_frozen: bool
    names: dict[int, str]
    now_ms: int
