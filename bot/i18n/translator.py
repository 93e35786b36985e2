"""The translator: what views call to get a sentence, a number or a time for one reader."""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from bot.i18n import formats
from bot.i18n.catalogue import catalogue
from market.money import Currency, Money
from market.policy import Policy

LANGUAGES = ("bn", "en")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Translator:
    """Speaks one language in one time zone.

    In `tr(…)`, `tr.n(…)` and `tr.label(…)` the English sentence is a plain string literal; tests
    find those calls in the source. Whole numbers among the values are written in the language's
    digits, without grouping (an order's number); `tr.number` groups. Text that a person typed
    passes as it is, escaped.
    """

    language: str
    zone: str

    def __call__(self, message: str, /, **values: object) -> Markup:
        """The sentence as Telegram HTML; values are escaped unless they are Markup."""
        return self._filled(self._form(message, 0), values)

    def n(self, one: str, many: str, n: int, /, **values: object) -> Markup:
        """Singular or plural by `n`; {n} is the grouped number."""
        index = 0 if n == 1 else 1
        forms = catalogue(self.language).get(one, (one, many))
        text = forms[min(index, len(forms) - 1)]
        return self._filled(text, {"n": self.number(n)} | values)

    def label(self, message: str, /, **values: object) -> str:
        """The sentence as plain text, for buttons, toasts and invoices: nothing is escaped."""
        texts = {name: self._written(value) for name, value in values.items()}
        flat = {name: plain(text) for name, text in texts.items()}
        return self._form(message, 0).format(**flat)

    def number(self, value: int) -> str:
        """A grouped whole number."""
        return formats.number(value, self.language)

    def digits(self, figures: str) -> str:
        """Figures that are no amount, such as a number to be called: in the language's digits."""
        return formats.digits(figures, self.language)

    def money(self, amount: Money) -> str:
        """An amount with its currency."""
        return formats.money(amount, self.language)

    def figures(self, amount: Money) -> str:
        """An amount without its currency, for columns: 1,200.50."""
        return formats.fixed(amount.minor, amount.currency.exponent, self.language)

    def approx_taka(self, amount: Money, policy: Policy) -> str:
        """≈ ৳400, or "" when the operator has set no rate or the amount is no Stars."""
        if policy.poisha_per_star is None or amount.currency is not Currency.XTR:
            return ""
        taka = (amount.minor * policy.poisha_per_star + 50) // 100
        return f"≈\u00a0{formats.money(Money(taka * 100, Currency.BDT), self.language)}"

    def rating(self, average_x10: int) -> str:
        """4.7 for 47."""
        return formats.rating(average_x10, self.language)

    def stars(self, count: int) -> str:
        """Five stars, `count` of them full."""
        return "★" * count + "☆" * (5 - count)

    def when(self, ms: int, now_ms: int) -> str:
        """A moment on the reader's clock: today 15:40, Tue 24 Nov, 15:40."""
        moment, now = formats.local(ms, self.zone), formats.local(now_ms, self.zone)
        clock = self.clock(ms)
        near = self._near(formats.days_apart(moment, now), clock)
        if near is not None:
            return near
        return f"{formats.day(moment, self.language, with_year=moment.year != now.year)}, {clock}"

    def date(self, ms: int) -> str:
        """A calendar day with its year."""
        return formats.date(formats.local(ms, self.zone), self.language, with_year=True)

    def month(self, year: int, month: int) -> str:
        """A month with its year: November 2026."""
        return formats.month(datetime(year, month, 1), self.language)  # noqa: DTZ001 - no moment

    def day(self, ms: int) -> str:
        """A day of the week with its date: Tue 24 Nov."""
        return formats.day(formats.local(ms, self.zone), self.language, with_year=False)

    def short_date(self, ms: int) -> str:
        """A date without its year: 24 Nov."""
        return formats.date(formats.local(ms, self.zone), self.language, with_year=False)

    def weekday(self, ms: int) -> str:
        """A day within a week: Tue 24."""
        return formats.weekday(formats.local(ms, self.zone), self.language)

    def clock(self, ms: int) -> str:
        """The time of day of a moment: 15:40; it says so where it is nobody's own clock."""
        moment = formats.local(ms, self.zone)
        clock = formats.clock(moment, self.language)
        return f"{clock} UTC" if formats.is_utc(self.zone) else clock

    def hour(self, hour: int) -> str:
        """An hour of the day: 09:00."""
        return formats.clock(datetime(2000, 1, 1, hour), self.language)  # noqa: DTZ001 - no moment

    def span(self, ms: int) -> str:
        """A length of time in one or two units: 3 days, 1 h 30 min."""
        return _span(ms, self)

    def _near(self, days: int, clock: str) -> str | None:
        return _near(days, clock, self)

    def _form(self, message: str, index: int) -> str:
        return catalogue(self.language).get(message, (message,))[index]

    def _filled(self, text: str, values: dict[str, object]) -> Markup:
        written = {name: self._written(value) for name, value in values.items()}
        return Markup(text).format(**written)  # noqa: S704 - our own sentence; values are escaped

    def _written(self, value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return formats.digits(str(value), self.language)
        return value if isinstance(value, str) else str(value)


def _near(days: int, clock: str, tr: Translator) -> str | None:
    match days:
        case 0:
            return tr.label("today {time}", time=clock)
        case 1:
            return tr.label("tomorrow {time}", time=clock)
        case -1:
            return tr.label("yesterday {time}", time=clock)
        case _:
            return None


def _span(ms: int, tr: Translator) -> str:
    days, hours, minutes, seconds = formats.span_parts(ms)
    parts = (
        (days, tr.n("{n} day", "{n} days", days)),
        (hours, tr.n("{n} h", "{n} h", hours)),
        (minutes, tr.n("{n} min", "{n} min", minutes)),
        (seconds, tr.n("{n} s", "{n} s", seconds)),
    )
    return " ".join(plain(words) for count, words in parts if count)


def plain(markup: str) -> str:
    """Markup as plain text (tags gone, entities read); other text as it is."""
    return html.unescape(_TAG.sub("", markup)) if isinstance(markup, Markup) else markup


@lru_cache(maxsize=512)
def translator(language: str, zone: str = "Asia/Dhaka") -> Translator:
    """The translator for a reader; an unknown language reads English."""
    return Translator(language if language in LANGUAGES else "en", zone)
