"""A gig's post in groups, topics and channels: one post for readers of both languages."""

from markupsafe import Markup

from bot.i18n import Translator, translator
from bot.ui.links import gig_link
from bot.ui.screen import Button, Screen
from bot.views import gig_text
from bot.views.categories import category_both
from bot.views.excerpt import excerpt
from bot.views.typed import cleaned, one_line
from market.gig import Gig, GigState
from market.read import GigCard

_DESCRIPTION_SHOWN = 200


def announcement(card: GigCard, tr: Translator, bot_username: str) -> Screen:
    """The post in the group's language, the figures below it in the other one too.

    `media` is None for a gig without a picture and for one that was taken down; the delivery then
    draws a card.
    """
    gig = card.gig
    other = translator("en" if tr.language == "bn" else "bn", tr.zone)
    if gig.state is GigState.TAKEN_DOWN:
        lines = (category_both(gig.category), gig_text.taken_down(tr), gig_text.taken_down(other))
        return Screen(text=gig_text.lines(map(Markup.escape, lines)))
    text = gig_text.paragraphs(
        (
            Markup("{}\n<b>{}</b>").format(category_both(gig.category), one_line(gig.title)),
            Markup.escape(excerpt(cleaned(gig.description), _DESCRIPTION_SHOWN)),
            gig_text.seller_line(card.seller_name, card.rating, tr),
            gig_text.lines((_terms(gig, tr), _terms(gig, other))),
        )
    )
    return Screen(text=text, rows=_rows(gig, tr, bot_username), media=gig.picture)


def _terms(gig: Gig, tr: Translator) -> Markup:
    if gig.state is GigState.PAUSED:
        return tr("⏸ Not taking orders now.")
    return tr.n(
        "💰 <b>{price}</b>, delivered in {n} day",
        "💰 <b>{price}</b>, delivered in {n} days",
        gig.delivery_days,
        price=tr.money(gig.price),
    )


def _rows(gig: Gig, tr: Translator, bot_username: str) -> tuple[tuple[Button, ...], ...]:
    if gig.state is GigState.PAUSED:
        return ()
    other = translator("en" if tr.language == "bn" else "bn", tr.zone)
    label = f"{tr.label('Order')} / {other.label('Order')}"
    return ((Button(label=label, url=gig_link(bot_username, gig.id)),),)
