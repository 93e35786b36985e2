"""Names of the market's shelves for people; the shelves themselves are in `market.gig`."""

from bot.i18n import Translator, translator
from market.gig import CATEGORIES, CATEGORY_KEYS


def category_name(key: str, tr: Translator) -> str:
    """The name without its emoji."""
    names = {
        "design": tr.label("Design"),
        "writing": tr.label("Writing"),
        "translation": tr.label("Translation"),
        "programming": tr.label("Programming"),
        "marketing": tr.label("Marketing"),
        "video": tr.label("Video"),
        "audio": tr.label("Audio"),
        "lessons": tr.label("Lessons"),
    }
    return names[key]


def category_label(key: str, tr: Translator) -> str:
    """The name with its emoji, for buttons and headings."""
    return f"{CATEGORIES[category_number(key)].emoji} {category_name(key, tr)}"


def category_both(key: str) -> str:
    """The name in both languages, for topics and posts that everyone reads."""
    return f"{category_label(key, translator('bn'))} · {category_name(key, translator('en'))}"


def category_number(key: str) -> int:
    """The number that callbacks carry."""
    return CATEGORY_KEYS.index(key)


def category_at(number: int) -> str | None:
    """The key behind a callback's number, None when no shelf has it."""
    return CATEGORY_KEYS[number] if 0 <= number < len(CATEGORY_KEYS) else None
