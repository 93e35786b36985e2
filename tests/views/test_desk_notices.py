"""Notices of the desk in both languages: alarms, standing, gigs taken down, the owners' day."""

from dataclasses import asdict
from typing import Any

import pytest

from bot.i18n import Translator, translator
from bot.ui.screen import Screen
from bot.ui.taps import ShowAdmin, ShowCase, ShowOrder, ShowReport
from bot.views.notices import render
from bot.views.reading import Reading
from market.deadlines import DAY_MS
from market.desk import HouseMoney, OrderTally
from market.gig import GigState
from market.notices import ALARMED, Message, Notice
from market.people import Standing
from market.reminders import ALARMING
from market.reports import Subject
from tests.support.samples import NOW_MS, POLICY, person
from tests.views import desk_cards as cards
from tests.views.approved import approved

OF_ORDERS = sorted({*ALARMED.values(), *ALARMING.values(), "verdict_waits"})
OF_REPORTS = [f"report_{subject}" for subject in Subject]
QUEUES = asdict(cards.BUSY)
MOST = QUEUES.pop("most")
DAY = {
    "until_ms": NOW_MS,
    "acts": [[one.operator_id, one.act, one.detail, one.at_ms] for one in cards.ACTS],
    "count": 30,
    "queues": QUEUES,
    "most": MOST,
    "orders": asdict(OrderTally(5, 4, 3, 1, 12)),
    "money": [asdict(HouseMoney("XTR", 1250, 300, 500, 25, 250, 80))],
    "is_frozen": True,
}
CALM_DAY = DAY | {
    "acts": [],
    "count": 0,
    "queues": dict.fromkeys(QUEUES, 0),
    "money": [],
    "orders": {},
    "is_frozen": False,
}


def shown(notice: Notice, facts: dict[str, Any], tr: Translator) -> Screen:
    """What its reader gets."""
    message = Message(notice=notice, key="k", person_id=1, facts=facts)
    reading = Reading(
        card=None,
        gig=None,
        thread=None,
        intent_id=None,
        policy=POLICY,
        bot_username="gighaat_bot",
        now_ms=NOW_MS,
        person=person(telegram_id=1003),
        names=cards.NAMES,
    )
    made = render(message, reading, tr)
    assert isinstance(made, Screen)
    return made


def show(name: str, notice: Notice, **facts: Any) -> None:
    """Compare with the approved notice."""
    approved(f"desk/notices/{name}", lambda tr: shown(notice, facts, tr))


@pytest.mark.parametrize("what", [*OF_ORDERS, *OF_REPORTS])
def test_alarms(what: str) -> None:
    """Each alarm of orders and reports says what happened and leads there."""
    detail = "outside\nHe asked for my <number>." if what in OF_REPORTS else ""
    show(f"alarm_{what}", Notice.ALARM, what=what, about="42", detail=detail)


def test_strikes_are_told_in_words() -> None:
    """What the house counted is a sentence, not a figure."""
    show("alarm_strikes_counted", Notice.ALARM, what="report_strikes", about="42", detail="3")


def test_no_alarm_is_nameless() -> None:
    """What services raise about orders and reports is never just something."""
    unknown = shown(Notice.ALARM, {"what": "nothing", "about": ""}, translator("en")).text
    for what in (*OF_ORDERS, *OF_REPORTS):
        text = shown(Notice.ALARM, {"what": what, "about": "42"}, translator("en")).text
        assert "Something needs a look" not in text
    assert "Something needs a look" in unknown


@pytest.mark.parametrize(
    ("what", "about", "way"),
    [
        ("dispute", "42", ShowCase(42)),
        ("verdict_waits", "42", ShowCase(42)),
        ("claim_waits", "42", ShowOrder(42)),
        ("report_gig", "7", ShowReport(7)),
        ("dead_refund", "9", ShowAdmin(3)),
        ("audit", "I3", ShowAdmin(4)),
        ("dispute", "", ShowAdmin(0)),
    ],
)
def test_alarms_lead_to_what_they_are_about(what: str, about: str, way: object) -> None:
    """The button opens the case, the order, the report or the page of the house."""
    screen = shown(Notice.ALARM, {"what": what, "about": about}, translator("en"))
    assert way == screen.rows[0][0].tap


@pytest.mark.parametrize(
    ("standing", "until_ms"),
    [
        (Standing.PAUSED, NOW_MS + 7 * DAY_MS),
        (Standing.PAUSED, None),
        (Standing.BANNED, None),
        (Standing.GOOD, None),
    ],
)
def test_standing_changed(standing: Standing, until_ms: int | None) -> None:
    """What does not work now, what still does, why, and how to appeal."""
    name = f"standing_{standing}{'' if until_ms is None else '_until'}"
    reason = "" if standing is Standing.GOOD else "You asked for <numbers>."
    show(name, Notice.STANDING_CHANGED, standing=standing.value, until_ms=until_ms, reason=reason)


@pytest.mark.parametrize("state", [GigState.TAKEN_DOWN, GigState.ACTIVE])
def test_gig_taken_down(state: GigState) -> None:
    """The seller reads why, and what can be done now."""
    facts = {"gig": 16, "title": "A logo & <more>", "state": state.value, "reason": "Copied <it>."}
    show(f"gig_{state}", Notice.GIG_TAKEN_DOWN, **facts)


def test_owner_digest() -> None:
    """Orders, money, what waits, alarms and the acts by name; a calm day says little."""
    show("owner_digest", Notice.OWNER_DIGEST, **DAY)
    show("owner_digest_calm", Notice.OWNER_DIGEST, **CALM_DAY)
