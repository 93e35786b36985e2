"""A withdrawal as its person sees it: where it stands, what happens next, and all of them."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    CancelWithdrawal,
    GoHome,
    ShowWallet,
    ShowWithdrawal,
    ShowWithdrawals,
    StartSupport,
    StartWithdrawal,
    StopPayouts,
)
from bot.views.order_state import until
from bot.views.payout_words import (
    SIGNS,
    exchange_words,
    is_held,
    reason_words,
    state_label,
    target_words,
    way_name,
)
from bot.views.withdraw_asks import PAYSUPPORT, held_words, history_button
from market.payout_read import WithdrawalCard, WithdrawalPage
from market.withdrawal import Withdrawal, WithdrawalState

Rows = tuple[tuple[Button, ...], ...]
_MAY_CANCEL = frozenset({WithdrawalState.REQUESTED, WithdrawalState.APPROVED})


def withdrawal_screen(card: WithdrawalCard, tr: Translator) -> Screen:
    """One withdrawal: state, amounts, what happens next."""
    one = card.withdrawal
    lines = [
        _head(one, tr),
        tr(
            "<b>{amount}</b> to {target}",
            amount=tr.money(one.net),
            target=target_words(one.way, card.account, tr),
        ),
    ]
    exchange = exchange_words(one, tr)
    lines += [] if exchange is None else [exchange]
    if one.fee.minor:
        lines.append(tr("Fee: {fee}", fee=tr.money(one.fee)))
    lines.append(tr("Asked for {when}", when=tr.when(one.requested_ms, card.now_ms)))
    text = Markup("{}\n\n{}").format(Markup("\n").join(lines), _next(card, tr))
    return Screen(text=text, rows=_rows(card, tr))


def _head(one: Withdrawal, tr: Translator) -> Markup:
    return tr(
        "{sign} <b>Withdrawal no. {number}: {state}</b>",
        sign=SIGNS[one.state],
        number=one.id,
        state=_own_state(one.state, tr),
    )


def _own_state(state: WithdrawalState, tr: Translator) -> str:
    """A person need not know that two operators look at it."""
    if state is WithdrawalState.APPROVED:
        return state_label(WithdrawalState.REQUESTED, tr)
    if state is WithdrawalState.CANCELLED:
        return tr.label("Taken back by you")
    return state_label(state, tr)


def _next(card: WithdrawalCard, tr: Translator) -> Markup:
    one, now_ms = card.withdrawal, card.now_ms
    if one.state in _MAY_CANCEL:
        return _waiting(card, tr)
    match one.state:
        case WithdrawalState.SENDING:
            return tr("It is being sent right now. I will write to you when it is done.")
        case WithdrawalState.PAID:
            return tr(
                "Sent {when}. Reference: <code>{reference}</code>",
                when=tr.when(one.moved_ms, now_ms),
                reference=one.reference,
            )
        case WithdrawalState.CANCELLED:
            return tr("{amount} is available again.", amount=tr.money(one.source))
        case WithdrawalState.RETURNED:
            again = tr(
                "It was sent and came back. {amount} is available.", amount=tr.money(one.net)
            )
        case _:
            again = tr("{amount} is available again.", amount=tr.money(one.source))
    return Markup("{}\n{}").format(again, reason_words(one.way, one.note, tr))


def _waiting(card: WithdrawalCard, tr: Translator) -> Markup:
    one, now_ms = card.withdrawal, card.now_ms
    if is_held(card.guard, now_ms):
        return held_words(card.guard, now_ms, tr)
    if now_ms < one.from_ms:
        return tr(
            "It is your first withdrawal, so it is sent from {until} on. I will write to you when "
            "it has been sent.",
            until=until(one.from_ms, now_ms, tr),
        )
    if one.way.is_manual:
        return tr(
            "An operator sends it by hand, as a rule within a day. I will write to you when it "
            "has been sent."
        )
    return tr("{way} sends it within minutes. I will write to you.", way=way_name(one.way, tr))


def _rows(card: WithdrawalCard, tr: Translator) -> Rows:
    one = card.withdrawal
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, 0))
    wallet = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    last: Rows = ((ask,), (history_button(tr), wallet))
    if one.state not in _MAY_CANCEL:
        return last
    label = tr.label("Take it back")
    return ((Button(label=label, tap=CancelWithdrawal(one.id, one.version, 0)),), *last)


def cancel_confirm(card: WithdrawalCard, tr: Translator) -> Screen:
    """Asked once more."""
    one = card.withdrawal
    text = tr(
        "✖️ <b>Take withdrawal no. {number} back?</b>\n{amount} is available in your wallet again "
        "at once. You can withdraw it later at the rate of that day.",
        number=one.id,
        amount=tr.money(one.source),
    )
    yes = Button(
        label=tr.label("Yes, take it back"),
        tap=CancelWithdrawal(one.id, one.version, 1),
        style="danger",
    )
    no = Button(label=tr.label("No, leave it"), tap=ShowWithdrawal(one.id))
    return Screen(text=text, rows=((yes,), (no,)))


def cancelled_toast(tr: Translator) -> str:
    """The money is here."""
    return tr.label("Taken back: the money is in your wallet again.")


def history_screen(page: WithdrawalPage, tr: Translator) -> Screen:
    """All withdrawals, newest first."""
    parts = [tr("💸 <b>My withdrawals</b>")]
    if is_held(page.guard, page.now_ms):
        parts.append(held_words(page.guard, page.now_ms, tr))
    parts += [_line(card, tr) for card in page.cards]
    if not page.cards:
        parts.append(tr("You have not withdrawn anything yet."))
    buttons = tuple(
        (Button(label=_label(card.withdrawal, tr), tap=ShowWithdrawal(card.withdrawal.id)),)
        for card in page.cards
    )
    new = Button(label=tr.label("Withdraw"), tap=StartWithdrawal(), style="primary")
    wallet = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    turns = _turns(page, tr)
    rows = (*buttons, *((turns,) if turns else ()), (new, wallet))
    return Screen(text=Markup("\n\n").join(parts), rows=rows)


def _line(card: WithdrawalCard, tr: Translator) -> Markup:
    one = card.withdrawal
    return tr(
        "{sign} <b>{amount}</b> to {target}, {when}: {state}",
        sign=SIGNS[one.state],
        amount=tr.money(one.net),
        target=target_words(one.way, card.account, tr),
        when=tr.when(one.requested_ms, card.now_ms),
        state=_own_state(one.state, tr),
    )


def _label(one: Withdrawal, tr: Translator) -> str:
    return tr.label(
        "{sign} No. {number}, {amount}",
        sign=SIGNS[one.state],
        number=one.id,
        amount=tr.money(one.net),
    )


def _turns(page: WithdrawalPage, tr: Translator) -> tuple[Button, ...]:
    made = []
    if page.page:
        made.append(Button(label=tr.label("Previous page"), tap=ShowWithdrawals(page.page - 1)))
    if page.has_more:
        made.append(Button(label=tr.label("Next page"), tap=ShowWithdrawals(page.page + 1)))
    return tuple(made)


def stop_confirm(tr: Translator) -> Screen:
    """Somebody says that another one is at the account."""
    text = tr(
        "🧊 <b>Stop your payouts?</b>\nIf that was not you, nothing leaves from now on until an "
        "operator has looked into it with you, and your PIN stays as it is. Please also look at "
        "Telegram's Settings, Devices, and end every session that is not yours."
    )
    yes = Button(label=tr.label("Yes, stop them"), tap=StopPayouts(1), style="danger")
    no = Button(label=tr.label("It was me after all"), tap=GoHome())
    return Screen(text=text, rows=((yes,), (no,)))


def stopped_screen(tr: Translator) -> Screen:
    """They are stopped; an operator is told."""
    text = tr(
        "🧊 <b>Your payouts are stopped.</b>\nAn operator has been told and writes to you. You can "
        "tell us more at once."
    )
    ask = Button(label=tr.label("Write to us"), tap=StartSupport(PAYSUPPORT, 0))
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    return Screen(text=text, rows=((ask,), (home,)))
