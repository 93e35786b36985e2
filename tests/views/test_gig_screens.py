"""Browsing screens: shelves, pages of a shelf, gig cards, announcements, links and excerpts."""

from dataclasses import replace

import pytest

from bot.i18n import translator
from bot.ui.links import gig_id_of, gig_link, share_link
from bot.ui.taps import AskOrder, ShowGig
from bot.views.announcements import announcement
from bot.views.categories import category_at, category_both, category_number
from bot.views.excerpt import excerpt
from bot.views.gigs import Shown, gig_screen, shelf_screen, shelves_screen
from bot.views.own_gigs import my_gigs_screen, own_gig_screen
from market.gig import CATEGORY_KEYS, GigState, units
from market.read import GigCard, Page, Rating, Shelf
from market.review import Review
from market.states import Role
from tests.support.samples import NOW_MS, POLICY, file, gig, gig_card, gig_line, stars
from tests.views.approved import approved

LONG = "I draw three ideas by hand & send them as <PNG>. " * 20


def shown(*, is_full: bool = False, reviews: tuple[Review, ...] = ()) -> Shown:
    return Shown(policy=POLICY, bot_username="gighaat_bot", reviews=reviews, is_full=is_full)


def review(order_id: int, words: str, role: Role = Role.BUYER) -> Review:
    return Review(
        order_id=order_id,
        author_id=1,
        subject_id=2,
        role=role,
        stars=5 if words else 4,
        words=words,
        written_ms=NOW_MS,
        visible_from_ms=NOW_MS,
    )


def test_card() -> None:
    """A gig's card says what it is, what it costs, when it comes and how buyers are protected."""
    approved("gig", lambda tr: gig_screen(gig_card(), tr, shown()))


def test_card_with_picture_and_reviews() -> None:
    """A long description is cut, the picture stays, the latest two reviews of buyers are shown."""
    reviews = (
        review(1, "Great & fast!\nThank you."),
        review(2, "As a buyer he was fine", Role.SELLER),
        review(3, ""),
        review(4, "Third"),
    )
    card = gig_card(picture=file(), description=LONG)
    approved("gig-picture", lambda tr: gig_screen(card, tr, shown(reviews=reviews)))


def test_full_card() -> None:
    """The whole description goes without the picture when both do not fit."""
    card = gig_card(picture=file(), description=LONG)
    approved("gig-full", lambda tr: gig_screen(card, tr, shown(is_full=True)))


def test_new_seller() -> None:
    """Without reviews and orders a seller is called new."""
    card = GigCard(gig(revisions=0, delivery_days=1), "Karim", Rating(0, 0, 0))
    approved("gig-new-seller", lambda tr: gig_screen(card, tr, shown()))


def test_paused_card() -> None:
    """A paused gig says so and has no Order button."""
    card = replace(gig_card(state=GigState.PAUSED), rating=Rating(0, 0, 3))
    approved("gig-paused", lambda tr: gig_screen(card, tr, shown()))
    taps = [
        button.tap for row in gig_screen(card, translator("en"), shown()).rows for button in row
    ]
    assert not any(isinstance(tap, AskOrder) for tap in taps)


def test_longest_card_fits_under_its_picture() -> None:
    """The longest texts with the longest reviews still leave a valid caption."""
    card = gig_card(picture=file(), title="ক" * 80, description="ক্ষ" * 400, price=stars(10_000))
    long_name = replace(card, seller_name="ন" * 64)
    reviews = (review(1, "ভালো " * 200), review(2, "দারুণ " * 160))
    approved("gig-longest", lambda tr: gig_screen(long_name, tr, shown(reviews=reviews)))


def test_shelves() -> None:
    """Every category stands there with its number of gigs; an empty market invites."""
    some = tuple(Shelf(key, number) for number, key in enumerate(CATEGORY_KEYS))
    none = tuple(Shelf(key, 0) for key in CATEGORY_KEYS)
    approved("shelves", lambda tr: shelves_screen(some, tr))
    approved("shelves-empty", lambda tr: shelves_screen(none, tr))


