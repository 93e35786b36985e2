"""The lines of a gig's card that buyers, its seller and groups see alike."""

from collections.abc import Iterable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.categories import category_label
from bot.views.excerpt import excerpt
from bot.views.typed import cleaned, name_of, one_line
from market.gig import Gig, NewGig
from market.policy import Policy
from market.read import Rating
from market.review import Review

DESCRIPTION_SHOWN = 300
_REVIEW_SHOWN = 120


def heading(gig: Gig | NewGig, tr: Translator) -> Markup:
    """Category and title."""
    return Markup("{}\n<b>{}</b>").format(category_label(gig.category, tr), one_line(gig.title))


def description(gig: Gig | NewGig, *, full: bool) -> Markup:
    """The whole description, or its beginning."""
    text = cleaned(gig.description)
    return Markup.escape(text if full else excerpt(text, DESCRIPTION_SHOWN))


def facts(gig: Gig | NewGig, tr: Translator, policy: Policy) -> Markup:
    """Price, delivery time and rounds of changes, a line each."""
    price = f"{tr.money(gig.price)} {tr.approx_taka(gig.price, policy)}".rstrip()
    return lines(
        (
            tr("💰 Price: <b>{price}</b>", price=price),
            tr.n("⏱ Delivery in {n} day", "⏱ Delivery in {n} days", gig.delivery_days),
            rounds(gig.revisions, tr),
        )
    )


def rounds(count: int, tr: Translator) -> Markup:
    """How often the buyer may ask for changes."""
    if not count:
        return tr("🔁 No changes included")
    return tr.n("🔁 {n} round of changes included", "🔁 {n} rounds of changes included", count)


def seller_line(name: str, rating: Rating, tr: Translator) -> Markup:
    """Who sells, and what buyers said in figures."""
    return tr("👤 {name} · {standing}", name=name_of(name), standing=standing(rating, tr))


def standing(rating: Rating, tr: Translator) -> Markup:
    """Rating and completed orders, as far as there are any."""
    orders = tr.n("{n} order completed", "{n} orders completed", rating.completed)
    if rating.reviews:
        average, count = tr.rating(rating.average_x10), tr.number(rating.reviews)
        return tr("★ {average} ({count}) · {orders}", average=average, count=count, orders=orders)
    return orders if rating.completed else tr("new seller")


def taken_down(tr: Translator) -> Markup:
    """What operators took away is not shown to others any more."""
    return tr("🚫 This gig was taken down by the operators.")


def protection(tr: Translator) -> Markup:
    """What every buyer is protected by, in one line."""
    return tr(
        "🛡 Your payment is held until you accept the work. If nothing is delivered, you get "
        "everything back."
    )


def praise(reviews: Iterable[Review], tr: Translator) -> Markup:
    """Reviews about the seller, stars and words, a line each."""
    return lines(_review(review, tr) for review in reviews)


def lines(parts: Iterable[Markup]) -> Markup:
    """Parts under each other; empty ones leave no gap."""
    return Markup("\n").join(part for part in parts if part)


def paragraphs(parts: Iterable[Markup]) -> Markup:
    """Parts with a blank line between them; empty ones leave no gap."""
    return Markup("\n\n").join(part for part in parts if part)


def _review(review: Review, tr: Translator) -> Markup:
    stars = tr.stars(review.stars)
    if not review.words:
        return Markup.escape(stars)
    return Markup("{} “{}”").format(stars, one_line(review.words, _REVIEW_SHOWN))
