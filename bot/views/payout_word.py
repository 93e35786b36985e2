"""A payout at its rail, for operators: why it is not through yet, and how owners end it."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import AgreeWord, RetryDead, ShowPayout, StartWord
from bot.views.payout_words import way_name
from bot.views.person_words import operator_name
from bot.views.typed import quoted
from market.payout_read import PayoutCard, Word
from market.withdrawal import WithdrawalState

SENT, NOT_SENT = 0, 1
HOWS = (SENT, NOT_SENT)
ERROR_MAX = 300
Rows = tuple[tuple[Button, ...], ...]


def rail_words(card: PayoutCard, tr: Translator) -> Markup:
    """How often it was asked, what it answered last, and what an owner says."""
    call, way = card.call, way_name(card.withdrawal.way, tr)
    if call is None or not call.is_given_up:
        parts = [tr("{way} is asked until it says yes or no.", way=way)]
    else:
        parts = [
            tr.n(
                "⚠️ {way} was asked {n} time and gave no clear answer. It is not asked any more "
                "until somebody tries again; that sends nothing twice.",
                "⚠️ {way} was asked {n} times and gave no clear answer. It is not asked any more "
                "until somebody tries again; that sends nothing twice.",
                call.attempts,
                way=way,
            )
        ]
    if call is not None and call.error:
        parts.append(tr("Its last answer: {error}", error=quoted(call.error, ERROR_MAX)))
    if card.word is not None:
        parts.append(_said(card, card.word, tr))
    elif card.is_owner:
        parts.append(
            tr("Where {way} will never answer, look into its own history and end it here.", way=way)
        )
    return Markup("\n").join(parts)


def _said(card: PayoutCard, word: Word, tr: Translator) -> Markup:
    name = operator_name(word.said_by, card.names, tr)
    said = _what(word, tr)
    if card.is_author:
        return tr("You say: {said}\nAnother operator has to look, too.", said=said)
    return tr(
        "{name} says: {said}\nLook into the provider's own history yourself; if it is so, agree.",
        name=name,
        said=said,
    )


def _what(word: Word, tr: Translator) -> Markup:
    if word.reference:
        return tr("it was sent, <code>{reference}</code>", reference=word.reference)
    return tr("it was not sent: “{reason}”", reason=word.reason)


def word_buttons(card: PayoutCard, tr: Translator) -> Rows:
    """Trying again, saying what became of it, agreeing."""
    one, call, word = card.withdrawal, card.call, card.word
    rows: list[tuple[Button, ...]] = []
    if call is not None and call.is_given_up:
        rows.append((Button(label=tr.label("Try again"), tap=RetryDead(call.row_id)),))
    if word is not None and not card.is_author:
        agree = AgreeWord(one.id, word.id, 0)
        rows.append((Button(label=tr.label("I agree…"), tap=agree, style="danger"),))
    if card.is_owner:
        sent, none = (StartWord(one.id, one.version, how) for how in HOWS)
        rows.append((Button(label=tr.label("It was sent…"), tap=sent),))
        rows.append((Button(label=tr.label("It was not sent…"), tap=none),))
    return tuple(rows)


def agree_confirm(card: PayoutCard, word: Word, tr: Translator) -> Screen:
    """Asked once more: it cannot be taken back."""
    one = card.withdrawal
    text = tr(
        "📤 <b>Payout no. {number}, {amount}</b>\n{name} says: {said}\nHave you seen that in the "
        "history of {way} yourself? This ends it.",
        number=one.id,
        amount=tr.money(one.net),
        name=operator_name(word.said_by, card.names, tr),
        said=_what(word, tr),
        way=way_name(one.way, tr),
    )
    yes = Button(label=tr.label("Yes, it is so"), tap=AgreeWord(one.id, word.id, 1), style="danger")
    no = Button(label=tr.label("Back"), tap=ShowPayout(one.id))
    return Screen(text=text, rows=((yes,), (no,)))


def said_toast(card: PayoutCard, tr: Translator) -> str:
    """It is over, or another one is asked."""
    if card.withdrawal.state is WithdrawalState.SENDING:
        return tr.label("Noted. Another operator is being asked.")
    return agreed_toast(tr)


def agreed_toast(tr: Translator) -> str:
    """It is over."""
    return tr.label("Done. The person is being told.")
