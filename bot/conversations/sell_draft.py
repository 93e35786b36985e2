"""What was typed of a gig so far, and which step follows which."""

from dataclasses import dataclass, field, replace

from bot.i18n import Translator, plain
from bot.views.categories import category_label
from bot.views.selling import STEPS, Spot
from bot.views.typed import one_line
from market.files import FileRef
from market.gig import Gig, NewGig
from market.money import Currency, Money
from market.rail_cards import OpenWays

PREVIEW = "preview"
_NOW_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class GigDraft:
    """`answered` names the steps that have an answer; `is_editing`: go back to the preview next.

    The price is in `currency`; the question asks in `asked_in`, one of the category's `currencies`.
    `gig_id` is the gig that was taken down and is put right, 0 for a new one. `ways` are those
    that the terms told of.
    """

    category: str = ""
    title: str = ""
    description: str = ""
    picture: FileRef | None = None
    price_minor: int = 0
    currency: Currency = Currency.XTR
    asked_in: Currency = Currency.XTR
    currencies: tuple[Currency, ...] = (Currency.XTR,)
    days: int = 0
    revisions: int = 0
    question: str | None = None
    answered: tuple[str, ...] = ()
    is_editing: bool = False
    gig_id: int = 0
    ways: OpenWays = field(default_factory=OpenWays)


def in_category(draft: GigDraft, key: str, currencies: tuple[Currency, ...]) -> GigDraft:
    """The draft on that shelf; a price that is not possible there has to be said anew."""
    moved = replace(draft, category=key, currencies=currencies)
    if draft.currency in currencies:
        return replace(moved, asked_in=draft.currency)
    left = tuple(step for step in draft.answered if step != "price")
    return replace(moved, answered=left, currency=Currency.XTR, asked_in=Currency.XTR)


def with_answer(draft: GigDraft, step: str) -> GigDraft:
    """The draft with this step marked as answered."""
    if step in draft.answered:
        return draft
    return replace(draft, answered=(*draft.answered, step))


def step_after(draft: GigDraft, step: str) -> str:
    """The next question, or the preview."""
    number = STEPS.index(step) + 1
    return PREVIEW if draft.is_editing or number == len(STEPS) else STEPS[number]


def step_before(draft: GigDraft, step: str) -> str:
    """Where *Back* leads; the first question has nothing before it."""
    return PREVIEW if draft.is_editing else STEPS[max(0, STEPS.index(step) - 1)]


def spot(draft: GigDraft, step: str, tr: Translator) -> Spot:
    """What the question's screen has to know of the draft."""
    return Spot(
        step=step,
        category=draft.category,
        now=_now(draft, step, tr) if step in draft.answered else "",
        may_go_back=draft.is_editing or step != STEPS[0],
        currency=draft.asked_in,
        others=tuple(one for one in draft.currencies if one is not draft.asked_in),
    )


def draft_of(gig: Gig) -> GigDraft:
    """The gig with every answer as it is now."""
    return GigDraft(
        category=gig.category,
        title=gig.title,
        description=gig.description,
        picture=gig.picture,
        price_minor=gig.price.minor,
        days=gig.delivery_days,
        revisions=gig.revisions,
        currency=gig.price.currency,
        asked_in=gig.price.currency,
        question=gig.question,
        answered=STEPS,
        gig_id=gig.id,
    )


def new_gig(draft: GigDraft) -> NewGig:
    """The gig that the draft stands for."""
    return NewGig(
        category=draft.category,
        title=draft.title,
        description=draft.description,
        picture=draft.picture,
        price=Money(draft.price_minor, draft.currency),
        delivery_days=draft.days,
        revisions=draft.revisions,
        question=draft.question,
    )


def _now(draft: GigDraft, step: str, tr: Translator) -> str:
    """The present answer in a line."""
    match step:
        case "category":
            return category_label(draft.category, tr)
        case "picture":
            return tr.label("a picture") if draft.picture else tr.label("no picture")
        case "price":
            return tr.money(Money(draft.price_minor, draft.currency))
        case "days":
            return plain(tr.n("{n} day", "{n} days", draft.days))
        case "revisions":
            return tr.number(draft.revisions)
        case _:
            return _now_typed(draft, step, tr)


def _now_typed(draft: GigDraft, step: str, tr: Translator) -> str:
    typed = {"title": draft.title, "description": draft.description}
    text = typed.get(step, draft.question)
    return tr.label("nothing is asked") if text is None else one_line(text, _NOW_SHOWN)