def test_shelf() -> None:
    """A page has a button per gig and the ways to newer and older ones."""
    lines = (gig_line(), gig_line(gig_id=9, title="T" * 80, rating=Rating(0, 0, 0)))
    approved("shelf", lambda tr: shelf_screen("design", Page(lines, after=9, before=16), tr))
    approved("shelf-only", lambda tr: shelf_screen("design", Page(lines[:1], None, None), tr))
    approved("shelf-empty", lambda tr: shelf_screen("audio", Page((), None, None), tr))


def test_announcement() -> None:
    """A post leads to the gig; a paused gig's post has no button."""
    card, paused = gig_card(picture=file()), gig_card(state=GigState.PAUSED)
    approved("announcement", lambda tr: announcement(card, tr, "gighaat_bot"))
    approved("announcement-paused", lambda tr: announcement(paused, tr, "gighaat_bot"))
    assert announcement(paused, translator("bn"), "gighaat_bot").media is None


@pytest.mark.parametrize("gig_id", [1, 35, 36, 10**9])
def test_links_lead_back(gig_id: int) -> None:
    """The number in a deep link is read back."""
    parameter = gig_link("gighaat_bot", gig_id).partition("start=")[2]
    assert gig_id == gig_id_of(parameter)


@pytest.mark.parametrize("parameter", ["", "g", "o1", "g-1", "g_", "g" + "z" * 13, "gক", "g 1"])
def test_other_parameters(parameter: str) -> None:
    """Anything else behind /start is no gig."""
    assert gig_id_of(parameter) is None


def test_share_link_is_escaped() -> None:
    """Titles of any kind pass into the share link."""
    link = share_link("https://t.me/b?start=g1", "লোগো & more?")
    assert "&text=" in link
    assert " " not in link
    assert link.count("&") == 1


def test_categories_by_number() -> None:
    """Callbacks carry the category's number; unknown numbers are nothing."""
    assert [*range(8)] == [category_number(key) for key in CATEGORY_KEYS]
    assert category_at(-1) is None
    assert category_at(8) is None
    assert category_both("design") == "🎨 ডিজাইন · Design"


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 8, "one two…"),
        ("one two three", 9, "one two…"),
        ("অক্ষর", 4, "অ…"),
        ("👍🏽👍🏽", 4, "…"),
        ("🇧🇩🇧🇩", 7, "🇧🇩…"),
    ],
)
def test_excerpt(text: str, most: int, expected: str) -> None:
    """Texts are cut after a word, never inside a conjunct, an emoji or a flag."""
    assert expected == excerpt(text, most)
    assert units(excerpt(text, most)) <= most


def test_more_button() -> None:
    """More shows the whole description, Less goes back to its beginning."""
    card = gig_card(description=LONG)
    for is_full, full in ((False, 1), (True, 0)):
        screen = gig_screen(card, translator("en"), shown(is_full=is_full))
        taps = [button.tap for row in screen.rows for button in row]
        assert ShowGig(16, full) in taps


def test_a_gig_that_was_taken_down_is_not_shown_to_others() -> None:
    """Buyers and groups read that it is gone, and nothing of it; its seller sees what happened."""
    card = gig_card(state=GigState.TAKEN_DOWN)
    name = "gighaat_bot"
    approved("own-gig-taken-down", lambda tr: own_gig_screen(card, tr, POLICY, name))
    approved("my-gigs-taken-down", lambda tr: my_gigs_screen((card.gig,), tr))
    approved("announcement-taken-down", lambda tr: announcement(card, tr, name))
    approved("gig-taken-down", lambda tr: gig_screen(card, tr, shown(is_full=True)))
    for language in ("en", "bn"):
        tr = translator(language)
        for screen in (gig_screen(card, tr, shown()), announcement(card, tr, name)):
            assert card.gig.title not in screen.text
    pictured = gig_card(state=GigState.TAKEN_DOWN, picture=file())
    assert announcement(pictured, translator("bn"), name).media is None
