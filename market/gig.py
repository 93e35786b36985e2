"""Gigs: what a seller offers, its categories, its limits and the checks on what was typed."""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

from market.errors import TextTooLong, TextTooShort
from market.files import FileRef
from market.money import Money

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_SHAPELESS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers, and Braille without dots


class Fulfilment(StrEnum):
    """Decides the rails: digital work is paid in Stars only (Bot Developer Terms 6.2)."""

    DIGITAL = "digital"
    NON_DIGITAL = "non_digital"


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the market; its name is in the views, its topic in each connected group."""

    key: str
    emoji: str
    fulfilment: Fulfilment


CATEGORIES: tuple[Category, ...] = (
    Category("design", "🎨", Fulfilment.DIGITAL),
    Category("writing", "✍️", Fulfilment.DIGITAL),
    Category("translation", "🌐", Fulfilment.DIGITAL),
    Category("programming", "💻", Fulfilment.DIGITAL),
    Category("marketing", "📣", Fulfilment.DIGITAL),
    Category("video", "🎬", Fulfilment.DIGITAL),
    Category("audio", "🎙️", Fulfilment.DIGITAL),
    Category("lessons", "📚", Fulfilment.DIGITAL),
)
CATEGORY_KEYS: tuple[str, ...] = tuple(category.key for category in CATEGORIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be typed and how much; lengths in UTF-16 units, prices in minor units of XTR."""

    title_least: int = 8
    title_max: int = 80
    description_least: int = 20
    description_max: int = 1200
    question_max: int = 300
    note_max: int = 2000
    price_low_minor: int = 10
    price_high_minor: int = 10_000
    days_low: int = 1
    days_high: int = 60
    revisions_low: int = 0
    revisions_high: int = 10
    files_max: int = 20
    photo_bytes_max: int = 10_000_000
    open_orders_max: int = 10
    review_max: int = 1000
    statement_least: int = 20
    reason_max: int = 500
    room_max: int = 3000
    quick_reply_max: int = 300
    quick_replies_max: int = 10


class GigState(StrEnum):
    """Whether a gig takes orders. One that operators took down comes back by an operator only."""

    ACTIVE = "active"
    PAUSED = "paused"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGig:
    """A gig as its seller publishes it. `question` is what buyers answer, None asks nothing."""

    category: str
    title: str
    description: str
    picture: FileRef | None
    price: Money
    delivery_days: int
    revisions: int
    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gig:
    """A gig in its present version, with its one package."""

    id: int
    version_id: int
    version: int
    package_id: int
    seller_id: int
    state: GigState
    category: str
    title: str
    description: str
    picture: FileRef | None
    price: Money
    delivery_days: int
    revisions: int
    question: str | None
    published_ms: int


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts (and never less than code points)."""
    return len(text.encode("utf-16-le")) // 2


def is_blank(text: str) -> bool:
    """Nothing would be seen of it: white space, joiners, marks, letters without a shape."""
    return all(sign in _SHAPELESS or category(sign) in _UNSEEN for sign in text)


def checked(text: str, *, least: int, most: int) -> str:
    """The text without surrounding white space; raises TextTooShort or TextTooLong.

    Joiners stay where they are, since Bengali letters need them; a text of nothing else is empty.
    """
    bare = "" if is_blank(text) else text.strip()
    if units(bare) < least:
        raise TextTooShort(units(bare), least)
    if units(bare) > most:
        raise TextTooLong(units(bare), most)
    return bare
