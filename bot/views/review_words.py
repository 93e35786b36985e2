"""Around published reviews: answering one, what becomes of it, and what is said about a seller."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Button, Screen
from bot.ui.taps import LeaveFlow, ShowGig, ShowOrder, ShowReviews, StartReport, StartSupport
from bot.views import gig_text
from bot.views.absence import away_words
from bot.views.codes import order_code
from bot.views.reading import Reading
from bot.views.reports import PERSON, REVIEW
from bot.views.reviews import mark_names
from bot.views.typed import name_of, one_line, quoted
from market.notices import Message
from market.read import GigCard, OrderCard, Rating
from market.review import Review
from market.states import Role

WORDS_MAX, LISTED_MAX = 600, 220
PAGE = 5
SUPPORT = 0


def answered_words(card: OrderCard, review: Review, most: int, tr: Translator) -> Markup:
    """The review, and that it is answered once and for all."""
    name = name_of(card.buyer_name if review.role is Role.BUYER else card.seller_name)
    return tr(
        "↪️ <b>Your answer to the review by {name}</b>\n{stars}\n{words}\n"
        "Everybody who reads the review will read it (at most {most} characters). You can answer "
        "once, and it cannot be changed.",
        name=name,
        stars=tr.stars(review.stars),
        words=quoted(review.words, WORDS_MAX) if review.words.strip() else "",
        most=tr.number(most),
    )


def answer_question(words: Markup, tr: Translator) -> Screen:
    """What `answered_words` said, and the way out."""
    return Screen(text=words, rows=((Button(label=tr.label("Later"), tap=LeaveFlow()),),))


def nothing_to_answer_toast(tr: Translator) -> str:
    """It was answered, or taken away, or nobody wrote."""
    return tr.label("There is no review to answer here.")


def answered_toast(tr: Translator) -> str:
    """The answer is public."""
    return tr.label("Your answer is public now.")


def answered_notice(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """To the author of a review: its answer."""
    card = reading.card
    if card is None:
        return None
    other = card.seller_name if card.viewer is Role.BUYER else card.buyer_name
    text = tr(
        "↪️ <b>{name} has answered your review</b> of order {code}.\n{words}",
        name=name_of(other),
        code=order_code(card.order.id),
        words=quoted(str(message.facts.get("reply") or ""), WORDS_MAX),
    )
    return Screen(text=text, rows=((_order(card, tr),),))


def removed_notice(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """To the author of a review that an operator took away: why."""
    card = reading.card
    if card is None:
        return None
    text = tr(
        "🧹 <b>An operator has taken your review of order {code} away.</b> Nobody sees it any "
        "more, and it counts nowhere. The reason:\n{words}",
        code=order_code(card.order.id),
        words=quoted(str(message.facts.get("reason") or ""), WORDS_MAX),
    )
    ask = StartSupport(SUPPORT, card.order.id)
    row = (_order(card, tr), Button(label=tr.label("Ask an operator"), tap=ask))
    return Screen(text=text, rows=(row,))


def _order(card: OrderCard, tr: Translator) -> Button:
    return Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))


def means_line(rating: Rating, tr: Translator) -> Markup:
    """The means of the three marks; empty while nobody has answered them."""
    means = (rating.quality_x10, rating.communication_x10, rating.value_x10)
    if not all(means):
        return Markup()
    pairs = zip(mark_names(tr), means, strict=True)
    return Markup(" · ").join(
        Markup("{} {}").format(name, tr.rating(mean_x10)) for name, mean_x10 in pairs
    )


def seller_screen(
    card: GigCard, reviews: tuple[Review, ...], page: int, tr: Translator, *, now_ms: int
) -> Screen:
    """What is known of a gig's seller: figures, absence, and what buyers wrote, page by page."""
    by_buyers = [review for review in reviews if review.role is Role.BUYER]
    start = max(0, page) * PAGE
    shown = by_buyers[start : start + PAGE]
    head = gig_text.lines(
        (
            gig_text.seller_line(card.seller_name, card.rating, tr),
            means_line(card.rating, tr),
            away_words(card, tr, now_ms),
        )
    )
    listed = [_listed(start + number, one, tr) for number, one in enumerate(shown, start=1)]
    if not by_buyers:
        listed = [tr("Nobody has written a review yet.")]
    flags = [_flag(start + number, one, tr) for number, one in enumerate(shown, start=1)]
    rows = [tuple(flags[at : at + ROW_MAX]) for at in range(0, len(flags), ROW_MAX)]
    has_more = len(by_buyers) > start + PAGE
    return Screen(
        text=gig_text.paragraphs((head, *listed)),
        rows=(*rows, *_ways(card, page, tr, has_more=has_more)),
    )


def _listed(number: int, review: Review, tr: Translator) -> Markup:
    parts = [
        tr(
            "{number}. {stars} · {date}",
            number=number,
            stars=tr.stars(review.stars),
            date=tr.date(review.written_ms),
        )
    ]
    if review.words.strip():
        parts.append(Markup("“{}”").format(one_line(review.words, LISTED_MAX)))
    if review.reply:
        parts.append(tr("↪️ Answer: {words}", words=one_line(review.reply, LISTED_MAX)))
    return Markup("\n").join(parts)


def _flag(number: int, review: Review, tr: Translator) -> Button:
    tap = StartReport(REVIEW, review.author_id, review.order_id)
    return Button(label=tr.label("🚩 Review {number}", number=number), tap=tap)


def _ways(
    card: GigCard, page: int, tr: Translator, *, has_more: bool
) -> tuple[tuple[Button, ...], ...]:
    gig, turns = card.gig, []
    if page > 0:
        back = ShowReviews(gig.id, page - 1)
        turns.append(Button(label=tr.label("Previous page"), tap=back))
    if has_more:
        turns.append(Button(label=tr.label("Next page"), tap=ShowReviews(gig.id, page + 1)))
    flag = Button(label=tr.label("🚩 Report the seller"), tap=StartReport(PERSON, gig.seller_id, 0))
    last = (flag, Button(label=tr.label("Back"), tap=ShowGig(gig.id, 0)))
    return (tuple(turns), last) if turns else (last,)
