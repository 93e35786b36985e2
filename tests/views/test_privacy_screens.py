"""Screens of deleting one's data, and the line for who goes too fast."""

from typing import Any

import pytest

from bot.i18n import plain, translator
from bot.ui.screen import Screen
from bot.views import forgetting
from bot.views.pace import too_fast_toast
from bot.views.problems import problem
from market import errors
from market.privacy import Needs
from tests.support.samples import POLICY
from tests.views.approved import approved

SCREENS: dict[str, Any] = {
    "forget": lambda tr: forgetting.forget_screen(Needs(), tr, POLICY),
    "forget_not_yet": lambda tr: forgetting.forget_screen(
        Needs(orders=2, purses=1, runs_house=True), tr, POLICY
    ),
    "forget_one_order": lambda tr: forgetting.forget_screen(Needs(orders=1), tr, POLICY),
    "forget_on_the_way": lambda tr: forgetting.forget_screen(Needs(on_the_way=1), tr, POLICY),
    "forget_confirm": forgetting.forget_confirm,
    "forgotten": forgetting.forgotten_screen,
    "too_fast": too_fast_toast,
    "still_needed": lambda tr: plain(problem(errors.StillNeeded(1, True, False), tr)),
    "runs_house": lambda tr: plain(problem(errors.StillNeeded(0, False, True), tr)),
    "orders_an_hour": lambda tr: plain(problem(errors.TooManyOrders(5), tr)),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """Each screen reads as approved, in both languages."""
    approved(name, SCREENS[name])


def test_nothing_can_be_deleted_while_something_is_open() -> None:
    """There is no button that goes on."""
    screen = forgetting.forget_screen(Needs(orders=1), translator("en"), POLICY)
    assert isinstance(screen, Screen)
    kinds = [type(button.tap).__name__ for row in screen.rows for button in row]
    assert kinds == ["ShowBoard", "GoHome"]
