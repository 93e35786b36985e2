"""Money sent by hand: what a buyer may claim, what operators see, what becomes of the money."""

from dataclasses import replace

import pytest

from market import errors
from market.claims import ClaimState
from market.contract import Order
from market.money import Currency
from market.notices import Notice
from market.states import Event, State
from services.claims import Said
from tests.support.by_hand import (
    BKASH,
    DIGITS,
    TAKA,
    TRX,
    claimed,
    paid_by_hand,
    placed,
    see,
    taka,
    taka_gig,
    take_taka,
)
from tests.support.town import POLICY, Town


@pytest.fixture(autouse=True)
async def _house(town: Town) -> None:
    """The house takes taka for lessons."""
    await take_taka(town)


async def test_there_is_a_day_to_send_the_money(town: Town) -> None:
    """The order waits 24 hours, tells exactly what is due and which wallets are open."""
    order = await placed(town)
    card = await town.services.claims.by_hand(town.buyer.id, order.id)
    assert order.clock_at_ms == town.clock.now_ms() + 24 * 3_600_000
    assert (card.due, [one.name for one in card.wallets], card.claim) == (TAKA, ["bkash"], None)
    with pytest.raises(errors.NotYours):
        await town.services.claims.by_hand(town.seller.id, order.id)
    with pytest.raises(errors.NotFound):
        await town.services.claims.by_hand(town.operator.id, order.id)


async def test_stars_are_not_sent_by_hand(town: Town) -> None:
    """An order in Stars has its invoice."""
    order = await town.placed()
    with pytest.raises(errors.CurrencyClosed):
        await town.services.claims.by_hand(town.buyer.id, order.id)


async def test_the_exact_amount_pays_the_order(town: Town) -> None:
    """P1 and P2: the wallet's rail holds it, the escrow holds it, both parties hear of it."""
    order, claim = await paid_by_hand(town)
    await town.drain()
    assert (
        order.state,
        order.rail,
        order.charge_id,
    ) == (State.AWAITING_REQUIREMENTS, "manual:bkash", TRX)
    assert (ClaimState.PAID, TAKA.minor, town.operator.id) == (
        claim.state,
        claim.seen_minor,
        claim.decided_by,
    )
    assert await taka(town, town.buyer) == {"paid_held": TAKA.minor}
    assert Notice.ORDER_PAID_BUYER in town.messenger.notices(town.buyer)
    assert Notice.ORDER_PAID_SELLER in town.messenger.notices(town.seller)
    assert order.terms.charge_hold_ms == 0
    async with town.storage.read() as uow:
        assert await uow.ledger.audit() == ()


@pytest.mark.parametrize("minor", [TAKA.minor - 1, TAKA.minor + 1])
async def test_another_amount_lands_as_credit(town: Town, minor: int) -> None:
    """Close enough is not enough: it is the buyer's credit, the order waits, both are told."""
    claim = await claimed(town)
    card = await see(town, claim, minor)
    await town.drain()
    order = await town.order(claim.order_id)
    assert (ClaimState.LANDED, minor) == (card.claim.state, card.claim.seen_minor)
    assert (order.state, order.charge_id) == (State.AWAITING_PAYMENT, None)
    assert order.clock_at_ms == town.clock.now_ms() + town.windows.claim_again_ms
    assert await taka(town, town.buyer) == {"credit": minor}
    for person in (town.buyer, town.seller):
        assert Notice.PAYMENT_LANDED in town.messenger.notices(person)
    assert Notice.CLAIM_REJECTED not in town.messenger.notices()


async def test_what_an_operator_types_counts_once(town: Town) -> None:
    """The same command again changes nothing; after the decision there is nothing to decide."""
    claim = await claimed(town)
    command = town.command(town.operator)
    for _ in range(2):
        await town.services.claim_desk.see(command, claim.id, minor=TAKA.minor)
    assert await taka(town, town.buyer) == {"paid_held": TAKA.minor}
    with pytest.raises(errors.WrongState):
        await see(town, claim, TAKA.minor)
    with pytest.raises(errors.WrongState):
        await town.services.claim_desk.reject(town.command(town.operator), claim.id, reason="No.")


