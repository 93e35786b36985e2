"""What each posting did to a person's money, in plain words, as the statement tells it."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.codes import order_code
from bot.views.way_back import to_where
from market.read import StatementLine


def statement_words(line: StatementLine, tr: Translator) -> Markup:
    """What a posting did to this person's money."""
    code = order_code(line.order_id) if line.order_id else ""
    words = _WORDS.get(line.code)
    if words is None:
        return tr("transfer {posting} {code}", posting=line.code, code=code)
    return words(line, code, tr)


def _released(line: StatementLine, code: str, tr: Translator) -> Markup:
    words = tr("no longer clearing") if line.amount.minor < 0 else tr("available now")
    return tr("order {code}: {words}", code=code, words=words) if code else words


def _going_back(line: StatementLine, _code: str, tr: Translator) -> Markup:
    return tr("on its way back {where}", where=to_where(line.amount.currency, tr))


def _set_aside(line: StatementLine, _code: str, tr: Translator) -> Markup:
    if line.amount.minor < 0:
        return tr("set aside for your withdrawal")
    return tr("on its way to you")


def _not_sent(line: StatementLine, _code: str, tr: Translator) -> Markup:
    if line.amount.minor < 0:
        return tr("no longer on its way")
    return tr("available again")


def _exchanged(line: StatementLine, _code: str, tr: Translator) -> Markup:
    if line.amount.minor < 0:
        return tr("exchanged for your withdrawal")
    return tr("from the exchange")


def _taken_back(line: StatementLine, code: str, tr: Translator) -> Markup:
    if line.amount.minor > 0:
        return tr("a debt that you need not pay any more")
    if not code:
        return tr("a payment taken back")
    return tr("payment of order {code} taken back", code=code)


_WORDS: dict[str, Callable[[StatementLine, str, Translator], Markup]] = {
    "P1": lambda _line, _code, tr: tr("your payment arrived"),
    "P2": lambda _line, code, tr: tr("held for your order {code}", code=code),
    "P5": lambda _line, code, tr: tr("your share of order {code}, clearing", code=code),
    "P7": _released,
    "P9": lambda line, code, tr: (
        tr("your tip for order {code}", code=code)
        if line.amount.minor < 0
        else tr("a tip for order {code}, clearing", code=code)
    ),
    "P10": lambda _line, code, tr: tr("from order {code}, back to you", code=code),
    "P13": lambda _line, code, tr: tr("order {code} opened again, held once more", code=code),
    "P14": _going_back,
    "P17": _set_aside,
    "P18": lambda _line, _code, tr: tr("sent to you"),
    "P18f": lambda _line, _code, tr: tr("fee of your withdrawal"),
    "P19": _not_sent,
    "P20": lambda _line, _code, tr: tr("your withdrawal came back"),
    "P21": _exchanged,
    "P16": lambda _line, _code, tr: tr("could not be sent back, so it stays with you"),
    "P23": lambda _line, _code, tr: tr("a payment of yours, found later"),
    "P24": _taken_back,
    "P25": lambda _line, _code, tr: tr("given to you by GigHaat"),
    "P26": lambda _line, _code, tr: tr("a mistake put right"),
}
