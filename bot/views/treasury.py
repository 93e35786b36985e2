"""The house's money for owners and operators: sums, debts, postings, and the way to each act."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    CorrectLine,
    ReturnUnknown,
    ShowDraw,
    ShowMoney,
    ShowPerson,
    ShowStops,
    StartMoney,
    WriteOff,
)
from bot.views.desk import desk_button
from bot.views.draws import draw_label
from bot.views.house_words import rail_words, sum_of
from bot.views.treasury_words import account_words, line_words
from bot.views.typed import name_of
from market.money import Currency
from market.treasury import Coffers, Debt, HouseLine, Treasury
from market.trust import Check, Held

SUMS, DEBTS, LINES = range(3)
# The acts about the house's money as buttons count; only ever append.
PUT_IN, EXCHANGED, DRAW, PROMO, GOODWILL, LOOKED, ATTRIBUTE, GIVE = range(8)
OWNERS = frozenset({PUT_IN, EXCHANGED, DRAW, PROMO, GOODWILL, ATTRIBUTE})
SHOWN = 10
SURE = 1
_CURRENCIES = tuple(Currency)
Rows = tuple[tuple[Button, ...], ...]


def act_label(act: int, tr: Translator) -> str:
    """The act on its button."""
    names = {
        PUT_IN: tr.label("Own money put in"),
        EXCHANGED: tr.label("Exchanged Stars arrived"),
        DRAW: tr.label("Take money out"),
        PROMO: tr.label("Coupon budget"),
        GOODWILL: tr.label("Goodwill budget"),
        LOOKED: tr.label("Looked into a wallet"),
        ATTRIBUTE: tr.label("Whose money is it?"),
        GIVE: tr.label("Give goodwill"),
    }
    return names[act]


def money_screen(page: Treasury, number: int, tr: Translator) -> Screen:
    """A page by its number; an unknown number shows the sums."""
    match number:
        case 1:
            return _debts(page, tr)
        case 2:
            return _lines(page, tr)
        case _:
            return _sums(page, tr)


def _sums(page: Treasury, tr: Translator) -> Screen:
    parts = [tr("🏦 <b>The house's money</b>")]
    parts += [_currency(one, page, tr) for one in page.coffers]
    if not page.coffers:
        parts.append(tr("No money has come in yet."))
    return Screen(text=Markup("\n\n").join(parts), rows=_acts(page, tr))


def _currency(own: Coffers, page: Treasury, tr: Translator) -> Markup:
    position = next(one for one in page.positions if one.currency == own.currency)

    def money(minor: int) -> str:
        return sum_of(minor, own.currency, tr)

    lines = [_held(one, page, tr) for one in page.held if one.currency == own.currency]
    lines.append(
        tr(
            "Owed {owed}; the house's own <b>{own}</b>",
            owed=money(position.owed),
            own=money(position.own),
        )
    )
    named = (
        (own.fees, tr.label("fees earned")),
        (own.from_stars, tr.label("fees in Stars that have become it")),
        (own.capital, tr.label("owner's money")),
        (own.promo, tr.label("coupon budget")),
        (own.goodwill, tr.label("goodwill budget")),
        (own.costs, tr.label("taken by providers")),
        (own.losses, tr.label("losses")),
        (own.unknown, tr.label("of unknown people")),
        (position.lent, tr.label("owed to the house")),
        (max(0, position.exchanged), tr.label("exchanged into other money")),
        (max(0, -position.exchanged), tr.label("came out of exchanged Stars")),
    )
    lines += [Markup("· {} {}").format(money(minor), what) for minor, what in named if minor]
    return Markup("<b>{}</b>\n{}").format(own.currency, Markup("\n").join(lines))


def _held(one: Held, page: Treasury, tr: Translator) -> Markup:
    line = Markup("{}: {}").format(rail_words(one.rail, tr), sum_of(one.minor, one.currency, tr))
    checks = [c for c in page.checks if (c.rail, c.currency) == (one.rail, one.currency)]
    return Markup("{}{}").format(line, _checked(checks[0], page, tr) if checks else "")


def _checked(check: Check, page: Treasury, tr: Translator) -> Markup:
    when = tr.when(check.at_ms, page.now_ms)
    if check.is_right:
        return tr(" ✅ <i>{when}</i>", when=when)
    return tr(
        " ⚠️ it says {amount}, <i>{when}</i>",
        amount=sum_of(check.reported_minor, check.currency, tr),
        when=when,
    )


def _acts(page: Treasury, tr: Translator) -> Rows:
    acts = [act for act in range(GIVE + 1) if page.is_owner or act not in OWNERS]
    buttons = [Button(label=act_label(act, tr), tap=StartMoney(act)) for act in acts]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return (
        *pairs,
        (
            Button(label=tr.label("Debts"), tap=ShowMoney(DEBTS)),
            Button(label=tr.label("What was posted"), tap=ShowMoney(LINES)),
        ),
        *((Button(label=draw_label(one, tr), tap=ShowDraw(one.id)),) for one in page.draws[:SHOWN]),
        (Button(label=tr.label("What may leave"), tap=ShowStops()), desk_button(tr)),
    )


def _debts(page: Treasury, tr: Translator) -> Screen:
    head = tr(
        "<b>Owed to the house</b>\nPayments that were taken back after the money had moved on."
    )
    lines = [_debt(one, tr) for one in page.debts[:SHOWN]] or [tr("Nobody owes anything.")]
    rows = tuple(_debt_row(one, page, tr) for one in page.debts[:SHOWN])
    return Screen(text=Markup("\n").join([head, "", *lines]), rows=(*rows, _back(tr)))


def _debt(one: Debt, tr: Translator) -> Markup:
    return Markup("· {} ({}): <b>{}</b>").format(
        name_of(one.name), tr.number(one.person_id), sum_of(one.minor, one.currency, tr)
    )


def _debt_row(one: Debt, page: Treasury, tr: Translator) -> tuple[Button, ...]:
    number = tr.number(one.person_id)
    look = Button(label=tr.label("Person {number}", number=number), tap=ShowPerson(one.person_id))
    if not page.is_owner:
        return (look,)
    place = _CURRENCIES.index(Currency(one.currency))
    off = WriteOff(one.person_id, one.minor, place, 0)
    return look, Button(label=tr.label("Write off"), tap=off)


def currency_at(place: int) -> Currency:
    """The currency that a button counts."""
    return _CURRENCIES[place] if 0 <= place < len(_CURRENCIES) else Currency.XTR


def write_off_confirm(tap: WriteOff, tr: Translator) -> Screen:
    """What writing off means."""
    amount = sum_of(tap.minor, currency_at(tap.currency), tr)
    text = tr(
        "<b>Write off {amount} that person no. {number} owes?</b>\nIt becomes the house's loss. "
        "The person hears nothing of it.",
        amount=amount,
        number=tap.person_id,
    )
    yes = WriteOff(tap.person_id, tap.minor, tap.currency, SURE)
    return _confirm(text, Button(label=tr.label("Yes, write off"), tap=yes, style="danger"), tr)


def _lines(page: Treasury, tr: Translator) -> Screen:
    head = tr(
        "<b>What was posted</b> about the house's own money, newest first. A wrong act of an "
        "owner is mirrored, never changed."
    )
    shown = page.lines[:SHOWN]
    lines = [line_words(one, tr, page.now_ms) for one in shown] or [tr("Nothing yet.")]
    buttons = [
        Button(label=tr.label("Mirror {number}", number=one.id), tap=CorrectLine(one.id, 0))
        for one in shown
        if page.is_owner and one.may_be_corrected
    ]
    buttons += [
        Button(label=tr.label("Send back {number}", number=one.id), tap=ReturnUnknown(one.id, 0))
        for one in shown
        if page.is_owner and one.may_go_back
    ]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    text = Markup("{}\n\n{}").format(head, Markup("\n").join(lines))
    return Screen(text=text, rows=(*pairs, _back(tr)))


def correct_confirm(line: HouseLine, tr: Translator, now_ms: int) -> Screen:
    """What mirroring does."""
    text = tr(
        "<b>Mirror this?</b>\n{line}\n\nThe same amount goes back from {credit} to {debit}. Both "
        "stay written.",
        line=line_words(line, tr, now_ms),
        credit=account_words(line.transfer.credit, tr),
        debit=account_words(line.transfer.debit, tr),
    )
    yes = Button(label=tr.label("Yes, mirror it"), tap=CorrectLine(line.id, SURE), style="danger")
    return _confirm(text, yes, tr)


def return_confirm(line: HouseLine, tr: Translator, now_ms: int) -> Screen:
    """What sending back means."""
    text = tr(
        "<b>Send this back?</b>\n{line}\n\nThe Stars go back to the Telegram account that sent "
        "them. If Telegram refuses, it stands among the failed refunds.",
        line=line_words(line, tr, now_ms),
    )
    tap = ReturnUnknown(line.id, SURE)
    return _confirm(text, Button(label=tr.label("Yes, send it back"), tap=tap, style="danger"), tr)


def _confirm(text: Markup, yes: Button, tr: Translator) -> Screen:
    no = Button(label=tr.label("No"), tap=ShowMoney(SUMS))
    return Screen(text=text, rows=((yes,), (no,)))


def _back(tr: Translator) -> tuple[Button, ...]:
    return Button(label=tr.label("The house's money"), tap=ShowMoney(SUMS)), desk_button(tr)


def done_toast(tr: Translator) -> str:
    """An act about money was posted."""
    return tr.label("Written down.")
