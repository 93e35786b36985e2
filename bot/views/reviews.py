"""Reviews: the questions, thanks, and what both sides wrote and answered."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    AnswerReview,
    GiveMark,
    LeaveFlow,
    ShowOrder,
    SkipStep,
    StartReport,
    StartReview,
    StepBack,
)
from bot.views.codes import order_code
from bot.views.reports import REVIEW
from bot.views.typed import name_of, one_line, quoted
from market.read import OrderCard
from market.review import STARS, Review
from market.states import Role

WORDS_MAX = 300
PARTIES = frozenset({Role.BUYER, Role.SELLER})
Rows = tuple[tuple[Button, ...], ...]


def stars_rows(order_id: int, tr: Translator) -> Rows:
    """Five buttons in two rows, the best first; a seller's stars, or a buyer's first mark."""
    return _two_rows([_stars(stars, StartReview(order_id, stars), tr) for stars in reversed(STARS)])


def _stars(stars: int, tap: StartReview | GiveMark, tr: Translator) -> Button:
    return Button(label=tr.label("{count} ★", count=stars), tap=tap)


def _two_rows(buttons: list[Button]) -> Rows:
    return tuple(buttons[:3]), tuple(buttons[3:])


def stars_question(order_id: int, title: str, tr: Translator) -> Screen:
    """How many stars, as five buttons."""
    text = tr(
        "⭐ <b>{title}</b>\nOrder {code}. How was it? Please give 1 to 5 stars.",
        title=one_line(title),
        code=order_code(order_id),
    )
    return Screen(text=text, rows=(*stars_rows(order_id, tr), (_later(tr),)))


def mark_question(order_id: int, title: str, marks: Sequence[int], tr: Translator) -> Screen:
    """The first of the three questions that has no answer yet, under those that have."""
    number = sum(mark > 0 for mark in marks)
    head = tr(
        "⭐ <b>{title}</b>\nOrder {code} · question {number} of {all}",
        title=one_line(title),
        code=order_code(order_id),
        number=number + 1,
        all=len(marks),
    )
    parts = [head, marks_words(marks, tr), _questions(tr)[number]]
    buttons = [_stars(stars, GiveMark(number, stars), tr) for stars in reversed(STARS)]
    last = (_back(tr), _later(tr)) if number else (_later(tr),)
    text = Markup("\n\n").join(part for part in parts if part)
    return Screen(text=text, rows=(*_two_rows(buttons), last))


def _questions(tr: Translator) -> tuple[Markup, ...]:
    return (
        tr("<b>How good is the work?</b>"),
        tr("<b>How was talking with the seller?</b> Friendly, clear, quick to answer?"),
        tr("<b>Was it worth its price?</b>"),
    )


def mark_names(tr: Translator) -> tuple[str, ...]:
    """Quality, communication, value."""
    return tr.label("Quality"), tr.label("Communication"), tr.label("Value")


def marks_words(marks: Sequence[int], tr: Translator) -> Markup:
    """The marks that are given, a line each; may be empty."""
    given = zip(mark_names(tr), marks, strict=True)
    lines = [Markup("{} {}").format(tr.stars(mark), name) for name, mark in given if mark]
    return Markup("\n").join(lines)


def words_question(stars: int, most: int, tr: Translator) -> Screen:
    """A seller's few words, or none."""
    return _words(Markup.escape(tr.stars(stars)), most, tr, (_later(tr),))


def buyers_words_question(marks: Sequence[int], most: int, tr: Translator) -> Screen:
    """A buyer's few words, or none."""
    return _words(marks_words(marks, tr), most, tr, (_back(tr), _later(tr)))


def _words(given: Markup, most: int, tr: Translator, last: tuple[Button, ...]) -> Screen:
    text = tr(
        "{stars}\n"
        "Would you like to add a few words? They help others to choose. At most {most} "
        "characters; or send the stars alone.",
        stars=given,
        most=tr.number(most),
    )
    note = tr("<i>Once sent, a review cannot be changed.</i>")
    only = Button(label=tr.label("Send the stars alone"), tap=SkipStep(), style="primary")
    return Screen(text=Markup("{}\n{}").format(text, note), rows=((only,), last))


def thanks_screen(card: OrderCard, tr: Translator) -> Screen:
    """The review is kept; when it will be shown."""
    parts = [tr("💛 <b>Thank you for your review.</b>"), reviews_part(card, tr)]
    text = Markup("\n\n").join(part for part in parts if part is not None)
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Screen(text=text, rows=((back,),))


