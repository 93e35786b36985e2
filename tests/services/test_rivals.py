"""Rival commands on the same orders at once: one winner each, the money right, no deadlock."""

import asyncio
from collections import Counter
from collections.abc import Awaitable

from market.contract import Order
from market.deadlines import DAY_MS, HOUR_MS
from market.errors import MarketError, Stale, WrongState
from market.money import Currency, Money
from market.notices import Notice
from market.people import Person
from market.reports import Subject
from market.states import Event, State
from services.rows import PaidOutcome
from tests.support.town import POLICY, Town

ORDERS = POLICY.limits.open_orders_max


async def _wins(rivals: list[Awaitable[object]]) -> tuple[int, list[type]]:
    """How many succeeded, and which refusals the others got."""
    ended = await asyncio.gather(*rivals, return_exceptions=True)
    refusals = [type(one) for one in ended if isinstance(one, BaseException)]
    return len(ended) - len(refusals), refusals


async def _delivered(town: Town) -> list[int]:
    gig = await town.gig()
    return [(await town.order_in(State.DELIVERED, gig)).id for _ in range(ORDERS)]


async def test_accepting_cancelling_and_silence_have_one_winner(town: Town) -> None:
    """Buyer's two devices, the seller and two sweeps at once: each order ends once, exactly."""
    ids = await _delivered(town)
    town.clock.advance(24 * HOUR_MS)
    await town.services.upkeep.nudge()
    await town.drain()
    town.clock.advance(2 * DAY_MS)
    version = (await town.order(ids[0])).version

    def act(order_id: int, event: Event) -> Awaitable[object]:
        who = town.seller if event is Event.SELLER_CANCEL else town.buyer
        return town.services.orders.act(
            town.command(who), order_id, event=event, version=version, note="Sorry"
        )

    events = (Event.ACCEPT, Event.SELLER_CANCEL, Event.ACCEPT, Event.SELLER_CANCEL)
    rivals = [act(order_id, event) for order_id in ids for event in events]
    sweeps = [town.services.upkeep.lapse() for _ in range(2)]
    ended = await asyncio.gather(*rivals, *sweeps, return_exceptions=True)
    failures = {type(one) for one in ended if isinstance(one, BaseException)}
    assert failures <= {Stale, WrongState}
    await town.drain()
    states = Counter([(await town.order(order_id)).state for order_id in ids])
    assert len(ids) == states[State.COMPLETED] + states[State.CANCELLED]
    assert states[State.CANCELLED] == len(town.stars.calls)
    held = await town.balances(town.seller)
    assert 225 * states[State.COMPLETED] == held.get("clearing", 0)
    assert await town.balances(town.buyer) == {}


async def test_one_of_many_accepts_wins(town: Town) -> None:
    """Eight taps from eight devices release the money once."""
    order = await town.order_in(State.DELIVERED)
    rivals: list[Awaitable[object]] = [
        town.services.orders.act(
            town.command(town.buyer), order.id, event=Event.ACCEPT, version=order.version
        )
        for _ in range(8)
    ]
    assert (1, [Stale] * 7) == await _wins(rivals)
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_the_same_tap_eight_times_is_one_command(town: Town) -> None:
    """One key, sent eight times at once, succeeds eight times and acts once."""
    order, command = await town.order_in(State.DELIVERED), town.command(town.buyer)
    rivals: list[Awaitable[object]] = [
        town.services.orders.act(command, order.id, event=Event.ACCEPT, version=order.version)
        for _ in range(8)
    ]
    assert await _wins(rivals) == (8, [])
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_payment_and_expiry_have_one_winner(town: Town) -> None:
    """Either the order is paid and held, or it expired and the money goes back."""
    gig = await town.gig()
    orders = [await town.placed(gig) for _ in range(ORDERS)]
    town.clock.advance(town.windows.pay_ms)
    ended = await asyncio.gather(
        *(town.pay(order) for order in orders),
        *(town.services.upkeep.lapse() for _ in range(2)),
        *(town.pay(order, charge_id=f"again-{order.id}") for order in orders),
    )
    await town.drain()
    paid = [one for one in ended if isinstance(one, PaidOutcome) and one.accepted]
    states = Counter([(await town.order(order.id)).state for order in orders])
    assert len(paid) == states[State.AWAITING_REQUIREMENTS]
    assert 2 * len(orders) - len(paid) == len(town.stars.calls)
    held = await town.balances(town.buyer)
    assert 250 * len(paid) == held.get("paid_held", 0)


