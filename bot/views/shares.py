"""Who gets what when an order ends: the exact parts of the price, fee and credit rule included."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.seen import Seen, party_name
from bot.views.way_back import to_where
from market.money import Money
from market.postings import shares_of
from market.states import Role


def shares_words(seen: Seen, minor: int, tr: Translator) -> Markup:
    """The parts when the seller's part before the fee is `minor`: 0 refunds, all releases."""
    words = {Role.BUYER: _to_buyer, Role.SELLER: _to_seller}.get(seen.viewer, _to_others)
    return words(seen, minor, tr)


def mine_of(seen: Seen, minor: int) -> Money:
    """What the reader, a party, gets of the price."""
    shares = shares_of(seen.order, minor)
    is_buyer = seen.viewer is Role.BUYER
    got = shares.buyer_minor if is_buyer else shares.seller_minor
    return Money(got, seen.order.terms.price.currency)


def _to_buyer(seen: Seen, minor: int, tr: Translator) -> Markup:
    facts = _facts(seen, minor, tr)
    if minor == 0:
        return _whole_to_buyer(seen, facts, tr)
    if minor == seen.order.terms.price.minor:
        return tr(
            "💰 You get nothing back. {seller} receives {net}, after a fee of {fee}.",
            seller=facts["seller"],
            net=facts["net"],
            fee=facts["fee"],
        )
    return tr(
        "💰 You get {back} back. It stays in your wallet here as credit, because payments are sent "
        "back whole or not at all. {seller} receives {net}, after a fee of {fee}.",
        back=facts["back"],
        seller=facts["seller"],
        net=facts["net"],
        fee=facts["fee"],
    )


def _whole_to_buyer(seen: Seen, facts: dict[str, str], tr: Translator) -> Markup:
    order, where = seen.order, to_where(seen.order.terms.price.currency, tr)
    if order.charge != order.terms.due:
        return tr(
            "💰 You get all of {back} back: {charge} {where}, the rest to your balance here. "
            "{seller} receives nothing.",
            back=facts["back"],
            charge=tr.money(order.charge),
            where=where,
            seller=facts["seller"],
        )
    return tr(
        "💰 You get the whole {price} back {where}. {seller} receives nothing.",
        price=facts["back"],
        where=where,
        seller=facts["seller"],
    )


def _to_seller(seen: Seen, minor: int, tr: Translator) -> Markup:
    facts = _facts(seen, minor, tr)
    if minor == 0:
        return tr(
            "💰 You receive nothing. The whole {price} goes back to {buyer}.",
            price=facts["price"],
            buyer=facts["buyer"],
        )
    if minor == seen.order.terms.price.minor:
        return tr(
            "💰 You receive {net}: {gross} less the fee of {fee}. {buyer} gets nothing back.",
            net=facts["net"],
            gross=facts["gross"],
            fee=facts["fee"],
            buyer=facts["buyer"],
        )
    return tr(
        "💰 You receive {net}: {gross} less the fee of {fee}. {buyer} gets {back} back, as credit "
        "here.",
        net=facts["net"],
        gross=facts["gross"],
        fee=facts["fee"],
        buyer=facts["buyer"],
        back=facts["back"],
    )


def _to_others(seen: Seen, minor: int, tr: Translator) -> Markup:
    facts = _facts(seen, minor, tr)
    words = tr(
        "💰 {seller} receives {net}, the fee is {fee}, {buyer} gets {back} back.",
        seller=facts["seller"],
        net=facts["net"],
        fee=facts["fee"],
        buyer=facts["buyer"],
        back=facts["back"],
    )
    if minor in {0, seen.order.terms.price.minor}:
        return words
    credit = tr(
        "The buyer's part stays here as credit: payments are sent back whole or not at all."
    )
    return Markup("{}\n{}").format(words, credit)


def _facts(seen: Seen, minor: int, tr: Translator) -> dict[str, str]:
    shares, price = shares_of(seen.order, minor), seen.order.terms.price
    amounts = {
        "price": price.minor,
        "gross": minor,
        "net": shares.seller_minor,
        "fee": shares.fee_minor,
        "back": shares.buyer_minor,
    }
    told = {name: tr.money(Money(one, price.currency)) for name, one in amounts.items()}
    names = {"buyer": party_name(seen, Role.BUYER), "seller": party_name(seen, Role.SELLER)}
    return told | names
