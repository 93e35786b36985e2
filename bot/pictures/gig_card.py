"""The card of a gig without a picture of its own: what stands on it, and the SVG of it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from bot.pictures.wrap import cut, drawable, width_em, wrapped, written

WIDTH, HEIGHT = 800, 418
_STAR = "⭐"
_SIZES = ((56, 2), (46, 3), (36, 4), (30, 5))
_MIDDLE_Y, _LEADING = 236, 1.26
_LINE_WIDTH = 700
_PALETTE = {
    "design": ("#c2185b", "#fdf1f3"),
    "writing": ("#5d4aa8", "#f4f2fb"),
    "translation": ("#00796b", "#eef7f5"),
    "programming": ("#1f5fa8", "#eff5fb"),
    "marketing": ("#d1530a", "#fdf3ec"),
    "video": ("#b3261e", "#fcf0ee"),
    "audio": ("#7b3f98", "#f7f1fa"),
    "lessons": ("#3c7a2c", "#f2f8ef"),
}
_PLAIN = ("#1f6f54", "#f1f7f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class GigCardPicture:
    """All texts are ready to read; `price` is the translator's, as "250 ⭐" or "৳400"."""

    title: str
    price: str
    seller: str
    category: str
    category_key: str


@cache
def _template() -> Template:
    return Template(files("bot.pictures").joinpath("gig_card.svg").read_text("utf-8"))


def gig_card_svg(card: GigCardPicture) -> str:
    """The card as SVG; people's texts are escaped and cut to fit."""
    strong, pale = _PALETTE.get(card.category_key, _PLAIN)
    return _template().substitute(
        strong=strong,
        pale=pale,
        category=written(cut(drawable(card.category), line_em=27)),
        title=_title(drawable(card.title) or drawable(card.category)),
        **_price(card.price, drawable(card.seller)),
    )


def _title(text: str) -> str:
    """The largest size at which the title fits, its lines centred in height."""
    for size, most in _SIZES:
        lines = wrapped(text, line_em=_LINE_WIDTH / size, most=most)
        if lines is not None:
            return _lines(lines, size)
    return _lines((cut(text, line_em=_LINE_WIDTH / 32),), 32)


def _lines(lines: tuple[str, ...], size: int) -> str:
    step = round(size * _LEADING)
    top = _MIDDLE_Y - step * (len(lines) - 1) / 2 + size * 0.33
    return "\n    ".join(
        f'<text x="48" y="{top + step * index:.0f}" font-size="{size}" font-weight="600" '
        f'fill="#2b2118">{written(line)}</text>'
        for index, line in enumerate(lines)
    )


def _price(price: str, seller: str) -> dict[str, str]:
    """The pill at the right, as wide as the figures, and what is left for the seller's name."""
    figures = drawable(price.replace(_STAR, ""))
    has_star = _STAR in price
    figures_x = 62 if has_star else 26
    width = round(figures_x + width_em(figures) * 32 + 26)
    room = WIDTH - 48 - 48 - 24 - width
    return {
        "price": written(figures),
        "figures_x": str(figures_x),
        "price_width": str(width),
        "price_x": str(WIDTH - 48 - width),
        "star": _star(40, 372) if has_star else "",
        "seller": written(cut(seller, line_em=room / 28)),
    }


def _star(x: int, y: int) -> str:
    points = "0,-15 4.4,-4.9 15.4,-3.9 7.1,3.3 9.6,14 0,8.3 -9.6,14 -7.1,3.3 -15.4,-3.9 -4.4,-4.9"
    return f'<polygon transform="translate({x} {y})" points="{points}" fill="#ffd54a"/>'
