"""Answering the review that the other side wrote: one message, once."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AnswerReview
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.review_words import (
    answer_question,
    answered_toast,
    answered_words,
    nothing_to_answer_toast,
)
from bot.views.reviews import review_to_answer
from market.rights import By
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """Which order; `question` is what was said about its review."""

    order_id: int
    question: str


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="review_reply",
        by=By.PARTY,
        draft=ReplyDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_words, text=on_words)},
        entries={AnswerReview: on_answer_review},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your answer to a review")


def _ask(turn: Turn, draft: ReplyDraft) -> Screen:
    return answer_question(Markup(draft.question), turn.tr)  # noqa: S704 - made by answered_words


async def on_answer_review(turn: Turn, tap: AnswerReview) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    review = review_to_answer(card)
    if review is None:
        return Done(order_screen(card, turn.tr), nothing_to_answer_toast(turn.tr))
    question = answered_words(card, review, turn.policy.limits.review_max, turn.tr)
    return Go(WORDS, ReplyDraft(order_id=tap.order_id, question=str(question)))


async def on_words(turn: Turn, draft: ReplyDraft, text: str) -> Next:
    card = await turn.services.reviews.reply(turn.command, draft.order_id, text=text)
    return Done(order_screen(card, turn.tr), answered_toast(turn.tr))
