"""The page that everybody may open: what the house holds, what it owes, and when it was checked."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, ShowTrust, StartSupport
from bot.views.house_words import currency_name, rail_words, sum_of
from market.rails import STARS
from market.trust import Check, Position, Trust

PAYSUPPORT = 1


def trust_screen(trust: Trust, tr: Translator, now_ms: int) -> Screen:
    """Figures by currency, in plain words."""
    parts = [
        tr(
            "🔒 <b>What we hold, and what we owe</b>\n"
            "A buyer's money stays with us until the work is accepted; a seller's until it is "
            "paid out. Anybody can see here that it is all there. The figures are those of this "
            "moment."
        )
    ]
    used = [one for one in trust.positions if one.held or one.owed]
    parts += [_position(one, trust.checks, tr, now_ms) for one in used]
    if not used:
        parts.append(tr("No money has come in yet."))
    parts.append(_books(trust, tr, now_ms))
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(tr))


def _position(one: Position, checks: tuple[Check, ...], tr: Translator, now_ms: int) -> Markup:
    lines = [
        Markup("<b>{}</b>").format(currency_name(one.currency, tr)),
        tr("We hold: <b>{amount}</b>", amount=sum_of(one.held, one.currency, tr)),
        tr("We owe: <b>{amount}</b>", amount=sum_of(one.owed, one.currency, tr)),
        *_owed(one, tr),
        _verdict(one, tr),
        *[_checked(check, tr, now_ms) for check in checks if check.currency == one.currency],
    ]
    return Markup("\n").join(lines)


def _owed(one: Position, tr: Translator) -> list[Markup]:
    """Where it belongs; what is nothing is not said."""
    parts = (
        (one.in_orders, tr.label("for orders under way")),
        (one.in_wallets, tr.label("in people's wallets")),
        (one.going_back, tr.label("on its way back to buyers")),
        (one.other, tr.label("fees that we have not earned yet, and money without an owner")),
    )
    lines = [
        tr("· {amount} {what}", amount=sum_of(minor, one.currency, tr), what=what)
        for minor, what in parts
        if minor
    ]
    if one.exchanged > 0:
        amount = sum_of(one.exchanged, one.currency, tr)
        lines.append(tr("Exchanged for payouts in other money: {amount}", amount=amount))
    return lines


def _verdict(one: Position, tr: Translator) -> Markup:
    amount = sum_of(abs(one.own), one.currency, tr)
    if not one.is_covered:
        return tr(
            "🔴 <b>{amount} are missing.</b> The operators have been told; the owner has to make "
            "it good.",
            amount=amount,
        )
    if one.own:
        return tr("✅ Everything that we owe is there; {amount} more are our own.", amount=amount)
    return tr("✅ Everything that we owe is there.")


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
        return said
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
