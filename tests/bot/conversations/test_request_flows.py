"""Asking for time, proposing an end, disputes, statements, appeals, late problems, step by step."""

from typing import Any

import pytest

from bot.conversations import (
    appeal,
    ask_cancel,
    ask_time,
    cancel,
    dispute,
    reopen,
    statement,
)
from bot.conversations.collecting import COLLECT, Collection
from bot.i18n import plain, translator
from bot.kit.flows import Flow, Go, Next, Stay, to_json
from bot.kit.sessions import Live
from bot.ui.flows import FLOWS
from bot.ui.taps import (
    AskMoreTime,
    AskReopen,
    ExplainCancel,
    FinishFiles,
    OpenDispute,
    PickDays,
    PickReason,
    PickShare,
    ProposeEnd,
    SkipStep,
    SpeakUp,
    StartAppeal,
    StepBack,
)
from market import errors
from market.deadlines import DAY_MS
from market.notices import Notice
from market.requests import Kind
from market.states import Event, State
from tests.support.samples import file
from tests.support.steps import asked, ended, enters, gone, says, taps
from tests.support.town import DISPUTED, Town
from tests.support.turns import came, turn_of

TIME, END = ask_time.flow(None), ask_cancel.flow(None)  # type: ignore[arg-type]
DISPUTE, STATEMENT = dispute.flow(None), statement.flow(None)  # type: ignore[arg-type]
APPEAL, REOPEN = appeal.flow(None), reopen.flow(None)  # type: ignore[arg-type]
CANCEL = cancel.flow(None)  # type: ignore[arg-type]
SEVEN = (TIME, END, DISPUTE, STATEMENT, APPEAL, REOPEN, CANCEL)


async def sends(flow: Flow, turn: Any, before: Next, number: int) -> Next:
    turn.incoming = came(file(number))
    on_file = flow.steps[COLLECT].file
    assert on_file is not None
    following = await on_file(turn, gone(before).draft, file(number))
    turn.incoming = None
    return following


async def finishes(flow: Flow, turn: Any, before: Next) -> Next:
    """Done, on the newest message of this collection."""
    draft = gone(before).draft
    tap = FinishFiles(FLOWS.index(flow.name), draft.order_id, draft.version)
    return await taps(flow, turn, before, tap)


async def test_asking_for_time_by_buttons(town: Town) -> None:
    """Days by a tap, a reason in words, and the buyer is asked."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    now = await enters(TIME, turn, AskMoreTime(order.id, order.version))
    assert "How many days more" in asked(TIME, turn, now)
    now = await taps(TIME, turn, now, PickDays(3))
    assert "You ask for 3 days more" in asked(TIME, turn, now)
    now = await taps(TIME, turn, now, StepBack())
    now = await taps(TIME, turn, now, PickDays(2))
    assert "You ask for 2 days more" in ended(await says(TIME, turn, now, "The font is late"))
    request = (await town.order(order.id)).request
    assert request is not None
    assert (request.kind, request.days) == (Kind.TIME, 2)
    await town.drain()
    assert Notice.TIME_ASKED in town.messenger.notices(town.buyer)


@pytest.mark.parametrize("text", ["৫ দিন", "5", "5 days"])
async def test_days_are_typed_in_both_languages(town: Town, text: str) -> None:
    """A typed number counts, in any digits."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    now = await enters(TIME, turn, AskMoreTime(order.id, order.version))
    assert "You ask for 5 days more" in asked(TIME, turn, await says(TIME, turn, now, text))


