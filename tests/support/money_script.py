"""What happens in the money day: every posting of the table at least once, on every rail."""

from typing import Any

from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.errors import ClaimTaken, CouponRefused, InsufficientFunds, MarketError
from market.money import Money
from market.paying import Paying
from market.payout_terms import Way
from market.states import Event
from tests.support import money_acts as do
from tests.support.money_acts import BDT, USDT, XTR
from tests.support.money_day import (
    BUYER,
    FRIEND,
    FRIENDS_GIG,
    OPERATOR,
    SELLER,
    STARS_GIG,
    STRANGER,
    TAKA_GIG,
    USDT_GIG,
    Day,
    Step,
    number,
)

TAKA_DUE = 123_651


def script() -> tuple[Step, ...]:
    """All of it; names are unique."""
    steps = (
        *_opening(),
        *_stars(),
        *_taka(),
        *_usdt(),
        *_quarrels(),
        do.later(31 * DAY_MS, "month"),
        *_coupons(),
        *_withdrawals(),
        *_house(),
        do.later(4 * DAY_MS, "end"),
        do.later(30 * DAY_MS, "month after"),
    )
    assert len({step.name for step in steps}) == len(steps)
    return steps


def _opening() -> tuple[Step, ...]:
    return (
        do.puts_in("manual:bkash", Money(5_000_000, BDT)),
        do.puts_in("crypto_pay", Money(500_000_000, USDT)),
        do.sets_rate("1.58", BDT),
        do.sets_rate("0.013", USDT),
    )


def _stars() -> tuple[Step, ...]:
    """Order 1 is done and tipped, 2 goes back, also what a stranger paid on the same invoice."""
    return (
        do.places(1, STARS_GIG),
        do.checks_out(1),
        do.pays("c1", 1),
        do.step("paid c1 again", do.hears_paid("c1"), is_fact=True),
        do.pays("c1 of a stranger", 1, STRANGER),
        *do.done(1),
        do.offers_tip(1, 40),
        do.pays("t1", tip=1),
        do.offers_tip(1, 30),
        do.pays("t2", tip=2),
        do.taken_back("t2"),
        do.places(2, STARS_GIG),
        do.pays("c2", 2),
        do.acts(SELLER, 2, Event.SELLER_CANCEL, outside=do.loses("refund")),
        do.hears_refund("c2"),
        do.places(3, STARS_GIG),
        do.pays("c3", 3),
        do.taken_back("c3"),
    )


def _taka() -> tuple[Step, ...]:
    """Order 4 is paid at the second claim; 5 is paid in two, and cancelled."""
    return (
        do.places(4, TAKA_GIG),
        do.claims(4, "AAAA111111"),
        do.of_claim("reject", 1, reason="No such money came."),
        do.claims(4, "AAAA222222", minor=TAKA_DUE),
        do.sees(2, TAKA_DUE),
        *do.done(4),
        do.places(5, TAKA_GIG, FRIEND),
        do.refused(do.claims(5, "AAAA222222", FRIEND), ClaimTaken),
        do.claims(5, "AAAA333333", FRIEND, minor=100_000),
        do.sees(3, 100_000),
        do.of_claim("send_back", 3),
        do.of_claim("sent", 3, reference="BBBB111111"),
        do.claims(5, "AAAA444444", FRIEND, minor=TAKA_DUE),
        do.sees(4, TAKA_DUE),
        do.acts(SELLER, 5, Event.SELLER_CANCEL),
        do.of_claim("give_up", 4, reason="The number is gone."),
    )


def _usdt() -> tuple[Step, ...]:
    """Order 6 is done though the invoice's answer was lost; 7 is paid too late."""
    return (
        do.places(6, USDT_GIG, outside=do.loses("createInvoice")),
        do.later(5 * MINUTE_MS, "link of 6"),
        do.pays_usdt("paid u6"),
        *do.done(6),
        do.places(7, USDT_GIG),
        do.later(5 * MINUTE_MS, "link of 7"),
        do.step("transfers fail", do.nothing, outside=do.loses("transfer")),
        do.pays_in_silence("paid u7"),
        do.later(40 * MINUTE_MS, "u7 is late"),
    )


def _quarrels() -> tuple[Step, ...]:
    """Order 8 is split by an operator, 9 is reopened and given back."""
    return (
        do.places(8, STARS_GIG),
        do.pays("c8", 8),
        do.delivers(8),
        *do.disputes(8),
        do.places(9, STARS_GIG),
        do.pays("c9", 9),
        *do.done(9),
        *do.reopened(9),
    )


