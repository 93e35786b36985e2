"""A seller's own gigs: the preview, the moment after publishing, the card and the list."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.links import gig_link
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    EditStep,
    GoHome,
    LeaveFlow,
    PauseGig,
    PublishGig,
    ResumeGig,
    ShowCoupons,
    ShowGig,
    ShowMyGigs,
    StartSelling,
)
from bot.views import gig_text
from bot.views.gigs import fitting, share_button
from bot.views.revising import revise_button
from bot.views.selling import STEPS, earning, in_rows, step_name
from bot.views.typed import one_line
from market.gig import Gig, GigState, NewGig
from market.policy import Policy
from market.read import GigCard

_LABEL_TITLE_MAX = 28
_SHOWN_MAX = 20
Rows = tuple[tuple[Button, ...], ...]


def preview_screen(
    gig: NewGig, tr: Translator, policy: Policy, *, is_again: bool = False
) -> Screen:
    """The gig as buyers will see it, with a button for every answer.

    `is_again`: it was taken down, and goes to operators before anybody sees it.
    """
    label = tr.label("Ask for another look") if is_again else tr.label("Publish")
    publish = Button(label=label, tap=PublishGig(), style="success")
    edits = [_edit_button(number, tr) for number in range(len(STEPS))]
    cancel = Button(label=tr.label("Later"), tap=LeaveFlow())
    text = gig_text.paragraphs(
        (
            _again(tr) if is_again else tr("<b>Preview</b>. This is what buyers will see:"),
            gig_text.heading(gig, tr),
            gig_text.description(gig, full=False),
            gig_text.facts(gig, tr, policy),
            _asked(gig, tr),
            earning(gig.price, tr, policy),
        )
    )
    rows = ((publish,), *in_rows(edits, 2), (cancel,))
    return Screen(text=text, rows=rows, media=gig.picture)


def _again(tr: Translator) -> Markup:
    return tr(
        "<b>Put it right</b>. Change what the operators named, then ask for another look. Buyers "
        "will see this:"
    )


def published_screen(gig: Gig, tr: Translator, bot_username: str) -> Screen:
    """The gig is out: its link, and what happens next."""
    text = tr(
        "🎉 <b>Your gig is live.</b>\n\n"
        "{title}\n\n"
        "It is now listed in its category and is being announced in our groups and channels. "
        "When somebody orders it, you will hear about it here at once.\n\n"
        "Your link: {link}",
        title=gig.title,
        link=gig_link(bot_username, gig.id),
    )
    look = Button(label=tr.label("Show my gig"), tap=ShowGig(gig.id, 0))
    mine = Button(label=tr.label("My gigs"), tap=ShowMyGigs())
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    rows = (_sharing(gig, tr, bot_username), (look, mine), (home,))
    return Screen(text=text, rows=rows)


def own_gig_screen(card: GigCard, tr: Translator, policy: Policy, bot_username: str) -> Screen:
    """A gig as its seller sees it: pause and share instead of *Order*."""
    gig = card.gig
    text = gig_text.paragraphs(
        (
            gig_text.heading(gig, tr),
            gig_text.description(gig, full=False),
            gig_text.facts(gig, tr, policy),
            _asked(gig, tr),
            tr("This is your own gig. {state}", state=_state(gig, tr)),
        )
    )
    mine = Button(label=tr.label("My gigs"), tap=ShowMyGigs())
    if gig.state is GigState.TAKEN_DOWN:
        taken: Rows = ((revise_button(gig.id, tr),), (mine,))
        return Screen(text=text, rows=taken, media=fitting(gig, text))
    coupons = Button(label=tr.label("🏷 Coupons"), tap=ShowCoupons(gig.id))
    rows = ((_switch(gig, tr), coupons), _sharing(gig, tr, bot_username), (mine,))
    return Screen(text=text, rows=rows, media=fitting(gig, text))


def my_gigs_screen(gigs: tuple[Gig, ...], tr: Translator) -> Screen:
    """All gigs of one seller, each with its switch."""
    sell = Button(label=tr.label("Sell"), tap=StartSelling())
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    if not gigs:
        text = tr("<b>My gigs</b>\n\nYou have none yet. The first one takes about three minutes.")
        return Screen(text=text, rows=((sell, home),))
    shown = gigs[:_SHOWN_MAX]
    entries = gig_text.paragraphs(_entry(gig, tr) for gig in shown)
    text = tr("<b>My gigs</b>\n\n{entries}", entries=entries)
    return Screen(text=text, rows=(*(_own_row(gig, tr) for gig in shown), (sell, home)))


def paused_toast(tr: Translator) -> str:
    """What pausing means."""
    return tr.label("Paused: no new orders. Open orders go on as before.")


def resumed_toast(tr: Translator) -> str:
    """What resuming means."""
    return tr.label("Your gig takes orders again.")


def late_publish_toast(tr: Translator) -> str:
    """A tap on a preview that is no longer open."""
    return tr.label(
        "This preview is closed. What you published is under “My gigs”; a draft waits in the main "
        "menu."
    )


def _asked(gig: Gig | NewGig, tr: Translator) -> Markup:
    if gig.question is None:
        return tr("Buyers are asked nothing: your delivery time starts with the payment.")
    return tr("After paying, buyers are asked: <i>{question}</i>", question=gig.question)


def _edit_button(number: int, tr: Translator) -> Button:
    return Button(label=f"✏️ {step_name(STEPS[number], tr)}", tap=EditStep(number))


def _sharing(gig: Gig, tr: Translator, bot_username: str) -> tuple[Button, ...]:
    copy = Button(label=tr.label("Copy the link"), copy=gig_link(bot_username, gig.id))
    return (share_button(gig.id, gig.title, tr, bot_username), copy)


def _switch(gig: Gig, tr: Translator) -> Button:
    if gig.state is GigState.ACTIVE:
        return Button(label=tr.label("Pause"), tap=PauseGig(gig.id))
    return Button(label=tr.label("Take orders again"), tap=ResumeGig(gig.id))


def _state(gig: Gig, tr: Translator) -> Markup:
    if gig.state is GigState.ACTIVE:
        return tr("It takes orders.")
    if gig.state is GigState.TAKEN_DOWN:
        return tr(
            "Operators have taken it down; you have read why. Put that right, and they look at it "
            "again. Questions? /support"
        )
    return tr("It is paused and takes no new orders.")


def _entry(gig: Gig, tr: Translator) -> Markup:
    title, price = gig.title, tr.money(gig.price)
    if gig.state is GigState.ACTIVE:
        return tr("🟢 <b>{title}</b>\n{price}, takes orders", title=title, price=price)
    if gig.state is GigState.TAKEN_DOWN:
        return tr("🚫 <b>{title}</b>\n{price}, taken down", title=title, price=price)
    return tr("⏸ <b>{title}</b>\n{price}, paused", title=title, price=price)


def _own_row(gig: Gig, tr: Translator) -> tuple[Button, ...]:
    look = Button(label=one_line(gig.title, _LABEL_TITLE_MAX), tap=ShowGig(gig.id, 0))
    is_down = gig.state is GigState.TAKEN_DOWN
    return (look, revise_button(gig.id, tr) if is_down else _switch(gig, tr))
