"""Read models of withdrawals and payouts: what people and operators see of them."""

from dataclasses import dataclass

from market.money import Currency, Money
from market.payout_terms import PayoutTerms, Rate, Way
from market.people import Person
from market.withdrawal import Step, Withdrawal, WithdrawalState


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A person's account at a wallet or bank; `account` is empty once it was forgotten."""

    id: int
    person_id: int
    way: Way
    account: str
    added_ms: int
    retired_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """Nothing leaves before `until_ms`; while `stopped_ms` is set operators have to look first."""

    until_ms: int = 0
    stopped_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Funds:
    """What can be promised: `till_minor` by this way, `own_minor` in exchange for other money."""

    till_minor: int
    own_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalEvent:
    """One row of a withdrawal's history."""

    version: int
    step: Step
    src: WithdrawalState
    dst: WithdrawalState
    person_id: int | None
    at_ms: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutOption:
    """One way out of one balance. `low_minor` to `high_minor` may be asked for, in `source`.

    `account` is masked, None before there is one.
    """

    way: Way
    source: Currency
    rate: Rate | None
    terms: PayoutTerms
    low_minor: int
    high_minor: int
    account: str | None

    @property
    def is_open(self) -> bool:
        """There is an amount that may be asked for."""
        return self.low_minor <= self.high_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOffer:
    """What a person may withdraw now. `from_ms`: when it can be sent at the earliest.

    `is_first`: the delay is the one of everybody's first withdrawal. `has_account`: the person has
    entered one before, so another one holds payouts back. `has_pin`: it is asked for first.
    """

    balances: tuple[Money, ...]
    options: tuple[PayoutOption, ...]
    guard: Guard
    left_today: int
    from_ms: int
    is_first: bool
    now_ms: int
    has_account: bool = False
    has_pin: bool = False

    def option(self, way: Way, source: Currency) -> PayoutOption | None:
        """The option of a way and a balance."""
        found = (one for one in self.options if (one.way, one.source) == (way, source))
        return next(found, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalCard:
    """A withdrawal as its person sees it; `account` is masked."""

    withdrawal: Withdrawal
    account: str
    guard: Guard
    now_ms: int


@dataclass(frozen=True, slots=True)
class WithdrawalPage:
    """A page of a person's withdrawals, newest first."""

    cards: tuple[WithdrawalCard, ...]
    page: int
    has_more: bool
    guard: Guard
    now_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Where a rail's sending stands: how often it was tried, and why it is not through yet.

    `row_id` is the outbox row's. `is_given_up`: it is not tried again by itself.
    """

    row_id: int
    attempts: int
    error: str
    is_given_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an owner says became of a sending: its `reference`, or the `reason` why it was none."""

    id: int
    withdrawal_id: int
    said_by: int
    said_ms: int
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCard:
    """A withdrawal as operators see it; `account` is whole for who sends it, else masked.

    `is_holder`: the reader sends it; `is_approver`: the reader has approved it. `call` is the
    rail's, `word` an owner's that another one has to confirm. `is_safe`: safe mode, in which it is
    asked what was sent before the restore.
    """

    withdrawal: Withdrawal
    person: Person
    name: str
    account: str
    guard: Guard
    funds: Funds
    is_holder: bool
    is_approver: bool
    is_own: bool
    is_owner: bool
    has_another: bool
    has_arrived: bool
    names: dict[int, str]
    history: tuple[WithdrawalEvent, ...]
    now_ms: int
    call: Call | None = None
    word: Word | None = None
    is_author: bool = False
    is_safe: bool = False


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One withdrawal that waits for operators."""

    withdrawal: Withdrawal
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardCard:
    """A person whose payouts are stopped, for operators."""

    person: Person
    name: str
    guard: Guard
    open: tuple[Withdrawal, ...]
    now_ms: int


@dataclass(frozen=True, slots=True)
class RateLine:
    """A pair of currencies with its newest rates, newest first."""

    source: Currency
    target: Currency
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class RateBoard:
    """What operators read about rates and funds; owners may change rates."""

    lines: tuple[RateLine, ...]
    funds: dict[Way, Funds]
    names: dict[int, str]
    may_change: bool
    now_ms: int
