"""The house's money: what everybody may know of it, what stops it, and what owners do with it."""

from bot.ui.callbacks import Tap, tag


@tag("tu")
class ShowTrust(Tap):
    """What the house holds and owes, for everybody."""


@tag("hs")
class ShowStops(Tap):
    """What keeps money from leaving, and what would leave."""


@tag("hk")
class ShowStuck(Tap):
    """What waits longer than it should, row by row."""


@tag("hf")
class FreezeMoney(Tap):
    """Let nothing leave any more."""


@tag("hv")
class LeaveSafeMode(Tap):
    """An owner has read what will leave. `sure` 1 confirms."""

    sure: int


@tag("hm")
class ShowMoney(Tap):
    """The house's money: page 0 the sums, 1 debts, 2 what was posted."""

    page: int


@tag("ha")
class StartMoney(Tap):
    """Begin an act about the house's money, by its number in bot.views.treasury."""

    act: int


@tag("hr")
class PickPurse(Tap):
    """A rail or a currency, by its place in the question."""

    number: int


@tag("hy")
class ConfirmMoney(Tap):
    """Do what was asked, as it was shown."""


@tag("hc")
class CorrectLine(Tap):
    """Mirror a wrong transfer. `sure` 1 confirms."""

    transfer_id: int
    sure: int


@tag("hb")
class ReturnUnknown(Tap):
    """Money of nobody known goes back to who sent it. `sure` 1 confirms."""

    transfer_id: int
    sure: int


@tag("hw")
class WriteOff(Tap):
    """A person's debt will not be paid. `currency` counts as Currency does. `sure` 1 confirms."""

    person_id: int
    minor: int
    currency: int
    sure: int


@tag("hd")
class ShowDraw(Tap):
    """A draw that waits for a second person."""

    proposal_id: int


@tag("hx")
class ConfirmDraw(Tap):
    """Another owner or operator agrees to it."""

    proposal_id: int


@tag("hz")
class DropDraw(Tap):
    """Nothing is drawn."""

    proposal_id: int


@tag("hg")
class GiveUpRefund(Tap):
    """A refund that cannot go out stays as its payer's credit. `sure` 1 confirms."""

    row_id: int
    sure: int
