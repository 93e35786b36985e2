"""What people typed, made fit to be shown: cleaned, cut, in one line or as a quotation.

Escaping is not done here: the translator and Markup escape whatever is filled in.
"""

import unicodedata

from markupsafe import Markup

from bot.views.excerpt import excerpt
from market.gig import is_blank

TITLE_MAX = 80
NAME_MAX = 40
FOLD_FROM = 280
_KEPT = {"\n", "\u200c", "\u200d"}
_DIRECTIONS = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


def cleaned(text: str) -> str:
    """Without control signs and without marks that would turn the direction of our own words."""
    if text.isprintable():  # nearly always, and then there is nothing of either kind
        return text
    return "".join(sign for sign in text if _may_stay(sign))


def _may_stay(sign: str) -> bool:
    if sign in _KEPT:
        return True
    return sign not in _DIRECTIONS and unicodedata.category(sign) not in {"Cc", "Cs"}


def one_line(text: str, most: int = TITLE_MAX) -> str:
    """A title or a name as one line."""
    return excerpt(" ".join(cleaned(text.replace("\n", " ")).split()), most)


def name_of(name: str) -> str:
    """A person's name within our sentences."""
    return "…" if is_blank(name) else one_line(name, NAME_MAX)


def quoted(text: str, most: int) -> Markup:
    """A quotation; a long one is folded until it is tapped."""
    shown = excerpt(cleaned(text).strip(), most)
    if len(shown) > FOLD_FROM:
        return Markup("<blockquote expandable>{}</blockquote>").format(shown)
    return Markup("<blockquote>{}</blockquote>").format(shown)
