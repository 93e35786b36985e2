"""Reviews: one per side and order, shown when both have written or the window closes."""

from dataclasses import dataclass

from market.states import Role

STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A buyer's answers to the three questions, 1 to 5 stars each."""

    quality: int
    communication: int
    value: int

    @property
    def stars(self) -> int:
        """Their mean, rounded half up."""
        return (2 * (self.quality + self.communication + self.value) + 3) // 6

    @property
    def are_given(self) -> bool:
        """Each question has its answer."""
        return {self.quality, self.communication, self.value} <= set(STARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One side's review. Others see it from `visible_from_ms` on; then nothing in it changes.

    Buyers also answer three questions with 1 to 5 stars each (0 = not asked); `stars` is then
    their rounded mean. The one reviewed may answer once (`reply`). `removed_reason` is an
    operator's: such a review is shown to nobody and counts nowhere.
    """

    order_id: int
    author_id: int
    subject_id: int
    role: Role
    stars: int
    words: str
    written_ms: int
    visible_from_ms: int
    quality: int = 0
    communication: int = 0
    value: int = 0
    reply: str = ""
    replied_ms: int | None = None
    removed_reason: str = ""


def visible_from(*, closes_ms: int, now_ms: int, other_has_written: bool) -> int:
    """Both-blind: at once when the other side has written, else when the window closes."""
    return now_ms if other_has_written else closes_ms
