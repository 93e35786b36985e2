"""Arriving, settings and terms."""

import pytest

from market.errors import NotFound, TermsNotAccepted
from market.people import TERMS_VERSION, Contact
from tests.support.town import Town


@pytest.mark.parametrize(
    ("code", "language", "zone"),
    [
        ("bn", "bn", "Asia/Dhaka"),
        ("bn-BD", "bn", "Asia/Dhaka"),
        ("de", "en", "UTC"),
        (None, "en", "UTC"),
    ],
)
async def test_a_newcomer_is_spoken_to_in_the_own_language(
    town: Town, code: str | None, language: str, zone: str
) -> None:
    """Bengali for Bengali apps with Dhaka's time, else English and UTC."""
    person = await town.services.people.arrive(700, name="New", username="new", language_code=code)
    assert (language, zone, False, 0) == (
        person.language,
        person.zone,
        person.language_chosen,
        person.terms_version,
    )
    assert Contact("New", "new") == await town.services.people.contact(person.id)


async def test_arriving_again_writes_only_news(town: Town) -> None:
    """A new name is kept, the language stays, nothing is written when all is known."""
    people = town.services.people
    before = await people.arrive(501, name="Rahim", username=None, language_code="en")
    town.services.post.stir.clear()
    same = await people.arrive(501, name="Rahim", username=None, language_code="en")
    assert (before, "bn", False) == (same, same.language, town.services.post.stir.is_set())
    await people.arrive(501, name="Rahim U.", username="rahim", language_code="en")
    assert Contact("Rahim U.", "rahim") == await people.contact(before.id)


async def test_who_blocked_the_bot_is_reachable_again_after_arriving(town: Town) -> None:
    """Blocking is remembered until the next arrival; unknown accounts are ignored."""
    people = town.services.people
    await people.blocked(town.buyer.telegram_id)
    await people.blocked(31337)
    assert town.clock.now_ms() == (await people.get(town.buyer.id)).unreachable_ms
    await people.arrive(502, name="Ayesha", username=None, language_code="en")
    assert (await people.get(town.buyer.id)).unreachable_ms is None


async def test_language_and_zone_are_chosen(town: Town) -> None:
    """Both are kept; a repeated key answers the present state."""
    people, command = town.services.people, town.command(town.buyer)
    person = await people.choose_language(command, "bn")
    await people.choose_language(town.command(town.buyer), "en")
    again = await people.choose_language(command, "bn")
    assert (person.language, person.language_chosen, again.language) == ("bn", True, "en")
    moved = await people.choose_zone(town.command(town.buyer), "Europe/Berlin")
    assert moved.zone == "Europe/Berlin"


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "/etc/passwd", "../up"])
async def test_unknown_zones_are_refused(town: Town, zone: str) -> None:
    """There is no such zone."""
    with pytest.raises(NotFound):
        await town.services.people.choose_zone(town.command(town.buyer), zone)


async def test_unknown_languages_are_refused(town: Town) -> None:
    """The house speaks Bengali and English."""
    with pytest.raises(NotFound):
        await town.services.people.choose_language(town.command(town.buyer), "de")


async def test_only_the_present_terms_can_be_accepted(town: Town) -> None:
    """Older terms are shown anew; accepting twice is accepting."""
    with pytest.raises(TermsNotAccepted):
        await town.services.people.accept_terms(town.command(town.buyer), TERMS_VERSION - 1)
    person = await town.services.people.accept_terms(town.command(town.buyer), TERMS_VERSION)
    assert person.has_accepted_terms


async def test_operators_are_those_of_the_settings_who_arrived(town: Town) -> None:
    """The second operator of the settings has not arrived yet."""
    assert (town.operator,) == await town.services.people.operators()
    assert (
        town.services.people.is_operator(town.operator),
        town.services.people.is_operator(town.buyer),
    ) == (True, False)


async def test_known_people_are_found_without_arriving(town: Town) -> None:
    """Looking somebody up writes nothing."""
    assert town.buyer == await town.services.people.known(town.buyer.telegram_id)
    assert await town.services.people.known(4711) is None
