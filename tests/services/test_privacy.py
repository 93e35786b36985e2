"""Being forgotten: what goes, what stays, what comes first; what the house forgets by itself."""

import asyncio
from typing import Any

import pytest

from market import ledger
from market.change import Change
from market.errors import StillNeeded
from market.files import FileRef
from market.gig import GigState
from market.money import Currency, Money
from market.payout_terms import Way
from market.people import Contact, Person
from market.room import Said
from market.states import Event, State
from services.rows import Refused, SessionRow
from tests.support.by_hand import claimed, paid_by_hand, take_taka
from tests.support.payouts import Till
from tests.support.prices import new_coupon
from tests.support.samples import file
from tests.support.town import Town

DAY_MS = 86_400_000
ERASED = "🗑"


async def _over(town: Town) -> int:
    """An order whose money went back, with words and files of both sides."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.say(town.buyer, order.id, "Call me Ayesha", file=file(1))
    await town.say(town.seller, order.id, "I am Rahim")
    await town.ask_cancel(town.seller, order.id)
    await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    await town.drain()
    return order.id


async def _forget(town: Town, person: Person) -> None:
    await town.services.privacy.forget(town.command(person))


async def _room(town: Town, order_id: int) -> list[Said]:
    async with town.storage.read() as uow:
        return [one.said for one in await uow.rooms.messages(order_id, limit=99)]


async def _clean(town: Town) -> bool:
    async with town.storage.read() as uow:
        return await uow.ledger.audit() == ()


async def test_a_person_becomes_a_number(town: Town) -> None:
    """Name, account, drafts, quick replies, words in closed orders go; order and ledger stay."""
    order_id = await _over(town)
    services, buyer = town.services, town.buyer
    await services.rooms.add_quick_reply(town.command(buyer), "On my way")
    await services.withdrawals.keep_account(town.command(buyer), Way.BKASH, "01712345678")
    thread = await services.support.ask(
        town.command(buyer), kind="support", order_id=None, text="I am Ayesha"
    )
    async with town.storage.begin() as uow:
        await uow.inbox.save_session(_session(buyer))
    lines = await town.journals()
    await _forget(town, buyer)
    async with town.storage.read() as uow:
        assert await uow.people.contact(buyer.id) == Contact("", None)
        assert [one.account for one in await uow.payees.all_of(buyer.id)] == [""]
        assert await uow.rooms.quick_replies(buyer.id) == ()
        assert await uow.inbox.session(buyer.telegram_id, buyer.telegram_id) is None
        assert [one.text for one in (await uow.threads.get(thread.id)).lines] == [ERASED]
        assert not (await uow.threads.get(thread.id)).is_open
        answer = await uow.orders.answer(order_id)
        assert answer is not None
        assert (answer.text, answer.files) == (ERASED, ())
        person = await uow.people.get(buyer.id)
    assert (person.telegram_id, person.terms_version) == (buyer.telegram_id, 0)
    assert [one.words for one in await _room(town, order_id)] == [ERASED, "I am Rahim"]
    assert (await _room(town, order_id))[0].file is None
    assert await town.journals() == lines
    assert await _clean(town)


def _session(person: Person) -> SessionRow:
    return SessionRow(
        chat_id=person.telegram_id,
        telegram_id=person.telegram_id,
        flow="sell",
        step="title",
        draft="{}",
        kept="{}",
        updated_ms=1,
    )


async def test_forgetting_twice_is_forgetting_once(town: Town) -> None:
    """The same tap again does nothing, even when something was begun meanwhile."""
    command = town.command(town.buyer)
    await town.services.privacy.forget(command)
    await town.citizen(502, name="Ayesha")
    await town.services.privacy.forget(command)
    async with town.storage.read() as uow:
        assert (await uow.people.contact(town.buyer.id)).name == "Ayesha"


async def test_a_seller_closes_the_shop(town: Town) -> None:
    """Gigs take no orders any more and coupons end; what operators took down stays so."""
    active, down = await town.gig(), await town.gig(title="A bad gig")
    async with town.storage.begin() as uow:
        await uow.gigs.set_state(down.id, GigState.TAKEN_DOWN)
    new = new_coupon(town.clock.now_ms(), code="MINE20")
    coupon = await town.services.coupons.make(town.command(town.seller), new)
    await _forget(town, town.seller)
    async with town.storage.read() as uow:
        states = [(await uow.gigs.get(gig.id)).state for gig in (active, down)]
        stopped = await uow.coupons.get(coupon.id)
    assert states == [GigState.PAUSED, GigState.TAKEN_DOWN]
    assert stopped.stopped_ms == town.clock.now_ms()


async def test_open_orders_come_first(town: Town) -> None:
    """Both parties wait for the end of their order, and for the end of its clearing."""
    await town.order_in(State.COMPLETED)
    for person in (town.buyer, town.seller):
        with pytest.raises(StillNeeded) as refusal:
            await _forget(town, person)
        assert refusal.value.orders == 1


async def test_money_comes_first(town: Town) -> None:
    """Whoever has earned withdraws or spends it before."""
    await town.order_in(State.CLEARED)
    with pytest.raises(StillNeeded) as refusal:
        await _forget(town, town.seller)
    assert (refusal.value.orders, refusal.value.has_money) == (0, True)
    await _forget(town, town.buyer)


async def test_who_runs_the_house_stays(town: Town) -> None:
    """Operators and owners are in the settings, not only in the database."""
    with pytest.raises(StillNeeded) as refusal:
        await _forget(town, town.operator)
    assert refusal.value.runs_house


async def test_refunds_under_way_come_first(town: Town) -> None:
    """Money that goes back still needs to find its payer."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.seller, order.id)
    await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    assert (await town.services.privacy.needs(town.buyer.id)).on_the_way == 1
    await town.drain()
    assert (await town.services.privacy.needs(town.buyer.id)).is_free


