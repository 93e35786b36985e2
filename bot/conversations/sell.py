"""The gig conversation: terms where needed, eight questions, a preview, publishing.

A gig that operators took down comes back to the preview with all its answers, to be put right.
Rights and limits are the service's; the draft only holds what was typed.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversations import sell_answers as answers
from bot.conversations.sell_draft import (
    PREVIEW,
    GigDraft,
    draft_of,
    in_category,
    new_gig,
    spot,
    step_after,
    step_before,
)
from bot.i18n import Translator
from bot.kit.flows import Ask, Done, Flow, Go, Next, OnTap, OnText, Stay, Step
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from bot.ui.taps import (
    AcceptTerms,
    EditStep,
    KeepAnswer,
    PickCategory,
    PickCurrency,
    PickNumber,
    PublishGig,
    ReviseGig,
    SkipStep,
    StartSelling,
    StepBack,
)
from bot.views import selling, selling_notes
from bot.views.legal import terms_question
from bot.views.own_gigs import (
    own_gig_screen,
    preview_screen,
    published_screen,
)
from bot.views.revising import revised_screen
from bot.views.selling import STEPS, Spot
from market import errors
from market.gig import GigState
from market.people import Standing
from market.policy import Policy
from market.rights import By
from services.registry import Services

TERMS = "terms"

Question = Callable[[Spot, Translator, Policy], Screen]
Taps = dict[type[Tap], OnTap]


def flow(_services: Services) -> Flow:
    """The flow as the kit runs it."""
    return Flow(
        name="sell",
        by=By.ANYBODY,
        draft=GigDraft,
        steps=_steps(),
        commands={"sell": begin},
        entries={StartSelling: on_start_selling, ReviseGig: on_revise_gig},
        title=lambda tr: tr("your gig"),
    )


async def begin(turn: Turn) -> Next:
    """The first question; the terms before it when they are not accepted yet.

    Whoever is in the middle of another gig finds it as a draft in the main menu.
    """
    if turn.person.standing is not Standing.GOOD:
        raise errors.Standing(turn.person.standing)
    await turn.end_flow()
    if turn.person.has_accepted_terms:
        return Go(STEPS[0], GigDraft())
    return Go(TERMS, GigDraft(ways=await turn.services.rails.open_ways()))


async def on_start_selling(turn: Turn, _tap: StartSelling) -> Next:
    return await begin(turn)


async def on_revise_gig(turn: Turn, tap: ReviseGig) -> Next:
    """Only its seller's, and only what was taken down; anything else is shown as it is."""
    card = await turn.services.gigs.card(tap.gig_id)
    if card.gig.seller_id != turn.person.id:
        raise errors.NotFound("gig")
    if card.gig.state is not GigState.TAKEN_DOWN:
        return Done(own_gig_screen(card, turn.tr, turn.policy, turn.bot_username))
    if turn.person.standing is not Standing.GOOD:
        raise errors.Standing(turn.person.standing)
    await turn.end_flow()
    currencies = await turn.services.rails.currencies(card.gig.category)
    draft = in_category(draft_of(card.gig), card.gig.category, currencies)
    return Go(PREVIEW if "price" in draft.answered else "price", draft)


async def on_terms(turn: Turn, draft: GigDraft, tap: AcceptTerms) -> Next:
    await turn.services.people.accept_terms(turn.command, tap.version)
    return Go(STEPS[0], draft)


async def on_edit(_turn: Turn, draft: GigDraft, tap: EditStep) -> Next:
    if not 0 <= tap.step < len(STEPS):
        return Go(PREVIEW, draft)
    return Go(STEPS[tap.step], replace(draft, is_editing=True))


async def on_publish(turn: Turn, draft: GigDraft, _tap: PublishGig) -> Next:
    if draft.gig_id:
        return await _revised(turn, draft)
    gig = await turn.services.gigs.publish(turn.command, new_gig(draft))
    return Done(published_screen(gig, turn.tr, turn.bot_username))


async def _revised(turn: Turn, draft: GigDraft) -> Next:
    """An operator may have put it back meanwhile: then it stays as the operator saw it."""
    gigs = turn.services.gigs
    try:
        gig = await gigs.revise(turn.command, draft.gig_id, new_gig(draft))
    except errors.WrongState:
        card = await gigs.card(draft.gig_id)
        return Done(own_gig_screen(card, turn.tr, turn.policy, turn.bot_username))
    return Done(revised_screen(gig, turn.tr))


def _ask_preview(turn: Turn, draft: GigDraft) -> Screen:
    return preview_screen(new_gig(draft), turn.tr, turn.policy, is_again=draft.gig_id > 0)


def _steps() -> dict[str, Step]:
    return {
        TERMS: Step(
            ask=lambda turn, draft: terms_question(draft.ways, turn.tr, turn.policy),
            wants=selling_notes.wants_terms,
            taps={AcceptTerms: on_terms},
        ),
        "category": _category_step(),
        "title": _typed_step("title", selling.title_question, answers.on_title, {}),
        "description": _typed_step(
            "description", selling.description_question, answers.on_description, {}
        ),
        "picture": _picture_step(),
        "price": _typed_step(
            "price",
            selling.price_question,
            answers.on_price,
            {PickNumber: answers.on_price_tap, PickCurrency: answers.on_currency},
        ),
        "days": _typed_step(
            "days", selling.days_question, answers.on_days, {PickNumber: answers.on_days_tap}
        ),
        "revisions": _typed_step(
            "revisions",
            selling.revisions_question,
            answers.on_revisions,
            {PickNumber: answers.on_revisions_tap},
        ),
        "question": _typed_step(
            "question",
            selling.requirements_question,
            answers.on_question,
            {SkipStep: answers.on_no_question},
        ),
        PREVIEW: Step(
            ask=_ask_preview,
            wants=selling_notes.wants_decision,
            taps={PublishGig: on_publish, EditStep: on_edit},
        ),
    }


def _category_step() -> Step:
    def ask(turn: Turn, draft: GigDraft) -> Screen:
        return selling.category_question(spot(draft, "category", turn.tr), turn.tr)

    taps = _taps("category", {PickCategory: answers.on_category})
    return Step(ask=ask, wants=selling_notes.wants_category, taps=taps)


def _picture_step() -> Step:
    return Step(
        ask=_ask("picture", selling.picture_question),
        wants=selling_notes.wants_picture,
        file=answers.on_picture,
        taps=_taps("picture", {SkipStep: answers.on_no_picture}),
    )


def _typed_step(step: str, question: Question, on_text: OnText, own: Taps) -> Step:
    wants = selling_notes.wants_number if PickNumber in own else selling_notes.wants_text
    return Step(ask=_ask(step, question), wants=wants, text=on_text, taps=_taps(step, own))


def _ask(step: str, question: Question) -> Ask:
    def ask(turn: Turn, draft: GigDraft) -> Screen:
        return question(spot(draft, step, turn.tr), turn.tr, turn.policy)

    return ask


def _taps(step: str, own: Taps) -> Taps:
    """The step's own buttons, and *Back* and *Leave it as it is*."""

    async def on_back(_turn: Turn, draft: GigDraft, _tap: StepBack) -> Next:
        return Go(step_before(draft, step), replace(draft, is_editing=False))

    async def on_keep(turn: Turn, draft: GigDraft, _tap: KeepAnswer) -> Next:
        if step not in draft.answered:
            return Stay(selling_notes.no_answer_yet(turn.tr))
        kept = replace(draft, is_editing=False, asked_in=draft.currency)
        return Go(step_after(draft, step), kept)

    return {**own, StepBack: on_back, KeepAnswer: on_keep}
