"""What stands on the card that the house draws for a gig without a picture to be shown."""

from bot.i18n import Translator, plain
from bot.pictures.gig_card import GigCardPicture
from bot.views.categories import category_name
from bot.views.gig_text import taken_down
from bot.views.typed import name_of, one_line
from market.gig import GigState
from market.read import GigCard

_NO_PRICE = "–"


def gig_picture(card: GigCard, tr: Translator) -> GigCardPicture:
    """The card in the language of the place that it is posted in.

    Of a gig that operators took down nothing of its seller's is left on it.
    """
    gig = card.gig
    if gig.state is GigState.TAKEN_DOWN:
        return GigCardPicture(
            title=plain(taken_down(tr)),
            price=_NO_PRICE,
            seller="",
            category=category_name(gig.category, tr),
            category_key="",
        )
    return GigCardPicture(
        title=one_line(gig.title),
        price=tr.money(gig.price),
        seller=name_of(card.seller_name),
        category=category_name(gig.category, tr),
        category_key=gig.category,
    )
