"""The questions of the gig conversation: one screen per step, with counter, hint and example.

What the seller is told about a wrong answer is in `selling_notes`; the
preview and the gigs that are out are in `own_gigs`.
"""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    KeepAnswer,
    LeaveFlow,
    PickCategory,
    PickCurrency,
    PickNumber,
    SkipStep,
    StepBack,
)
from bot.views.categories import category_label
from bot.views.examples import description_example, question_example, title_example
from bot.views.gig_text import paragraphs
from market.gig import CATEGORY_KEYS
from market.money import Currency, Money
from market.policy import Policy
from market.split import fee_of

STEPS = (
    "category",
    "title",
    "description",
    "picture",
    "price",
    "days",
    "revisions",
    "question",
)
# What is offered to be tapped, in whole units.
PRICES = {
    Currency.XTR: (50, 100, 250, 500, 1_000, 2_500),
    Currency.BDT: (200, 500, 1_000, 2_000, 5_000, 10_000),
    Currency.USD: (5, 10, 20, 50, 100, 200),
    Currency.USDT: (5, 10, 20, 50, 100, 200),
}
SAMPLES = {Currency.XTR: 500, Currency.BDT: 1_000, Currency.USD: 20, Currency.USDT: 20}
DAYS = (1, 2, 3, 5, 7, 14)
ROUNDS = (0, 1, 2, 3, 5)
_MB = 1_000_000

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the seller stands: `now` is the present answer of this step, "" before there is one.

    The price is asked in `currency`; `others` are what it may be asked in instead.
    """

    step: str
    category: str
    now: str
    may_go_back: bool
    currency: Currency = Currency.XTR
    others: tuple[Currency, ...] = ()


def category_question(spot: Spot, tr: Translator) -> Screen:
    """Step 1: one button per shelf."""
    body = tr("Where should buyers find it? Pick the category that fits best.")
    buttons = [
        Button(label=category_label(key, tr), tap=PickCategory(number))
        for number, key in enumerate(CATEGORY_KEYS)
    ]
    return _question(spot, tr, body, in_rows(buttons, 2))


def title_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 2: what the seller will do."""
    body = tr(
        "What will you do for the buyer? One sentence; it reads best when it begins with "
        "“I will …”.\n\n<i>For example: {example}</i>\n\n{low} to {high} characters.",
        example=title_example(spot.category, tr),
        low=policy.limits.title_least,
        high=policy.limits.title_max,
    )
    return _question(spot, tr, body)


def description_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 3: what is in it."""
    body = tr(
        "Describe it: what exactly the buyer gets, in what form, and what is not included.\n\n"
        "<i>For example: {example}</i>\n\n{low} to {high} characters.",
        example=description_example(tr),
        low=policy.limits.description_least,
        high=tr.number(policy.limits.description_max),
    )
    return _question(spot, tr, body)


def picture_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 4: a picture, or none."""
    body = tr(
        "Send one picture that shows your work: a photo, or an image file (PNG, JPG, WebP) of up "
        "to {megabytes} MB.\n\nWithout a picture we draw a card with your title.",
        megabytes=policy.limits.photo_bytes_max // _MB,
    )
    skip = Button(label=tr.label("Without a picture"), tap=SkipStep())
    return _question(spot, tr, body, ((skip,),))


def price_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 5: the price, with what remains of it; another currency where there is a choice."""
    currency, sample = spot.currency, _whole(SAMPLES[spot.currency], spot.currency)
    body = paragraphs((_price_asked(currency, tr, policy), earning(sample, tr, policy)))
    others = [
        Button(label=_priced_in(one, tr), tap=PickCurrency(list(Currency).index(one)))
        for one in spot.others
    ]
    rows = in_rows(_price_buttons(currency, tr, policy), 3) + in_rows(others, 3)
    return _question(spot, tr, body, rows)


def _price_asked(currency: Currency, tr: Translator, policy: Policy) -> Markup:
    low, high = policy.price_limits(currency)
    if currency is Currency.XTR:
        return tr(
            "What does it cost? Type a number of Stars from {low} to {high}, or pick one.",
            low=tr.number(low),
            high=tr.number(high),
        )
    return tr(
        "What does it cost? Type an amount from {low} to {high}, or pick one.",
        low=tr.money(Money(low, currency)),
        high=tr.money(Money(high, currency)),
    )


def _priced_in(currency: Currency, tr: Translator) -> str:
    names = {
        Currency.XTR: tr.label("Price in Stars"),
        Currency.BDT: tr.label("Price in taka"),
        Currency.USD: tr.label("Price in dollars"),
        Currency.USDT: tr.label("Price in USDT"),
    }
    return names[currency]


def _whole(units: int, currency: Currency) -> Money:
    return Money(units * 10**currency.exponent, currency)


def days_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 6: the delivery time."""
    body = tr(
        "How many days do you need to deliver? Pick, or type a number from {low} to {high}.\n\n"
        "The time starts when you have the buyer's information. Promise only what you can "
        "keep: if you are late, the buyer may cancel and gets everything back.",
        low=policy.limits.days_low,
        high=policy.limits.days_high,
    )
    low, high = policy.limits.days_low, policy.limits.days_high
    offered = [number for number in DAYS if low <= number <= high]
    buttons = [_number(tr.n("{n} day", "{n} days", number), number) for number in offered]
    return _question(spot, tr, body, in_rows(buttons, 3))


