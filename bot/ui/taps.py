"""Every button's callback class. Tags are never reused; a test keeps the list."""

from dataclasses import dataclass

from bot.ui.callbacks import Tap, tag


@tag("h")
@dataclass(frozen=True, slots=True)
class GoHome(Tap):
    """The main menu."""


@tag("hl")
@dataclass(frozen=True, slots=True)
class GoHelp(Tap):
    """The help page."""


@tag("x")
@dataclass(frozen=True, slots=True)
class LeaveFlow(Tap):
    """Leave the flow; its draft is kept."""


@tag("fr")
@dataclass(frozen=True, slots=True)
class ResumeFlow(Tap):
    """Go on with the kept draft of flow number `flow` (index in kit.flows' order)."""

    flow: int


@tag("fd")
@dataclass(frozen=True, slots=True)
class DropDraft(Tap):
    """Throw the kept draft away."""

    flow: int


@tag("lg")
@dataclass(frozen=True, slots=True)
class ChooseLanguage(Tap):
    """0 Bengali, 1 English."""

    language: int


@tag("ls")
@dataclass(frozen=True, slots=True)
class ShowLanguages(Tap):
    """The language question."""


@tag("ta")
@dataclass(frozen=True, slots=True)
class AcceptTerms(Tap):
    """Agree to the terms of this version."""

    version: int


@tag("tr")
@dataclass(frozen=True, slots=True)
class ReadTerms(Tap):
    """A page of the terms."""

    page: int


@tag("pr")
@dataclass(frozen=True, slots=True)
class ReadPrivacy(Tap):
    """The privacy page."""


@tag("se")
@dataclass(frozen=True, slots=True)
class ShowSettings(Tap):
    """The settings."""


@tag("sz")
@dataclass(frozen=True, slots=True)
class ChooseZone(Tap):
    """A time zone by its number in the settings' list."""

    zone: int


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


@tag("oq")
@dataclass(frozen=True, slots=True)
class AskOrder(Tap):
    """What the order will cost and what happens then, before it is placed."""

    gig_id: int


@tag("op")
@dataclass(frozen=True, slots=True)
class PlaceOrder(Tap):
    """Place the order on this version of the gig."""

    gig_id: int
    gig_version_id: int


@tag("oo")
@dataclass(frozen=True, slots=True)
class ShowOrder(Tap):
    """An order's screen."""

    order_id: int


@tag("ob")
@dataclass(frozen=True, slots=True)
class ShowBoard(Tap):
    """The work board; `finished` 1 shows finished orders."""

    finished: int
    page: int


@tag("oi")
@dataclass(frozen=True, slots=True)
class ShowInvoice(Tap):
    """Send the invoice of an unpaid order again."""

    order_id: int


@tag("or")
@dataclass(frozen=True, slots=True)
class AnswerRequirements(Tap):
    """Begin answering the requirements question."""

    order_id: int
    version: int


@tag("od")
@dataclass(frozen=True, slots=True)
class StartDelivery(Tap):
    """Begin the delivery."""

    order_id: int
    version: int


@tag("fi")
@dataclass(frozen=True, slots=True)
class FinishFiles(Tap):
    """Done: send what was collected (delivery, answer)."""


@tag("fc")
@dataclass(frozen=True, slots=True)
class ClearFiles(Tap):
    """Start collecting again."""


@tag("oa")
@dataclass(frozen=True, slots=True)
class AcceptDelivery(Tap):
    """Accept: releases the held money. `sure` 1 confirms."""

    order_id: int
    version: int
    sure: int


@tag("ov")
@dataclass(frozen=True, slots=True)
class AskChanges(Tap):
    """Begin asking for changes."""

    order_id: int
    version: int


@tag("ou")
@dataclass(frozen=True, slots=True)
class ResumeWork(Tap):
    """The seller goes on after changes were asked."""

    order_id: int
    version: int


@tag("oc")
@dataclass(frozen=True, slots=True)
class CancelOrder(Tap):
    """Cancel as the state allows. `sure` 1 confirms (buyers; sellers give a reason)."""

    order_id: int
    version: int
    sure: int


@tag("of")
@dataclass(frozen=True, slots=True)
class ShowFiles(Tap):
    """Send the files of a delivery again; delivery 0 means the requirements' files."""

    order_id: int
    delivery: int


@tag("rs")
@dataclass(frozen=True, slots=True)
class StartReview(Tap):
    """Begin a review; `stars` 1 to 5."""

    order_id: int
    stars: int


@tag("w")
@dataclass(frozen=True, slots=True)
class ShowWallet(Tap):
    """Balances and a page of the statement."""

    page: int


@tag("st")
@dataclass(frozen=True, slots=True)
class StartSupport(Tap):
    """Begin a message to the operators; order 0 means none. `kind` 0 support, 1 paysupport."""

    kind: int
    order_id: int


@tag("sa")
@dataclass(frozen=True, slots=True)
class AnswerThread(Tap):
    """An operator begins an answer (or a person adds to the thread)."""

    thread_id: int


@tag("sv")
@dataclass(frozen=True, slots=True)
class ShowThread(Tap):
    """A support thread."""

    thread_id: int


@tag("sc")
@dataclass(frozen=True, slots=True)
class CloseThread(Tap):
    """An operator closes a thread."""

    thread_id: int


@tag("a")
@dataclass(frozen=True, slots=True)
class ShowAdmin(Tap):
    """The operators page: 0 overview, 1 dead updates, 2 dead notices, 3 refunds, 4 audit."""

    page: int


@tag("ar")
@dataclass(frozen=True, slots=True)
class RetryDead(Tap):
    """Try a dead outbox row again."""

    row_id: int


@tag("at")
@dataclass(frozen=True, slots=True)
class Thaw(Tap):
    """Let money go out again after the audit was looked at."""


@tag("ck")
@dataclass(frozen=True, slots=True)
class ConnectAll(Tap):
    """In a group: make one topic per category (1) or announce all here (0)."""

    topics: int


@tag("cc")
@dataclass(frozen=True, slots=True)
class ConnectHere(Tap):
    """Link this chat or topic with a category (its number), -1 for all."""

    category: int


@tag("n")
@dataclass(frozen=True, slots=True)
class Nothing(Tap):
    """A label that does nothing (page numbers)."""
