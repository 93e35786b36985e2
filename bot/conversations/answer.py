"""Going on with a support thread: an operator answers, or its person adds to it."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AnswerThread
from bot.views.support import answer_question, sent_toast, thread_screen, wants_words
from market.rights import By
from services.registry import Services

MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Which thread; `person_name` is whom an operator answers, None for the person's own."""

    thread_id: int
    person_name: str | None


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="answer",
        by=By.WRITER,
        draft=AnswerDraft,
        steps={MESSAGE: Step(ask=_ask, wants=wants_words, text=on_words)},
        entries={AnswerThread: on_answer_thread},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your answer in support")


def _ask(turn: Turn, draft: AnswerDraft) -> Screen:
    return answer_question(draft.person_name, turn.tr)


async def on_answer_thread(turn: Turn, tap: AnswerThread) -> Next:
    thread = await turn.services.support.thread(turn.person.id, tap.thread_id)
    is_own = thread.person_id == turn.person.id
    return Go(MESSAGE, AnswerDraft(thread.id, None if is_own else thread.person_name))


async def on_words(turn: Turn, draft: AnswerDraft, text: str) -> Next:
    support, is_own = turn.services.support, draft.person_name is None
    say = support.add if is_own else support.answer
    thread = await say(turn.command, draft.thread_id, text)
    screen = thread_screen(thread, turn.tr, is_operator=not is_own, now_ms=turn.now_ms)
    return Done(screen, sent_toast(turn.tr))
