"""The flows around an order: requirements, delivery, changes, a seller's cancelling, review."""

from typing import Any

import pytest

from bot.conversations import cancel, changes, deliver, requirements, review
from bot.conversations.collecting import COLLECT, Collection
from bot.i18n import plain, translator
from bot.kit.flows import Done, Flow, Go, Next, to_json
from bot.kit.sessions import Live
from bot.ui.flows import FLOWS
from bot.ui.taps import (
    AnswerRequirements,
    AskChanges,
    ClearFiles,
    ExplainCancel,
    FinishFiles,
    SkipStep,
    StartDelivery,
    StartReview,
)
from market import errors
from market.files import FileRef
from market.states import Event, State
from tests.support.samples import file
from tests.support.steps import asked, ended, gone, says
from tests.support.town import Town
from tests.support.turns import came, turn_of

DELIVER, REQUIREMENTS = deliver.flow(None), requirements.flow(None)  # type: ignore[arg-type]
CHANGES, CANCEL, REVIEW = changes.flow(None), cancel.flow(None), review.flow(None)  # type: ignore[arg-type]
FIVE = (DELIVER, REQUIREMENTS, CHANGES, CANCEL, REVIEW)


async def sends(turn: Any, before: Next, sent: FileRef, **how: Any) -> Next:
    turn.incoming = came(sent, **how)
    on_file = DELIVER.steps[COLLECT].file
    assert on_file is not None
    return await on_file(turn, gone(before).draft, sent)


async def done(flow: Flow, turn: Any, before: Next) -> Next:
    turn.incoming = None
    draft = gone(before).draft
    tap = FinishFiles(FLOWS.index(flow.name), draft.order_id, draft.version)
    return await flow.steps[COLLECT].taps[FinishFiles](turn, draft, tap)


