"""Rows that services and storage hand each other, and what became of a call to Telegram."""

from dataclasses import dataclass
from typing import Literal

from market.ledger import FIRST_HOLD
from market.money import Money
from market.notices import Message

FactKind = Literal["in", "refund", "chargeback", "fee", "out", "returned"]
CallKind = Literal["payout", "bill"]


@dataclass(frozen=True, slots=True)
class Command:
    """Who asks, and the key that makes the asking effective once (DESIGN.md decision 4)."""

    key: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A payment that the house waits for; its id is the invoice payload.

    `rail` is where the money is expected, `hold` the hold of its order that it fills.
    `authorised_until_ms`: an approved checkout may still become money until then.
    """

    id: str
    order_id: int | None
    person_id: int
    purpose: Literal["order", "tip"]
    amount: Money
    created_ms: int
    rail: str = "stars"
    authorised_until_ms: int | None = None
    hold: int = FIRST_HOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFact:
    """What a provider reported, posted once by (rail, external id, kind).

    Money of nobody that the house knows has no `person_id`.
    """

    rail: str
    external_id: str
    kind: FactKind
    person_id: int | None
    amount: Money
    intent_id: str | None
    order_id: int | None
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message of ours in a chat that later events edit (announcements)."""

    chat_id: int
    topic_id: int | None
    message_id: int
    gig_id: int
    gig_version_id: int
    shown_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where gigs of a category are announced; an empty category means all of them."""

    chat_id: int
    topic_id: int | None
    category: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """A delivered file whose bytes are to be hashed: its place in the delivery and its handle."""

    delivery_id: int
    number: int
    file_id: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One call to make, to Telegram or to a provider.

    `kind` is 'notice' (see Message), 'refund' (send a charge back), 'fingerprint' (read a delivered
    file and keep the hash of its bytes; `file` says which), 'payout' (send the withdrawal
    `subject_id`) or 'bill' (ask for the money of the intent `intent_id`). `attempts` counts
    finished tries; `lane` is what failed rows hold up: a chat, a charge, a file, a call.
    """

    id: int
    kind: Literal["notice", "refund", "fingerprint", "payout", "bill"]
    lane: str
    attempts: int
    created_ms: int
    message: Message | None
    refund_rail: str | None
    refund_charge_id: str | None
    refund_person_id: int | None
    file: ToRead | None = None
    subject_id: int | None = None
    intent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderCall:
    """A call to a provider, to be queued once under its key (see OutboxRow).

    A payout names the withdrawal in `subject_id`, a bill its intent in `intent_id`.
    """

    kind: CallKind
    key: str
    person_id: int
    order_id: int | None = None
    subject_id: int | None = None
    intent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One stored update, raw, with the tries it has used.

    `is_secret`: what was written in it is forgotten once it is handled.
    """

    id: int
    update_id: int
    raw: str
    attempts: int
    received_ms: int
    is_secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """Where a person stands in a chat: flow, step, typed draft as JSON, kept drafts as JSON."""

    chat_id: int
    telegram_id: int
    flow: str | None
    step: str | None
    draft: str
    kept: str
    updated_ms: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The call was made (or needs no making)."""


@dataclass(frozen=True, slots=True)
class Later:
    """Try again at that moment. `counts` is False for flood waits, which use up no try."""

    at_ms: int
    error: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The reader blocked the bot or is gone; no further try."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this call; operators should look."""

    error: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file was read; the hash of its bytes, empty when it could not be."""

    sha256: str


@dataclass(frozen=True, slots=True)
class KeptAlarm:
    """An alarm that found nobody to read it."""

    id: int
    key: str
    facts: dict[str, object]
    at_ms: int


SendOutcome = Sent | Later | Unreachable | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOutcome:
    """What became of money that came in: it paid the order, or it goes back to the payer."""

    order_id: int | None
    accepted: bool
    repeated: bool
