"""A warning stands beside every file that can run as a program, in both languages."""

from dataclasses import replace

from bot.i18n import plain, translator
from bot.kit.cutting import CAPTION_MAX
from bot.ui.screen import Relay
from bot.views.disputes import evidence_album
from bot.views.notice_files import album
from bot.views.room_words import file_screen
from market.gig import units
from market.notices import Notice
from market.states import Role, State
from tests.support.samples import file
from tests.views.approved import approved
from tests.views.order_cards import card_in
from tests.views.test_room_screens import notice, said

PROGRAM = file(5, kind="document", name="logo <final>.exe", size=900_000)
PICTURE = file(6, kind="document", name="logo.png")


def test_a_delivery_with_a_program() -> None:
    """The warning names it, and the picture beside it not."""
    card = card_in(State.DELIVERED, Role.BUYER)
    approved("programs/delivery", lambda tr: album(card, 1, (PICTURE, PROGRAM), tr))
    quiet = album(card, 1, (PICTURE,), translator("en"))
    assert "program" not in quiet.caption


def test_many_programs() -> None:
    """Three are named, however long their names are."""
    card = card_in(State.DELIVERED, Role.BUYER)
    many = tuple(replace(PROGRAM, name=f"{n} {'long ' * 30}.py") for n in range(9))
    shown = album(card, 1, many, translator("bn"))
    assert units(plain(shown.caption)) < CAPTION_MAX
    assert shown.caption.count("long") < 50


def test_requirements_and_statements_with_a_program() -> None:
    """Sellers and operators open files of strangers, too."""
    card = card_in(State.IN_PROGRESS, Role.SELLER)
    approved("programs/requirements", lambda tr: album(card, 0, (PROGRAM,), tr))
    approved("programs/statement", lambda tr: evidence_album(42, 1, (PROGRAM,), tr))


def test_a_program_in_the_room() -> None:
    """The warning stands before the words, and again when the file is asked for later."""
    message = said(7, words="Please open this", file=PROGRAM)
    approved("programs/room", notice(Notice.ROOM_FILE, message))
    approved("programs/room_again", lambda tr: file_screen(message, tr))


def test_the_warning_leaves_no_caption_too_long() -> None:
    """Long words are cut earlier, and can be read in full."""
    message = replace(said(7, words="word " * 200, file=PROGRAM), is_flagged=True)
    for language in ("bn", "en"):
        shown = notice(Notice.ROOM_FILE, message)(translator(language))
        assert isinstance(shown, Relay)
        assert units(plain(shown.caption)) <= CAPTION_MAX
        assert len(shown.rows) == 2
