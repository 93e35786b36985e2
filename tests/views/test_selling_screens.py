"""The gig conversation's screens: questions, preview, refusals, publishing."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.i18n import Translator, translator
from bot.ui.screen import Screen
from bot.views import own_gigs, revising, selling, selling_notes
from bot.views.selling import STEPS, Spot
from market.errors import TextTooLong, TextTooShort
from market.gig import GigState, NewGig
from tests.support.samples import POLICY, file, gig, gig_card, stars
from tests.views.approved import approved, check

QUESTIONS = {
    "title": selling.title_question,
    "description": selling.description_question,
    "picture": selling.picture_question,
    "price": selling.price_question,
    "days": selling.days_question,
    "revisions": selling.revisions_question,
    "question": selling.requirements_question,
}


def spot(step: str, now: str = "") -> Spot:
    return Spot(step=step, category="design", now=now, may_go_back=step != STEPS[0])


def new_gig(**changes: object) -> NewGig:
    sample = gig()
    base = NewGig(
        category=sample.category,
        title=sample.title,
        description=sample.description,
        picture=None,
        price=sample.price,
        delivery_days=sample.delivery_days,
        revisions=sample.revisions,
        question=sample.question,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_category_question() -> None:
    """The first question offers every category and no way back."""
    approved("sell-category", lambda tr: selling.category_question(spot("category"), tr))


@pytest.mark.parametrize("step", QUESTIONS)
def test_question(step: str) -> None:
    """Each question names its number, its range and an example."""
    approved(f"sell-{step}", lambda tr: QUESTIONS[step](spot(step), tr, POLICY))


def test_question_with_an_answer() -> None:
    """After a step back the present answer is shown and may stay."""
    approved(
        "sell-title-again",
        lambda tr: selling.title_question(spot("title", now="I will <draw>"), tr, POLICY),
    )


def test_preview() -> None:
    """The preview shows the gig, what is asked, and what the seller receives."""
    sample = new_gig(picture=file())
    approved("sell-preview", lambda tr: own_gigs.preview_screen(sample, tr, POLICY))


def test_longest_preview() -> None:
    """The longest gig of all still fits under its picture."""
    longest = new_gig(
        picture=file(),
        title="ক" * 80,
        description="কথা " * 300,
        question="কী " * 100,
        price=stars(10_000),
    )
    approved("sell-preview-longest", lambda tr: own_gigs.preview_screen(longest, tr, POLICY))
    check(own_gigs.preview_screen(longest, translator("bn"), POLICY, is_again=True))


def test_putting_a_gig_right() -> None:
    """The preview says that operators look first; afterwards what happens next."""
    sample = new_gig(picture=file())
    approved(
        "sell-preview-again",
        lambda tr: own_gigs.preview_screen(sample, tr, POLICY, is_again=True),
    )
    approved("sell-revised", lambda tr: revising.revised_screen(gig(), tr))


def test_published() -> None:
    """After publishing the seller gets the link, a way to share it and what happens next."""
    approved("sell-published", lambda tr: own_gigs.published_screen(gig(), tr, "gighaat_bot"))


def test_own_gig() -> None:
    """An own gig shows its switch and sharing instead of Order."""
    paused = gig_card(state=GigState.PAUSED, question=None)
    approved("own-gig", lambda tr: own_gigs.own_gig_screen(gig_card(), tr, POLICY, "gighaat_bot"))
    approved(
        "own-gig-paused", lambda tr: own_gigs.own_gig_screen(paused, tr, POLICY, "gighaat_bot")
    )


def test_my_gigs() -> None:
    """The list has a switch per gig; an empty one invites."""
    two = (gig(), gig(id=17, state=GigState.PAUSED, title="I will write your menu"))
    approved("my-gigs", lambda tr: own_gigs.my_gigs_screen(two, tr))
    approved("my-gigs-none", lambda tr: own_gigs.my_gigs_screen((), tr))


def test_notes() -> None:
    """Every refusal of the conversation says what would do."""
    approved("sell-notes", lambda tr: Screen(text=Markup("\n\n").join(notes(tr))))


def notes(tr: Translator) -> list[Markup]:
    return [
        selling_notes.wants_terms(tr),
        selling_notes.wants_category(tr),
        selling_notes.wants_text(tr),
        selling_notes.wants_picture(tr),
        selling_notes.wants_number(tr),
        selling_notes.wants_decision(tr),
        selling_notes.no_answer_yet(tr),
        selling_notes.too_long(TextTooLong(92, 80), tr),
        selling_notes.too_long(TextTooLong(81, 80), tr),
        selling_notes.too_short(TextTooShort(3, 20), tr),
        selling_notes.price_refused(tr, POLICY),
        selling_notes.number_refused(tr, low=1, high=60),
        selling_notes.picture_too_big(tr, POLICY),
        selling_notes.no_picture(tr),
        selling_notes.title_taken(tr),
    ]


def test_toasts() -> None:
    """What the switch did is said in a toast."""
    approved("gig-paused-toast", own_gigs.paused_toast)
    approved("gig-resumed-toast", own_gigs.resumed_toast)
    approved("publish-late-toast", own_gigs.late_publish_toast)
