"""An operator has sent a withdrawal by hand: its reference, what it cost, a picture."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, OnTap, Step
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from bot.ui.taps import NoCharge, StartPaid, StepBack
from bot.views import payout_asks as views
from bot.views.payout_asks import Asked
from bot.views.payouts import payout_screen
from market.amounts import parse_amount
from market.claims import normalised
from market.errors import AnotherOperator, Stale, WrongState
from market.files import FileRef
from market.money import Currency, Money
from market.payout_terms import Way
from market.rights import By
from market.withdrawal import Doing, WithdrawalState, moved
from market.withdrawal import Step as Move
from services.payout_ends import Sending
from services.registry import Services

REFERENCE, CHARGE, PICTURE = "reference", "charge", "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidDraft:
    """Which withdrawal, as it was seen, and what was said of its sending.

    `was_sent`: before the house was restored, so nobody has taken it.
    """

    withdrawal_id: int
    version: int
    way: Way
    currency: Currency
    minor: int
    was_sent: bool = False
    reference: str = ""
    charge_minor: int = 0

    @property
    def asked(self) -> Asked:
        """What the questions are about."""
        return Asked(self.withdrawal_id, Money(self.minor, self.currency), self.way)


def flow(_services: Services) -> Flow:
    """The flow."""
    back: dict[type[Tap], OnTap] = {StepBack: on_back}
    return Flow(
        name="payout",
        by=By.OPERATOR,
        draft=PaidDraft,
        steps={
            REFERENCE: Step(ask=_ask_reference, wants=views.wants_text, text=on_reference),
            CHARGE: Step(
                ask=_ask_charge,
                wants=views.wants_text,
                text=on_charge,
                taps={NoCharge: on_no_charge, **back},
            ),
            PICTURE: Step(
                ask=_ask_picture,
                wants=views.wants_picture,
                file=on_picture,
                taps={StepBack: on_charge_again},
            ),
        },
        entries={StartPaid: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a payout you have sent")


def _ask_reference(turn: Turn, draft: PaidDraft) -> Screen:
    return views.reference_question(draft.asked, turn.tr)


def _ask_charge(turn: Turn, draft: PaidDraft) -> Screen:
    return views.charge_question(draft.asked, draft.reference, turn.tr)


def _ask_picture(turn: Turn, draft: PaidDraft) -> Screen:
    charge = Money(draft.charge_minor, draft.currency)
    return views.picture_question(draft.asked, draft.reference, charge, turn.tr)


async def on_start(turn: Turn, tap: StartPaid) -> Next:
    """For who holds it, in safe mode for who finds it was sent.

    Raises WrongState, Stale, AnotherOperator, NotAnOperator, or what taking it raises.
    """
    card = await turn.services.payouts.card(turn.person.id, tap.withdrawal_id)
    one = card.withdrawal
    was_sent = card.is_safe and one.state in (WithdrawalState.REQUESTED, WithdrawalState.APPROVED)
    if was_sent:
        moved(one, Doing(step=Move.TAKE, now_ms=turn.now_ms, by=turn.person.id))
    if not (was_sent or one.state is WithdrawalState.SENDING) or not one.way.is_manual:
        raise WrongState(Move.PAY, one.state)
    if not (was_sent or card.is_holder):
        raise AnotherOperator
    if one.version != tap.version:
        raise Stale(tap.version, one.version)
    draft = PaidDraft(
        withdrawal_id=one.id,
        version=one.version,
        way=one.way,
        currency=one.amount.currency,
        minor=one.net.minor,
        was_sent=was_sent,
    )
    return Go(REFERENCE, draft)


async def on_reference(_turn: Turn, draft: PaidDraft, text: str) -> Next:
    """Raises ClaimUnfit for what is none of that wallet."""
    return Go(CHARGE, replace(draft, reference=normalised(draft.way.value, text)))


async def on_charge(_turn: Turn, draft: PaidDraft, text: str) -> Next:
    charge = parse_amount(text, draft.currency, low_minor=0, high_minor=draft.minor)
    return Go(PICTURE, replace(draft, charge_minor=charge.minor))


async def on_no_charge(_turn: Turn, draft: PaidDraft, _tap: NoCharge) -> Next:
    return Go(PICTURE, replace(draft, charge_minor=0))


async def on_back(_turn: Turn, draft: PaidDraft, _tap: StepBack) -> Next:
    return Go(REFERENCE, draft)


async def on_charge_again(_turn: Turn, draft: PaidDraft, _tap: StepBack) -> Next:
    return Go(CHARGE, draft)


async def on_picture(turn: Turn, draft: PaidDraft, file: FileRef) -> Next:
    sending = Sending(reference=draft.reference, charge_minor=draft.charge_minor, evidence=file)
    payouts = turn.services.payouts
    card = await (payouts.was_sent if draft.was_sent else payouts.pay)(
        turn.command, draft.withdrawal_id, version=draft.version, sending=sending
    )
    return Done(payout_screen(card, turn.tr), views.paid_toast(turn.tr))
