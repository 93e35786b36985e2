"""The page that everybody may open: what the house holds, what it owes, and when it was checked."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, ShowTrust, StartSupport
from bot.views.house_words import currency_name, rail_words, sum_of
from bot.views.payout_words import rate_words
from market.money import Currency
from market.rails import STARS
from market.solvency import Shortfall, Trust
from market.trust import Check, Held, Position

PAYSUPPORT = 1


def trust_screen(trust: Trust, tr: Translator, now_ms: int) -> Screen:
    """Figures by currency, in plain words."""
    parts = [
        tr(
            "🔒 <b>What we hold, and what we owe</b>\n"
            "A buyer's money stays with us until the work is accepted; a seller's until it is "
            "paid out. Anybody can see here whether it is all there. The figures are those of this "
            "moment."
        )
    ]
    used = [one for one in trust.solvency.positions if one.held or one.owed or one.exchanged]
    if used:
        parts.append(_verdict(trust, tr, now_ms))
        parts += [_position(one, trust, tr, now_ms) for one in used]
    else:
        parts.append(tr("No money has come in yet."))
    parts.append(_books(trust, tr, now_ms))
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(tr))


def _verdict(trust: Trust, tr: Translator, now_ms: int) -> Markup:
    """Yes only when refunds are possible in their own money and the whole suffices."""
    missing = trust.solvency.missing()
    if missing:
        return Markup("\n").join([_shortfall(one, tr) for one in missing])
    if all(one.own >= 0 for one in trust.solvency.positions):
        return tr("✅ Everything that we owe is there.")
    rates = trust.solvency.rates
    counted = [rate_words(one.micro, one.source, one.target, tr) for one in rates]
    return tr(
        "✅ Everything that we owe is there, a part of it in other money: earned Stars are paid "
        "out in that. We count with our rate since {when}: {rates}.",
        when=tr.when(max(one.set_ms for one in rates), now_ms),
        rates=Markup(", ").join(counted),
    )


def _shortfall(one: Shortfall, tr: Translator) -> Markup:
    amount = sum_of(one.minor, one.currency, tr)
    if one.kind == "refunds":
        return tr(
            "🔴 <b>{amount} are missing</b> of what may have to go back to buyers in the money "
            "that they paid with. The operators have been told; the owner has to make it good.",
            amount=amount,
        )
    return tr(
        "🔴 <b>{amount} are missing.</b> The operators have been told; the owner has to make "
        "it good.",
        amount=amount,
    )


def _position(one: Position, trust: Trust, tr: Translator, now_ms: int) -> Markup:
    checks = [check for check in trust.checks if check.currency == one.currency]
    lines = [
        Markup("<b>{}</b>").format(currency_name(one.currency, tr)),
        tr("We hold: <b>{amount}</b>", amount=sum_of(one.held, one.currency, tr)),
        *[_lies(held, tr) for held in trust.held if held.currency == one.currency and held.minor],
        tr("We owe: <b>{amount}</b>", amount=sum_of(one.owed, one.currency, tr)),
        *_owed(one, tr),
        *_exchanged(one, tr),
        *_left(one, tr),
        *[_checked(check, tr, now_ms) for check in checks],
    ]
    return Markup("\n").join(lines)


def _lies(held: Held, tr: Translator) -> Markup:
    """Where it is held."""
    amount = sum_of(held.minor, held.currency, tr)
    if held.rail == STARS:
        return tr("· {amount} with Telegram", amount=amount)
    return tr("· {amount} in: {rail}", amount=amount, rail=rail_words(held.rail, tr))


def _exchanged(one: Position, tr: Translator) -> list[Markup]:
    """Stars that have left to become other money are not here any more; that money is."""
    amount = sum_of(abs(one.exchanged), one.currency, tr)
    if one.currency == Currency.XTR and one.exchanged > 0:
        return [tr("Taken out to become other money, and not here: {amount}", amount=amount)]
    if one.currency != Currency.XTR and one.exchanged < 0:
        return [tr("Came for Stars that were taken out, and is here: {amount}", amount=amount)]
    return []


def _left(one: Position, tr: Translator) -> list[Markup]:
    amount = sum_of(abs(one.own), one.currency, tr)
    if one.own > 0:
        return [tr("That is {amount} more than we owe.", amount=amount)]
    if one.own < 0:
        return [tr("That is {amount} less than we owe.", amount=amount)]
    return []


def _owed(one: Position, tr: Translator) -> list[Markup]:
    """Where it belongs; what is nothing is not said."""
    parts = (
        (one.in_orders, tr.label("for orders under way")),
        (one.in_wallets, tr.label("in people's wallets")),
        (one.going_back, tr.label("on its way back to buyers")),
        (one.other, tr.label("fees that we have not earned yet, and money without an owner")),
    )
    return [
        tr("· {amount} {what}", amount=sum_of(minor, one.currency, tr), what=what)
        for minor, what in parts
        if minor
    ]


def _checked(check: Check, tr: Translator, now_ms: int) -> Markup:
    amount, when = sum_of(check.reported_minor, check.currency, tr), tr.when(check.at_ms, now_ms)
    rail = rail_words(check.rail, tr)
    if check.rail == STARS:
        said = tr("Telegram itself says {amount} ({when}).", amount=amount, when=when)
    elif check.operator_id is None:
        said = tr("{rail} itself says {amount} ({when}).", rail=rail, amount=amount, when=when)
    else:
        said = tr("{rail}: an operator saw {amount} ({when}).", rail=rail, amount=amount, when=when)
    if check.is_right:
        return Markup("{} {}").format(said, tr("That agreed with our books."))
    return Markup("⚠️ {} {}").format(said, tr("That differs; operators look into it."))


def _books(trust: Trust, tr: Translator, now_ms: int) -> Markup:
    if trust.audited_ms is None:
        return tr("📒 The books have not been checked yet.")
    when = tr.when(trust.audited_ms, now_ms)
    if trust.is_right:
        return tr(
            "📒 Our books are added up anew every few minutes, entry by entry. Last time: {when}, "
            "and they were right.",
            when=when,
        )
    return tr(
        "📒 Our books are added up anew every few minutes, entry by entry. Last time: {when}, and "
        "something was wrong. Until it is found, no money leaves.",
        when=when,
    )


def _rows(tr: Translator) -> tuple[tuple[Button, ...], ...]:
    again = Button(label=tr.label("Look again"), tap=ShowTrust())
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, 0))
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    return (again, ask), (home,)