def no_review_toast(card: OrderCard, tr: Translator) -> str:
    """Why no review can be written (any more)."""
    if card.mine is not None:
        return tr.label("You have reviewed this order already. Thank you!")
    return tr.label("This order cannot be reviewed now.")


def late_review_toast(tr: Translator) -> str:
    """A second tap on *Send the stars alone*."""
    return tr.label("That question is answered already.")


def wants_stars(tr: Translator) -> Markup:
    """Words came before the stars."""
    return tr("First the stars, please: tap one of the buttons below. Then you can write.")


def review_to_answer(card: OrderCard) -> Review | None:
    """The public review about the reader that is not answered yet."""
    about_me = (review for review in card.reviews if _is_about_reader(review, card))
    return next((review for review in about_me if not review.reply), None)


def _is_about_reader(review: Review, card: OrderCard) -> bool:
    return card.viewer in PARTIES and review.role is not card.viewer


def answer_button(card: OrderCard, tr: Translator) -> list[Button]:
    """Answer what the other side wrote, while that is possible."""
    if review_to_answer(card) is None:
        return []
    return [Button(label=tr.label("Answer the review"), tap=AnswerReview(card.order.id))]


def report_button(card: OrderCard, tr: Translator) -> list[Button]:
    """Report what the other side wrote."""
    return [
        Button(
            label=tr.label("🚩 Report the review"),
            tap=StartReport(REVIEW, review.author_id, card.order.id),
        )
        for review in card.reviews
        if _is_about_reader(review, card)
    ]


def reviews_part(card: OrderCard, tr: Translator) -> Markup | None:
    """The reader's own review, the visible ones of others, and when hidden ones are shown."""
    shown = [review for review in card.reviews if _is_shown(review, card)]
    if card.mine is not None and card.mine not in shown:
        shown.insert(0, card.mine)
    parts = [_review_words(review, card, tr) for review in shown]
    parts += [note for note in (_note(card, tr),) if note is not None]
    return Markup("\n").join(parts) if parts else None


def _is_shown(review: Review, card: OrderCard) -> bool:
    return review.visible_from_ms <= card.now_ms


def _review_words(review: Review, card: OrderCard, tr: Translator) -> Markup:
    parts = [tr("{stars} {author}", stars=tr.stars(review.stars), author=_author(review, card, tr))]
    if review.quality:
        parts.append(_marks_line(review, tr))
    if review.words.strip():
        parts.append(quoted(review.words, WORDS_MAX))
    if review.removed_reason:
        reason = one_line(review.removed_reason, WORDS_MAX)
        parts.append(tr("<i>Taken away by an operator: {reason}</i>", reason=reason))
    if review.reply:
        other = name_of(card.seller_name if review.role is Role.BUYER else card.buyer_name)
        parts.append(tr("↪️ {name} answers:", name=other))
        parts.append(quoted(review.reply, WORDS_MAX))
    return Markup("\n").join(parts)


def _marks_line(review: Review, tr: Translator) -> Markup:
    return tr(
        "Quality {quality} · Communication {communication} · Value {value}",
        quality=review.quality,
        communication=review.communication,
        value=review.value,
    )


def _author(review: Review, card: OrderCard, tr: Translator) -> str:
    if review == card.mine:
        return tr.label("Your review")
    return name_of(card.buyer_name if review.role is Role.BUYER else card.seller_name)


def closes_ms(card: OrderCard) -> int | None:
    """When reviews of this order close; of a late one that was cancelled, its buyer's."""
    since_ms = card.order.completed_ms
    if since_ms is None and card.may_review and card.history:
        since_ms = card.history[-1].at_ms
    return None if since_ms is None else since_ms + card.policy.windows.review_ms


def _note(card: OrderCard, tr: Translator) -> Markup | None:
    if card.mine is not None and card.mine.visible_from_ms > card.now_ms:
        date = tr.date(card.mine.visible_from_ms)
        if card.order.completed_ms is None:
            return tr("<i>Your review is shown on {date}.</i>", date=date)
        return tr("<i>Your review is shown when both have written, or on {date}.</i>", date=date)
    closes = closes_ms(card)
    if closes is None or card.now_ms >= closes or not card.may_review or card.mine is not None:
        return None
    if card.order.completed_ms is None:
        return tr("⭐ The work was late: you can review until {date}.", date=tr.date(closes))
    return tr(
        "⭐ You can review until {date}. Reviews are shown when both have written, or on that day.",
        date=tr.date(closes),
    )


def _back(tr: Translator) -> Button:
    return Button(label=tr.label("Back"), tap=StepBack())


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
