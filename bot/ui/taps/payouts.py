"""Withdrawals: people who ask for their money, operators who send it, owners who set rates."""

from bot.ui.callbacks import Tap, tag


@tag("qa")
class ShowWithdrawals(Tap):
    """A page of the own withdrawals, newest first."""

    page: int


@tag("qb")
class ShowWithdrawal(Tap):
    """One of the own withdrawals."""

    withdrawal_id: int


@tag("qc")
class StartWithdrawal(Tap):
    """Begin to withdraw."""


@tag("qd")
class PickWay(Tap):
    """Which way, from which balance: by their places in bot.views.payout_words."""

    way: int
    currency: int


@tag("qe")
class ChangeAccount(Tap):
    """Send it to another account of the same way, inside its flow."""


@tag("qf")
class TakeAll(Tap):
    """As much as may be withdrawn now."""


@tag("qg")
class ConfirmWithdrawal(Tap):
    """Ask for it as it was shown, inside its flow."""


@tag("qh")
class CancelWithdrawal(Tap):
    """Have the money here after all. `sure` 1 confirms."""

    withdrawal_id: int
    version: int
    sure: int


@tag("qi")
class StopPayouts(Tap):
    """Somebody else changed the account. `sure` 1 confirms."""

    sure: int


@tag("qj")
class ShowPayout(Tap):
    """A withdrawal as operators see it."""

    withdrawal_id: int


@tag("qk")
class ApprovePayout(Tap):
    """It may be sent by another operator."""

    withdrawal_id: int
    version: int


@tag("ql")
class TakePayout(Tap):
    """The operator sends it now."""

    withdrawal_id: int
    version: int


@tag("qm")
class PutPayoutBack(Tap):
    """It was not sent, somebody else may. `sure` 1 confirms."""

    withdrawal_id: int
    version: int
    sure: int


@tag("qn")
class StartPaid(Tap):
    """It was sent: begin with its reference."""

    withdrawal_id: int
    version: int


@tag("qo")
class StartUnpaid(Tap):
    """Begin to say why it could not be sent (`how` 0), or that it came back (1)."""

    withdrawal_id: int
    version: int
    how: int


@tag("wa")
class StartWord(Tap):
    """An owner says what became of it: begin with its reference (`how` 0), or why it was none."""

    withdrawal_id: int
    version: int
    how: int


@tag("wb")
class AgreeWord(Tap):
    """Another operator finds the owner's word right; asked once more."""

    withdrawal_id: int
    word_id: int
    sure: int


@tag("qp")
class NoCharge(Tap):
    """The sending cost nothing."""


@tag("qq")
class ShowReceipt(Tap):
    """The picture of a sending."""

    withdrawal_id: int


@tag("qr")
class ShowGuard(Tap):
    """A person whose payouts are stopped, for operators."""

    person_id: int


@tag("qs")
class LetPayoutsGo(Tap):
    """It was looked into. `sure` 1 confirms."""

    person_id: int
    sure: int


@tag("qt")
class ShowRates(Tap):
    """What the house pays for Stars, and what it has to pay out with."""


@tag("qu")
class StartRate(Tap):
    """Begin to set a rate, for a currency by its place in market.money.Currency."""

    currency: int


@tag("qv")
class SetRate(Tap):
    """Set the rate as it was shown, inside its flow."""
