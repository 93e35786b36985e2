"""Screens of PINs and of the second person in both languages, against their approved texts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.i18n import Translator, translator
from bot.views import claims, draws, hand_seconds, hand_words, pins, treasury, withdraw_asks
from bot.views.alarms import alarm
from bot.views.desk import DRAWS, HAND_REFUNDS
from bot.views.hand_seconds import REFUNDS
from bot.views.notices import render
from bot.views.queues import queue_screen
from market.deadlines import DAY_MS, HOUR_MS
from market.money import Currency, Money
from market.notices import Message, Notice
from market.payout_terms import BDT_TERMS, Way, quoted
from market.pin import PinCard
from market.policy import Policy
from market.proposals import DrawCard, MoneyProposal, ProposalState
from market.rail_cards import HandRefundCard
from tests.support.samples import NOW_MS, POLICY, stars
from tests.views import payout_cards as cards
from tests.views.approved import Shown, approved
from tests.views.test_by_hand_screens import going_back
from tests.views.test_house_screens import PAGE
from tests.views.told import READING, told

Draw = Callable[[Translator], Shown]
OLIVIA, KAMAL, BUYER = 3, 4, 5
NAMES = {OLIVIA: "Olivia", KAMAL: "Kamal <3", BUYER: "Ayesha"}
NONE = PinCard(is_set=False, set_ms=0, locked_until_ms=0, reset_ms=None, now_ms=NOW_MS)
SET = replace(NONE, is_set=True, set_ms=NOW_MS - DAY_MS)
PROPOSAL = MoneyProposal(
    id=5,
    rail="manual:bkash",
    charge_id=None,
    amount=Money(2_000_000, Currency.BDT),
    proposed_by=OLIVIA,
    proposed_ms=NOW_MS - HOUR_MS,
)
ENDED = {"ended_by": KAMAL, "ended_ms": NOW_MS - HOUR_MS // 2}
QUOTE = quoted(stars(225), cards.TAKA, BDT_TERMS)


def _pin(card: PinCard, policy: Policy = POLICY) -> Draw:
    return lambda tr: pins.pin_screen(card, policy, tr)


def _draw(proposal: MoneyProposal = PROPOSAL, **changes: Any) -> DrawCard:
    card = DrawCard(proposal=proposal, is_author=False, is_frozen=False, names=NAMES, now_ms=NOW_MS)
    return replace(card, **changes)


def _shown(card: DrawCard) -> Draw:
    return lambda tr: draws.draw_screen(card, tr)


def _refund(proposal: MoneyProposal | None, **changes: Any) -> HandRefundCard:
    card = replace(going_back(), needs_second=True, proposal=proposal, names=NAMES)
    return replace(card, **changes)


def _going(card: HandRefundCard) -> Draw:
    return lambda tr: hand_words.refund_screen(card, tr)


CONFIRMED = replace(PROPOSAL, state=ProposalState.CONFIRMED, **ENDED)  # type: ignore[arg-type]
DROPPED = replace(CONFIRMED, state=ProposalState.DROPPED)
GIFT = replace(PROPOSAL, rail="", given_to=BUYER, why="The parcel was late <3")
SCREENS: dict[str, Draw] = {
    "none": _pin(NONE),
    "none_usdt": _pin(NONE, replace(POLICY, payout_ways=frozenset(Way))),
    "set": _pin(SET),
    "locked": _pin(replace(SET, locked_until_ms=NOW_MS + DAY_MS)),
    "forgotten": _pin(replace(SET, reset_ms=NOW_MS + 3 * DAY_MS)),
    "new": pins.new_question,
    "old": pins.old_question,
    "money": pins.money_question,
    "forget_confirm": lambda tr: pins.forget_confirm(3 * DAY_MS, tr),
    "kept_toast": pins.kept_toast,
    "removed_toast": pins.removed_toast,
    "forgotten_toast": pins.forgotten_toast,
    "remembered_toast": pins.remembered_toast,
    "sure_with_pin": lambda tr: withdraw_asks.sure_question(
        cards.option(), QUOTE, cards.offer(has_pin=True), tr
    ),
    "draw": _shown(_draw()),
    "draw_own": _shown(_draw(is_author=True)),
    "draw_frozen": _shown(_draw(is_frozen=True)),
    "draw_confirmed": _shown(_draw(CONFIRMED)),
    "draw_dropped": _shown(_draw(DROPPED)),
    "draw_queue": lambda tr: queue_screen(DRAWS, [draws.draw_line(_draw(), tr)], 0, tr),
    "draw_page": lambda tr: treasury.money_screen(replace(PAGE, draws=(PROPOSAL,)), 0, tr),
    "goodwill": _shown(_draw(GIFT)),
    "goodwill_own": _shown(_draw(GIFT, is_author=True)),
    "goodwill_queue": lambda tr: queue_screen(DRAWS, [draws.draw_line(_draw(GIFT), tr)], 0, tr),
    "goodwill_page": lambda tr: treasury.money_screen(replace(PAGE, draws=(GIFT,)), 0, tr),
    "draw_proposed_toast": draws.proposed_toast,
    "draw_confirmed_toast": draws.confirmed_toast,
    "draw_dropped_toast": draws.dropped_toast,
    "refund": _going(_refund(None)),
    "refund_proposed": _going(_refund(PROPOSAL)),
    "refund_own": _going(_refund(PROPOSAL, is_author=True)),
    "refund_confirmed": _going(_refund(CONFIRMED)),
    "refund_frozen": _going(_refund(PROPOSAL, is_frozen=True)),
    "refund_queue": lambda tr: queue_screen(
        HAND_REFUNDS,
        [claims.refund_line(one, tr) for one in (_refund(None), _refund(PROPOSAL), going_back())],
        0,
        tr,
    ),
    "refund_proposed_toast": hand_seconds.proposed_toast,
    "refund_confirmed_toast": hand_seconds.confirmed_toast,
}


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """Each screen reads as approved."""
    approved(f"pins/{name}", SCREENS[name])


_LARGE = {"withdrawal": 7, "way": "bkash", "account": "017•••678", "amount_minor": 34_550}
NOTICES: dict[str, Draw] = {
    **{what: told(Notice.PIN_CHANGED, what=what) for what in ("set", "changed", "removed")},
    "locked": told(Notice.PIN_LOCKED, until_ms=NOW_MS + DAY_MS),
    "forgotten": told(Notice.PIN_FORGOTTEN, until_ms=NOW_MS + 3 * DAY_MS),
    "reset": told(Notice.PIN_RESET, until_ms=NOW_MS),
    "large": told(Notice.LARGE_WITHDRAWAL, **_LARGE, currency="BDT"),
}


@pytest.mark.parametrize("name", NOTICES)
def test_notices(name: str) -> None:
    """Each notice reads as approved."""
    approved(f"pins/notice_{name}", NOTICES[name])


@pytest.mark.parametrize(
    "notice",
    [
        Notice.PIN_CHANGED,
        Notice.PIN_LOCKED,
        Notice.PIN_FORGOTTEN,
        Notice.PIN_RESET,
        Notice.LARGE_WITHDRAWAL,
    ],
)
def test_facts_that_were_forgotten_say_nothing(notice: Notice) -> None:
    """After /deletemydata a notice has no facts."""
    message = Message(notice=notice, key="k", person_id=1)
    assert render(message, READING, translator("en")) is None


ALARMS = (*sorted(draws.DRAWS), *sorted(REFUNDS))


@pytest.mark.parametrize("what", ALARMS)
def test_alarms(what: str) -> None:
    """What happened, which one, and the way to it."""
    facts = {"what": what, "about": "5", "detail": ""}
    message = Message(notice=Notice.ALARM, key="k", person_id=1, facts=dict(facts))
    approved(f"pins/alarm_{what}", lambda tr: alarm(message, READING, tr))