async def test_a_refund_that_failed_still_needs_its_payer(town: Town) -> None:
    """It ends in his credit when the operators give it up; then he has to spend that first."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.seller, order.id)
    await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    town.stars.next = [Refused("the person is gone")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    assert (await town.services.privacy.needs(town.buyer.id)).on_the_way == 1
    with pytest.raises(StillNeeded):
        await _forget(town, town.buyer)
    await town.services.treasury.give_up_refund(town.command(town.operator), dead.id)
    needs = await town.services.privacy.needs(town.buyer.id)
    assert (needs.on_the_way, needs.purses) == (0, 1)


async def test_half_a_year_after_the_end_the_words_go(town: Town) -> None:
    """Not a day before; of deliveries their fingerprints stay, and the books are right."""
    order = await town.heard()
    await town.say(town.buyer, order.id, "Look at this", file=file(2))
    await town.decide(order.id, 0)
    order = await _ended(town, order.id)
    before = await _told(town, order.id)
    town.clock.set(order.entered_ms + 180 * DAY_MS)
    assert await town.services.privacy.retain() == 0
    assert await _told(town, order.id) == before
    town.clock.advance(1)
    assert await town.services.privacy.retain() == 1
    assert await town.services.privacy.retain() == 0
    words = {text for text, _ in await _told(town, order.id)}
    assert words == {ERASED}
    async with town.storage.read() as uow:
        assert all(one.digest for one in await uow.orders.deliveries(order.id))
    assert await _clean(town)


async def _ended(town: Town, order_id: int) -> Any:
    """The verdict is carried out when nobody appeals."""
    for _ in range(9):
        order = await town.order(order_id)
        if order.state.is_final:
            return order
        assert order.clock_at_ms is not None
        town.clock.set(order.clock_at_ms)
        await town.services.upkeep.lapse()
    raise AssertionError("it does not end")


async def _told(town: Town, order_id: int) -> list[tuple[str, int]]:
    """Everything that was written in the order, with how many files."""
    async with town.storage.read() as uow:
        answer = await uow.orders.answer(order_id)
        assert answer is not None
        told = [(answer.text, len(answer.files))]
        told += [(d.text, len(d.files)) for d in await uow.orders.deliveries(order_id)]
        told += [(s.text, len(s.files)) for s in await uow.orders.statements(order_id)]
    return told + [(one.words, int(one.file is not None)) for one in await _room(town, order_id)]


async def test_after_ninety_days_the_digits_go(town: Town) -> None:
    """Of decided claims; the reference stays, so that nobody uses it twice."""
    await take_taka(town)
    _, decided = await paid_by_hand(town)
    waiting = await claimed(town, trx="7ZZ1C2D3E4")
    town.clock.set(decided.created_ms + 90 * DAY_MS + 1)
    assert await town.services.privacy.retain() == 1
    async with town.storage.read() as uow:
        kept = [await uow.claims.get(one.id) for one in (decided, waiting)]
    assert [one.digits for one in kept] == ["", "4321"]
    assert kept[0].reference == decided.reference


async def _evidence(town: Town, till: Till) -> FileRef | None:
    return (await till.stored(1)).evidence


async def test_half_a_year_after_a_payout_its_picture_goes(town: Town) -> None:
    """It shows a name and a number; the reference stays with the money."""
    till = await Till(town).opened()
    await till.paid()
    before = await till.stored(1)
    town.clock.set(before.moved_ms + 180 * DAY_MS)
    await town.services.privacy.retain()
    assert before.evidence == await _evidence(town, till) is not None
    town.clock.advance(1)
    assert await town.services.privacy.retain() >= 1
    after = await till.stored(1)
    assert (after.evidence, after.reference) == (None, before.reference)
    assert await town.services.privacy.retain() == 0
    assert await _clean(town)


async def test_the_picture_of_a_payout_goes_with_its_person(town: Town) -> None:
    """At once, when he asks for it."""
    till = await Till(town).opened()
    await till.paid()
    assert await _evidence(town, till) is not None
    await _forget(town, town.seller)
    assert await _evidence(town, till) is None


async def test_references_stand_in_no_log(town: Town) -> None:
    """Neither in the operators' acts nor in what happened to an order: the claim has a number."""
    await take_taka(town)
    order, claim = await paid_by_hand(town)
    rejected = await claimed(town, trx="7ZZ1C2D3E4")
    desk, hand = town.services.claim_desk, town.services.hand_refunds
    await desk.reject(town.command(town.operator), rejected.id, reason="Not on the statement")
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await hand.sent(town.command(town.operator), claim.id, reference="8ZZ9Y8X7W6")
    async with town.storage.read() as uow:
        acts = await uow.reports.acts(from_ms=0, until_ms=town.clock.now_ms() + 1, limit=99)
        told = [one.detail for one in acts]
        for number in (order.id, rejected.order_id):
            told += [one.note for one in await uow.orders.history(number)]
    assert any(f"no. {claim.id}" in one for one in told)
    assert [
        one for one in told if {"9AB1C2D3E4", "7ZZ1C2D3E4", "8ZZ9Y8X7W6"} & {*one.split()}
    ] == []


async def test_forgetting_waits_for_money_that_is_just_landing(town: Town) -> None:
    """What somebody else writes about the person at that moment is seen before anything goes."""
    landed = ledger.money_in("stars", "late", town.buyer.id, Money(5, Currency.XTR))
    async with town.storage.begin() as uow:
        await uow.record(Change(journals=(landed,)), now_ms=town.clock.now_ms())
        forgetting = asyncio.create_task(_forget(town, town.buyer))
        await asyncio.sleep(0.2)
    with pytest.raises(StillNeeded):
        await forgetting
