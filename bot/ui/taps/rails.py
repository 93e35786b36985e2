"""Money sent by hand: how to pay, claims, refunds by hand; what owners set up."""

from bot.ui.callbacks import Tap, tag


@tag("ka")
class ShowByHand(Tap):
    """Where to send the money of an order, and how much."""

    order_id: int


@tag("kb")
class StartClaim(Tap):
    """The buyer has sent it; `wallet` is a number in market.rails.WALLETS."""

    order_id: int
    version: int
    wallet: int


@tag("kc")
class ShowClaim(Tap):
    """A claim as operators see it."""

    claim_id: int


@tag("kd")
class StartSeeing(Tap):
    """An operator begins to type what stands on the statement."""

    claim_id: int


@tag("ke")
class ConfirmSeen(Tap):
    """The amount as it was typed is right, inside its flow."""


@tag("kf")
class WriteByHand(Tap):
    """Begin to write about a claim: `how` is a number in bot.views.hand_words.WAYS."""

    claim_id: int
    how: int


@tag("kg")
class ShowHandRefund(Tap):
    """A refund by hand as operators see it."""

    claim_id: int


@tag("kh")
class SendBack(Tap):
    """Send money back that landed. `sure` 1 confirms."""

    claim_id: int
    sure: int


@tag("ki")
class ShowRails(Tap):
    """What owners have set up: wallets and categories."""


@tag("kj")
class EditWallet(Tap):
    """Begin to enter or change a wallet, by its number."""

    wallet: int


@tag("kk")
class SwitchWallet(Tap):
    """Open a wallet for payments (1) or close it (0)."""

    wallet: int
    is_open: int


@tag("kl")
class ShowFulfilment(Tap):
    """What was decided about a category, by its number."""

    category: int


@tag("km")
class DecideFulfilment(Tap):
    """Begin to decide: `kind` 0 digital, 1 not digital."""

    category: int
    kind: int


@tag("kn")
class AcceptPolicy(Tap):
    """The policy of this version was read and is accepted, inside its flow."""

    version: int


@tag("ko")
class SaveWallet(Tap):
    """Keep the wallet as it was shown, inside its flow."""


@tag("kq")
class ProposeRefund(Tap):
    """Much money: an operator asks another one whether it may be sent."""

    claim_id: int


@tag("kr")
class ConfirmRefund(Tap):
    """Another operator agrees that it may be sent."""

    claim_id: int
    proposal_id: int


@tag("kp")
class PickCurrency(Tap):
    """What the gig is priced in, by its place in market.money.Currency."""

    currency: int
