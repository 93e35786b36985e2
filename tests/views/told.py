"""Notices that are about no order, as a reader gets them."""

from collections.abc import Callable
from typing import Any

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views.notices import render
from bot.views.reading import Reading
from market.notices import Message, Notice
from tests.support.samples import NOW_MS, POLICY, person
from tests.views.approved import Shown

READING = Reading(
    card=None,
    gig=None,
    thread=None,
    intent_id=None,
    policy=POLICY,
    bot_username="gighaat_bot",
    now_ms=NOW_MS,
    person=person(),
)


def told(notice: Notice, **facts: Any) -> Callable[[Translator], Shown]:
    """The notice with these facts."""
    message = Message(notice=notice, key="k", person_id=1, facts=facts)

    def draw(tr: Translator) -> Shown:
        shown = render(message, READING, tr)
        assert isinstance(shown, Screen)
        return shown

    return draw