async def test_only_operators_see(town: Town) -> None:
    """Nobody else, not in his own order, and nothing beyond the ledger's amounts."""
    claim = await claimed(town)
    with pytest.raises(errors.NotAnOperator):
        await see(town, claim, TAKA.minor, by=await town.citizen(777))
    for party in (town.buyer, town.seller):
        with pytest.raises(errors.OwnOrder):
            await see(town, claim, TAKA.minor, by=party)
    for minor in (0, 10**15 + 1):
        with pytest.raises(errors.AmountOutOfRange):
            await see(town, claim, minor)
    with pytest.raises(errors.NotAnOperator):
        await town.services.claim_desk.queue(town.buyer.id)


async def test_a_rejected_claim_can_be_said_again(town: Town) -> None:
    """The buyer reads the reason and may claim the same money once more."""
    claim = await claimed(town)
    command = town.command(town.operator)
    for _ in range(2):
        card = await town.services.claim_desk.reject(command, claim.id, reason="Nothing has come.")
    await town.drain()
    assert (card.claim.state, card.claim.reason) == (ClaimState.REJECTED, "Nothing has come.")
    assert (await town.order(claim.order_id)).state is State.AWAITING_PAYMENT
    assert Notice.CLAIM_REJECTED in town.messenger.notices(town.buyer)
    again = await claimed(town, card.order)
    assert (again.state, again.reference, again.digits) == (ClaimState.WAITING, TRX, DIGITS)


async def types(town: Town, order: Order, text: str, key: str | None = None, **where: str) -> str:
    """The buyer types a reference; `key` is that of a message which has come before."""
    command, wallet = town.command(town.buyer, key), where.get("wallet", "bkash")
    return await town.services.claims.reference(command, order.id, wallet=wallet, text=text)


async def test_one_reference_pays_once(town: Town) -> None:
    """However it is written and whoever claims it; each try is remembered."""
    await paid_by_hand(town)
    other = await placed(town)
    with pytest.raises(errors.ClaimTaken):
        await claimed(town, other, trx=f" {TRX.lower()} ")
    for refusal in (errors.ClaimTaken, errors.TooManyClaims):
        with pytest.raises(refusal):
            await types(town, other, TRX)
    with pytest.raises(errors.ClaimUnfit):
        await types(town, other, "hi")
    with pytest.raises(errors.ClaimUnfit):
        await types(town, other, TRX, wallet="cash")
    assert (await town.order(other.id)).state is State.AWAITING_PAYMENT
    async with town.storage.read() as uow:
        assert await uow.claims.refusals(town.buyer.id) == 4


async def test_a_refused_claim_that_comes_again_counts_once(town: Town) -> None:
    """An update that is delivered twice is one try, and is refused for the same reason."""
    await paid_by_hand(town)
    other, command = await placed(town), town.command(town.buyer)
    said = Said(wallet="bkash", reference=TRX, digits=DIGITS)
    for _ in range(3):
        with pytest.raises(errors.ClaimTaken):
            await town.services.claims.claim(command, other.id, version=other.version, said=said)
    async with town.storage.read() as uow:
        assert await uow.claims.refusals(town.buyer.id) == 1


@pytest.mark.parametrize(
    ("text", "refusal"), [(TRX, errors.ClaimTaken), ("sent!", errors.ClaimUnfit)]
)
async def test_each_typed_try_counts_once(
    town: Town, text: str, refusal: type[errors.MarketError]
) -> None:
    """A message that is delivered again is the same try, with the same answer; a new one counts."""
    await paid_by_hand(town)
    order = await placed(town)
    for key in ("first", "first", "first", "second", "second"):
        with pytest.raises(refusal):
            await types(town, order, text, key)
    async with town.storage.read() as uow:
        assert await uow.claims.refusals(town.buyer.id) == 2


