"""Operators: threads are answered, the house is seen by them alone; legal pages are real."""

import pytest

from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Actor

pytestmark = pytest.mark.story


async def test_a_thread_is_answered_with_its_order(town: Town) -> None:
    """A buyer asks about her order; the operator answers; she reads it in her chat."""
    await acts.paid_order(town, question="")
    buyer, operator = town.buyer, town.operator
    await buyer.taps("Ask an operator")
    await buyer.says("The seller does not <answer>.")
    await buyer.sees_button("Add to it")
    await operator.sees("The seller does not <answer>.")
    await operator.taps("Answer")
    await operator.says("I have written to the seller.")
    await buyer.sees("I have written to the seller.")
    await buyer.taps("It is settled")


async def test_payment_questions_have_their_own_thread(town: Town) -> None:
    """/paysupport opens a thread that operators see as being about a payment."""
    await town.operator.arrives()
    await town.buyer.arrives()
    await town.buyer.says("/paysupport")
    await town.buyer.sees_button("Not now")
    await town.buyer.says("I paid twice.")
    await town.operator.sees("I paid twice.")
    await town.operator.says("/admin")
    waiting = f"{town.operator.label('💬 Support')} ({town.operator.tr.number(1)})"
    await town.operator.person.taps(waiting)
    await town.operator.reads("<b>💬 Support</b>")
    rows = (await town.operator.last())["buttons"]
    assert any("Ann" in button["label"] for row in rows for button in row)


async def test_the_operators_page_shows_sweeps_and_books(town: Town) -> None:
    """Behind /admin the sweeps stand with their last run, and that the books are right."""
    await town.operator.arrives()
    await town.operator.says("/admin")
    await town.operator.taps("How the house runs")
    page = await town.operator.reads("<b>How the house is doing</b>")
    for name in ("lapse", "nudge", "drain", "audit", "heartbeat"):
        assert name in page["text"]
    await town.operator.taps("The books")
    await town.operator.reads("<b>The books</b>")


async def test_outsiders_see_no_operators_page(town: Town) -> None:
    """/admin and /connect are unknown commands to everybody else."""
    await town.buyer.arrives()
    for command in ("/admin", "/connect", "/nonsense"):
        await town.buyer.person.forgets()
        await town.buyer.says(command)
        answer = await town.buyer.sees("")
        assert "lapse" not in answer["text"]
    here = town.buyer.person.at(town.group)
    await here.says("/connect")
    world = await town.house.sandbox.world()
    assert next(chat for chat in world["chats"] if chat["id"] == town.group)["topics"] == []


async def test_legal_pages_name_the_operator(town: Town) -> None:
    """/terms and /privacy are real texts with the operator's name and contact."""
    await town.buyer.arrives()
    await town.buyer.says("/terms")
    page = await town.buyer.sees_button("Next page")
    assert len(page["text"]) > 300
    await town.buyer.says("/privacy")
    page = await town.buyer.sees_button("Delete my data")
    assert len(page["text"]) > 300
    assert "Olivia Khan" in page["text"]
    assert "@olivia_gighaat" in page["text"]


async def test_the_language_can_be_changed_at_any_time(town: Town) -> None:
    """/language asks; the next screens are in the other language."""
    await town.buyer.arrives()
    await town.buyer.says("/language")
    await town.buyer.person.taps("বাংলা")
    await town.buyer.says("/help")
    await town.buyer.person.sees("গিগ")
    await town.buyer.says("/language")
    await town.buyer.person.taps("English")
    await town.buyer.says("/wallet")
    await town.buyer.person.sees("Wallet")


async def test_every_command_of_the_menu_is_known(town: Town) -> None:
    """Telegram's menu lists the commands in the reader's language, and each one is answered."""
    unknown = "I do not know that command. Everything I can do is behind these buttons."
    for actor in (town.operator, town.buyer):
        await actor.arrives()
        menu = await acts.eventually(lambda who=actor: whole_menu(town, who))
        assert any(actor.label("Browse gigs") == one["description"] for one in menu)
        for one in menu:
            await actor.person.forgets()
            await actor.says(f"/{one['command']}")
            answer = await actor.sees("")
            assert actor.words(unknown) not in answer["text"], one


async def whole_menu(town: Town, actor: Actor) -> list[dict[str, str]]:
    """The menu once all of it is set: operators' commands come last."""
    menu = await town.house.sandbox.commands(actor.id)
    names = {one["command"] for one in menu}
    wanted = {"start", "sell", "connect"} if actor is town.operator else {"start", "sell"}
    return menu if wanted <= names else []


async def test_a_first_gig_is_taken_down_and_its_seller_told(town: Town) -> None:
    """The operator finds a new seller's gig on the desk; the seller reads the reason."""
    await acts.open_market(town, question="")
    operator = town.operator
    await operator.says("/admin")
    await operator.person.taps(f"{operator.label('🌱 First gigs')} ({operator.tr.number(1)})")
    await operator.reads("<b>First gig of a seller</b>"[3:-4])
    first = (await operator.last())["buttons"][0][0]["label"]
    await operator.person.taps(first)
    await operator.taps("Take the gig down…")
    await operator.says("This picture belongs to somebody else.")
    await town.seller.sees("This picture belongs to somebody else.")
    await town.seller.taps("My gigs")
    await town.seller.sees("🚫 ")


async def test_a_paused_person_appeals(town: Town) -> None:
    """The pause is told with its reason; the appeal reaches the desk."""
    await town.operator.arrives()
    await town.buyer.arrives()
    await town.operator.says(f"/admin {town.buyer.id}")
    await town.operator.taps("Pause…")
    await town.operator.taps("{count} days", count=7)
    await town.operator.says("Three warnings.")
    await town.buyer.sees("Three warnings.")
    await town.buyer.taps("Appeal")
    await town.buyer.says("It was my brother who wrote all of this.")
    await town.operator.sees("It was my brother who wrote all of this.")
    await town.operator.taps("Have a look")
    await town.operator.sees_button("Free…")
