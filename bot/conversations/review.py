"""Reviewing: a buyer's three marks or a seller's stars by taps, then a few words or none."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, OnTap, Step
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from bot.ui.taps import GiveMark, SkipStep, StartReview, StepBack
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.reviews import (
    buyers_words_question,
    mark_question,
    no_review_toast,
    stars_question,
    thanks_screen,
    wants_stars,
    words_question,
)
from market.review import STARS as STARS_GIVEN
from market.review import Marks
from market.rights import By
from market.states import Role
from services.registry import Services

STARS, MARKS, WORDS = "stars", "marks", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """Which order, a seller's stars (0 before), a buyer's marks in the order of the questions."""

    order_id: int
    title: str
    stars: int = 0
    marks: tuple[int, ...] = ()

    @property
    def given(self) -> int:
        """How many of the marks are given."""
        return sum(mark > 0 for mark in self.marks)


def flow(_services: Services) -> Flow:
    """The flow."""
    marking: dict[type[Tap], OnTap] = {GiveMark: on_mark, StepBack: on_back}
    wording: dict[type[Tap], OnTap] = {SkipStep: on_skip, StepBack: on_back, GiveMark: on_late_mark}
    return Flow(
        name="review",
        by=By.PARTY,
        draft=ReviewDraft,
        steps={
            STARS: Step(ask=_ask_stars, wants=wants_stars),
            MARKS: Step(ask=_ask_mark, wants=wants_stars, taps=marking),
            WORDS: Step(ask=_ask_words, wants=wants_words, text=on_words, taps=wording),
        },
        entries={StartReview: on_start_review},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your review")


def _ask_stars(turn: Turn, draft: ReviewDraft) -> Screen:
    return stars_question(draft.order_id, draft.title, turn.tr)


def _ask_mark(turn: Turn, draft: ReviewDraft) -> Screen:
    return mark_question(draft.order_id, draft.title, draft.marks, turn.tr)


def _ask_words(turn: Turn, draft: ReviewDraft) -> Screen:
    most = turn.policy.limits.review_max
    if draft.marks:
        return buyers_words_question(draft.marks, most, turn.tr)
    return words_question(draft.stars, most, turn.tr)


async def on_start_review(turn: Turn, tap: StartReview) -> Next:
    """Stars 1 to 5 answer the first question already; anything else asks it."""
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    if not card.may_review:
        return Done(order_screen(card, turn.tr), no_review_toast(card, turn.tr))
    stars = tap.stars if tap.stars in STARS_GIVEN else 0
    if card.viewer is Role.BUYER:
        marks = (stars, 0, 0)
        return Go(MARKS, ReviewDraft(order_id=tap.order_id, title=card.gig.title, marks=marks))
    draft = ReviewDraft(order_id=tap.order_id, title=card.gig.title, stars=stars)
    return Go(WORDS if stars else STARS, draft)


async def on_mark(_turn: Turn, draft: ReviewDraft, tap: GiveMark) -> Next:
    """The second tap of a double tap belongs to the question before."""
    if tap.question != draft.given or tap.stars not in STARS_GIVEN:
        return Go(MARKS, draft)
    marks = tuple(
        tap.stars if number == tap.question else mark for number, mark in enumerate(draft.marks)
    )
    following = replace(draft, marks=marks)
    return Go(MARKS if 0 in marks else WORDS, following)


async def on_late_mark(_turn: Turn, draft: ReviewDraft, _tap: GiveMark) -> Next:
    return Go(WORDS, draft)


async def on_back(_turn: Turn, draft: ReviewDraft, _tap: StepBack) -> Next:
    """The last mark is asked again."""
    if not draft.marks:
        return Go(STARS, replace(draft, stars=0))
    last = max(0, draft.given - 1)
    marks = tuple(mark if number < last else 0 for number, mark in enumerate(draft.marks))
    return Go(MARKS, replace(draft, marks=marks))


async def on_words(turn: Turn, draft: ReviewDraft, text: str) -> Next:
    marks = None
    if draft.marks:
        quality, communication, value = draft.marks
        marks = Marks(quality=quality, communication=communication, value=value)
    card = await turn.services.reviews.review(
        turn.command, draft.order_id, stars=draft.stars, marks=marks, words=text
    )
    return Done(thanks_screen(card, turn.tr))


async def on_skip(turn: Turn, draft: ReviewDraft, _tap: SkipStep) -> Next:
    return await on_words(turn, draft, "")