async def test_the_last_try_of_a_day_is_answered_the_same_again(town: Town) -> None:
    """What was refused as used is not refused as too much when its message comes once more."""
    await paid_by_hand(town)
    order = await placed(town)
    said = Said(wallet="bkash", reference=TRX, digits=DIGITS)
    with pytest.raises(errors.ClaimTaken):
        await types(town, order, TRX)
    last = town.command(town.buyer)
    for _ in range(2):
        with pytest.raises(errors.ClaimTaken):
            await town.services.claims.claim(last, order.id, version=order.version, said=said)
    with pytest.raises(errors.TooManyClaims):
        await types(town, order, "FREE123456")


async def test_a_free_reference_stays_free_for_its_message(town: Town) -> None:
    """Delivered again, it leads on again, although somebody else has claimed it meanwhile."""
    order = await placed(town)
    assert await types(town, order, TRX, "typed") == TRX
    await claimed(town, await placed(town))
    assert await types(town, order, TRX, "typed") == TRX
    with pytest.raises(errors.ClaimTaken):
        await types(town, order, TRX)


async def test_claims_are_counted(town: Town) -> None:
    """Three a day, refused references too."""
    order = await placed(town)
    for number in range(POLICY.claims_a_day):
        claim = await claimed(town, order, trx=f"AAAA{number}BBBB")
        await town.services.claim_desk.reject(town.command(town.operator), claim.id, reason="No.")
    with pytest.raises(errors.TooManyClaims):
        await claimed(town, order)
    town.clock.advance(town.windows.day_ms)
    order = await placed(town)
    assert (await claimed(town, order)).state is ClaimState.WAITING


async def test_a_closed_wallet_takes_nothing(town: Town) -> None:
    """Neither a claim of an old order nor a new order."""
    gig = await taka_gig(town)
    order = await town.placed(gig)
    await town.services.rails.open_wallet(town.command(town.operator), "bkash", is_open=False)
    with pytest.raises(errors.NoWallet):
        await claimed(town, order)
    with pytest.raises(errors.CurrencyClosed):
        await town.placed(gig)
    with pytest.raises(errors.CurrencyClosed):
        await taka_gig(town)


async def test_nobody_looked(town: Town) -> None:
    """After 36 hours the buyer is asked again; the claim stays, and money seen later still pays."""
    claim = await claimed(town)
    town.clock.advance(town.windows.claim_review_ms + town.windows.claim_fallback_ms)
    await town.services.upkeep.lapse()
    assert (await town.order(claim.order_id)).state is State.AWAITING_PAYMENT
    queue = await town.services.claim_desk.queue(town.operator.id)
    assert [claim.id] == [one.claim.id for one in queue]
    await see(town, claim, TAKA.minor)
    assert (await town.order(claim.order_id)).state is State.AWAITING_REQUIREMENTS


async def test_an_old_claim_of_another_amount(town: Town) -> None:
    """The order waits already: the money lands beside it."""
    claim = await claimed(town)
    town.clock.advance(town.windows.claim_review_ms + town.windows.claim_fallback_ms)
    await town.services.upkeep.lapse()
    card = await see(town, claim, 5)
    assert (card.claim.state, card.order.state) == (ClaimState.LANDED, State.AWAITING_PAYMENT)
    assert await taka(town, town.buyer) == {"credit": 5}


async def test_an_old_claim_is_rejected_or_replaced(town: Town) -> None:
    """The buyer hears of a rejection after the review, too; a newer claim replaces the older."""
    claim = await claimed(town)
    town.clock.advance(town.windows.claim_review_ms + town.windows.claim_fallback_ms)
    await town.services.upkeep.lapse()
    assert await types(town, await town.order(claim.order_id), f"{TRX} ") == TRX
    newer = await claimed(town, await town.order(claim.order_id), trx="NEWER12345")
    async with town.storage.read() as uow:
        assert (await uow.claims.get(claim.id)).state is ClaimState.REJECTED
    town.clock.advance(town.windows.claim_review_ms + town.windows.claim_fallback_ms)
    await town.services.upkeep.lapse()
    desk = town.services.claim_desk
    await desk.reject(town.command(town.operator), newer.id, reason="Nothing has come.")
    await town.drain()
    assert Notice.CLAIM_REJECTED in town.messenger.notices(town.buyer)


