"""Orders: placing, answering, delivering, accepting, cancelling, reviewing, the wallet."""

from bot.ui.callbacks import Tap, tag


@tag("oq")
class AskOrder(Tap):
    """What the order will cost and what happens then, before it is placed."""

    gig_id: int


@tag("op")
class PlaceOrder(Tap):
    """Place the order on this version of the gig."""

    gig_id: int
    gig_version_id: int


@tag("oo")
class ShowOrder(Tap):
    """An order's screen."""

    order_id: int


@tag("ob")
class ShowBoard(Tap):
    """The work board; `finished` 1 shows finished orders."""

    finished: int
    page: int


@tag("oi")
class ShowInvoice(Tap):
    """Send the invoice of an unpaid order again."""

    order_id: int


@tag("or")
class AnswerRequirements(Tap):
    """Begin answering the requirements question."""

    order_id: int
    version: int


@tag("od")
class StartDelivery(Tap):
    """Begin the delivery."""

    order_id: int
    version: int


@tag("fi")
class FinishFiles(Tap):
    """Done: send what this flow (a number in `bot.ui.flows`) has collected for this order."""

    flow: int
    order_id: int
    version: int


@tag("fc")
class ClearFiles(Tap):
    """Start collecting again, in the same flow for the same order."""

    flow: int
    order_id: int
    version: int


@tag("oa")
class AcceptDelivery(Tap):
    """Accept: releases the held money. `sure` 1 confirms."""

    order_id: int
    version: int
    sure: int


@tag("ov")
class AskChanges(Tap):
    """Begin asking for changes."""

    order_id: int
    version: int


@tag("ou")
class ResumeWork(Tap):
    """The seller goes on after changes were asked."""

    order_id: int
    version: int


@tag("oc")
class CancelOrder(Tap):
    """Cancel as the state allows. `sure` 1 confirms (buyers; sellers give a reason)."""

    order_id: int
    version: int
    sure: int


@tag("ox")
class ExplainCancel(Tap):
    """A seller begins to cancel a paid order: the reason is asked."""

    order_id: int
    version: int


@tag("ot")
class AgreeAndOrder(Tap):
    """Agree to the terms of this version and come back to the gig's quote."""

    version: int
    gig_id: int


@tag("of")
class ShowFiles(Tap):
    """Send the files of a delivery again; delivery 0 means the requirements' files."""

    order_id: int
    delivery: int


@tag("rs")
class StartReview(Tap):
    """Begin a review; `stars` 1 to 5, 0 asks for them first."""

    order_id: int
    stars: int


@tag("w")
class ShowWallet(Tap):
    """Balances and a page of the statement."""

    page: int


@tag("ws")
class ShowStatement(Tap):
    """A page of the account statement: a currency by its place, a month by its number.

    `currency` -1 means the one used last, `month` is `market.statement`'s.
    """

    currency: int
    month: int
    page: int


@tag("wd")
class SendStatement(Tap):
    """The statement as a file: `kind` 0 is CSV, 1 is PDF."""

    currency: int
    month: int
    kind: int


@tag("oh")
class ShowDeliveries(Tap):
    """Every delivery of an order, with what was asked before it."""

    order_id: int


@tag("oe")
class ShowWaysOut(Tap):
    """How the order can be ended now, and what each way does to the money."""

    order_id: int
    version: int


@tag("oy")
class ProposeEnd(Tap):
    """Begin to propose an end by agreement."""

    order_id: int
    version: int


@tag("on")
class PickShare(Tap):
    """The seller's part of the price in per cent, inside the proposal."""

    percent: int


@tag("om")
class AskMoreTime(Tap):
    """The seller begins to ask for more days."""

    order_id: int
    version: int


@tag("ok")
class PickDays(Tap):
    """How many days more, inside the question for time."""

    days: int


@tag("ol")
class LookLonger(Tap):
    """The buyer takes more days to look at a delivery; `days` 0 asks how many."""

    order_id: int
    version: int
    days: int


@tag("og")
class AgreeRequest(Tap):
    """Agree to the end that the other side proposes. `sure` 1 confirms."""

    order_id: int
    version: int
    sure: int


@tag("ow")
class GiveTime(Tap):
    """The buyer agrees to the days more that the seller asks for."""

    order_id: int
    version: int


@tag("oj")
class RefuseRequest(Tap):
    """Say no to what the other side asks."""

    order_id: int
    version: int


@tag("oz")
class TakeBackRequest(Tap):
    """Take back what one has asked oneself."""

    order_id: int
    version: int


@tag("os")
class PickReason(Tap):
    """A reason by its number in the list that was shown (cancelling, disputes)."""

    reason: int
