"""Rates and funds for payouts: operators read them, owners set them."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow, SetRate, StartRate, StepBack
from bot.views.desk import desk_button
from bot.views.payout_words import CURRENCIES, rate_words, way_name
from bot.views.person_words import operator_name
from market.money import Currency, Money
from market.payout_read import RateBoard, RateLine
from market.payout_terms import Rate, exchanged

EXAMPLE_STARS = 1_000


def rates_screen(board: RateBoard, tr: Translator) -> Screen:
    """What Stars bring in each money, since when, by whom; what can still be promised."""
    parts = [
        tr(
            "💱 <b>Rates for payouts</b>\nSellers who earned Stars are paid in other money at "
            "these rates. A request keeps the rate of its moment."
        ),
        *(_line(line, board, tr) for line in board.lines),
        _funds(board, tr),
    ]
    buttons = tuple(
        (Button(label=_label(line.target, tr), tap=StartRate(CURRENCIES.index(line.target))),)
        for line in board.lines
        if board.may_change
    )
    return Screen(text=Markup("\n\n").join(parts), rows=(*buttons, (desk_button(tr),)))


def _label(target: Currency, tr: Translator) -> str:
    return tr.label("Set the rate for {money}", money=money_name(target, tr))


def money_name(currency: Currency, tr: Translator) -> str:
    """What is paid out."""
    return tr.label("taka") if currency is Currency.BDT else currency.value


def _line(line: RateLine, board: RateBoard, tr: Translator) -> Markup:
    name = money_name(line.target, tr)
    if not line.rates:
        return tr("<b>{money}</b>: no rate, so Stars are not exchanged into it.", money=name)
    rows = [_rate(rate, board, tr) for rate in line.rates]
    rows[0] = tr("<b>{money}</b>: {rate}", money=name, rate=rows[0])
    return Markup("\n").join(rows)


def _rate(rate: Rate, board: RateBoard, tr: Translator) -> Markup:
    return tr(
        "{rate}, set by {name} {when}",
        rate=rate_words(rate.micro, rate.source, rate.target, tr),
        name=operator_name(rate.set_by, board.names, tr),
        when=tr.when(rate.set_ms, board.now_ms),
    )


def _funds(board: RateBoard, tr: Translator) -> Markup:
    """What is left of each wallet, and of the owner's own money, for further promises."""
    lines = [tr("<b>Left for payouts</b>, open ones subtracted:")]
    for way, funds in board.funds.items():
        lines.append(
            tr(
                "{way}: {till}; in exchange for Stars at most {own}",
                way=way_name(way, tr),
                till=tr.money(Money(funds.till_minor, way.currency)),
                own=tr.money(Money(max(0, min(funds.till_minor, funds.own_minor)), way.currency)),
            )
        )
    lines.append(tr("<i>An owner puts money in under The house's money.</i>"))
    return Markup("\n").join(lines)


def rate_question(target: Currency, present: Rate | None, tr: Translator) -> Screen:
    """For one Star."""
    text = tr(
        "💱 <b>How much {money} for one Star?</b>\nWrite a number such as {example}. A Star costs "
        "a buyer about 2 US cents and brings you about 1.3.",
        money=money_name(target, tr),
        example=tr.digits("1.58" if target is Currency.BDT else "0.013"),
    )
    if present is not None:
        now = rate_words(present.micro, present.source, present.target, tr)
        text = Markup("{}\n\n{}").format(text, tr("Now: {rate}", rate=now))
    return Screen(text=text, rows=((_later(tr),),))


def rate_confirm(rate: Rate, present: Rate | None, tr: Translator) -> Screen:
    """What it means for a seller, beside what it means now."""
    stars = Money(EXAMPLE_STARS, Currency.XTR)
    lines = [
        tr("💱 <b>{rate}?</b>", rate=rate_words(rate.micro, rate.source, rate.target, tr)),
        tr(
            "{stars} would bring {amount}.",
            stars=tr.money(stars),
            amount=tr.money(exchanged(stars, rate)),
        ),
    ]
    if present is not None:
        was = tr.money(exchanged(stars, present))
        lines.append(tr("Until now they bring {amount}.", amount=was))
    yes = Button(label=tr.label("Set this rate"), tap=SetRate(), style="primary")
    back = Button(label=tr.label("Another rate"), tap=StepBack())
    return Screen(text=Markup("\n").join(lines), rows=((yes,), (back, _later(tr))))


def rate_set_toast(tr: Translator) -> str:
    """It counts."""
    return tr.label("Set. It counts for every new request.")


def wants_rate(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Please write the rate as a number.")


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
