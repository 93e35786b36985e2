"""What the gig conversation says about an answer that it cannot take: always what would do."""

from markupsafe import Markup

from bot.i18n import Translator
from market.errors import TextTooLong, TextTooShort
from market.money import Currency, Money
from market.policy import Policy

_MB = 1_000_000


def wants_category(tr: Translator) -> Markup:
    """The category is picked, not typed."""
    return tr("Please tap one of the categories below.")


def wants_terms(tr: Translator) -> Markup:
    """Selling waits for the terms."""
    return tr("Before your first gig, please read the terms and tap the button to accept them.")


def wants_decision(tr: Translator) -> Markup:
    """At the preview nothing is typed."""
    return tr(
        "Your gig is ready: tap <b>Publish</b>, or tap what you want to change. Nobody sees it "
        "until you publish it."
    )


def no_answer_yet(tr: Translator) -> Markup:
    """*Leave it as it is* without an answer to leave."""
    return tr("There is no answer here yet.")


def wants_text(tr: Translator) -> Markup:
    """Something else than words came."""
    return tr("Here I need words: please type your answer as a text message.")


def wants_picture(tr: Translator) -> Markup:
    """Something else than a picture came."""
    return tr(
        "Here I need a picture: send a photo or an image file, or tap <b>Without a picture</b>."
    )


def wants_number(tr: Translator) -> Markup:
    """Something else than a number came."""
    return tr("Here I need a number: tap one below or type it.")


def too_long(error: TextTooLong, tr: Translator) -> Markup:
    """By how much, and the limit."""
    return tr.n(
        "That is {n} character too long; the limit is {limit}.",
        "That is {n} characters too long; the limit is {limit}.",
        error.length - error.limit,
        limit=tr.number(error.limit),
    )


def too_short(error: TextTooShort, tr: Translator) -> Markup:
    """How many are missing, and the least."""
    return tr.n(
        "A little more, please: {n} character is missing; at least {limit} are needed.",
        "A little more, please: {n} characters are missing; at least {limit} are needed.",
        error.limit - error.length,
        limit=tr.number(error.limit),
    )


def price_refused(tr: Translator, policy: Policy, currency: Currency = Currency.XTR) -> Markup:
    """A price that is no number or outside of the range."""
    low, high = policy.price_limits(currency)
    if currency is Currency.XTR:
        return tr(
            "That price does not work. Please give a whole number of Stars from {low} to {high}, "
            "for example {example}.",
            low=tr.number(low),
            high=tr.number(high),
            example=tr.money(Money(500, currency)),
        )
    return tr(
        "That price does not work. Please give an amount from {low} to {high}.",
        low=tr.money(Money(low, currency)),
        high=tr.money(Money(high, currency)),
    )


def number_refused(tr: Translator, *, low: int, high: int) -> Markup:
    """Days or rounds that are no number or outside of the range."""
    return tr("Please give a whole number from {low} to {high}.", low=low, high=high)


def picture_too_big(tr: Translator, policy: Policy) -> Markup:
    """The picture weighs too much."""
    return tr(
        "This picture is larger than {megabytes} MB. Please send a smaller one, or send it as "
        "a photo: Telegram then makes it smaller.",
        megabytes=policy.limits.photo_bytes_max // _MB,
    )


def no_picture(tr: Translator) -> Markup:
    """A file of another kind."""
    return tr(
        "This file is not a picture that we can show. Send a photo or a PNG, JPG or WebP file, or "
        "tap <b>Without a picture</b>."
    )


def title_taken(tr: Translator) -> Markup:
    """The title does not begin with "I will": taken all the same, with a hint."""
    return tr("Good. Titles that begin with “I will …” are understood fastest, by the way.")
