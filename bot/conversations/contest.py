"""A person appeals against the own pause or ban: one message."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AppealStanding
from bot.views.deliveries import wants_words
from bot.views.judging import contest_question, contested_screen
from market.errors import NotFound
from market.people import Standing
from market.rights import By
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True)
class ContestDraft:
    """What the person stood as when the appeal was begun."""

    standing: Standing


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="contest",
        by=By.ANYBODY,
        draft=ContestDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_words, text=on_words)},
        entries={AppealStanding: on_appeal_standing},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your appeal to the operators")


def _ask(turn: Turn, _draft: ContestDraft) -> Screen:
    return contest_question(turn.policy.limits.statement_least, turn.tr)


async def on_appeal_standing(turn: Turn, _tap: AppealStanding) -> Next:
    """In good standing there is nothing to appeal against (any more)."""
    if turn.person.standing is Standing.GOOD:
        raise NotFound("standing")
    return Go(WORDS, ContestDraft(turn.person.standing))


async def on_words(turn: Turn, _draft: ContestDraft, text: str) -> Next:
    await turn.services.desk.appeal_standing(turn.command, text=text)
    return Done(contested_screen(turn.tr))
