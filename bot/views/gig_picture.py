"""What stands on the card that the house draws for a gig without a picture."""

from bot.i18n import Translator
from bot.pictures.gig_card import GigCardPicture
from bot.views.categories import category_name
from bot.views.typed import name_of, one_line
from market.read import GigCard


def gig_picture(card: GigCard, tr: Translator) -> GigCardPicture:
    """The card in the language of the place that it is posted in."""
    gig = card.gig
    return GigCardPicture(
        title=one_line(gig.title),
        price=tr.money(gig.price),
        seller=name_of(card.seller_name),
        category=category_name(gig.category, tr),
        category_key=gig.category,
    )
