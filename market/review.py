"""Reviews: one per side and order, shown when both have written or the window closes."""

from dataclasses import dataclass

from market.states import Role

STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One side's review. Others see it from `visible_from_ms` on."""

    order_id: int
    author_id: int
    subject_id: int
    role: Role
    stars: int
    words: str
    written_ms: int
    visible_from_ms: int


def visible_from(*, closes_ms: int, now_ms: int, other_has_written: bool) -> int:
    """Both-blind: at once when the other side has written, else when the window closes."""
    return now_ms if other_has_written else closes_ms
