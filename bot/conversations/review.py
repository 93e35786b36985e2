"""Reviewing: the stars by a tap, then a few words or none."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import SkipStep, StartReview
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.reviews import (
    no_review_toast,
    stars_question,
    thanks_screen,
    wants_stars,
    words_question,
)
from market.review import STARS as STARS_GIVEN
from services.registry import Services

STARS, WORDS = "stars", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """Which order, and the stars given, 0 before."""

    order_id: int
    title: str
    stars: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="review",
        draft=ReviewDraft,
        steps={
            STARS: Step(ask=_ask_stars, wants=wants_stars),
            WORDS: Step(ask=_ask_words, wants=wants_words, text=on_words, taps={SkipStep: on_skip}),
        },
        entries={StartReview: on_start_review},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your review")


def _ask_stars(turn: Turn, draft: ReviewDraft) -> Screen:
    return stars_question(draft.order_id, draft.title, turn.tr)


def _ask_words(turn: Turn, draft: ReviewDraft) -> Screen:
    return words_question(draft.stars, turn.policy.limits.review_max, turn.tr)


async def on_start_review(turn: Turn, tap: StartReview) -> Next:
    """Stars 1 to 5 lead on to the words; anything else asks for the stars."""
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    if not card.may_review:
        return Done(order_screen(card, turn.tr), no_review_toast(card, turn.tr))
    stars = tap.stars if tap.stars in STARS_GIVEN else 0
    draft = ReviewDraft(order_id=tap.order_id, title=card.gig.title, stars=stars)
    return Go(WORDS if stars else STARS, draft)


async def on_words(turn: Turn, draft: ReviewDraft, text: str) -> Next:
    card = await turn.services.reviews.review(
        turn.command, draft.order_id, stars=draft.stars, words=text
    )
    return Done(thanks_screen(card, turn.tr))


async def on_skip(turn: Turn, draft: ReviewDraft, _tap: SkipStep) -> Next:
    return await on_words(turn, draft, "")
