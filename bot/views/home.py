"""The main menu: the ways into everything, and the drafts that wait to be gone on with."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.flows import FLOWS
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    DropDraft,
    GoHelp,
    ResumeFlow,
    ShowAdmin,
    ShowBoard,
    ShowMyGigs,
    ShowSettings,
    ShowShelves,
    ShowWallet,
    StartSelling,
)
from market.people import Person, Standing

Rows = tuple[tuple[Button, ...], ...]


def home_screen(
    person: Person, tr: Translator, *, kept: tuple[str, ...], is_operator: bool
) -> Screen:
    """What this person can do next; an unfinished draft stands first."""
    drafts = _draft_rows(kept, tr)
    text = _greeting(person, tr)
    if drafts:
        text = Markup("{}\n\n{}").format(text, tr("You left something unfinished. It is kept."))
    return Screen(text=text, rows=(*drafts, *menu_rows(tr, is_operator=is_operator)))


def menu_rows(tr: Translator, *, is_operator: bool) -> Rows:
    """The main menu's buttons."""
    last = [Button(label=tr.label("Help"), tap=GoHelp())]
    if is_operator:
        last.append(Button(label=tr.label("Admin"), tap=ShowAdmin(0)))
    return (
        (
            Button(label=tr.label("Browse gigs"), tap=ShowShelves(), style="primary"),
            Button(label=tr.label("Sell"), tap=StartSelling()),
        ),
        (
            Button(label=tr.label("My orders"), tap=ShowBoard(0, 0)),
            Button(label=tr.label("My gigs"), tap=ShowMyGigs()),
        ),
        (
            Button(label=tr.label("Wallet"), tap=ShowWallet(0)),
            Button(label=tr.label("Settings"), tap=ShowSettings()),
        ),
        tuple(last),
    )


def _greeting(person: Person, tr: Translator) -> Markup:
    match person.standing:
        case Standing.GOOD:
            return tr(
                "<b>GigHaat</b>\n\nFind someone for a piece of work, or sell your own. We hold "
                "the money until the buyer accepts the work."
            )
        case Standing.PAUSED:
            return tr(
                "<b>Your account is paused.</b>\n\nYou can finish your open orders. New gigs and "
                "new orders have to wait. Write to /support to sort it out."
            )
        case Standing.BANNED:
            return tr(
                "<b>Your account is closed for new gigs and orders.</b>\n\nIf you think that this "
                "is a mistake, write to /support."
            )


def _draft_rows(kept: tuple[str, ...], tr: Translator) -> Rows:
    titles = _draft_titles(tr)
    return tuple(
        (
            Button(label=titles[name], tap=ResumeFlow(FLOWS.index(name)), style="success"),
            Button(label=tr.label("Throw it away"), tap=DropDraft(FLOWS.index(name))),
        )
        for name in kept
        if name in titles and name in FLOWS
    )


def _draft_titles(tr: Translator) -> dict[str, str]:
    return {
        "sell": tr.label("Go on with your gig"),
        "requirements": tr.label("Go on with your details"),
        "deliver": tr.label("Go on with your delivery"),
        "changes": tr.label("Go on asking for changes"),
        "cancel": tr.label("Go on with cancelling"),
        "review": tr.label("Go on with your review"),
        "support": tr.label("Go on with your message"),
        "answer": tr.label("Go on with your answer"),
        "ask_time": tr.label("Go on asking for time"),
        "ask_cancel": tr.label("Go on proposing an end"),
        "dispute": tr.label("Go on with your dispute"),
        "statement": tr.label("Go on with your statement"),
        "appeal": tr.label("Go on with your appeal"),
        "reopen": tr.label("Go on reporting a problem"),
        "room": tr.label("Go on with your message in an order"),
        "absence": tr.label("Go on with your absence"),
        "review_reply": tr.label("Go on answering a review"),
        "report": tr.label("Go on with your report"),
        "verdict": tr.label("Go on with your verdict"),
        "standing": tr.label("Go on with a person's standing"),
        "settle": tr.label("Go on settling"),
        "contest": tr.label("Go on with your appeal to us"),
        "withdraw": tr.label("Go on with your withdrawal"),
        "payout": tr.label("Go on with the payout you have sent"),
        "unpaid": tr.label("Go on with the payout that did not go"),
        "rate": tr.label("Go on with the rate"),
    }