@pytest.mark.parametrize("days", [0, 31, -1])
async def test_forged_days_are_refused(town: Town, days: int) -> None:
    """Only 1 to 30 days can be asked for, by button or by words."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    now = await enters(TIME, turn, AskMoreTime(order.id, order.version))
    with pytest.raises(errors.NumberOutOfRange):
        await taps(TIME, turn, now, PickDays(days))
    with pytest.raises(errors.NumberOutOfRange):
        await says(TIME, turn, now, str(days))


async def test_who_may_not_ask_is_told_before_words(town: Town) -> None:
    """The buyer, a stranger, an old button and a second request are refused at the entry."""
    order = await town.order_in(State.IN_PROGRESS)
    cases = [
        (town.buyer, order.version, errors.NotYours),
        (await town.citizen(800), order.version, errors.NotFound),
        (town.seller, order.version - 1, errors.Stale),
    ]
    for person, version, refusal in cases:
        with pytest.raises(refusal):
            await enters(TIME, turn_of(town, person), AskMoreTime(order.id, version))
    card = await town.ask_cancel(town.buyer, order.id)
    for flow, tap in ((TIME, AskMoreTime), (END, ProposeEnd)):
        with pytest.raises(errors.RequestLive):
            await enters(flow, turn_of(town, town.seller), tap(order.id, card.order.version))


async def test_proposing_a_part(town: Town) -> None:
    """The exact parts stand above the question for words; then the other side is asked."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.buyer)
    now = await enters(END, turn, ProposeEnd(order.id, order.version))
    assert "payments are sent back whole or not at all" in asked(END, turn, now)
    now = await taps(END, turn, now, PickShare(50))
    assert "You get 125 ⭐ back" in asked(END, turn, now)
    now = await taps(END, turn, now, StepBack())
    now = await says(END, turn, now, "১০০")
    text = asked(END, turn, now)
    assert ("You get 150 ⭐ back" in text, "receives 90 ⭐" in text) == (True, True)
    assert "You propose to end the order" in ended(await says(END, turn, now, "Half done"))
    request = (await town.order(order.id)).request
    assert request is not None
    assert (request.kind, request.minor) == (Kind.CANCEL, 100)
    await town.drain()
    assert Notice.CANCEL_ASKED in town.messenger.notices(town.seller)


async def test_unfit_parts_are_refused(town: Town) -> None:
    """The whole price, more than it, a word and a forged percentage are no parts."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.seller)
    now = await enters(END, turn, ProposeEnd(order.id, order.version))
    for text in ("250", "9999", "-1", "1.5"):
        with pytest.raises(errors.AmountOutOfRange):
            await says(END, turn, now, text)
    with pytest.raises(errors.AmountUnreadable):
        await says(END, turn, now, "half")
    with pytest.raises(errors.NumberOutOfRange):
        await taps(END, turn, now, PickShare(100))


async def disputable(town: Town) -> Any:
    """A delivery after its first hour."""
    order = await town.order_in(State.DELIVERED)
    town.clock.advance(town.windows.first_look_ms)
    return order


async def test_a_dispute_with_evidence(town: Town) -> None:
    """Reason, words and files; a short text is refused and kept; Done opens it."""
    order = await disputable(town)
    turn = turn_of(town, town.buyer)
    now = await enters(DISPUTE, turn, OpenDispute(order.id, order.version))
    assert "What is wrong?" in asked(DISPUTE, turn, now)
    now = await taps(DISPUTE, turn, now, PickReason(4))
    assert "Copied from elsewhere" in asked(DISPUTE, turn, now)
    now = await says(DISPUTE, turn, now, "Stolen.")
    with pytest.raises(errors.TextTooShort):
        await finishes(DISPUTE, turn, now)
    now = await says(DISPUTE, turn, now, "Here is the <original> picture.")
    now = await sends(DISPUTE, turn, now, 1)
    over = await finishes(DISPUTE, turn, now)
    assert "In dispute" in ended(over)
    card = await town.services.disputes.card(town.seller.id, order.id)
    assert [(one.text, len(one.files)) for one in card.statements] == [
        ("Stolen.\nHere is the <original> picture.", 1)
    ]
    assert (await town.services.orders.card(town.buyer.id, order.id)).history[-1].note == "copied"
    await town.drain()
    assert Notice.DISPUTE_OPENED in town.messenger.notices(town.seller)


async def test_words_before_the_reason_are_not_lost(town: Town) -> None:
    """Who writes at once has another reason; blanks and forged reasons are asked again."""
    order = await disputable(town)
    turn = turn_of(town, town.seller)
    first = await enters(DISPUTE, turn, OpenDispute(order.id, order.version))
    assert isinstance(await taps(DISPUTE, turn, first, PickReason(99)), Stay)
    assert isinstance(await says(DISPUTE, turn, first, " \n"), Stay)
    now = await says(DISPUTE, turn, first, DISPUTED)
    assert (gone(now).draft.reason, gone(now).draft.text) == ("other", DISPUTED)


async def test_too_early_for_a_dispute(town: Town) -> None:
    """Work in time and a fresh delivery are not disputed yet; the refusal knows the moment."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(errors.NotLate):
        await enters(DISPUTE, turn_of(town, town.buyer), OpenDispute(order.id, order.version))
    card = await town.deliver(order.id)
    tap = OpenDispute(order.id, card.order.version)
    with pytest.raises(errors.TooEarly):
        await enters(DISPUTE, turn_of(town, town.buyer), tap)


