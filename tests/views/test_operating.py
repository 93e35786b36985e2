"""Screens of menus, start, terms, settings, support, the operators' pages and connecting."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views import admin, connect, help, home, legal, settings, start, support  # noqa: A004
from market.deadlines import HOUR_MS
from market.people import Standing
from market.policy import Policy
from market.read import AuditFinding, DeadRow, House, SweepRun, ThreadLine
from tests.support.means import STARS_ONLY, STARS_OUT
from tests.support.samples import NOW_MS, POLICY, person, thread
from tests.views.approved import Shown, approved

QUIET = House(
    sweeps=(SweepRun("lapse", NOW_MS - 5_000, NOW_MS - 4_990, None),),
    dead_updates=(),
    dead_notices=(),
    failed_refunds=(),
    findings=(),
    audited_ms=NOW_MS - HOUR_MS,
    is_frozen=False,
    open_threads=(),
)
TROUBLED = replace(
    QUIET,
    sweeps=(
        SweepRun("lapse", NOW_MS - 5_000, None, "OSError: disk <full>"),
        SweepRun("nudge", NOW_MS - 5_000, None, None),
    ),
    dead_updates=(DeadRow(5, "update", "KeyError: 'x'", NOW_MS - HOUR_MS),),
    dead_notices=(DeadRow(6, "notice", "Bad Request: chat not found", NOW_MS - HOUR_MS),),
    failed_refunds=(DeadRow(7, "refund", "BALANCE_TOO_LOW", NOW_MS - HOUR_MS),),
    findings=(AuditFinding("I3", "escrow of order 42 is 240, order holds 250"),),
    is_frozen=True,
    open_threads=(thread(),),
)
GROUP = connect.Spot(title="Dhaka Freelancers")
FORUM = connect.Spot(title="Dhaka Freelancers", is_forum=True)
TOPIC = connect.Spot(
    title="Dhaka Freelancers", is_forum=True, is_topic=True, categories=("design",)
)
CHANNEL = connect.Spot(title="Gigs <daily>", chat_id=-1_001_234_567_890, categories=("",))


def _home(tr: Translator) -> Screen:
    kept = ("review", "sell", "unheard")
    return home.home_screen(person(), tr, kept=kept, is_operator=True)


def _plain_home(standing: Standing) -> object:
    return lambda tr: home.home_screen(person(standing=standing), tr, kept=(), is_operator=False)


SCREENS = {
    "home": _home,
    "home_good": _plain_home(Standing.GOOD),
    "home_paused": _plain_home(Standing.PAUSED),
    "home_banned": _plain_home(Standing.BANNED),
    "language": lambda _tr: start.language_screen(),
    "language_for_a_gig": lambda _tr: start.language_screen(16),
    "language_toast": start.language_toast,
    "welcome": lambda tr: start.welcome_screen(person(), STARS_ONLY, tr, is_operator=False),
    "agreed_toast": start.agreed_toast,
    "unknown": lambda tr: start.unknown_screen(tr, is_operator=False),
    "unknown_command": lambda tr: start.unknown_command_screen(tr, is_operator=False),
    "gone": lambda tr: start.gone_screen(tr, is_operator=False),
    "edited": start.edited_screen,
    "old_button": start.old_button_toast,
    "help": lambda tr: help.help_screen(STARS_OUT, tr, POLICY),
    "terms_question": lambda tr: legal.terms_question(STARS_OUT, tr, POLICY),
    "privacy": lambda tr: legal.privacy_screen(tr, POLICY),
    "settings": lambda tr: settings.settings_screen(person(), (), tr, NOW_MS),
    "zones": settings.zones_screen,
    "zone_toast": settings.zone_toast,
    "support_question": lambda tr: support.support_question("support", None, tr, POLICY),
    "support_question_bare": lambda tr: support.support_question("support", 42, tr, Policy()),
    "paysupport_question": lambda tr: support.support_question("paysupport", 42, tr, POLICY),
    "support_asked": lambda tr: support.asked_screen(thread(), tr),
    "thread_person": lambda tr: _thread(tr, is_operator=False),
    "thread_operator": lambda tr: _thread(tr, is_operator=True),
    "thread_closed": lambda tr: _thread(tr, is_operator=True, is_open=False),
    "thread_closed_person": lambda tr: _thread(tr, is_operator=False, is_open=False),
    "thread_answer": lambda tr: support.answer_question("Ayesha", tr),
    "thread_add": lambda tr: support.answer_question(None, tr),
    "thread_wants_words": lambda tr: Screen(text=support.wants_words(tr)),
    "thread_sent": support.sent_toast,
    "thread_closed_toast": support.closed_toast,
    "admin_quiet": lambda tr: admin.admin_screen(QUIET, 0, tr, NOW_MS),
    "admin_troubled": lambda tr: admin.admin_screen(TROUBLED, 0, tr, NOW_MS),
    "admin_updates": lambda tr: admin.admin_screen(TROUBLED, 1, tr, NOW_MS),
    "admin_notices": lambda tr: admin.admin_screen(TROUBLED, 2, tr, NOW_MS),
    "admin_refunds": lambda tr: admin.admin_screen(TROUBLED, 3, tr, NOW_MS),
    "admin_no_refunds": lambda tr: admin.admin_screen(QUIET, 3, tr, NOW_MS),
    "admin_audit": lambda tr: admin.admin_screen(TROUBLED, 4, tr, NOW_MS),
    "admin_audit_right": lambda tr: admin.admin_screen(QUIET, 4, tr, NOW_MS),
    "admin_fresh": lambda tr: admin.admin_screen(
        replace(QUIET, sweeps=(), audited_ms=None), 0, tr, NOW_MS
    ),
    "admin_retried": admin.retried_toast,
    "admin_thawed": admin.thawed_toast,
    "connect_group": lambda tr: connect.connect_screen(GROUP, tr),
    "connect_forum": lambda tr: connect.connect_screen(FORUM, tr),
    "connect_topic": lambda tr: connect.connect_screen(TOPIC, tr),
    "connect_channel": lambda tr: connect.connect_screen(CHANNEL, tr),
    "connect_how": connect.how_screen,
    "connect_done": lambda tr: connect.connected_screen("Dhaka", ("design",), tr),
    "connect_done_all": lambda tr: connect.connected_screen("", ("",), tr),
    "connect_topics_made": lambda tr: connect.topics_made_screen(8, tr),
    "connect_needs_topics": lambda tr: connect.needs_topics_screen(3, tr),
    "connect_needs_posting": lambda tr: connect.needs_posting_screen("", tr),
    "connect_stopped": connect.disconnected_screen,
    "connect_hello": connect.hello_screen,
}


def _thread(tr: Translator, *, is_operator: bool, is_open: bool = True) -> Screen:
    return support.thread_screen(
        thread(is_open=is_open), tr, is_operator=is_operator, now_ms=NOW_MS
    )


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """Each screen reads as approved, in both languages."""
    approved(f"operating/{name}", SCREENS[name])  # type: ignore[arg-type]


@pytest.mark.parametrize("page", range(6))
def test_terms(page: int) -> None:
    """Each page of the terms reads as approved."""

    def draw(tr: Translator) -> Shown:
        return legal.terms_screen(page, STARS_OUT, tr, POLICY, may_agree=page == 5)

    approved(f"operating/terms_{page + 1}", draw)


def test_pages_beyond_the_end() -> None:
    """A page number out of range shows the nearest page."""
    for language in ("en", "bn"):
        tr = Translator(language, "Asia/Dhaka")
        last = legal.terms_screen(5, STARS_OUT, tr, POLICY, may_agree=False)
        assert last == legal.terms_screen(99, STARS_OUT, tr, POLICY, may_agree=False)


def test_a_house_without_contact() -> None:
    """The terms name /support where the operator has given no contact."""
    tr = Translator("en", "UTC")
    page = legal.terms_screen(0, STARS_ONLY, tr, Policy(), may_agree=False)
    assert "(write to /support)" in page.text


def test_long_threads_are_cut() -> None:
    """The last messages are shown as far as they fit."""
    lines = tuple(ThreadLine(False, f"{n} " + "x" * 900, NOW_MS) for n in range(9))
    tr = Translator("en", "UTC")
    screen = support.thread_screen(thread(lines=lines), tr, is_operator=True, now_ms=NOW_MS)
    assert "8 xxx" in screen.text
    assert "0 xxx" not in screen.text
    assert Markup("…") in screen.text


def test_zones() -> None:
    """Every button's zone exists, and unknown numbers mean none."""
    assert [settings.zone_at(n) for n in range(len(settings.ZONES))] == list(settings.ZONES)
    assert settings.zone_at(99) is None
    assert settings.zone_name("Asia/Tashkent", Translator("en", "UTC")) == "Asia/Tashkent"
