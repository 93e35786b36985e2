"""A person in figures and how he stands, as operators read it."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.gig_text import standing
from bot.views.typed import name_of, one_line
from market.desk import PersonCard
from market.people import Standing
from market.reports import StandingChange

THE_HOUSE = 0
REASON_MAX = 150


def figures_words(card: PersonCard, tr: Translator) -> Markup:
    """Orders, lateness, disputes, reviews and strikes in one line."""
    figures = card.figures
    parts = [
        tr("bought {count}", count=figures.bought),
        tr("sold {count}", count=figures.sold),
        _if(
            figures.cancelled_as_seller,
            tr("cancelled as seller {count}", count=figures.cancelled_as_seller),
        ),
        _if(figures.late, tr("late {count}", count=figures.late)),
        tr("disputes {count}, lost {lost}", count=figures.disputes, lost=figures.disputes_lost),
        _if(card.rating.reviews, standing(card.rating, tr)),
        _if(card.strikes, tr("📵 strikes {count}", count=card.strikes)),
    ]
    return Markup(" · ").join(part for part in parts if part)


def _if(count: int, words: Markup) -> Markup:
    return words if count else Markup()


def stands(card: PersonCard, tr: Translator) -> Markup:
    """How the person stands now, and until when."""
    last = card.standings[0] if card.standings else None
    match card.person.standing:
        case Standing.GOOD:
            return tr("🟢 In good standing")
        case Standing.PAUSED if last is not None and last.until_ms is not None:
            return tr("⏸ Paused until {when}", when=tr.when(last.until_ms, card.now_ms))
        case Standing.PAUSED:
            return tr("⏸ Paused")
        case Standing.BANNED:
            return tr("⛔ Banned")


def change_line(
    change: StandingChange, names: dict[int, str], tr: Translator, now_ms: int
) -> Markup:
    """One line of the history: what, until when, by whom, why."""
    head = tr(
        "{when}: {what}, by {name}",
        when=tr.when(change.at_ms, now_ms),
        what=_changed(change, tr, now_ms),
        name=operator_name(change.operator_id, names, tr),
    )
    if not change.reason:
        return head
    return Markup("{}: {}").format(head, one_line(change.reason, REASON_MAX))


def _changed(change: StandingChange, tr: Translator, now_ms: int) -> str:
    match change.standing:
        case Standing.PAUSED if change.until_ms is not None:
            return tr.label("paused until {when}", when=tr.when(change.until_ms, now_ms))
        case Standing.PAUSED:
            return tr.label("paused")
        case Standing.BANNED:
            return tr.label("banned")
        case _:
            return tr.label("free again")


def operator_name(operator_id: int, names: dict[int, str], tr: Translator) -> str:
    """An operator by name; the house itself; one who is none any more by number."""
    if operator_id == THE_HOUSE:
        return tr.label("the house itself")
    if operator_id in names:
        return name_of(names[operator_id])
    return tr.label("operator no. {number}", number=operator_id)