def revisions_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 7: rounds of changes."""
    body = tr(
        "How many rounds of changes are included? Pick, or type a number from {low} to "
        "{high}.\n\n"
        "In each round the buyer says what should be different, and you deliver again.",
        low=policy.limits.revisions_low,
        high=policy.limits.revisions_high,
    )
    low, high = policy.limits.revisions_low, policy.limits.revisions_high
    buttons = [_number(tr.number(one), one) for one in ROUNDS if low <= one <= high]
    return _question(spot, tr, body, in_rows(buttons, 3))


def requirements_question(spot: Spot, tr: Translator, policy: Policy) -> Screen:
    """Step 8: what the seller has to know, or nothing."""
    body = tr(
        "What do you need to know before you start? The buyer is asked this right after paying, "
        "and your delivery time starts with the answer.\n\n<i>For example: {example}</i>\n\n"
        "Up to {high} characters.",
        example=question_example(tr),
        high=policy.limits.question_max,
    )
    skip = Button(label=tr.label("Ask nothing"), tap=SkipStep())
    return _question(spot, tr, body, ((skip,),))


def step_name(step: str, tr: Translator) -> str:
    """The step's name in headings and on the preview's buttons."""
    names = {
        "category": tr.label("Category"),
        "title": tr.label("Title"),
        "description": tr.label("Description"),
        "picture": tr.label("Picture"),
        "price": tr.label("Price"),
        "days": tr.label("Delivery time"),
        "revisions": tr.label("Changes"),
        "question": tr.label("Question"),
    }
    return names[step]


def earning(price: Money, tr: Translator, policy: Policy) -> Markup:
    """What the seller receives of a price: the fee and ≈ ৳ in one line."""
    fee = fee_of(price.minor, fee_bp=policy.fee_bp, fee_least_minor=policy.fee_least_minor)
    mine = Money(price.minor - fee, price.currency)
    return tr(
        "At {price} you receive <b>{mine}</b>; our fee is {fee}.",
        price=tr.money(price),
        mine=f"{tr.money(mine)} {tr.approx_taka(mine, policy)}".rstrip(),
        fee=tr.money(Money(fee, price.currency)),
    )


def _question(spot: Spot, tr: Translator, body: Markup, rows: Rows = ()) -> Screen:
    heading = tr(
        "<b>Your gig · {name}</b> · {number} of {all}",
        name=step_name(spot.step, tr),
        number=STEPS.index(spot.step) + 1,
        all=len(STEPS),
    )
    now = tr("So far: <b>{now}</b>", now=spot.now) if spot.now else Markup("")
    text = paragraphs((heading, body, now))
    return Screen(text=text, rows=(*rows, *_ways_out(spot, tr)))


def _ways_out(spot: Spot, tr: Translator) -> Rows:
    keep = Button(label=tr.label("Leave it as it is"), tap=KeepAnswer())
    back = Button(label=tr.label("Back"), tap=StepBack())
    cancel = Button(label=tr.label("Later"), tap=LeaveFlow())
    kept: Rows = ((keep,),) if spot.now else ()
    return (*kept, (back, cancel) if spot.may_go_back else (cancel,))


def _price_buttons(currency: Currency, tr: Translator, policy: Policy) -> list[Button]:
    low, high = policy.price_limits(currency)
    return [
        _number(tr.money(_whole(units, currency)), units)
        for units in PRICES[currency]
        if low <= _whole(units, currency).minor <= high
    ]


def _number(label: str, number: int) -> Button:
    bare = label.striptags() if isinstance(label, Markup) else label
    return Button(label=bare, tap=PickNumber(number))


def in_rows(buttons: list[Button], width: int) -> Rows:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
