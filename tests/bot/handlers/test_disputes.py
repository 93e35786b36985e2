"""Disputes by taps: the screen, evidence, giving in; strangers and old buttons do no harm."""

from typing import Any

import pytest

from bot.handlers import disputes
from bot.kit.delivery import Delivery
from bot.ui.screen import Album
from bot.ui.taps import GiveIn, ShowDispute, ShowEvidence
from market import errors
from market.notices import Message, Notice
from market.states import State
from tests.support.samples import file
from tests.support.town import DISPUTED, Town
from tests.support.turns import turn_of


async def test_both_sides_see_the_dispute(town: Town) -> None:
    """Who opened it, why, and what is next; without a dispute and for strangers nothing."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(errors.NotFound):
        await disputes.on_show_dispute(turn_of(town, town.buyer), ShowDispute(order.id))
    await town.open_dispute(order.id)
    mine, others = turn_of(town, town.buyer), turn_of(town, town.seller)
    await disputes.on_show_dispute(mine, ShowDispute(order.id))
    assert "You opened a dispute" in mine.text
    await disputes.on_show_dispute(others, ShowDispute(order.id))
    assert (DISPUTED in others.text, "Say your side" in others.labels) == (True, True)
    stranger = turn_of(town, await town.citizen(800))
    with pytest.raises(errors.NotFound):
        await disputes.on_show_dispute(stranger, ShowDispute(order.id))


async def test_evidence_can_be_read_by_both(town: Town) -> None:
    """Files first, then the words; an unknown number is told."""
    order = await town.order_in(State.DELIVERED)
    await town.open_dispute(order.id)
    await town.services.disputes.testify(
        town.command(town.seller), order.id, text="See the <layers>", files=(file(1), file(2))
    )
    turn = turn_of(town, town.buyer)
    await disputes.on_show_evidence(turn, ShowEvidence(order.id, 2))
    albums = [thing for thing in turn.sent if isinstance(thing, Album)]
    assert [len(album.files) for album in albums] == [2]
    assert "See the &lt;layers&gt;" in turn.sent[-1].text
    with pytest.raises(errors.NotFound):
        await disputes.on_show_evidence(turn, ShowEvidence(order.id, 3))


async def test_the_buyer_gives_in(town: Town) -> None:
    """The parts first; then the seller is paid, once."""
    order = await town.heard()
    turn = turn_of(town, town.buyer, "tap:3")
    await disputes.on_give_in(turn, GiveIn(order.id, order.version, 0))
    assert "You get nothing back" in turn.text
    for _ in range(2):
        await disputes.on_give_in(turn, GiveIn(order.id, order.version, 1))
    assert (await town.order(order.id)).state is State.COMPLETED
    assert (await town.balances(town.seller))["clearing"] == 225


async def test_the_seller_gives_in(town: Town) -> None:
    """Everything goes back, also when a verdict waits to take effect."""
    order = await town.heard()
    card = await town.decide(order.id, 100)
    turn = turn_of(town, town.seller)
    await disputes.on_give_in(turn, GiveIn(order.id, card.order.version, 1))
    assert turn.toasts == ["The dispute is over."]
    assert (await town.order(order.id)).state is State.REFUNDED


@pytest.mark.parametrize("sure", [0, 1])
async def test_foreign_and_stale_surrenders(town: Town, sure: int) -> None:
    """An operator, a stranger and an old button give nothing away."""
    order = await town.heard()
    stranger = await town.citizen(800)
    cases = [
        (town.operator, order.version, (errors.NotYours, errors.NotFound)),
        (stranger, order.version, errors.NotFound),
        (town.buyer, order.version - 1, errors.Stale),
    ]
    for person, version, refusal in cases:
        with pytest.raises(refusal):  # type: ignore[call-overload]
            await disputes.on_give_in(turn_of(town, person), GiveIn(order.id, version, sure))
    assert (await town.order(order.id)).state is State.DISPUTED


async def test_notices_carry_the_statement(town: Town) -> None:
    """A notice about a statement is read with its words, where its reader may see them."""
    order = await town.order_in(State.DELIVERED)
    await town.open_dispute(order.id)
    stranger = await town.citizen(800)
    bot: Any = None
    sender = Delivery(
        bot=bot, services=town.services, clock=town.clock, drawer=bot, group_language="bn"
    )
    told = {
        (person.id, number): await sender._statement(
            Message(notice=Notice.DISPUTE_OPENED, key="k", facts={"statement": number}),
            person,
            order.id,
        )
        for person in (town.seller, stranger)
        for number in (1, 9, None)
    }
    first = told.pop((town.seller.id, 1))
    assert first is not None
    assert first.text == DISPUTED
    assert set(told.values()) == {None}


def test_routes(town: Town) -> None:
    """All taps of disputes are answered."""
    assert len(disputes.routes(town.services)) == 3
