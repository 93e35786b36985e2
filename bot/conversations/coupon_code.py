"""Typing the code of a coupon; the quote comes back with what it gives."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.codes import paying_of
from bot.ui.screen import Button, Screen
from bot.ui.taps import PayWith, TypeCode
from bot.views.deliveries import wants_words
from bot.views.pricing import code_question
from bot.views.quotes import quote_screen
from market.coupon import code_of
from market.rights import By
from services.registry import Services

CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDraft:
    """For which gig, and how the buyer pays otherwise."""

    gig_id: int
    ways: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="coupon_code",
        by=By.AGREED,
        draft=CodeDraft,
        steps={CODE: Step(ask=_ask, wants=wants_words, text=on_code)},
        entries={TypeCode: on_type_code},
        title=_title,
        is_left_by_taps=True,
    )


def _title(tr: Translator) -> str:
    return tr.label("your coupon")


def _ask(turn: Turn, draft: CodeDraft) -> Screen:
    tap = PayWith(draft.gig_id, draft.ways, 0, 0)
    without = Button(label=turn.tr.label("Without a coupon"), tap=tap)
    return Screen(text=code_question(turn.tr), rows=((without,),))


async def on_type_code(_turn: Turn, tap: TypeCode) -> Next:
    return Go(CODE, CodeDraft(gig_id=tap.gig_id, ways=tap.ways))


async def on_code(turn: Turn, draft: CodeDraft, text: str) -> Next:
    paying = replace(paying_of(draft.ways), code=code_of(text))
    quote = await turn.services.orders.quote(turn.person.id, draft.gig_id, paying)
    return Done(quote_screen(quote, turn.tr, turn.policy))
