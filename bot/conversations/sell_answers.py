"""What each step of the gig conversation makes of an answer.

The draft moves on, or a note says what would do.
"""

from dataclasses import replace

from markupsafe import Markup

from bot.conversations.sell_draft import GigDraft, in_category, step_after, with_answer
from bot.kit.flows import Go, Next, Stay
from bot.kit.turn import Turn
from bot.ui.taps import PickCategory, PickCurrency, PickNumber, SkipStep
from bot.views import selling, selling_notes
from bot.views.categories import category_at
from market.amounts import parse_amount, parse_count
from market.errors import (
    AmountOutOfRange,
    AmountUnreadable,
    CurrencyClosed,
    NotFound,
    NumberOutOfRange,
    TextTooLong,
    TextTooShort,
)
from market.files import FileRef
from market.gig import checked
from market.money import Currency, Money

_PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".webp")
_OPENINGS = ("i will ", "i'll ", "i’ll ", "i can ", "আমি ")


async def on_category(turn: Turn, draft: GigDraft, tap: PickCategory) -> Next:
    category = category_at(tap.category)
    if category is None:
        return Stay(selling_notes.wants_category(turn.tr))
    currencies = await turn.services.rails.currencies(category)
    moved = in_category(draft, category, currencies)
    if draft.is_editing and "price" not in moved.answered:
        return Go("price", with_answer(moved, "category"))
    return _onward(moved, "category")


async def on_title(turn: Turn, draft: GigDraft, text: str) -> Next:
    limits, line = turn.policy.limits, " ".join(text.split())
    title = _checked(turn, line, least=limits.title_least, most=limits.title_max)
    if isinstance(title, Stay):
        return title
    opens_well = title.casefold().startswith(_OPENINGS)
    note = None if opens_well else selling_notes.title_taken(turn.tr)
    return _onward(replace(draft, title=title), "title", note=note)


async def on_description(turn: Turn, draft: GigDraft, text: str) -> Next:
    limits = turn.policy.limits
    least, most = limits.description_least, limits.description_max
    description = _checked(turn, text, least=least, most=most)
    if isinstance(description, Stay):
        return description
    return _onward(replace(draft, description=description), "description")


async def on_picture(turn: Turn, draft: GigDraft, file: FileRef) -> Next:
    if not _is_picture(file):
        return Stay(selling_notes.no_picture(turn.tr))
    if file.size > turn.policy.limits.photo_bytes_max:
        return Stay(selling_notes.picture_too_big(turn.tr, turn.policy))
    return _onward(replace(draft, picture=file), "picture")


async def on_no_picture(_turn: Turn, draft: GigDraft, _tap: SkipStep) -> Next:
    return _onward(replace(draft, picture=None), "picture")


async def on_price(turn: Turn, draft: GigDraft, text: str) -> Next:
    low, high = turn.policy.price_limits(draft.asked_in)
    try:
        price = parse_amount(text, draft.asked_in, low_minor=low, high_minor=high)
    except (AmountOutOfRange, AmountUnreadable):
        return Stay(selling_notes.price_refused(turn.tr, turn.policy, draft.asked_in))
    return _priced(turn, draft, price)


async def on_price_tap(turn: Turn, draft: GigDraft, tap: PickNumber) -> Next:
    return await on_price(turn, draft, str(tap.number))


async def on_currency(_turn: Turn, draft: GigDraft, tap: PickCurrency) -> Next:
    """The price is asked in it; the one given before stays until another is given."""
    if not 0 <= tap.currency < len(Currency):
        raise NotFound("currency")
    currency = list(Currency)[tap.currency]
    if currency not in draft.currencies:
        raise CurrencyClosed(currency)
    return Go("price", replace(draft, asked_in=currency))


async def on_days(turn: Turn, draft: GigDraft, text: str) -> Next:
    low, high = turn.policy.limits.days_low, turn.policy.limits.days_high
    days = _counted(turn, text, low=low, high=high)
    if isinstance(days, Stay):
        return days
    return _onward(replace(draft, days=days), "days")


async def on_days_tap(turn: Turn, draft: GigDraft, tap: PickNumber) -> Next:
    return await on_days(turn, draft, str(tap.number))


async def on_revisions(turn: Turn, draft: GigDraft, text: str) -> Next:
    low, high = turn.policy.limits.revisions_low, turn.policy.limits.revisions_high
    rounds = _counted(turn, text, low=low, high=high)
    if isinstance(rounds, Stay):
        return rounds
    return _onward(replace(draft, revisions=rounds), "revisions")


async def on_revisions_tap(turn: Turn, draft: GigDraft, tap: PickNumber) -> Next:
    return await on_revisions(turn, draft, str(tap.number))


async def on_question(turn: Turn, draft: GigDraft, text: str) -> Next:
    question = _checked(turn, text, least=1, most=turn.policy.limits.question_max)
    if isinstance(question, Stay):
        return question
    return _onward(replace(draft, question=question), "question")


async def on_no_question(_turn: Turn, draft: GigDraft, _tap: SkipStep) -> Next:
    return _onward(replace(draft, question=None), "question")


def _priced(turn: Turn, draft: GigDraft, price: Money) -> Next:
    note = None if draft.is_editing else selling.earning(price, turn.tr, turn.policy)
    given = replace(draft, price_minor=price.minor, currency=price.currency)
    return _onward(given, "price", note=note)


def _onward(draft: GigDraft, step: str, *, note: Markup | None = None) -> Next:
    answered = with_answer(draft, step)
    return Go(step_after(answered, step), replace(answered, is_editing=False), note)


def _checked(turn: Turn, text: str, *, least: int, most: int) -> str | Stay:
    try:
        return checked(text, least=least, most=most)
    except TextTooLong as error:
        return Stay(selling_notes.too_long(error, turn.tr))
    except TextTooShort as error:
        return Stay(selling_notes.too_short(error, turn.tr))


def _counted(turn: Turn, text: str, *, low: int, high: int) -> int | Stay:
    try:
        return parse_count(text, low=low, high=high)
    except NumberOutOfRange:
        return Stay(selling_notes.number_refused(turn.tr, low=low, high=high))


def _is_picture(file: FileRef) -> bool:
    """Telegram gives no more than a name here; what it then refuses to show is sent as a file."""
    is_image_file = file.kind == "document" and file.name.lower().endswith(_PICTURE_NAMES)
    return file.kind == "photo" or is_image_file
