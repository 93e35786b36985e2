"""What an operator is asked about a sending: reference, cost, picture; or why there was none."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow, NoCharge, StepBack
from bot.views.payout_word import SENT
from bot.views.payout_words import way_name
from bot.views.payouts import CAME_BACK
from bot.views.wallets import reference_example, reference_name
from market.money import Money
from market.payout_terms import Way


@dataclass(frozen=True, slots=True)
class Asked:
    """Which payout is asked about."""

    number: int
    amount: Money
    way: Way


def reference_question(asked: Asked, tr: Translator) -> Screen:
    """The number of the sending."""
    text = tr(
        "📤 <b>Payout no. {number}: {amount} sent</b>\nPlease type the {what} of your sending, "
        "such as {example}. The person reads it.",
        number=asked.number,
        amount=tr.money(asked.amount),
        what=reference_name(asked.way.value, tr),
        example=reference_example(asked.way.value),
    )
    return Screen(text=text, rows=((_later(tr),),))


def charge_question(asked: Asked, reference: str, tr: Translator) -> Screen:
    """What the wallet took on top, so that its balance stays right in the books."""
    text = tr(
        "📤 <b>Payout no. {number}</b>, <code>{reference}</code>\nWhat did the wallet charge you "
        "on top? Write the amount, or tap <b>Nothing</b>.",
        number=asked.number,
        reference=reference,
    )
    nothing = Button(label=tr.label("Nothing"), tap=NoCharge(), style="primary")
    return Screen(text=text, rows=((nothing,), (_back(tr), _later(tr))))


def picture_question(asked: Asked, reference: str, charge: Money, tr: Translator) -> Screen:
    """The evidence; with it the payout is booked."""
    text = tr(
        "📤 <b>Payout no. {number}</b>, <code>{reference}</code>, charge {charge}\nNow send a "
        "picture of the sending from your app. With it the payout is booked, and the person is "
        "told.",
        number=asked.number,
        reference=reference,
        charge=tr.money(charge),
    )
    return Screen(text=text, rows=((_back(tr), _later(tr)),))


def unpaid_question(asked: Asked, how: int, most: int, tr: Translator) -> Screen:
    """Why; the person reads it."""
    if how == CAME_BACK:
        head = tr(
            "↩️ <b>Payout no. {number} came back</b>\nOnly when {amount} is in the wallet again. "
            "The person has it as available money and reads why.",
            number=asked.number,
            amount=tr.money(asked.amount),
        )
    else:
        head = tr(
            "⚠️ <b>Payout no. {number} cannot be sent</b>\nOnly when nothing was sent, for certain. "
            "The person has the money in the wallet again and reads why.",
            number=asked.number,
        )
    ask = tr("Please write it in one message, at most {most} characters.", most=tr.number(most))
    return Screen(text=Markup("{}\n\n{}").format(head, ask), rows=((_later(tr),),))


def word_question(asked: Asked, how: int, most: int, tr: Translator) -> Screen:
    """The reference, or why it was not sent."""
    number, amount, way = asked.number, tr.money(asked.amount), way_name(asked.way, tr)
    if how == SENT:
        text = tr(
            "📤 <b>Payout no. {number}: {amount} was sent</b>\nOnly when you see it in the history "
            "of {way}. Please type its number there; the person reads it.",
            number=number,
            amount=amount,
            way=way,
        )
    else:
        text = tr(
            "📤 <b>Payout no. {number}: {amount} was not sent</b>\nOnly when it is not in the "
            "history of {way}, for certain: the person has the money again and may ask for it once "
            "more. Please write why, at most {most} characters; the person reads it.",
            number=number,
            amount=amount,
            way=way,
            most=tr.number(most),
        )
    return Screen(text=text, rows=((_later(tr),),))


def wants_text(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Please write it as a text.")


def wants_picture(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Please send a picture of the sending.")


def paid_toast(tr: Translator) -> str:
    """It is booked."""
    return tr.label("Booked. The person is being told.")


def _back(tr: Translator) -> Button:
    return Button(label=tr.label("Back"), tap=StepBack())


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
