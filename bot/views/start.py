"""The first minutes: the language question, the welcome, and what an old or odd message gets."""

from dataclasses import replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ChooseLanguage, ChooseLanguageFor, GoHome
from bot.views.home import home_screen, menu_rows
from bot.views.means import means
from market.people import Person
from market.rail_cards import OpenWays

BENGALI, ENGLISH = 0, 1
_QUESTION = Markup("<b>GigHaat</b>\n\nআপনি কোন ভাষায় কথা বলতে চান?\nWhich language shall we speak?")


def language_screen(gig_id: int | None = None) -> Screen:
    """Asked in both languages; `gig_id` is the gig that a newcomer's link leads to."""
    return Screen(text=_QUESTION, rows=((_choice("বাংলা", BENGALI, gig_id), _english(gig_id)),))


def _english(gig_id: int | None) -> Button:
    return _choice("English", ENGLISH, gig_id)


def _choice(label: str, language: int, gig_id: int | None) -> Button:
    tap = ChooseLanguage(language) if gig_id is None else ChooseLanguageFor(language, gig_id)
    return Button(label=label, tap=tap)


def language_toast(tr: Translator) -> str:
    """After the choice, in the language chosen."""
    return tr.label("From now on we speak English.")


def welcome_screen(person: Person, ways: OpenWays, tr: Translator, *, is_operator: bool) -> Screen:
    """Right after the terms: how it works in four lines, and the main menu."""
    home = home_screen(person, tr, kept=(), is_operator=is_operator)
    text = tr(
        "<b>Welcome to GigHaat!</b>\n\n"
        "🔎 Looking for someone? Browse the gigs, order one and pay with {means}.\n"
        "🧺 Have a skill? Offer a gig: it takes about three minutes.\n"
        "🔒 The money is held until the buyer accepts the work.\n\n"
        "Tap a button to begin.",
        means=means(ways, tr),
    )
    return replace(home, text=text)


def agreed_toast(tr: Translator) -> str:
    """The terms were accepted."""
    return tr.label("Thank you. You can read the terms again in Settings.")


def unknown_screen(tr: Translator, *, is_operator: bool) -> Screen:
    """A message that nothing waits for."""
    text = tr(
        "Nothing is waiting for a message right now, so I did not read that. What would you like "
        "to do?"
    )
    return Screen(text=text, rows=menu_rows(tr, is_operator=is_operator))


def gone_screen(tr: Translator, *, is_operator: bool) -> Screen:
    """A link led to a gig that is not there."""
    text = tr("That gig is no longer there. Perhaps you will find another one you like.")
    return Screen(text=text, rows=menu_rows(tr, is_operator=is_operator))


def unknown_command_screen(tr: Translator, *, is_operator: bool) -> Screen:
    """A command that we do not have."""
    text = tr("I do not know that command. Everything I can do is behind these buttons.")
    return Screen(text=text, rows=menu_rows(tr, is_operator=is_operator))


def edited_screen(tr: Translator) -> Screen:
    """A message was edited after it was sent."""
    text = tr("I do not read edited messages. Please send it again as a new one.")
    return Screen(text=text, rows=((Button(label=tr.label("Main menu"), tap=GoHome()),),))


def old_button_toast(tr: Translator) -> str:
    """Callback data that no button of ours carries any more."""
    return tr.label("That button is from an older version. Here is the menu.")