async def test_an_order_that_moved_on_keeps_the_statement(town: Town) -> None:
    """When the order changed meanwhile, what was written stays and Done is asked once more."""
    order = await disputable(town)
    turn = turn_of(town, town.buyer)
    now = await enters(DISPUTE, turn, OpenDispute(order.id, order.version))
    now = await says(DISPUTE, turn, now, DISPUTED)
    await town.ask_cancel(town.seller, order.id)
    now = await finishes(DISPUTE, turn, now)
    assert "has changed while you were writing" in plain(gone(now).note or "")
    assert gone(now).draft.text == DISPUTED
    assert "In dispute" in ended(await finishes(DISPUTE, turn, now))


async def test_a_dispute_that_is_impossible_now_is_told(town: Town) -> None:
    """When the order has ended meanwhile, that is said."""
    order = await disputable(town)
    turn = turn_of(town, town.seller)
    now = await enters(DISPUTE, turn, OpenDispute(order.id, order.version))
    now = await says(DISPUTE, turn, now, DISPUTED)
    await town.act(town.buyer, order.id, Event.ACCEPT)
    with pytest.raises(errors.WrongState):
        await finishes(DISPUTE, turn, now)


async def test_an_unfinished_dispute_is_gone_on_with(town: Town, live: Live) -> None:
    """The button again goes on where the person was, at the order's present version."""
    order = await disputable(town)
    turn = turn_of(town, town.buyer)
    now = await enters(DISPUTE, turn, OpenDispute(order.id, order.version))
    now = await says(DISPUTE, turn, now, DISPUTED)
    live.session.move("dispute", COLLECT, to_json(DISPUTE, gone(now).draft))
    again = await enters(DISPUTE, turn, OpenDispute(order.id, order.version))
    assert (gone(again).step, gone(again).draft.text) == (COLLECT, DISPUTED)


async def test_more_files_than_fit_are_said(town: Town) -> None:
    """Files left out are said before a dispute or a statement goes out."""
    order = await disputable(town)
    turn = turn_of(town, town.buyer)
    draft = Collection(
        order_id=order.id, version=order.version, title="x", question="", text="y", left_out=1
    )
    for flow in (DISPUTE, STATEMENT):
        now = await finishes(flow, turn, Go(COLLECT, draft))
        assert "1 file was left out" in plain(gone(now).note or "")


async def test_the_other_side_speaks(town: Town) -> None:
    """A statement with a file; its reader sees both sides; a replay says nothing twice."""
    order = await town.order_in(State.DELIVERED)
    await town.open_dispute(order.id)
    turn = turn_of(town, town.seller)
    now = await enters(STATEMENT, turn, SpeakUp(order.id))
    assert "Your side" in asked(STATEMENT, turn, now)
    now = await says(STATEMENT, turn, now, "I drew it.")
    now = await sends(STATEMENT, turn, now, 2)
    for _ in range(2):
        assert "I drew it." in ended(await finishes(STATEMENT, turn, now))
    card = await town.services.disputes.card(town.buyer.id, order.id)
    assert [len(one.files) for one in card.statements] == [0, 1]


async def test_statements_end_with_the_verdict(town: Town) -> None:
    """After a verdict nothing is said any more; without a dispute neither."""
    order = await town.heard()
    await town.decide(order.id, 0)
    with pytest.raises(errors.Decided):
        await enters(STATEMENT, turn_of(town, town.seller), SpeakUp(order.id))
    plain_order = await town.order_in(State.DELIVERED)
    with pytest.raises(errors.WrongState):
        await enters(STATEMENT, turn_of(town, town.seller), SpeakUp(plain_order.id))


