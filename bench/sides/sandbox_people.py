"""The sandbox with people in its own process: whoever is answered says the next thing at once.

Others can be there beside them, who have said one thing each and are silent now.
"""

import asyncio
import sys

from aiohttp import web

from sandbox.control.body import Body
from sandbox.control.groups import add_chat
from sandbox.control.people import add_person
from sandbox.control.speaking import say
from sandbox.server import make_app, start
from sandbox.wire import WORLD
from sandbox.world import Settings, World


def crowd(world: World, count: int) -> None:
    """People and groups that are only there."""
    for number in range(count):
        person = add_person(Body(world, {"name": "Q", "username": f"silent_{number}"}))["id"]
        say(Body(world, {"person": person, "text": "hello"}))
        if number % 10 == 0:
            group = {"type": "supergroup", "title": "G", "username": f"group_{number}"}
            add_chat(Body(world, {**group, "admins": [person, "bot"]}))
    world.updates.clear()


async def talk(world: World, count: int) -> None:
    """Everybody says something, and again after each answer."""
    heard = world.hub.listen()
    people = {add_person(Body(world, {"name": "P"}))["id"] for _ in range(count)}
    for person in people:
        say(Body(world, {"person": person, "text": "hello"}))
    while True:
        event = (await heard.get()).facts
        if event["kind"] == "message" and event["message"]["from"]["is_bot"]:
            say(Body(world, {"person": event["chat"], "text": "hello"}))


async def serve(token: str, count: int, others: int) -> None:
    """Print the address and serve until killed."""
    app: web.Application = make_app(Settings(token=token))
    crowd(app[WORLD], others)
    _, port = await start(app, host="127.0.0.1", port=0)
    sys.stdout.write(f"sandbox: http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    await talk(app[WORLD], count)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