def _coupons() -> tuple[Step, ...]:
    """Orders 10 to 12: from the budget, from credit and from earnings; 12 needs no charge."""
    return (
        do.of_house("budget", lambda t, c: t.budget(c, "promo", _xtr(20), from_capital=False)),
        do.of_house("goodwill", lambda t, c: t.budget(c, "goodwill", _xtr(6), from_capital=False)),
        do.of_house("gift", lambda t, c: t.give(c, number(FRIEND), _xtr(5), reason="Sorry")),
        do.refused(do.of_house("more", _gives_too_much), InsufficientFunds),
        do.makes_coupon("EID8", of_house=True, percent_bp=800),
        do.makes_coupon("SHOP50", of_house=False, amount_minor=50),
        do.places(10, STARS_GIG, BUYER, Paying(code="eid-8")),
        do.pays("c10", 10),
        do.refused(do.places(99, STARS_GIG, FRIEND, Paying(code="EID8")), CouponRefused),
        do.delivers(10),
        *do.split(10, 101),
        do.places(11, STARS_GIG, FRIEND, Paying(code="SHOP50")),
        do.pays("c11", 11, FRIEND),
        do.acts(SELLER, 11, Event.SELLER_CANCEL),
        do.places(12, FRIENDS_GIG, SELLER, Paying(use_earned=True)),
        do.acts(FRIEND, 12, Event.SELLER_CANCEL),
    )


def _withdrawals() -> tuple[Step, ...]:
    """By hand: paid and returned, cancelled, failed. By Crypto Pay: paid, and refused."""
    return (
        do.keeps_account("01712345678"),
        do.withdraws(1, Way.BKASH, _xtr(80)),
        do.withdraws(2, Way.CRYPTO_PAY, _xtr(160)),
        do.refused(do.withdraws(99, Way.BKASH, _xtr(200)), MarketError),
        do.step("again", do.nothing, gap_ms=71 * HOUR_MS, outside=do.loses("transfer")),
        do.later(2 * HOUR_MS, "first payouts"),
        do.of_payout("take", 1),
        do.of_payout("put_back", 1),
        do.of_payout("take", 1, again=" again"),
        do.of_payout("pay", 1, wallet=-11_640 - 150, sending=do.sent_by_hand("CCCC111111", 150)),
        do.of_payout("came_back", 1, wallet=11_640, reason="The number is closed."),
        do.withdraws(3, Way.BKASH, Money(20_000, BDT)),
        do.of_payout("cancel", 3),
        do.withdraws(4, Way.BKASH, Money(30_000, BDT)),
        do.of_payout("take", 4),
        do.of_payout("fail", 4, reason="The number is closed."),
        do.withdraws(5, Way.CRYPTO_PAY, Money(5_000_000, USDT), outside=_forgets_seller),
    )


def _house() -> tuple[Step, ...]:
    """Lines of the list that are the owner's own, a debt, a draw, a correction, a freeze."""
    return (
        do.of_house("draw", _draws, wallet=-100_000),
        do.listed("fragment", 20, direction="out", kind="fragment"),
        do.of_house(
            "exchanged", lambda t, c: t.exchanged_in(c, rail="manual:bkash", amount=_bdt())
        ),
        do.listed("gift", 30, kind="person", telegram_id=STRANGER),
        do.of_house(
            "attribute", lambda t, c: t.attribute(c, number(BUYER), rail="stars", amount=_xtr(30))
        ),
        do.listed("note", 20, kind="person", telegram_id=STRANGER),
        do.step("gift back", _gives_back),
        do.taken_back("c1"),
        do.of_house("write off", lambda t, c: t.write_off(c, number(BUYER), _xtr(57))),
        do.step("correct", _corrects),
        do.step("frozen", _freezes),
        do.places(13, STARS_GIG, FRIEND, Paying(use_credit=False)),
        do.pays("c13", 13, FRIEND),
        do.acts(SELLER, 13, Event.SELLER_CANCEL),
        do.step("thawed", _thaws),
    )


def _xtr(minor: int) -> Money:
    return Money(minor, XTR)


def _bdt() -> Money:
    return Money(15_000, BDT)


async def _gives_too_much(treasury: Any, command: Any) -> None:
    await treasury.give(command, number(FRIEND), _xtr(50), reason="Sorry")


async def _forgets_seller(day: Day) -> None:
    day.world.crypto.users.discard(SELLER)


async def _draws(treasury: Any, command: Any) -> None:
    await treasury.draw(command, rail="manual:bkash", amount=Money(100_000, BDT), from_capital=True)


async def _corrects(day: Day) -> None:
    """What was entered as exchanged had never arrived."""

    async def wrong() -> int:
        page = await day.services.treasury.page(number(OPERATOR))
        return next(line.id for line in page.lines if line.act == "exchanged_in")

    found = await day.saw("correct", wrong)
    assert isinstance(found, int)
    await day.services.treasury.correct(day.by(OPERATOR, "correct"), found)


async def _gives_back(day: Day) -> None:
    """What nobody is known for goes back to who sent it."""

    async def unknown() -> int:
        page = await day.services.treasury.page(number(OPERATOR))
        return next(line.id for line in page.lines if line.may_go_back)

    found = await day.saw("gift back", unknown)
    assert isinstance(found, int)
    await day.services.treasury.return_unknown(day.by(OPERATOR, "gift back"), found)


async def _freezes(day: Day) -> None:
    await day.services.house.freeze(day.by(OPERATOR, "freeze"), reason="Let me look.")


async def _thaws(day: Day) -> None:
    await day.services.house.thaw(day.by(OPERATOR, "thaw"))
