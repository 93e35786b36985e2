"""Making people and the empty world."""

from typing import TYPE_CHECKING, Any

from sandbox.control.body import Refused
from sandbox.people import User

if TYPE_CHECKING:
    from sandbox.control.body import Body

DEFAULT_STARS = 2_500


def add_person(body: "Body") -> dict[str, Any]:
    stars = body.optional_number("stars")
    username = body.optional_text("username")
    _check_username(body, username)
    person = User(
        id=body.world.next_person_id(),
        name=body.text("name"),
        username=username or None,
        language_code=body.optional_text("language_code") or None,
        stars=DEFAULT_STARS if stars is None else stars,
    )
    body.world.add_person(person)
    body.world.hub.tell("person", person=person.id, facts=person.to_control())
    return person.to_control()


def _check_username(body: "Body", username: str | None) -> None:
    if not username:
        return
    if username in body.world.contents.usernames or username == body.world.bot.username:
        raise Refused("this username is taken", code=409)


def reset(body: "Body") -> dict[str, Any]:
    body.world.reset()
    return body.world.to_control()


POSTS = {"people": add_person, "reset": reset}
