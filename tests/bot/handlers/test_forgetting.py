"""/deletemydata as a person meets it."""

import pytest

from bot.ui.callbacks import encode
from bot.ui.taps import ForgetMe
from market.people import Contact
from market.states import State
from tests.support.office import Office
from tests.support.town import Town

STRANGER = 777


async def test_asked_twice_then_done(town: Town) -> None:
    """What goes and stays, once more, then the name is gone; the next message begins anew."""
    office = await Office.open(town)
    person = await town.citizen(STRANGER, name="Ann", code="en")
    (first,) = await office.says(STRANGER, "/deletemydata")
    assert "What goes, at once" in first
    assert "What stays, and why" in first
    (second,) = await office.taps(STRANGER, encode(ForgetMe(1)))
    assert "Really delete?" in second
    assert (await town.services.people.contact(person.id)).name == "Ann"
    (third,) = await office.taps(STRANGER, encode(ForgetMe(2)))
    assert "Your data is deleted" in third
    assert await town.services.people.contact(person.id) == Contact("", None)
    await office.says(STRANGER, "/start")
    known = await town.services.people.known(STRANGER)
    assert known is not None
    assert (known.id, known.has_accepted_terms) == (person.id, False)
    await office.bot.shutdown()


@pytest.mark.parametrize("sure", [0, 1, 2])
async def test_not_while_an_order_is_open(town: Town, sure: int) -> None:
    """Every step says what has to end first, an old button of the last step too."""
    office = await Office.open(town)
    await town.order_in(State.IN_PROGRESS)
    (said,) = await office.taps(town.buyer.telegram_id, encode(ForgetMe(sure)), "Ayesha")
    assert "Not yet" in said
    assert (await town.services.people.contact(town.buyer.id)).name == "Ayesha"
    await office.bot.shutdown()
