"""Every way into the house stands behind a gate that says whom it is for, and keeps others out."""

from collections.abc import Iterator
from typing import Any

import pytest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ConversationHandler

from bot.kit.access import Fact, Gate
from bot.kit.sessions import Session
from bot.routes import flows_of, routes_of
from bot.ui.callbacks import TAPS, Tap, encode
from bot.ui.taps import ResumeFlow
from market.rights import By
from tests.support.office import Office
from tests.support.telegram import Person
from tests.support.town import Town

Route = BaseHandler[Any, Any, Any]
HOUSE = frozenset({By.OPERATOR, By.STAFF, By.OWNER})
OPERATORS = "Only operators can do that."
OWNERS = "Only owners of the house can do that."


def ways(town: Town) -> Iterator[Route]:
    """Every handler that PTB may call, those inside of conversations too."""
    for route in routes_of(town.services, flows_of(town.services)):
        if isinstance(route, ConversationHandler):
            yield from route.entry_points
            yield from (one for answers in route.states.values() for one in answers)
            yield from route.fallbacks
        else:
            yield route


def gated(route: Route) -> Gate | Fact | None:
    """The route's gate, if it has one."""
    return route.callback if isinstance(route.callback, Gate | Fact) else None


def describe(route: Route) -> str:
    """Which route it is, for messages."""
    if isinstance(route, CommandHandler):
        return "/" + " /".join(sorted(route.commands))
    return f"{type(route).__name__} {getattr(route, 'pattern', '')}"


async def test_every_route_says_whom_it_is_for(town: Town) -> None:
    """No handler is registered without a declaration, in conversations neither."""
    bare = [describe(route) for route in ways(town) if gated(route) is None]
    assert bare == []


async def test_the_walk_would_find_a_bare_handler(town: Town) -> None:
    """A plain PTB handler among the routes has no gate."""

    async def nothing(_update: object, _context: object) -> None: ...

    assert len(list(ways(town))) > 300
    assert gated(CommandHandler("x", nothing)) is None


async def test_only_what_a_provider_says_passes_without_a_person(town: Town) -> None:
    """The three payment routes are facts, and nothing else is."""
    facts = [describe(route) for route in ways(town) if isinstance(route.callback, Fact)]
    assert len(facts) == 3


ABOUT_OTHERS = {
    "order_id": {By.PARTY, By.VIEWER, *HOUSE},
    "withdrawal_id": {By.PAYEE, *HOUSE},
    "coupon_id": {By.ISSUER},
    "thread_id": {By.WRITER},
    "person_id": HOUSE,
    "claim_id": HOUSE,
    "report_id": HOUSE,
    "row_id": HOUSE,
    "transfer_id": HOUSE,
}
FOR_ALL = {"StartSupport", "StartReport"}


def of_tap(kind: type[Tap]) -> dict[str, int]:
    """The names of its numbers."""
    return dict.fromkeys(kind.__dataclass_fields__, 1)


async def test_what_belongs_to_somebody_is_never_for_anybody(town: Town) -> None:
    """A button that names an order, a withdrawal, a thread is declared for its people."""
    wrong = []
    routes = routes_of(town.services, flows_of(town.services))
    for kind in TAPS.values():
        if kind.__name__ in FOR_ALL:
            continue
        wanted = [ABOUT_OTHERS[name] for name in of_tap(kind) if name in ABOUT_OTHERS]
        for route in takers(routes, kind):
            gate = route.callback
            assert isinstance(gate, Gate)
            if wanted and gate.by not in wanted[0]:
                wrong.append((kind.__name__, gate.by))
    assert wrong == []


def takers(routes: list[Route], kind: type[Tap]) -> list[Route]:
    """The doors and plain routes that take this button; steps of flows speak of their draft."""
    found: list[Route] = []
    for route in routes:
        doors = route.entry_points if isinstance(route, ConversationHandler) else [route]
        found += [one for one in doors if takes(one, kind)]
    return found


def takes(route: Route, kind: type[Tap]) -> bool:
    """The route answers this button."""
    if not isinstance(route, CallbackQueryHandler) or not callable(route.pattern):
        return False
    return bool(route.pattern(pressed(kind)))


def pressed(kind: type[Tap]) -> str:
    """What Telegram sends when it is pressed."""
    return encode(kind(*of_tap(kind).values()))


async def test_no_button_of_ours_is_left_without_a_gate(town: Town) -> None:
    """Every class of the house is taken by a door, a plain route or a step."""
    everything = list(ways(town))
    left = [
        kind.__name__
        for kind in TAPS.values()
        if kind is not ResumeFlow and not any(takes(route, kind) for route in everything)
    ]
    assert left == []


async def test_strangers_are_refused_at_every_door_of_the_house(town: Town) -> None:
    """What is for operators and owners says so to everybody else, and shows nothing."""
    office = await Office.open(town)
    await town.citizen(777, name="Ann", code="en")
    wrong = {}
    for kind in house_buttons(town):
        said = await office.taps(777, pressed(kind))
        if said not in ([OPERATORS], [OWNERS]):
            wrong[kind.__name__] = said
    assert wrong == {}
    await office.bot.shutdown()


def house_buttons(town: Town) -> list[type[Tap]]:
    """The buttons that open a door of the house; there are many."""
    routes = routes_of(town.services, flows_of(town.services))
    found = [
        kind
        for kind in TAPS.values()
        if any(gate.by in HOUSE for one in takers(routes, kind) if (gate := gated(one)))
    ]
    assert len(found) >= 45
    return found


@pytest.mark.parametrize("said", ["/admin", "/admin 1", "/freeze now", "/thaw", "/connect"])
async def test_commands_of_the_house_are_unknown_to_strangers(town: Town, said: str) -> None:
    """They answer as a command that does not exist."""
    office = await Office.open(town)
    await town.citizen(777, name="Ann", code="en")
    assert await office.says(777, said) == await office.says(777, "/nosuchcommand")
    await office.bot.shutdown()


async def test_a_conversation_of_operators_ends_with_the_role(town: Town) -> None:
    """Whoever is no operator any more is thrown out at the next step, and no draft is kept."""
    office = await Office.open(town)
    person = await town.citizen(777, name="Ann", code="en")
    session = Session(
        777, 777, flow="rate", step="number", draft={"target": "BDT", "present": None}, moved=True
    )
    await office.takes(Person(777, "Ann").says("1.5"), session)
    assert (session.flow, session.kept) == (None, {})
    assert office.said() == [OWNERS]
    assert person.telegram_id not in town.policy.owner_ids
    await office.bot.shutdown()
