"""Every duration of the house in one frozen value: windows, leases, reminders, sweep periods.

Defaults are those of money.md 4.1; `DEMO` shrinks them to seconds and minutes.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Durations in milliseconds. A gig's "day" is `day_ms`, so that a demo can shrink it."""

    day_ms: int = DAY_MS
    pay_ms: int = 30 * MINUTE_MS
    pay_by_hand_ms: int = 24 * HOUR_MS
    checkout_lease_ms: int = 120 * SECOND_MS
    requirements_ms: int = 7 * DAY_MS
    requirements_nudges_ms: tuple[int, ...] = (DAY_MS, 3 * DAY_MS)
    accept_ms: int = 72 * HOUR_MS
    accept_nudges_ms: tuple[int, ...] = (24 * HOUR_MS, 48 * HOUR_MS, 66 * HOUR_MS)
    reminder_lead_ms: int = 12 * HOUR_MS
    resume_ms: int = 24 * HOUR_MS
    changes_least_ms: int = 24 * HOUR_MS
    late_cancel_ms: int = 24 * HOUR_MS
    due_soon_ms: int = 24 * HOUR_MS
    late_nudges_ms: tuple[int, ...] = (24 * HOUR_MS, 72 * HOUR_MS)
    abandon_ms: int = 7 * DAY_MS
    claim_review_ms: int = 12 * HOUR_MS
    claim_fallback_ms: int = 24 * HOUR_MS
    claim_again_ms: int = 24 * HOUR_MS
    request_ms: int = 48 * HOUR_MS
    restart_least_ms: int = 24 * HOUR_MS
    first_look_ms: int = HOUR_MS
    evidence_ms: int = 48 * HOUR_MS
    decide_ms: int = 72 * HOUR_MS
    dispute_alarms_ms: tuple[int, ...] = (3 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS)
    fallback_ms: int = 60 * DAY_MS
    appeal_ms: int = 72 * HOUR_MS
    verdict_clearing_ms: int = 72 * HOUR_MS
    absence_most_ms: int = 14 * DAY_MS
    room_ms: int = 30 * DAY_MS
    review_ms: int = 14 * DAY_MS
    tip_ms: int = 30 * DAY_MS
    clearing_ms: int = 7 * DAY_MS
    charge_hold_ms: int = 21 * DAY_MS
    firm_clearing_ms: int = 3 * DAY_MS
    payout_first_ms: int = 72 * HOUR_MS
    payout_freeze_ms: int = 72 * HOUR_MS
    payout_remind_ms: int = 24 * HOUR_MS
    pin_open_ms: int = 10 * MINUTE_MS
    pin_lock_ms: int = 24 * HOUR_MS
    pin_reset_ms: int = 72 * HOUR_MS
    draft_ms: int = 14 * DAY_MS
    inbox_keep_ms: int = 7 * DAY_MS
    texts_keep_ms: int = 180 * DAY_MS
    digits_keep_ms: int = 90 * DAY_MS
    outage_ms: int = 5 * MINUTE_MS
    outbox_lease_ms: int = 60 * SECOND_MS
    inbox_retry_ms: tuple[int, ...] = (1 * SECOND_MS, 5 * SECOND_MS)
    outbox_retry_ms: tuple[int, ...] = (
        30 * SECOND_MS,
        MINUTE_MS,
        2 * MINUTE_MS,
        4 * MINUTE_MS,
        8 * MINUTE_MS,
        16 * MINUTE_MS,
        32 * MINUTE_MS,
    )
    heartbeat_ms: int = MINUTE_MS
    sweep_ms: int = 5 * SECOND_MS
    drain_ms: int = 1 * SECOND_MS
    audit_ms: int = 10 * MINUTE_MS
    feed_ms: int = 5 * MINUTE_MS
    balance_ms: int = HOUR_MS
    bills_ms: int = 5 * SECOND_MS
    stuck_ms: int = 15 * MINUTE_MS