async def begun(town: Town) -> tuple[Any, Next, int]:
    """The seller has tapped Deliver."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    tap = StartDelivery(order.id, order.version)
    return turn, await DELIVER.entries[StartDelivery](turn, tap), order.id


async def test_a_delivery_of_text_and_files(town: Town) -> None:
    """Several texts, an album and a caption become one delivery; nothing is lost."""
    turn, now, order_id = await begun(town)
    assert "up to 20 files" in asked(DELIVER, turn, now)
    now = await says(DELIVER, turn, now, "The logo")
    now = await sends(turn, now, file(1), album="a1")
    assert "other files of this album" in asked(DELIVER, turn, now)
    now = await sends(turn, now, file(2), album="a1", caption="and the <source>")
    now = await sends(turn, now, file(3, kind="voice"))
    assert "a text and 3 files" in asked(DELIVER, turn, now)
    over = await done(DELIVER, turn, now)
    assert "Delivered" in ended(over)
    assert isinstance(over, Done)
    assert over.toast == "Delivered: a text and 3 files."
    card = await town.services.orders.card(town.buyer.id, order_id)
    assert card.deliveries[0].text == "The logo\nand the <source>"
    assert {one.file_id for one in card.deliveries[0].files} == {"file-1", "file-2", "file-3"}


async def test_a_replayed_done_delivers_once(town: Town) -> None:
    """The same Done handled twice is one delivery."""
    turn, now, order_id = await begun(town)
    now = await says(DELIVER, turn, now, "Here")
    for _ in range(2):
        assert "Delivered" in ended(await done(DELIVER, turn, now))
    card = await town.services.orders.card(town.buyer.id, order_id)
    assert len(card.deliveries) == 1


async def test_an_empty_delivery_is_refused(town: Town) -> None:
    """Done with nothing here says so."""
    turn, now, _ = await begun(town)
    with pytest.raises(errors.NothingToSend):
        await done(DELIVER, turn, now)


async def test_too_many_files_are_said_before_sending(town: Town) -> None:
    """Files after the twentieth are counted, and Done says so before it sends the others."""
    turn, now, order_id = await begun(town)
    for number in range(23):
        now = await sends(turn, now, file(number), album="a")
    assert "3 files were left out" in plain(gone(now).note or "")
    now = await done(DELIVER, turn, now)
    assert "3 files were left out" in plain(gone(now).note or "")
    ended(await done(DELIVER, turn, now))
    card = await town.services.orders.card(town.buyer.id, order_id)
    assert len(card.deliveries[0].files) == 20


async def test_too_much_text_is_refused_and_kept_out(town: Town) -> None:
    """What is too long is told by how much; a long caption does not cost its file."""
    turn, now, _ = await begun(town)
    with pytest.raises(errors.TextTooLong):
        await says(DELIVER, turn, now, "ক" * 2_001)
    now = await says(DELIVER, turn, now, "ক" * 2_000)
    now = await sends(turn, now, file(1), caption="too much")
    assert "caption is too long" in plain(gone(now).note or "")
    assert len(gone(now).draft.files) == 1


async def test_starting_again(town: Town) -> None:
    """Start again empties the collection."""
    turn, now, _ = await begun(town)
    now = await says(DELIVER, turn, now, "Wrong")
    draft = gone(now).draft
    tap = ClearFiles(FLOWS.index("deliver"), draft.order_id, draft.version)
    now = await DELIVER.steps[COLLECT].taps[ClearFiles](turn, draft, tap)
    assert (gone(now).draft.text, gone(now).draft.files) == ("", ())


async def test_leaving_and_coming_back_keeps_everything(town: Town, live: Live) -> None:
    """Deliver once more, after Later, goes on with what was collected for the same order."""
    turn, now, order_id = await begun(town)
    now = await sends(turn, await says(DELIVER, turn, now, "Half"), file(1))
    live.session.move("deliver", COLLECT, to_json(DELIVER, gone(now).draft))
    live.session.moved = True
    live.session.leave(keep=True)
    order = await town.order(order_id)
    again = await DELIVER.entries[StartDelivery](turn, StartDelivery(order_id, order.version))
    assert gone(again).draft == gone(now).draft


async def test_another_order_begins_empty(town: Town, live: Live) -> None:
    """What was collected for one order never goes to another."""
    turn, now, _ = await begun(town)
    now = await says(DELIVER, turn, now, "For the first")
    live.session.move("deliver", COLLECT, to_json(DELIVER, gone(now).draft))
    _, other, _ = await begun(town)
    assert gone(other).draft.text == ""


async def test_two_deliveries_are_collected_side_by_side(town: Town, live: Live) -> None:
    """Beginning with another order keeps what is there for the first one."""
    first, second = [await town.order_in(State.IN_PROGRESS) for _ in range(2)]
    turn, session = turn_of(town, town.seller), live.session
    for order in (first, second):
        begun = gone(await deliver.on_start_delivery(turn, StartDelivery(order.id, order.version)))
        session.move("deliver", COLLECT, to_json(DELIVER, begun.draft))
        worded = gone(await DELIVER.steps[COLLECT].text(turn, begun.draft, f"for {order.id}"))  # type: ignore[misc]
        session.move("deliver", COLLECT, to_json(DELIVER, worded.draft))
    again = gone(await deliver.on_start_delivery(turn, StartDelivery(first.id, first.version)))
    assert again.draft.text == f"for {first.id}"
    session.leave(keep=False)
    back = gone(await deliver.on_start_delivery(turn, StartDelivery(second.id, second.version)))
    assert back.draft.text == f"for {second.id}"


async def test_the_order_ends_while_files_are_collected(town: Town) -> None:
    """Done on an order that has been cancelled meanwhile delivers nothing."""
    turn, now, order_id = await begun(town)
    now = await says(DELIVER, turn, now, "Nearly")
    await town.act(town.seller, order_id, Event.SELLER_CANCEL, "sorry")
    with pytest.raises(errors.MarketError):
        await done(DELIVER, turn, now)


async def test_stale_foreign_and_early_entries(town: Town) -> None:
    """Old buttons, the buyer, strangers and the wrong state begin no delivery."""
    order = await town.order_in(State.IN_PROGRESS)
    enter_by, stranger = DELIVER.entries[StartDelivery], await town.citizen(800)
    cases: list[tuple[Any, int, type[errors.MarketError]]] = [
        (town.seller, order.version - 1, errors.Stale),
        (town.buyer, order.version, errors.NotYours),
        (stranger, order.version, errors.NotFound),
    ]
    for person, version, refusal in cases:
        with pytest.raises(refusal):
            await enter_by(turn_of(town, person), StartDelivery(order.id, version))
    card = await town.deliver(order.id)
    with pytest.raises(errors.WrongState):
        await enter_by(turn_of(town, town.seller), StartDelivery(order.id, card.order.version))


async def test_answering_the_question(town: Town) -> None:
    """The question stands there, text and files answer it, and the work begins."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    turn = turn_of(town, town.buyer)
    tap = AnswerRequirements(order.id, order.version)
    now = await REQUIREMENTS.entries[AnswerRequirements](turn, tap)
    assert "What is your shop called?" in asked(REQUIREMENTS, turn, now)
    now = await says(REQUIREMENTS, turn, now, "Shapla <Store>")
    over = await done(REQUIREMENTS, turn, now)
    assert "In progress" in ended(over)
    card = await town.services.orders.card(town.seller.id, order.id)
    assert card.answer is not None
    assert card.answer.text == "Shapla <Store>"


