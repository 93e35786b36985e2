"""Gigs: the gig conversation, the seller's own gigs, shelves and cards."""

from dataclasses import dataclass

from bot.ui.callbacks import Tap, tag


@tag("gs")
@dataclass(frozen=True, slots=True)
class StartSelling(Tap):
    """Begin the gig conversation."""


@tag("gc")
@dataclass(frozen=True, slots=True)
class PickCategory(Tap):
    """A category by its number in market.gig.CATEGORIES, inside the gig conversation."""

    category: int


@tag("gn")
@dataclass(frozen=True, slots=True)
class PickNumber(Tap):
    """An offered number (price, days, revisions) inside the gig conversation."""

    number: int


@tag("gk")
@dataclass(frozen=True, slots=True)
class SkipStep(Tap):
    """Leave this step's answer out (picture, question)."""


@tag("gw")
@dataclass(frozen=True, slots=True)
class KeepAnswer(Tap):
    """Leave this step's answer as it is (after a step back)."""


@tag("gb")
@dataclass(frozen=True, slots=True)
class StepBack(Tap):
    """One step back."""


@tag("ge")
@dataclass(frozen=True, slots=True)
class EditStep(Tap):
    """Change one answer from the preview, by the step's number."""

    step: int


@tag("gp")
@dataclass(frozen=True, slots=True)
class PublishGig(Tap):
    """Publish the gig as previewed."""


@tag("gm")
@dataclass(frozen=True, slots=True)
class ShowMyGigs(Tap):
    """The seller's own gigs."""


@tag("gx")
@dataclass(frozen=True, slots=True)
class PauseGig(Tap):
    """Stop new orders of a gig."""

    gig_id: int


@tag("gr")
@dataclass(frozen=True, slots=True)
class ResumeGig(Tap):
    """Take orders again."""

    gig_id: int


@tag("b")
@dataclass(frozen=True, slots=True)
class ShowShelves(Tap):
    """All categories."""


@tag("bp")
@dataclass(frozen=True, slots=True)
class ShowShelf(Tap):
    """A page of a category. `cursor` 0 is the start; `forward` 1 older gigs, 0 newer ones."""

    category: int
    cursor: int
    forward: int


@tag("gg")
@dataclass(frozen=True, slots=True)
class ShowGig(Tap):
    """A gig's card; `full` 1 shows the whole description."""

    gig_id: int
    full: int
