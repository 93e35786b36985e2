"""What the screens of withdrawals and payouts are drawn from."""

from dataclasses import replace
from typing import Any

from market.deadlines import DAY_MS, HOUR_MS
from market.money import Currency, Money
from market.payout_read import (
    Funds,
    Guard,
    GuardCard,
    PayoutCard,
    PayoutLine,
    PayoutOption,
    RateBoard,
    RateLine,
    WithdrawalCard,
    WithdrawalPage,
    WithdrawOffer,
)
from market.payout_terms import BDT_TERMS, MICRO, USDT_TERMS, Rate, Way
from market.withdrawal import Withdrawal, WithdrawalState
from tests.support.samples import NOW_MS, SELLER_ID, file, person, stars

OPERATOR, SECOND = 3, 4
NAMES = {OPERATOR: "Olivia", SECOND: "Kamal"}
S = WithdrawalState
TAKA = Rate(
    id=1,
    source=Currency.XTR,
    target=Currency.BDT,
    micro=158 * MICRO,
    set_ms=NOW_MS - 2 * DAY_MS,
    set_by=OPERATOR,
)
FINE = replace(TAKA, id=2, micro=158 * MICRO + MICRO // 2)
USDT = replace(TAKA, id=3, target=Currency.USDT, micro=13_000 * MICRO)
FROZEN, STOPPED = Guard(NOW_MS + 2 * DAY_MS), Guard(0, NOW_MS - HOUR_MS)


def taka(minor: int) -> Money:
    """An amount of taka in poisha."""
    return Money(minor, Currency.BDT)


def option(**changes: Any) -> PayoutOption:
    """225 Stars to bKash."""
    base = PayoutOption(
        way=Way.BKASH,
        source=Currency.XTR,
        rate=TAKA,
        terms=BDT_TERMS,
        low_minor=64,
        high_minor=225,
        account="017•••678",
    )
    return replace(base, **changes)


def offer(**changes: Any) -> WithdrawOffer:
    """To bKash or Crypto Pay; Nagad has no funds."""
    base = WithdrawOffer(
        balances=(stars(225),),
        options=(
            option(),
            option(way=Way.NAGAD, account=None, high_minor=0),
            option(way=Way.CRYPTO_PAY, rate=USDT, terms=USDT_TERMS, low_minor=154, account=""),
        ),
        guard=Guard(),
        left_today=3,
        from_ms=NOW_MS,
        is_first=False,
        now_ms=NOW_MS,
        has_account=True,
    )
    return replace(base, **changes)


def withdrawal(**changes: Any) -> Withdrawal:
    """225 Stars as taka to bKash, an hour ago."""
    base = Withdrawal(
        id=7,
        person_id=SELLER_ID,
        way=Way.BKASH,
        detail_id=1,
        source=stars(225),
        amount=taka(35_550),
        fee=taka(1_000),
        rate_micro=TAKA.micro,
        rate_ms=TAKA.set_ms,
        needs_approval=False,
        requested_ms=NOW_MS - HOUR_MS,
        from_ms=NOW_MS - HOUR_MS,
        spend_id="wd-7",
        moved_ms=NOW_MS - HOUR_MS,
    )
    return replace(base, **changes)


def chain(**changes: Any) -> Withdrawal:
    """The same by Crypto Pay, without a fee."""
    usdt = Money(2_925_000, Currency.USDT)
    return withdrawal(
        way=Way.CRYPTO_PAY,
        detail_id=None,
        amount=usdt,
        fee=Money(0, Currency.USDT),
        rate_micro=USDT.micro,
        **changes,
    )


SENDING = withdrawal(state=S.SENDING, version=1, operator_id=OPERATOR)
PAID = replace(SENDING, state=S.PAID, version=2, reference="DHQ7X2P1AB", evidence=file())
FAILED = replace(SENDING, state=S.FAILED, note="This number <has> no bKash.")
RETURNED = replace(PAID, state=S.RETURNED, note="Sent back by bKash.")
CANCELLED = withdrawal(state=S.CANCELLED, version=1)
MUCH = withdrawal(needs_approval=True)
APPROVED = replace(MUCH, state=S.APPROVED, version=1, approved_by=SECOND)


def card(of: Withdrawal | None = None, **changes: Any) -> WithdrawalCard:
    """A withdrawal as its person sees it."""
    one = of or withdrawal()
    account = "017•••678" if one.way.is_manual else ""
    base = WithdrawalCard(withdrawal=one, account=account, guard=Guard(), now_ms=NOW_MS)
    return replace(base, **changes)


def page(*cards: WithdrawalCard, **changes: Any) -> WithdrawalPage:
    """Withdrawals, the only page of them."""
    base = WithdrawalPage(cards=cards, page=0, has_more=False, guard=Guard(), now_ms=NOW_MS)
    return replace(base, **changes)


def payout(of: Withdrawal | None = None, **changes: Any) -> PayoutCard:
    """A withdrawal as an operator sees it who has nothing to do with it."""
    one = of or withdrawal()
    base = PayoutCard(
        withdrawal=one,
        person=person(id=SELLER_ID),
        name="Rahim Uddin",
        account="017•••678" if one.way.is_manual else "",
        guard=Guard(),
        funds=Funds(500_000, 400_000),
        is_holder=False,
        is_approver=False,
        is_own=False,
        is_owner=False,
        has_another=True,
        has_arrived=True,
        names=NAMES,
        history=(),
        now_ms=NOW_MS,
    )
    return replace(base, **changes)


def guarded(guard: Guard, **changes: Any) -> GuardCard:
    """Somebody with one open withdrawal."""
    base = GuardCard(
        person=person(id=SELLER_ID),
        name="Rahim Uddin",
        guard=guard,
        open=(withdrawal(),),
        now_ms=NOW_MS,
    )
    return replace(base, **changes)


LINES = (PayoutLine(withdrawal(), "Rahim Uddin"), PayoutLine(SENDING, "Nasrin"))
LATER = PayoutLine(withdrawal(from_ms=NOW_MS + DAY_MS), "Rahim Uddin")


def board(**changes: Any) -> RateBoard:
    """Two rates for taka, none for USDT."""
    base = RateBoard(
        lines=(
            RateLine(Currency.XTR, Currency.BDT, (FINE, TAKA)),
            RateLine(Currency.XTR, Currency.USDT, ()),
        ),
        funds={Way.BKASH: Funds(500_000, 400_000), Way.CRYPTO_PAY: Funds(1_000_000, -5)},
        names=NAMES,
        may_change=True,
        now_ms=NOW_MS,
    )
    return replace(base, **changes)
