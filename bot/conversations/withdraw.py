"""Withdrawing: which way, which account, how much, everything once more, and it is asked for.

What may be asked for is the service's; the draft holds what was shown. Accounts are never in it.
"""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, OnTap, Step
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from bot.ui.taps import (
    ChangeAccount,
    ConfirmWithdrawal,
    PickWay,
    StartWithdrawal,
    StepBack,
    TakeAll,
)
from bot.views import withdraw_asks as views
from bot.views.payout_words import currency_at, is_held, way_at
from bot.views.pins import money_question, wants_pin
from bot.views.problems import problem
from bot.views.withdrawals import withdrawal_screen
from market.amounts import parse_amount
from market.errors import (
    AmountOutOfRange,
    NotFound,
    NothingToWithdraw,
    PinNeeded,
    RateChanged,
    TooManyWithdrawals,
    WayClosed,
)
from market.money import Currency, Money
from market.payout_read import PayoutOption, WithdrawOffer
from market.payout_terms import Way, quoted
from market.pin import Use
from market.rights import By
from services.registry import Services
from services.withdrawals import Wish

WAY, ACCOUNT, AMOUNT, SURE, PIN = "way", "account", "amount", "sure", "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDraft:
    """The offer as it was shown last, and what was chosen of it.

    `after`: the step that the PIN is asked for. The PIN itself is never in here.
    """

    offer: WithdrawOffer
    way: Way = Way.BKASH
    source: Currency = Currency.XTR
    minor: int = 0
    after: str = ""

    @property
    def option(self) -> PayoutOption:
        """What was chosen; raises WayClosed when it is no longer offered."""
        option = self.offer.option(self.way, self.source)
        if option is None:
            raise WayClosed(self.way)
        return option


