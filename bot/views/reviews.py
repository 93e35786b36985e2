"""Reviews: the question for stars, the question for words, thanks, and what both sides wrote."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow, ShowOrder, SkipStep, StartReview
from bot.views.codes import order_code
from bot.views.typed import name_of, one_line, quoted
from market.read import OrderCard
from market.review import STARS, Review
from market.states import Role

WORDS_MAX = 300
Rows = tuple[tuple[Button, ...], ...]


def stars_rows(order_id: int, tr: Translator) -> Rows:
    """Five buttons in two rows, the best first."""
    buttons = [
        Button(label=tr.label("{count} ★", count=stars), tap=StartReview(order_id, stars))
        for stars in reversed(STARS)
    ]
    return tuple(buttons[:3]), tuple(buttons[3:])


def stars_question(order_id: int, title: str, tr: Translator) -> Screen:
    """How many stars, as five buttons."""
    text = tr(
        "⭐ <b>{title}</b>\nOrder {code}. How was it? Please give 1 to 5 stars.",
        title=one_line(title),
        code=order_code(order_id),
    )
    return Screen(text=text, rows=(*stars_rows(order_id, tr), (_later(tr),)))


def words_question(stars: int, most: int, tr: Translator) -> Screen:
    """A few words for others, or none."""
    text = tr(
        "{stars}\n"
        "Would you like to add a few words? They help others to choose. At most {most} "
        "characters; or send the stars alone.",
        stars=tr.stars(stars),
        most=tr.number(most),
    )
    only = Button(label=tr.label("Send the stars alone"), tap=SkipStep(), style="primary")
    return Screen(text=text, rows=((only,), (_later(tr),)))


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
    head = tr("{stars} {author}", stars=tr.stars(review.stars), author=_author(review, card, tr))
    if not review.words.strip():
        return head
    return Markup("{}\n{}").format(head, quoted(review.words, WORDS_MAX))


def _author(review: Review, card: OrderCard, tr: Translator) -> str:
    if review == card.mine:
        return tr.label("Your review")
    return name_of(card.buyer_name if review.role is Role.BUYER else card.seller_name)


def closes_ms(card: OrderCard) -> int | None:
    """When reviews of this order close."""
    completed = card.order.completed_ms
    return None if completed is None else completed + card.policy.windows.review_ms


def _note(card: OrderCard, tr: Translator) -> Markup | None:
    closes = closes_ms(card)
    if closes is None or card.now_ms >= closes:
        return None
    if card.mine is not None and card.mine.visible_from_ms > card.now_ms:
        return tr(
            "<i>Your review is shown when both have written, or on {date}.</i>",
            date=tr.date(card.mine.visible_from_ms),
        )
    if card.may_review and card.mine is None:
        return tr(
            "⭐ You can review until {date}. Reviews are shown when both have written, or on "
            "that day.",
            date=tr.date(closes),
        )
    return None


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
