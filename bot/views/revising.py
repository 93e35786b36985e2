"""The way back of a gig that operators took down: its seller puts it right, they look again."""

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, ReviseGig, ShowMyGigs
from market.gig import Gig


def revised_screen(gig: Gig, tr: Translator) -> Screen:
    """Nobody sees it before an operator has looked."""
    text = tr(
        "🔎 <b>Your gig is with the operators:</b> {title}\n\n"
        "They read it as it is now and put it back, or tell you what is still wrong. You hear of "
        "it here. Until then it takes no orders.",
        title=gig.title,
    )
    mine = Button(label=tr.label("My gigs"), tap=ShowMyGigs())
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    return Screen(text=text, rows=((mine, home),))


def revise_button(gig_id: int, tr: Translator) -> Button:
    """The way back for a gig that was taken down."""
    return Button(label=tr.label("Put it right"), tap=ReviseGig(gig_id), style="primary")
