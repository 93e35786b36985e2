"""A withdrawal: a person's wish to be paid, and the table of its states.

What a state change posts is in `payout_postings`; the amounts are in `payout_terms`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from market.errors import AnotherOperator, NotFound, Stale, TooEarly, WrongState
from market.files import FileRef
from market.money import Money
from market.payout_errors import OwnWithdrawal
from market.payout_terms import Way


class WithdrawalState(StrEnum):
    """Where a withdrawal stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    SENDING = "sending"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Money is reserved for it."""
        return self in OPEN


class Step(StrEnum):
    """What happens to a withdrawal."""

    REQUEST = "request"
    APPROVE = "approve"
    TAKE = "take"
    PUT_BACK = "put_back"
    PAY = "pay"
    FAIL = "fail"
    RETURN = "return"
    CANCEL = "cancel"


OPEN = frozenset({WithdrawalState.REQUESTED, WithdrawalState.APPROVED, WithdrawalState.SENDING})
MOVES: dict[tuple[WithdrawalState, Step], WithdrawalState] = {
    (WithdrawalState.REQUESTED, Step.APPROVE): WithdrawalState.APPROVED,
    (WithdrawalState.REQUESTED, Step.TAKE): WithdrawalState.SENDING,
    (WithdrawalState.APPROVED, Step.TAKE): WithdrawalState.SENDING,
    (WithdrawalState.SENDING, Step.PUT_BACK): WithdrawalState.REQUESTED,
    (WithdrawalState.SENDING, Step.PAY): WithdrawalState.PAID,
    (WithdrawalState.REQUESTED, Step.FAIL): WithdrawalState.FAILED,
    (WithdrawalState.APPROVED, Step.FAIL): WithdrawalState.FAILED,
    (WithdrawalState.SENDING, Step.FAIL): WithdrawalState.FAILED,
    (WithdrawalState.PAID, Step.RETURN): WithdrawalState.RETURNED,
    (WithdrawalState.REQUESTED, Step.CANCEL): WithdrawalState.CANCELLED,
    (WithdrawalState.APPROVED, Step.CANCEL): WithdrawalState.CANCELLED,
}
_OF_HOLDER = frozenset({Step.PUT_BACK, Step.PAY, Step.FAIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """`source` left the person's earnings, `amount` of the payout currency is reserved.

    `rate_micro` and `rate_ms` are the rate's when the two differ. Nothing is sent before
    `from_ms`. `operator_id` holds it while it is being sent and has paid it afterwards. An account
    is named by `detail_id`, None where the Telegram account is enough. `spend_id` is drawn with
    the request: under it a provider sends the money once, whatever is restored meanwhile.
    """

    id: int
    person_id: int
    way: Way
    detail_id: int | None
    source: Money
    amount: Money
    fee: Money
    rate_micro: int | None
    rate_ms: int | None
    needs_approval: bool
    requested_ms: int
    from_ms: int
    spend_id: str
    state: WithdrawalState = WithdrawalState.REQUESTED
    version: int = 0
    moved_ms: int = 0
    approved_by: int | None = None
    operator_id: int | None = None
    reference: str = ""
    evidence: FileRef | None = None
    note: str = ""

    @property
    def net(self) -> Money:
        """What arrives."""
        return self.amount - self.fee


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Somebody does something to a withdrawal; `by` is None for the clock and for rails.

    `may_override`: an owner may act for the operator who holds it. `is_word`: the house says what
    became of what its provider says nothing about. `is_fact`: the provider lists it as sent,
    whatever the house thinks of that.
    """

    step: Step
    now_ms: int
    by: int | None = None
    version_seen: int | None = None
    note: str = ""
    reference: str = ""
    evidence: FileRef | None = None
    may_override: bool = False
    is_word: bool = False
    is_fact: bool = False


def moved(withdrawal: Withdrawal, doing: Doing) -> Withdrawal:
    """The withdrawal afterwards.

    Raises WrongState, Stale, NotFound (cancelling another's), OwnWithdrawal, AnotherOperator or
    TooEarly.
    """
    target = MOVES.get((withdrawal.state, doing.step))
    if target is None:
        raise WrongState(doing.step, withdrawal.state)
    if doing.version_seen not in {None, withdrawal.version}:
        raise Stale(doing.version_seen or 0, withdrawal.version)
    _may(withdrawal, doing)
    after = replace(withdrawal, state=target, version=withdrawal.version + 1, moved_ms=doing.now_ms)
    return _marked(after, doing)


def _may(withdrawal: Withdrawal, doing: Doing) -> None:
    if doing.is_fact:
        return
    is_own = doing.by == withdrawal.person_id
    if doing.step is Step.CANCEL:
        if not is_own:
            raise NotFound("withdrawal")
        return
    if is_own:
        raise OwnWithdrawal
    if doing.step is Step.TAKE:
        _may_take(withdrawal, doing)
    if withdrawal.state is WithdrawalState.SENDING and doing.step in _OF_HOLDER:
        _holds(withdrawal, doing)


def _may_take(withdrawal: Withdrawal, doing: Doing) -> None:
    """A large one needs somebody's approval and another one's hand."""
    if withdrawal.needs_approval and withdrawal.state is not WithdrawalState.APPROVED:
        raise WrongState(doing.step, withdrawal.state)
    if doing.by is not None and doing.by == withdrawal.approved_by:
        raise AnotherOperator
    if doing.now_ms < withdrawal.from_ms:
        raise TooEarly(withdrawal.from_ms)


def _holds(withdrawal: Withdrawal, doing: Doing) -> None:
    """What a rail sends the rail tells about, or owners; what a hand sends, its holder."""
    if not withdrawal.way.is_manual:
        if doing.by is not None and not doing.is_word:
            raise WrongState(doing.step, withdrawal.state)
    elif doing.by != withdrawal.operator_id and not doing.may_override:
        raise AnotherOperator


def _marked(after: Withdrawal, doing: Doing) -> Withdrawal:
    match doing.step:
        case Step.APPROVE:
            return replace(after, approved_by=doing.by)
        case Step.TAKE:
            return replace(after, operator_id=doing.by)
        case Step.PUT_BACK:
            return replace(after, operator_id=None, approved_by=None)
        case Step.PAY:
            return replace(after, reference=doing.reference, evidence=doing.evidence)
        case _:
            return replace(after, note=doing.note)