def flow(_services: Services) -> Flow:
    """The flow."""
    back: dict[type[Tap], OnTap] = {StepBack: on_back}
    return Flow(
        name="withdraw",
        by=By.ANYBODY,
        draft=WithdrawDraft,
        steps={
            WAY: Step(ask=_ask_way, wants=views.wants_yes, taps={PickWay: on_way}),
            ACCOUNT: Step(ask=_ask_account, wants=views.wants_account, text=on_account),
            AMOUNT: Step(
                ask=_ask_amount,
                wants=views.wants_amount,
                text=on_amount,
                taps={TakeAll: on_all, ChangeAccount: on_change_account, **back},
            ),
            SURE: Step(
                ask=_ask_sure,
                wants=views.wants_yes,
                taps={ConfirmWithdrawal: on_confirm, StepBack: on_other_amount},
            ),
            PIN: Step(ask=_ask_pin, wants=wants_pin, text=on_pin, is_secret=True),
        },
        commands={"withdraw": begin},
        entries={StartWithdrawal: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your withdrawal")


def _ask_way(turn: Turn, draft: WithdrawDraft) -> Screen:
    return views.way_question(draft.offer, turn.tr)


def _ask_account(turn: Turn, draft: WithdrawDraft) -> Screen:
    has_one = draft.offer.has_account
    freeze_ms = turn.policy.windows.payout_freeze_ms
    return views.account_question(draft.way, freeze_ms, turn.tr, has_one=has_one)


def _ask_amount(turn: Turn, draft: WithdrawDraft) -> Screen:
    return views.amount_question(draft.option, turn.tr)


def _ask_sure(turn: Turn, draft: WithdrawDraft) -> Screen:
    option = draft.option
    quote = quoted(Money(draft.minor, draft.source), option.rate, option.terms)
    return views.sure_question(option, quote, draft.offer, turn.tr)


def _ask_pin(turn: Turn, _draft: WithdrawDraft) -> Screen:
    return money_question(turn.tr)


async def on_start(turn: Turn, _tap: StartWithdrawal) -> Next:
    return await begin(turn)


async def begin(turn: Turn) -> Next:
    """The first question, or why there is nothing to ask; raises TooManyWithdrawals."""
    offer = await turn.services.withdrawals.offer(turn.person.id)
    if is_held(offer.guard, turn.now_ms):
        return Done(views.held_screen(offer.guard, turn.now_ms, turn.tr))
    if not offer.balances:
        return Done(views.nothing_screen(turn.tr))
    if not offer.left_today:
        raise TooManyWithdrawals(turn.policy.withdrawals_a_day)
    if not any(option.is_open for option in offer.options):
        return Done(views.closed_screen(offer, turn.policy.payouts, turn.tr))
    return Go(WAY, WithdrawDraft(offer=offer))


async def on_way(_turn: Turn, draft: WithdrawDraft, tap: PickWay) -> Next:
    way, source = way_at(tap.way), currency_at(tap.currency)
    if way is None or source is None:
        raise NotFound("way")
    chosen = replace(draft, way=way, source=source)
    return _to_account(chosen) if chosen.option.account is None else Go(AMOUNT, chosen)


def _to_account(draft: WithdrawDraft) -> Next:
    """Whoever has a PIN types it before any account."""
    if draft.offer.has_pin:
        return Go(PIN, replace(draft, after=ACCOUNT))
    return Go(ACCOUNT, draft)


async def on_pin(turn: Turn, draft: WithdrawDraft, text: str) -> Next:
    """Raises PinUnfit, PinWrong, PinLocked."""
    use = Use.ACCOUNT if draft.after == ACCOUNT else Use.WITHDRAW
    await turn.services.pins.prove(turn.command, text, use)
    return Go(ACCOUNT, draft) if draft.after == ACCOUNT else await _requested(turn, draft)


async def on_change_account(_turn: Turn, draft: WithdrawDraft, _tap: ChangeAccount) -> Next:
    if not draft.way.is_manual:
        raise NotFound("way")
    return _to_account(draft)


async def on_account(turn: Turn, draft: WithdrawDraft, text: str) -> Next:
    """Kept at once and sealed, never in the draft; a changed one holds payouts back."""
    try:
        guard = await turn.services.withdrawals.keep_account(turn.command, draft.way, text)
    except PinNeeded:
        return Go(PIN, replace(draft, after=ACCOUNT))
    if is_held(guard, turn.now_ms):
        return Done(views.account_kept_screen(draft.way, guard, turn.now_ms, turn.tr))
    return Go(AMOUNT, await _refreshed(turn, draft))


async def on_amount(_turn: Turn, draft: WithdrawDraft, text: str) -> Next:
    option = draft.option
    amount = parse_amount(
        text, option.source, low_minor=option.low_minor, high_minor=option.high_minor
    )
    return Go(SURE, replace(draft, minor=amount.minor))


async def on_all(_turn: Turn, draft: WithdrawDraft, _tap: TakeAll) -> Next:
    return Go(SURE, replace(draft, minor=draft.option.high_minor))


async def on_back(turn: Turn, draft: WithdrawDraft, _tap: StepBack) -> Next:
    return Go(WAY, await _refreshed(turn, draft))


async def on_other_amount(turn: Turn, draft: WithdrawDraft, _tap: StepBack) -> Next:
    return Go(AMOUNT, await _refreshed(turn, draft))


async def on_confirm(turn: Turn, draft: WithdrawDraft, _tap: ConfirmWithdrawal) -> Next:
    return await _requested(turn, draft)


async def _requested(turn: Turn, draft: WithdrawDraft) -> Next:
    """Asked for as it was shown; what has changed since is shown first."""
    rate = draft.option.rate
    wish = Wish(
        way=draft.way,
        source=Money(draft.minor, draft.source),
        rate_id=0 if rate is None else rate.id,
    )
    try:
        card = await turn.services.withdrawals.request(turn.command, wish)
    except PinNeeded:
        return Go(PIN, replace(draft, after=SURE))
    except RateChanged:
        return Go(SURE, await _refreshed(turn, draft), views.rate_changed(turn.tr))
    except (AmountOutOfRange, NothingToWithdraw) as refusal:
        return Go(AMOUNT, await _refreshed(turn, draft), problem(refusal, turn.tr))
    return Done(withdrawal_screen(card, turn.tr), views.requested_toast(turn.tr))


async def _refreshed(turn: Turn, draft: WithdrawDraft) -> WithdrawDraft:
    """The same choice in the offer of now; raises WayClosed when it is gone."""
    offer = await turn.services.withdrawals.offer(turn.person.id)
    fresh = replace(draft, offer=offer)
    assert fresh.option is not None, "an option is there or raises"
    return fresh
