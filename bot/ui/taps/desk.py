"""The operators' desk: queues, disputes as operators see them, people, reports, the log."""

from bot.ui.callbacks import Tap, tag


@tag("ab")
class ShowQueue(Tap):
    """A page of a queue, by its number in bot.views.desk."""

    queue: int
    page: int


@tag("ac")
class ShowCase(Tap):
    """A dispute as operators see it."""

    order_id: int


@tag("ah")
class ShowTimeline(Tap):
    """Everything that happened in an order; page 0 is the newest."""

    order_id: int
    page: int


@tag("ax")
class DecideCase(Tap):
    """Begin a verdict."""

    order_id: int
    version: int


@tag("ay")
class ConfirmVerdict(Tap):
    """Say the verdict as it was shown, inside its flow."""


@tag("aw")
class SecondVerdict(Tap):
    """Agree to another operator's verdict that gives the seller `minor`. `sure` 1 confirms."""

    order_id: int
    version: int
    minor: int
    sure: int


@tag("ap")
class ShowPerson(Tap):
    """A person as operators see him."""

    person_id: int


@tag("as")
class ChangeStanding(Tap):
    """Begin to change how a person stands: `act` 0 pause, 1 ban, 2 free."""

    person_id: int
    act: int


@tag("ae")
class AppealStanding(Tap):
    """The person begins an appeal against the own pause or ban."""


@tag("ao")
class ShowReport(Tap):
    """A report, and what can be done about it."""

    report_id: int


@tag("af")
class SettleFine(Tap):
    """Nothing is wrong with what the house itself asked operators to look at."""

    report_id: int


@tag("an")
class SettleReport(Tap):
    """Begin to settle a report: `how` is a number in bot.views.judging.WAYS."""

    report_id: int
    how: int


@tag("ag")
class ShowJudgedGig(Tap):
    """A gig as operators see it, taken down or not."""

    gig_id: int


@tag("aj")
class JudgeGig(Tap):
    """Begin to take a gig down (`how` as in SettleReport) or to put it back."""

    gig_id: int
    how: int


@tag("ai")
class ReopenOrder(Tap):
    """Open a completed order again as its buyer wishes. `sure` 1 confirms."""

    report_id: int
    sure: int


@tag("ak")
class EnterChargeback(Tap):
    """The provider took the payment back. `sure` 1 asks once more, 2 enters it."""

    order_id: int
    sure: int


@tag("al")
class ShowLog(Tap):
    """A page of the operators' acts, newest first."""

    page: int