async def test_an_appeal(town: Town) -> None:
    """One message; another operator looks; a second appeal is refused at once."""
    order = await town.heard()
    turn = turn_of(town, town.seller)
    with pytest.raises(errors.NotDecided):
        await enters(APPEAL, turn, StartAppeal(order.id, order.version))
    card = await town.decide(order.id, 0)
    now = await enters(APPEAL, turn, StartAppeal(order.id, card.order.version))
    assert "has the last word" in asked(APPEAL, turn, now)
    assert "You have appealed" in ended(await says(APPEAL, turn, now, "Look at the dates."))
    later = await town.order(order.id)
    with pytest.raises(errors.NotDecided):
        await enters(APPEAL, turn_of(town, town.buyer), StartAppeal(order.id, later.version))


async def test_a_late_problem(town: Town) -> None:
    """While the money clears the buyer reports a problem; only the buyer, only in time."""
    order = await town.order_in(State.COMPLETED)
    with pytest.raises(errors.NotYours):
        await enters(REOPEN, turn_of(town, town.seller), AskReopen(order.id))
    turn = turn_of(town, town.buyer)
    now = await enters(REOPEN, turn, AskReopen(order.id))
    assert "An operator decides" in asked(REOPEN, turn, now)
    with pytest.raises(errors.TextTooShort):
        await says(REOPEN, turn, now, "Broken")
    over = await says(REOPEN, turn, now, "The file does not open on any machine.")
    assert "Completed" in ended(over)
    again = turn_of(town, town.buyer)
    with pytest.raises(errors.AskedBefore):
        await says(REOPEN, again, now, "The file does not open on any machine.")


async def test_too_late_for_a_problem(town: Town) -> None:
    """Delivered or cleared orders are not reopened, nor one whose moment has passed."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(errors.WrongState):
        await enters(REOPEN, turn_of(town, town.buyer), AskReopen(order.id))
    done = await town.act(town.buyer, order.id, Event.ACCEPT)
    assert done.order.clock_at_ms is not None
    town.clock.set(done.order.clock_at_ms + DAY_MS)
    with pytest.raises(errors.ReopenedBefore):
        await enters(REOPEN, turn_of(town, town.buyer), AskReopen(order.id))


async def test_a_seller_picks_a_reason(town: Town) -> None:
    """A reason by a tap, then more words or none; the note keeps the reason's key."""
    for words, note in (("My exam is near", "no_time\nMy exam is near"), (None, "no_time")):
        order = await town.order_in(State.IN_PROGRESS)
        turn = turn_of(town, town.seller)
        now = await enters(CANCEL, turn, ExplainCancel(order.id, order.version))
        now = await taps(CANCEL, turn, now, PickReason(1))
        now = await taps(CANCEL, turn, now, StepBack())
        now = await taps(CANCEL, turn, now, PickReason(0))
        assert "I have no time for it" in asked(CANCEL, turn, now)
        over = (
            await says(CANCEL, turn, now, words)
            if words
            else await taps(CANCEL, turn, now, SkipStep())
        )
        assert "I have no time for it" in ended(over)
        card = await town.services.orders.card(town.buyer.id, order.id)
        assert card.history[-1].note == note


async def test_another_reason_needs_words(town: Town) -> None:
    """Another reason alone says nothing to the buyer; forged reasons are asked again."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    first = await enters(CANCEL, turn, ExplainCancel(order.id, order.version))
    assert isinstance(await taps(CANCEL, turn, first, PickReason(-1)), Stay)
    now = await taps(CANCEL, turn, first, PickReason(4))
    assert isinstance(await taps(CANCEL, turn, now, SkipStep()), Stay)
    assert (await town.order(order.id)).state is State.IN_PROGRESS


@pytest.mark.parametrize("flow", SEVEN)
def test_flows_speak(flow: Flow) -> None:
    """Each flow has a name for menus and says what it wants, in both languages."""
    for language in ("bn", "en"):
        tr = translator(language)
        assert flow.title(tr)
        assert all(step.wants(tr) for step in flow.steps.values())