async def test_answers_that_are_too_many_files(town: Town) -> None:
    """The answer's Done also says what was left out first."""
    draft = Collection(order_id=1, version=1, title="x", question="", left_out=2)
    turn = turn_of(town, town.buyer)
    assert gone(await done(REQUIREMENTS, turn, Go(COLLECT, draft))).draft.left_out == 0


async def test_asking_for_changes(town: Town) -> None:
    """One message says what should be different; it uses up one round."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.buyer)
    now = await CHANGES.entries[AskChanges](turn, AskChanges(order.id, order.version))
    assert "one of the 2 rounds" in asked(CHANGES, turn, now)
    with pytest.raises(errors.TextTooShort):
        await says(CHANGES, turn, now, "   ")
    with pytest.raises(errors.TextTooLong):
        await says(CHANGES, turn, now, "x" * 2_001)
    assert "Changes asked" in ended(await says(CHANGES, turn, now, "Greener"))


async def test_no_changes_left(town: Town) -> None:
    """A gig without changes begins no such flow."""
    order = await town.order_in(State.DELIVERED, await town.gig(revisions=0))
    tap = AskChanges(order.id, order.version)
    with pytest.raises(errors.NoChangesLeft):
        await CHANGES.entries[AskChanges](turn_of(town, town.buyer), tap)


async def test_a_seller_cancels_with_a_reason(town: Town) -> None:
    """The money stands above the question; the reason is required and reaches the buyer."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    tap = ExplainCancel(order.id, order.version)
    now = await CANCEL.entries[ExplainCancel](turn, tap)
    assert "The whole 250 ⭐ goes back to Ayesha" in asked(CANCEL, turn, now)
    with pytest.raises(errors.TextTooShort):
        await says(CANCEL, turn, now, " . ")
    assert "You cancelled this order." in ended(await says(CANCEL, turn, now, "I am ill"))
    card = await town.services.orders.card(town.buyer.id, order.id)
    assert card.history[-1].note == "I am ill"


async def test_buyers_do_not_explain(town: Town) -> None:
    """The seller's way of cancelling is closed to the buyer."""
    order = await town.order_in(State.IN_PROGRESS)
    tap = ExplainCancel(order.id, order.version)
    with pytest.raises(errors.NotYours):
        await CANCEL.entries[ExplainCancel](turn_of(town, town.buyer), tap)


@pytest.mark.parametrize("stars", [0, 6, -1])
async def test_stars_are_asked_first(town: Town, stars: int) -> None:
    """No stars, or forged ones, lead to the question for stars."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.seller)
    now = await REVIEW.entries[StartReview](turn, StartReview(order.id, stars))
    assert "1 to 5 stars" in asked(REVIEW, turn, now)


async def test_a_review_without_words(town: Town) -> None:
    """The stars alone are a review."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.seller)
    now = gone(await REVIEW.entries[StartReview](turn, StartReview(order.id, 5)))
    over = await REVIEW.steps[now.step].taps[SkipStep](turn, now.draft, SkipStep())
    assert "Your review is shown when both have written" in ended(over)


async def test_an_open_order_is_not_reviewed(town: Town) -> None:
    """A review of an order in progress shows the order instead."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.buyer)
    over = await REVIEW.entries[StartReview](turn, StartReview(order.id, 5))
    assert "In progress" in ended(over)


@pytest.mark.parametrize("flow", FIVE)
def test_flows_speak(flow: Flow) -> None:
    """Each flow has a name for menus and says what it wants, in both languages."""
    for language in ("bn", "en"):
        tr = translator(language)
        assert flow.title(tr)
        assert all(step.wants(tr) for step in flow.steps.values())