async def test_the_same_charge_at_once_lands_once(town: Town) -> None:
    """A payment update delivered four times in parallel is one fact."""
    order = await town.placed()
    ended = await asyncio.gather(*(town.pay(order, charge_id="c") for _ in range(4)))
    assert Counter({False: 1, True: 3}) == Counter(one.repeated for one in ended)
    assert await town.balances(town.buyer) == {"paid_held": 250}


async def test_one_key_places_one_order(town: Town) -> None:
    """A double tap on *Order* from two workers makes one order."""
    gig, command = await town.gig(price=Money(10, Currency.XTR)), town.command(town.buyer)
    orders = await asyncio.gather(
        *(town.services.orders.place(command, gig.id, gig.version_id) for _ in range(4))
    )
    assert len({order.id for order in orders}) == 1


async def test_a_newcomer_arrives_once(town: Town) -> None:
    """Two updates of a newcomer handled at once make one person."""
    ended = await asyncio.gather(
        *(
            town.services.people.arrive(808, name="N", username=None, language_code="bn")
            for _ in range(4)
        )
    )
    assert len({person.id for person in ended}) == 1


async def _taps(town: Town, order: Order, *acts: tuple[Person, Event]) -> tuple[int, list[type]]:
    """All these taps at once, on the order as it was shown to everybody."""
    return await _wins(
        [
            town.services.orders.act(
                town.command(who), order.id, event=event, version=order.version, note="Now"
            )
            for who, event in acts
        ]
    )


async def test_answers_to_a_request_have_one_winner(town: Town) -> None:
    """Agreed, refused, taken back, lapsed and cancelled at once: one of them happens."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.buyer, order.id, 100)
    order = await town.order(order.id)
    town.clock.advance(town.windows.request_ms)
    seller, buyer = town.seller, town.buyer
    (wins, refusals), *_ = await asyncio.gather(
        _taps(
            town,
            order,
            *((seller, Event.AGREE_CANCEL),) * 3,
            *((seller, Event.REFUSE),) * 2,
            *((buyer, Event.TAKE_BACK),) * 2,
            (seller, Event.SELLER_CANCEL),
        ),
        town.services.upkeep.lapse(),
        town.services.upkeep.lapse(),
    )
    after = await town.order(order.id)
    assert wins <= 1
    assert set(refusals) <= {Stale}
    assert order.version + 1 == after.version


async def test_a_delivery_and_an_agreement_have_one_winner(town: Town) -> None:
    """The work is handed over or the order ends; a delivery voids the seller's own wish."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.seller, order.id)
    order = await town.order(order.id)

    def deliver() -> Awaitable[object]:
        return town.services.orders.deliver(
            town.command(town.seller), order.id, version=order.version, text="Done", files=()
        )

    def agree() -> Awaitable[object]:
        return town.services.orders.act(
            town.command(town.buyer), order.id, event=Event.AGREE_CANCEL, version=order.version
        )

    wins, refusals = await _wins([one for _ in range(4) for one in (deliver(), agree())])
    after = await town.order(order.id)
    assert (wins, set(refusals)) == (1, {Stale})
    assert (after.state in {State.DELIVERED, State.CANCELLED}, after.request) == (True, None)


async def test_a_dispute_and_silence_have_one_winner(town: Town) -> None:
    """In the second in which silence accepts, a dispute, a tap and two sweeps: one happens."""
    order = await town.order_in(State.DELIVERED)
    town.clock.advance(24 * HOUR_MS)
    await town.services.upkeep.nudge()
    await town.drain()
    town.clock.advance(48 * HOUR_MS)

    def dispute(who: Person) -> Awaitable[object]:
        return town.services.disputes.open(
            town.command(who),
            order.id,
            version=order.version,
            reason="quality",
            text="This is not what we agreed on.",
            files=(),
        )

    (wins, refusals), *_ = await asyncio.gather(
        _wins([dispute(who) for who in (town.buyer, town.seller) for _ in range(3)]),
        _taps(town, order, (town.buyer, Event.ACCEPT), (town.seller, Event.SELLER_CANCEL)),
        town.services.upkeep.lapse(),
        town.services.upkeep.lapse(),
    )
    after = await town.order(order.id)
    assert wins <= 1
    assert set(refusals) <= {Stale}
    assert order.version + 1 == after.version


