"""Paying one way or another, coupons and tips, from the first tap to the invoice."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.conversations import coupon as making
from bot.conversations import coupon_code, tip
from bot.handlers import coupons, quoting
from bot.i18n import plain, translator
from bot.kit.flows import Done, Flow, Go, Next, Stay, from_json, to_json
from bot.kit.sessions import Live, enter, leave
from bot.ui.codes import EARNED, NO_CREDIT, packed
from bot.ui.taps import (
    AskOrder,
    PayWith,
    PickCurrency,
    PickSpan,
    PickTip,
    PickWorth,
    PlacePaying,
    ShowCoupons,
    ShowHouseCoupons,
    SkipStep,
    StartCoupon,
    StartHouseCoupon,
    StartTip,
    StopCoupon,
    TypeCode,
)
from market import errors
from market.deadlines import DAY_MS
from market.errors import CouponRefused
from market.money import Currency
from market.notices import Notice
from market.states import State
from tests.support.prices import give_budget, give_credit, give_earned
from tests.support.town import Town
from tests.support.turns import turn_of

CODE, MAKE, TIP = coupon_code.flow(None), making.flow(None), tip.flow(None)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def live() -> Iterator[Live]:
    """The update in hand."""
    one = Live()
    token = enter(one)
    yield one
    leave(token)


def asked(flow: Flow, turn: Any, following: Next) -> str:
    """The question that the person reads now; its draft survives a restart."""
    assert isinstance(following, Go), following
    assert from_json(flow, to_json(flow, following.draft)) == following.draft
    return plain(flow.steps[following.step].ask(turn, following.draft).text)


async def says(flow: Flow, turn: Any, before: Next, text: str) -> Next:
    """The person answers in words."""
    assert isinstance(before, Go), before
    on_text = flow.steps[before.step].text
    assert on_text is not None
    return await on_text(turn, before.draft, text)


async def taps(flow: Flow, turn: Any, before: Next, tap: Any) -> Next:
    """The person answers by a button."""
    assert isinstance(before, Go), before
    return await flow.steps[before.step].taps[type(tap)](turn, before.draft, tap)


def ended(following: Next) -> str:
    """The flow is over; the words of its last screen."""
    assert isinstance(following, Done), following
    assert following.screen is not None
    return plain(following.screen.text)


async def test_credit_is_switched_off_and_on(town: Town) -> None:
    """The quote takes credit by itself; one tap keeps it, another takes earnings too."""
    await give_credit(town.storage, town.buyer.id, 40)
    await give_earned(town.storage, town.buyer.id, 300)
    gig, turn = await town.gig(), turn_of(town, town.buyer)
    await quoting.on_ask_order(turn, AskOrder(gig.id))
    assert "You pay 210 ⭐" in turn.text
    await quoting.on_pay_with(turn, PayWith(gig.id, NO_CREDIT, 0, 0))
    assert "You pay 250 ⭐" in turn.text
    await quoting.on_pay_with(turn, PayWith(gig.id, EARNED, 0, 0))
    assert "Nothing is left to pay" in turn.text
    await quoting.on_place_paying(turn, PlacePaying(gig.id, gig.version_id, EARNED, 0, 0))
    assert turn.toasts == ["Paid from your balance here."]
    assert "Waiting for the requirements" in turn.text


async def test_a_typed_code_comes_back_with_the_quote(town: Town) -> None:
    """The code is typed, the quote shows what it gives, and the order is placed with it."""
    await give_budget(town.storage, 100)
    await _house_coupon(town)
    gig, turn = await town.gig(), turn_of(town, town.buyer)
    now = await CODE.entries[TypeCode](turn, TypeCode(gig.id, NO_CREDIT))
    assert "Your coupon" in asked(CODE, turn, now)
    with pytest.raises(CouponRefused):
        await says(CODE, turn, now, "wrong")
    with pytest.raises(errors.CodeUnfit):
        await says(CODE, turn, now, "??")
    assert "Coupon EID20: −50 ⭐" in ended(await says(CODE, turn, now, "eid 20"))
    place = PlacePaying(gig.id, gig.version_id, NO_CREDIT, *packed("EID20"))
    await quoting.on_place_paying(turn, place)
    await quoting.on_place_paying(turn_of(town, town.buyer), place)
    board = await town.services.orders.board(town.buyer.id, finished=False, page=0)
    assert len(board.lines) == 1
    assert (await town.order(board.lines[0].order_id)).terms.coupon_minor == 50


async def _house_coupon(town: Town) -> None:
    turn = turn_of(town, town.operator)
    now = await MAKE.entries[StartHouseCoupon](turn, StartHouseCoupon())
    now = await taps(MAKE, turn, now, PickCurrency(0))
    now = await says(MAKE, turn, now, "EID20")
    now = await taps(MAKE, turn, now, PickWorth(20))
    for _ in ("cap", "uses", "first"):
        now = await taps(MAKE, turn, now, SkipStep())
    assert "EID20: 20% off" in ended(await taps(MAKE, turn, now, PickSpan(7)))


async def test_a_coupon_of_the_house_in_taka_with_a_cap_and_a_first_day(town: Town) -> None:
    """Every question is asked, and the coupon is what was answered."""
    turn = turn_of(town, town.operator)
    now = await MAKE.entries[StartHouseCoupon](turn, StartHouseCoupon())
    with pytest.raises(errors.NotFound):
        await taps(MAKE, turn, now, PickCurrency(4))
    now = await taps(MAKE, turn, now, PickCurrency(1))
    now = await says(MAKE, turn, now, "PUJA")
    now = await says(MAKE, turn, now, "15%")
    assert "at most" in asked(MAKE, turn, now)
    now = await says(MAKE, turn, now, "100.50")
    now = await says(MAKE, turn, now, "40")
    assert "From which day" in asked(MAKE, turn, now)
    for unfit in ("soon", "1 Jan 2020", "1 Jan 2090"):
        assert isinstance(await says(MAKE, turn, now, unfit), Stay)
    at_once = await says(MAKE, turn, now, "today")
    assert "from now on" in asked(MAKE, turn, at_once)
    now = await says(MAKE, turn, now, "tomorrow")
    assert "from now on" not in asked(MAKE, turn, now)
    shown = ended(await taps(MAKE, turn, now, PickSpan(7)))
    assert "PUJA: 15% (at most ৳100.50) off, from tomorrow 00:00" in shown
    (use,) = (await town.services.coupons.of_house(town.operator.id)).uses
    made = use.coupon
    assert (made.currency, made.most_minor, made.uses_most) == (Currency.BDT, 10_050, 40)
    assert made.until_ms - made.from_ms == 7 * DAY_MS


async def test_operators_see_the_houses_coupons(town: Town) -> None:
    """Others neither see nor begin one."""
    await _house_coupon(town)
    turn = turn_of(town, town.operator)
    await coupons.on_show_house_coupons(turn, ShowHouseCoupons())
    assert "EID20" in turn.text
    await coupons.on_stop_coupon(turn, StopCoupon(1, 0))
    assert "Stop the coupon EID20?" in turn.text
    await coupons.on_stop_coupon(turn, StopCoupon(1, 1))
    assert "⏹ EID20" in turn.text
    other = turn_of(town, town.seller)
    with pytest.raises(errors.NotAnOperator):
        await coupons.on_stop_coupon(other, StopCoupon(1, 0))
    with pytest.raises(errors.NotAnOperator):
        await MAKE.entries[StartHouseCoupon](other, StartHouseCoupon())


async def test_a_seller_makes_and_stops_a_coupon(town: Town) -> None:
    """Code, an amount, a number of orders and of days, all typed; then it is in his list."""
    gig, turn = await town.gig(), turn_of(town, town.seller)
    await coupons.on_show_coupons(turn, ShowCoupons(gig.id))
    assert "There is none yet" in turn.text
    now = await MAKE.entries[StartCoupon](turn, StartCoupon(gig.id))
    assert "Which code" in asked(MAKE, turn, now)
    now = await says(MAKE, turn, now, "thanks")
    assert "How much does it take off" in asked(MAKE, turn, now)
    now = await says(MAKE, turn, now, "৫০")
    assert "How many orders" in asked(MAKE, turn, now)
    now = await says(MAKE, turn, now, "3")
    assert "For how many days" in asked(MAKE, turn, now)
    text = ended(await says(MAKE, turn, now, "14 days"))
    assert "THANKS: 50 ⭐ off" in text
    assert "0 orders of 3" in text
    await coupons.on_stop_coupon(turn, StopCoupon(1, 0))
    await coupons.on_stop_coupon(turn, StopCoupon(1, 1))
    assert turn.toasts == ["Stopped."]
    with pytest.raises(errors.NotFound):
        await coupons.on_stop_coupon(turn_of(town, town.buyer), StopCoupon(1, 0))
    with pytest.raises(errors.NotFound):
        await MAKE.entries[StartCoupon](turn_of(town, town.buyer), StartCoupon(gig.id))


async def test_per_cent_of_a_seller_hold_in_every_currency(town: Town) -> None:
    """15% typed, for all gigs: no currency is asked; worths out of range are refused."""
    turn = turn_of(town, town.seller)
    now = await says(MAKE, turn, await MAKE.entries[StartCoupon](turn, StartCoupon(0)), "ALL15")
    with pytest.raises(errors.NumberOutOfRange):
        await says(MAKE, turn, now, "101%")
    with pytest.raises(errors.NumberOutOfRange):
        await taps(MAKE, turn, now, PickWorth(0))
    now = await says(MAKE, turn, now, "১৫%")
    now = await taps(MAKE, turn, now, SkipStep())
    await taps(MAKE, turn, now, PickSpan(30))
    (use,) = await town.services.coupons.mine(town.seller.id)
    assert (use.coupon.percent_bp, use.coupon.currency) == (1_500, None)


async def test_a_tip_is_asked_and_invoiced(town: Town) -> None:
    """By a button or typed; the invoice is on its way."""
    order = await town.order_in(State.COMPLETED)
    for answer in ("25", PickTip(100)):
        turn = turn_of(town, town.buyer)
        now = await TIP.entries[StartTip](turn, StartTip(order.id))
        assert "A tip for Rahim" in asked(TIP, turn, now)
        if isinstance(answer, str):
            done = await says(TIP, turn, now, answer)
        else:
            done = await taps(TIP, turn, now, answer)
        assert "Completed" in ended(done)
    await town.drain()
    assert town.messenger.notices(town.buyer).count(Notice.TIP_INVOICE) == 2


async def test_a_tip_begins_for_its_buyer_only(town: Town) -> None:
    """The seller is refused before anything is asked."""
    order = await town.order_in(State.COMPLETED)
    with pytest.raises(errors.NotYours):
        await TIP.entries[StartTip](turn_of(town, town.seller), StartTip(order.id))


def test_flows_have_names() -> None:
    """What is interrupted is called by its name in menus, in both languages."""
    for flow in (CODE, MAKE, TIP):
        assert flow.title(translator("en")) != flow.title(translator("bn"))
