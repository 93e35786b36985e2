"""Browsing: the shelves, the pages of a shelf, and a gig's card as buyers see it."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator, plain
from bot.ui.links import gig_link, share_link
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    AskOrder,
    GoHome,
    ShowGig,
    ShowReviews,
    ShowShelf,
    ShowShelves,
    StartReport,
    StartSelling,
)
from bot.views import gig_text
from bot.views.absence import away_words
from bot.views.categories import category_label, category_number
from bot.views.reports import GIG
from bot.views.review_words import means_line
from bot.views.selling import Rows, in_rows
from bot.views.typed import name_of, one_line
from market.files import FileRef
from market.gig import Gig, GigState, units
from market.policy import Policy
from market.read import GigCard, GigLine, Page, Shelf
from market.review import Review
from market.states import Role

CAPTION_MAX = 1_024
_LABEL_TITLE_MAX = 28
_REVIEWS_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a gig's card is looked at: by whom in which house, and how much of it."""

    policy: Policy
    bot_username: str
    reviews: tuple[Review, ...]
    is_full: bool
    now_ms: int = 0


def shelves_screen(shelves: tuple[Shelf, ...], tr: Translator) -> Screen:
    """All categories with the number of gigs on each."""
    buttons = [_shelf_button(shelf, tr) for shelf in shelves]
    sell = Button(label=tr.label("Sell"), tap=StartSelling())
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    text = tr("<b>What do you need done?</b>\n\nPick a category; the newest gigs come first.")
    if not any(shelf.gigs for shelf in shelves):
        text = tr(
            "<b>The market is just opening.</b>\n\nThere is no gig yet. Offer the first one: it "
            "takes about three minutes."
        )
    return Screen(text=text, rows=(*in_rows(buttons, 2), (sell, home)))


def shelf_screen(category: str, page: Page, tr: Translator) -> Screen:
    """A page of one category, a button per gig."""
    name = category_label(category, tr)
    if not page.lines:
        text = tr("<b>{category}</b>\n\nNothing here yet. Will you be the first?", category=name)
    else:
        entries = gig_text.paragraphs(_entry(line, tr) for line in page.lines)
        text = Markup("<b>{}</b>\n\n{}").format(name, entries)
    gigs: Rows = tuple((_gig_button(line, tr),) for line in page.lines)
    return Screen(text=text, rows=(*gigs, *_page_buttons(category, page, tr)))


def gig_screen(card: GigCard, tr: Translator, shown: Shown) -> Screen:
    """A gig as a buyer sees it, with its picture when the text leaves room for one."""
    if card.gig.state is GigState.TAKEN_DOWN:
        shelf = ShowShelf(category_number(card.gig.category), 0, 1)
        back = Button(label=tr.label("Back"), tap=shelf)
        return Screen(text=gig_text.taken_down(tr), rows=((back,),))
    praise = gig_text.praise(_of_buyers(shown.reviews), tr)
    text = _card(card, tr, shown, praise)
    if card.gig.picture and not _is_caption(text):
        text = _card(card, tr, shown, Markup(""))
    return Screen(text=text, rows=_card_rows(card.gig, tr, shown), media=fitting(card.gig, text))


def fitting(gig: Gig, text: Markup) -> FileRef | None:
    """The gig's picture, unless the text is too long to stand under one."""
    return gig.picture if _is_caption(text) else None


def share_button(gig_id: int, title: str, tr: Translator, bot_username: str) -> Button:
    """Opens Telegram's own "send to …" with the gig's link."""
    url = share_link(gig_link(bot_username, gig_id), title)
    return Button(label=tr.label("Share"), url=url)


def _of_buyers(reviews: tuple[Review, ...]) -> tuple[Review, ...]:
    """The newest reviews that speak of the person as a seller."""
    return tuple(one for one in reviews if one.role is Role.BUYER)[:_REVIEWS_SHOWN]


def _is_caption(text: Markup) -> bool:
    return units(plain(text)) <= CAPTION_MAX


def _card(card: GigCard, tr: Translator, shown: Shown, praise: Markup) -> Markup:
    gig = card.gig
    paused = tr("⏸ Not taking orders now.") if gig.state is GigState.PAUSED else Markup("")
    seller = gig_text.seller_line(card.seller_name, card.rating, tr)
    return gig_text.paragraphs(
        (
            gig_text.heading(gig, tr),
            gig_text.description(gig, full=shown.is_full),
            gig_text.lines(
                (
                    gig_text.facts(gig, tr, shown.policy),
                    seller,
                    means_line(card.rating, tr),
                    away_words(card, tr, shown.now_ms),
                )
            ),
            praise,
            paused or gig_text.protection(tr),
        )
    )


def _card_rows(gig: Gig, tr: Translator, shown: Shown) -> Rows:
    label = tr.label("Order for {price}", price=tr.money(gig.price))
    order = Button(label=label, tap=AskOrder(gig.id), style="primary")
    share = share_button(gig.id, gig.title, tr, shown.bot_username)
    shelf = ShowShelf(category_number(gig.category), 0, 1)
    back = Button(label=tr.label("Back"), tap=shelf)
    seller = Button(label=tr.label("About the seller"), tap=ShowReviews(gig.id, 0))
    flag = Button(label=tr.label("🚩 Report"), tap=StartReport(GIG, gig.id, 0))
    ordering: Rows = ((order,),) if gig.state is GigState.ACTIVE else ()
    return (*ordering, (*_more_or_less(gig, tr, shown), share, seller), (flag, back))


def _more_or_less(gig: Gig, tr: Translator, shown: Shown) -> tuple[Button, ...]:
    if units(gig.description) <= gig_text.DESCRIPTION_SHOWN:
        return ()
    if shown.is_full:
        return (Button(label=tr.label("Less"), tap=ShowGig(gig.id, 0)),)
    return (Button(label=tr.label("More"), tap=ShowGig(gig.id, 1)),)


def _shelf_button(shelf: Shelf, tr: Translator) -> Button:
    label = f"{category_label(shelf.category, tr)} ({tr.number(shelf.gigs)})"
    return Button(label=label, tap=ShowShelf(category_number(shelf.category), 0, 1))


def _entry(line: GigLine, tr: Translator) -> Markup:
    standing = gig_text.standing(line.rating, tr)
    price = tr.money(line.price)
    text = Markup("<b>{}</b>\n{} · {} · {}")
    return text.format(one_line(line.title), price, name_of(line.seller_name), standing)


def _gig_button(line: GigLine, tr: Translator) -> Button:
    label = f"{one_line(line.title, _LABEL_TITLE_MAX)} · {tr.money(line.price)}"
    return Button(label=label, tap=ShowGig(line.gig_id, 0))


def _page_buttons(category: str, page: Page, tr: Translator) -> Rows:
    number = category_number(category)
    turns: list[Button] = []
    if page.before is not None:
        turns.append(Button(label=tr.label("Newer"), tap=ShowShelf(number, page.before, 0)))
    if page.after is not None:
        turns.append(Button(label=tr.label("Older"), tap=ShowShelf(number, page.after, 1)))
    empty: Rows = ((Button(label=tr.label("Sell"), tap=StartSelling()),),)
    shelves = Button(label=tr.label("All categories"), tap=ShowShelves())
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    turned: Rows = (tuple(turns),) if turns else ()
    return (*(() if page.lines else empty), *turned, (shelves, home))