async def test_the_end_of_a_dispute_has_one_winner(town: Town) -> None:
    """Two operators decide and both parties give in at once: one of the eight is heard."""
    order, second = await town.heard(), await town.second()

    def decide(by: Person, minor: int) -> Awaitable[object]:
        return town.services.disputes.propose_or_decide(
            town.command(by), order.id, version=order.version, minor=minor, reason="Because"
        )

    (decided, losses), (conceded, others) = await asyncio.gather(
        _wins([decide(by, minor) for by in (town.operator, second) for minor in (0, 250)]),
        _taps(
            town,
            order,
            *((town.seller, Event.CONCEDE_SELLER), (town.buyer, Event.CONCEDE_BUYER)) * 2,
        ),
    )
    assert (1, {Stale}) == (decided + conceded, {*losses, *others})
    assert order.version + 1 == (await town.order(order.id)).version


async def test_the_last_word_is_said_once(town: Town) -> None:
    """After an appeal the operator's two devices and the party that gives in: one ends it."""
    order, second = await town.heard(), await town.second()
    await town.decide(order.id, 0)
    await town.services.disputes.appeal(
        town.command(town.seller), order.id, version=order.version + 1, text="Look again"
    )
    order = await town.order(order.id)
    rivals: list[Awaitable[object]] = [
        town.services.disputes.propose_or_decide(
            town.command(second), order.id, version=order.version, minor=minor, reason="Because"
        )
        for minor in (0, 100, 250, 100, 0, 250)
    ]
    (wins, _), (conceded, _) = await asyncio.gather(
        _wins(rivals), _taps(town, order, *((town.buyer, Event.CONCEDE_BUYER),) * 2)
    )
    assert wins + conceded == 1
    assert (await town.order(order.id)).state in {State.REFUNDED, State.COMPLETED}


async def test_a_verdict_is_carried_out_or_appealed(town: Town) -> None:
    """An appeal in the last moment and the sweep do not both happen."""
    order = await town.heard()
    card = await town.decide(order.id, 100)
    assert card.order.clock_at_ms is not None
    town.clock.set(card.order.clock_at_ms)
    rivals: list[Awaitable[object]] = [
        town.services.disputes.appeal(
            town.command(who), order.id, version=card.order.version, text="Look again"
        )
        for who in (town.buyer, town.seller) * 3
    ]
    (wins, _), *_ = await asyncio.gather(
        _wins(rivals), town.services.upkeep.lapse(), town.services.upkeep.lapse()
    )
    assert (wins, (await town.order(order.id)).state) == (0, State.COMPLETED)


async def test_a_wish_to_reopen_is_settled_once(town: Town) -> None:
    """Two operators reopen and refuse at once: the money moves once or not at all."""
    order, second = await town.order_in(State.COMPLETED), await town.second()
    await town.services.disputes.ask_reopen(town.command(town.buyer), order.id, text="x" * 20)
    (report,) = await town.services.desk.reports(second.id, Subject.REOPEN)
    disputes = town.services.disputes
    rivals: list[Awaitable[object]] = [
        one
        for by in (town.operator, second)
        for _ in range(2)
        for one in (
            disputes.reopen(town.command(by), report.id),
            disputes.refuse_reopen(town.command(by), report.id, reason="It opens here"),
        )
    ]
    assert (await _wins(rivals))[0] == 1


async def test_who_goes_away_while_others_act_deadlocks_nobody(town: Town) -> None:
    """Both parties go away while their orders are acted on; every command ends."""
    gig = await town.gig()
    orders = [await town.order_in(State.DELIVERED, gig) for _ in range(4)]
    now_ms = town.clock.now_ms()
    away = [
        town.services.absences.declare(town.command(who), from_ms=now_ms, until_ms=now_ms + DAY_MS)
        for who in (town.buyer, town.seller)
    ]
    taps = [
        town.services.orders.act(
            town.command(town.buyer), order.id, event=Event.ACCEPT, version=order.version
        )
        for order in reversed(orders)
    ]
    wins, refusals = await _wins([*away, *taps])
    assert (wins, refusals) == (6, [])


async def test_one_room_numbers_its_messages(town: Town) -> None:
    """Eight messages at once are eight numbers, each told once."""
    order = await town.order_in(State.IN_PROGRESS)
    said = await asyncio.gather(
        *(
            town.say(who, order.id, f"Line {n}")
            for n in range(4)
            for who in (town.buyer, town.seller)
        )
    )
    assert list(range(1, 9)) == sorted(message.number for message in said)
    await town.drain()
    assert Counter(town.messenger.notices())[Notice.ROOM_WORDS] == 8


def test_refusals_are_market_errors() -> None:
    """Losers of a race get a refusal that has words."""
    assert all(issubclass(refusal, MarketError) for refusal in (Stale, WrongState))
