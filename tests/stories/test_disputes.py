"""How disputes end: by a verdict, the last word, giving in or silence; and how one is reopened."""

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town
from tests.support.actors import Actor

pytestmark = pytest.mark.story
CLEARING = "⏳ Clearing: {amount}"
REASONS = "The colours are those of the order."


async def decides(operator: Actor, part: str) -> None:
    """From an open case to a verdict that has been said."""
    await operator.taps("Decide…")
    await operator.taps(part)
    await operator.says(REASONS)
    await operator.taps("Say the verdict")


async def test_a_release_by_verdict_pays_the_seller(town: Town) -> None:
    """Both read the amounts; nothing moves for three days, then the seller's part clears."""
    await acts.disputed(town)
    await decides(town.operator, "Release: all to the seller")
    told = await town.seller.sees(REASONS)
    assert acts.stars(town.seller, 225) in told["text"]
    await town.buyer.sees(REASONS)
    held = await acts.wallet(town.buyer)
    assert acts.stars(town.buyer, 250) in held
    town.house.advance(3 * DAY_MS + HOUR_MS)
    await acts.wallet_says(town.seller, CLEARING, 225)
    assert await town.buyer.stars() == 1_750


async def test_an_appeal_and_another_operators_last_word(town: Town) -> None:
    """The seller appeals against a refund; a second operator releases, and it happens at once."""
    second = await acts.second_operator(town)
    await acts.disputed(town)
    await decides(town.operator, "Refund: all to the buyer")
    await town.seller.sees(REASONS)
    await town.seller.taps("The dispute")
    await town.seller.taps("Appeal")
    await town.seller.says("The buyer asked for this very red.")
    appealed = "⚖️ <b>{name} has appealed against the verdict.</b>"
    await town.buyer.reads(appealed, name="Rahima")
    town.house.advance(4 * DAY_MS)
    assert await town.buyer.stars() == 1_750
    await second.reads("A verdict was appealed. Another operator has the last word.")
    await second.taps("Have a look")
    await second.sees("The buyer asked for this very red.")
    await decides(second, "Release: all to the seller")
    await acts.wallet_says(town.seller, CLEARING, 225)


async def test_who_said_the_first_verdict_does_not_say_the_last(town: Town) -> None:
    """The house has another operator: the first one reads that it is the other's turn."""
    await acts.second_operator(town)
    await acts.disputed(town)
    operator = town.operator
    await decides(operator, "Refund: all to the buyer")
    await town.seller.sees(REASONS)
    await town.seller.taps("The dispute")
    await town.seller.taps("Appeal")
    await town.seller.says("The buyer asked for this very red.")
    await operator.reads("A verdict was appealed. Another operator has the last word.")
    await operator.taps("Have a look")
    case = await operator.reads(
        "You had a part in the first verdict; after an appeal another operator decides."
    )
    labels = [button["label"] for row in case["buttons"] for button in row]
    assert operator.label("Decide…") not in labels


async def gives_in(actor: Actor, gets: int, shown: int) -> None:
    """From the dispute to its end by giving in; the amounts stand before the second tap."""
    await acts.opens_order(actor)
    await actor.taps("The dispute")
    await actor.taps("Give in: you get {amount}", amount=acts.stars(actor, gets))
    sure = await actor.sees_button("Yes, give in")
    assert acts.stars(actor, shown) in sure["text"]
    await actor.taps("Yes, give in")


async def test_a_seller_who_gives_in_returns_everything(town: Town) -> None:
    """At once: the buyer reads who gave in and has every Star back."""
    await acts.disputed(town)
    await gives_in(town.seller, 0, 250)
    gave = "{seller} gave in, and the dispute is over."
    await town.buyer.reads(gave, seller="Rahima")
    await acts.has_stars(town.buyer, 2_000)


async def test_a_buyer_who_gives_in_pays_the_seller(town: Town) -> None:
    """At once: the seller reads who gave in, and the share is clearing."""
    await acts.disputed(town)
    await gives_in(town.buyer, 0, 225)
    await town.seller.reads("{buyer} gave in, and the dispute is over.", buyer="Ann")
    await acts.wallet_says(town.seller, CLEARING, 225)


async def test_a_dispute_nobody_decides_is_refunded(town: Town) -> None:
    """Alarms after three, seven and thirty days; after sixty the buyer has everything back."""
    await acts.disputed(town)
    alarm = "A dispute still waits. If nobody decides, the buyer is refunded in the end."
    for days in (3, 4, 23):
        await town.operator.person.forgets()
        town.house.advance(days * DAY_MS + HOUR_MS)
        await town.operator.reads(alarm)
    town.house.advance(30 * DAY_MS)
    await acts.has_stars(town.buyer, 2_000)


async def reports_problem(town: Town) -> None:
    """Accepted and completed; then the buyer finds that something is wrong."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await acts.accept(town)
    await town.seller.sees_button("Write a review")
    await town.buyer.taps("Report a problem")
    await town.buyer.says("The logo is copied from another shop.")
    await town.operator.sees("The logo is copied from another shop.")
    await town.operator.taps("Have a look")


async def test_a_completed_order_is_reopened(town: Town) -> None:
    """An operator taps twice; the money is held once more, and the seller gives it back."""
    await reports_problem(town)
    await town.operator.taps("Reopen")
    await town.operator.taps("Yes, reopen it")
    await town.buyer.reads("⚖️ <b>An operator has opened your order again, as a dispute.</b>")
    await town.seller.taps("Say your side")
    await town.seller.says("I did not know that this shop exists.")
    await town.seller.sees("I did not know that this shop exists.")
    await town.seller.taps("Done")
    await gives_in(town.seller, 0, 250)
    await acts.has_stars(town.buyer, 2_000)


async def test_a_wish_to_reopen_is_refused_with_a_reason(town: Town) -> None:
    """The buyer reads why; the seller keeps the share."""
    await reports_problem(town)
    await town.operator.taps("Refuse…")
    await town.operator.says("The two pictures differ.")
    answer = await town.buyer.sees("The two pictures differ.")
    head = "📜 <b>An operator has looked at the problem and leaves the order as it is.</b>"
    assert town.buyer.words(head) in answer["text"]
    await acts.wallet_says(town.seller, CLEARING, 225)
