"""Gigs: the gig conversation, the seller's own gigs, shelves and cards."""

from bot.ui.callbacks import Tap, tag


@tag("gs")
class StartSelling(Tap):
    """Begin the gig conversation."""


@tag("gc")
class PickCategory(Tap):
    """A category by its number in market.gig.CATEGORIES, inside the gig conversation."""

    category: int


@tag("gn")
class PickNumber(Tap):
    """An offered number (price, days, revisions) inside the gig conversation."""

    number: int


@tag("gk")
class SkipStep(Tap):
    """Leave this step's answer out (picture, question)."""


@tag("gw")
class KeepAnswer(Tap):
    """Leave this step's answer as it is (after a step back)."""


@tag("gb")
class StepBack(Tap):
    """One step back."""


@tag("ge")
class EditStep(Tap):
    """Change one answer from the preview, by the step's number."""

    step: int


@tag("gp")
class PublishGig(Tap):
    """Publish the gig as previewed."""


@tag("gm")
class ShowMyGigs(Tap):
    """The seller's own gigs."""


@tag("gx")
class PauseGig(Tap):
    """Stop new orders of a gig."""

    gig_id: int


@tag("gr")
class ResumeGig(Tap):
    """Take orders again."""

    gig_id: int


@tag("gv")
class ReviseGig(Tap):
    """The seller puts right what operators took the gig down for."""

    gig_id: int


@tag("b")
class ShowShelves(Tap):
    """All categories."""


@tag("bp")
class ShowShelf(Tap):
    """A page of a category. `cursor` 0 is the start; `forward` 1 older gigs, 0 newer ones."""

    category: int
    cursor: int
    forward: int


@tag("gg")
class ShowGig(Tap):
    """A gig's card; `full` 1 shows the whole description."""

    gig_id: int
    full: int