DEFAULT = Windows()

DEMO = Windows(
    day_ms=2 * MINUTE_MS,
    pay_ms=3 * MINUTE_MS,
    pay_by_hand_ms=10 * MINUTE_MS,
    checkout_lease_ms=20 * SECOND_MS,
    requirements_ms=6 * MINUTE_MS,
    requirements_nudges_ms=(2 * MINUTE_MS, 4 * MINUTE_MS),
    accept_ms=3 * MINUTE_MS,
    accept_nudges_ms=(MINUTE_MS, 2 * MINUTE_MS),
    reminder_lead_ms=30 * SECOND_MS,
    resume_ms=MINUTE_MS,
    changes_least_ms=2 * MINUTE_MS,
    late_cancel_ms=MINUTE_MS,
    due_soon_ms=MINUTE_MS,
    late_nudges_ms=(MINUTE_MS, 3 * MINUTE_MS),
    abandon_ms=6 * MINUTE_MS,
    claim_review_ms=2 * MINUTE_MS,
    claim_fallback_ms=2 * MINUTE_MS,
    claim_again_ms=5 * MINUTE_MS,
    request_ms=3 * MINUTE_MS,
    restart_least_ms=2 * MINUTE_MS,
    first_look_ms=10 * SECOND_MS,
    evidence_ms=3 * MINUTE_MS,
    decide_ms=5 * MINUTE_MS,
    dispute_alarms_ms=(5 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS),
    fallback_ms=30 * MINUTE_MS,
    appeal_ms=2 * MINUTE_MS,
    verdict_clearing_ms=MINUTE_MS,
    absence_most_ms=30 * MINUTE_MS,
    room_ms=30 * MINUTE_MS,
    review_ms=10 * MINUTE_MS,
    tip_ms=30 * MINUTE_MS,
    clearing_ms=MINUTE_MS,
    charge_hold_ms=2 * MINUTE_MS,
    firm_clearing_ms=MINUTE_MS,
    payout_first_ms=MINUTE_MS,
    payout_freeze_ms=2 * MINUTE_MS,
    payout_remind_ms=10 * MINUTE_MS,
    pin_lock_ms=2 * MINUTE_MS,
    pin_reset_ms=3 * MINUTE_MS,
    draft_ms=2 * HOUR_MS,
    heartbeat_ms=10 * SECOND_MS,
    sweep_ms=1 * SECOND_MS,
    drain_ms=300,
    audit_ms=30 * SECOND_MS,
    feed_ms=20 * SECOND_MS,
    balance_ms=2 * MINUTE_MS,
    bills_ms=2 * SECOND_MS,
)

PROFILES = {"default": DEFAULT, "demo": DEMO}


def read_windows(text: str) -> Windows:
    """A profile and single durations in its place: "demo" or "default,accept_ms=86400000".

    Lists of reminders are written with plus signs: "accept_nudges_ms=3600000+7200000". Raises
    ValueError in words for operators.
    """
    profile, *changes = [part.strip() for part in text.split(",")]
    if profile not in PROFILES:
        raise ValueError("begin with default or demo")
    durations: dict[str, Any] = dict(_duration(change) for change in changes)
    return replace(PROFILES[profile], **durations)


def _duration(change: str) -> tuple[str, int | tuple[int, ...]]:
    name, _, value = change.partition("=")
    known = {field.name: isinstance(field.default, tuple) for field in fields(Windows)}
    if name not in known:
        raise ValueError(f"there is no duration {name}; there are: {', '.join(known)}")
    parts = value.split("+")
    if not all(part.isascii() and part.isdigit() and int(part) for part in parts):
        raise ValueError(f"{name} is a whole number of milliseconds")
    numbers = tuple(int(part) for part in parts)
    if known[name]:
        return name, numbers
    if len(numbers) > 1:
        raise ValueError(f"{name} is one number")
    return name, numbers[0]