async def test_operators_are_reminded_of_a_claim(town: Town) -> None:
    """They are alarmed at once and again after 12 hours; a day later the buyer is asked anew."""
    claim = await claimed(town)
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM]
    town.clock.advance(town.windows.claim_review_ms)
    await town.services.upkeep.nudge()
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM, Notice.ALARM]
    town.clock.advance(town.windows.claim_fallback_ms)
    await town.services.upkeep.lapse()
    assert State.AWAITING_PAYMENT is (await town.order(claim.order_id)).state


async def test_money_for_an_expired_order_goes_back(town: Town) -> None:
    """It lands and is promised back; the operators' queue says so."""
    claim = await claimed(town)
    town.clock.advance(town.windows.claim_review_ms + town.windows.claim_fallback_ms)
    await town.services.upkeep.lapse()
    await town.act(town.buyer, claim.order_id, Event.CANCEL_UNPAID)
    card = await see(town, claim, TAKA.minor)
    await town.drain()
    waiting = await town.services.hand_refunds.queue(town.operator.id)
    assert card.claim.state is ClaimState.LANDED
    assert [(claim.id, TAKA)] == [(one.refund.claim.id, one.refund.amount) for one in waiting]
    assert Notice.PAYMENT_RETURNED in town.messenger.notices(town.buyer)


async def test_much_money_needs_two_operators(town: Town) -> None:
    """The second types what he saw himself; the same amount decides, another one starts anew."""
    second, much = await town.second(), replace(TAKA, minor=900_000)
    claim = await claimed(town, await placed(town, price=much))
    card = await see(town, claim, much.minor)
    assert (ClaimState.SEEN, town.operator.id) == (card.claim.state, card.claim.seen_by)
    with pytest.raises(errors.AnotherOperator):
        await see(town, claim, much.minor)
    card = await see(town, claim, much.minor + 1, by=second)
    assert (card.claim.state, card.claim.seen_minor) == (ClaimState.WAITING, None)
    await see(town, claim, much.minor, by=second)
    card = await see(town, claim, much.minor)
    assert (ClaimState.PAID, second.id, town.operator.id) == (
        card.claim.state,
        card.claim.seen_by,
        card.claim.decided_by,
    )
    assert (await town.order(claim.order_id)).state is State.AWAITING_REQUIREMENTS


async def test_the_card_is_for_operators(town: Town) -> None:
    """Wallet, reference, digits, refusals, who saw what; not for parties of the order."""
    claim = await claimed(town)
    card = await town.services.claim_desk.card(town.operator.id, claim.id)
    assert card.wallet is not None
    assert (BKASH.number, DIGITS, 0, {}) == (
        card.wallet.number,
        card.claim.digits,
        card.refusals,
        card.names,
    )
    with pytest.raises(errors.NotAnOperator):
        await town.services.claim_desk.card(town.buyer.id, claim.id)
    with pytest.raises(errors.NotFound):
        await town.services.claim_desk.card(town.operator.id, 99)


async def test_what_is_typed_must_fit(town: Town) -> None:
    """Neither a reference nor digits are guessed; strangers claim nothing."""
    order = await placed(town)
    command, version = town.command(town.buyer), order.version
    claim = town.services.claims.claim
    said = Said(wallet="bkash", reference=TRX, digits="12")
    with pytest.raises(errors.DigitsUnfit):
        await claim(command, order.id, version=version, said=said)
    said = Said(wallet="bkash", reference=TRX, digits=DIGITS)
    with pytest.raises(errors.NotYours):
        await claim(town.command(town.seller), order.id, version=version, said=said)
    assert order.terms.price.currency is Currency.BDT


async def test_a_repeated_claim_is_one(town: Town) -> None:
    """The same command answers the order as it is."""
    order = await placed(town)
    said = Said(wallet="bkash", reference=TRX, digits=DIGITS)
    command = town.command(town.buyer)
    for _ in range(2):
        card = await town.services.claims.claim(command, order.id, version=order.version, said=said)
    assert card.order.state is State.PAYMENT_REVIEW
    assert len(await town.services.claim_desk.queue(town.operator.id)) == 1
