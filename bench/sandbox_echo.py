"""Echo rounds per second through the sandbox, and through a bare aiohttp server in the same run.

A round: a person says something, a bot that is a bare aiohttp client fetches it and answers, the
person says the next thing. People live in the server (g) or speak over HTTP as tests do, from the
bot's process (h). The server has one core, the client the other.
"""

import asyncio
import statistics
import sys
import time
from subprocess import PIPE
from typing import Any

import aiohttp

from bench.measure import ROUNDS, Comparison, process, verdict

TOKEN = "7000000001:bench"  # noqa: S105 - made up
PEOPLE, WARM_S, COUNT_S = 50, 1.0, 3.0
OTHERS = 9_100
FREE_LEAST = 2_000
RATE_LEAST, RATIO_LEAST, CROWDED_LEAST = 1_000, 0.4, 0.7
SANDBOX = ("-m", "bench.sides.sandbox_people", TOKEN)
BARE = ("-m", "bench.sides.bare_server")


class Echo:
    """The bot and the people of one measurement."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session
        self.rounds = self.goal = 0
        self.reached = asyncio.Event()
        self.replies: dict[int, asyncio.Event] = {}

    async def post(self, path: str, **body: Any) -> Any:
        """One call."""
        async with self.session.post(f"{self.url}/{path}", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def person(self) -> None:
        """Says something whenever the last thing was answered."""
        number = int((await self.post("control/people", name="P"))["id"])
        answered = self.replies[number] = asyncio.Event()
        while True:
            answered.clear()
            await self.post("control/say", person=number, text="hello")
            await answered.wait()

    async def until(self, rounds: int) -> None:
        """Waits for that many rounds since the beginning."""
        if self.rounds < rounds:
            self.goal = rounds
            self.reached.clear()
            await self.reached.wait()

    async def bot(self, answering: asyncio.TaskGroup) -> None:
        """Answers every text, up to a hundred at once."""
        offset = 0
        while True:
            found = await self.post(f"bot{TOKEN}/getUpdates", offset=offset, timeout=30)
            for update in found["result"]:
                offset = update["update_id"] + 1
                if "message" in update and "text" in update["message"]:
                    answering.create_task(self.reply(update["message"]))

    async def reply(self, message: Any) -> None:
        """The same text back."""
        chat = message["chat"]["id"]
        await self.post(f"bot{TOKEN}/sendMessage", chat_id=chat, text=message["text"])
        self.rounds += 1
        if self.rounds == self.goal:
            self.reached.set()
        if chat in self.replies:
            self.replies[chat].set()


async def measured(url: str, people: int) -> float:
    """Rounds per second, once everybody has warmed up."""
    limits = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=limits) as session, asyncio.TaskGroup() as all_of_it:
        echo = Echo(url, session)
        running = [all_of_it.create_task(echo.person()) for _ in range(people)]
        running.append(all_of_it.create_task(echo.bot(all_of_it)))
        await asyncio.sleep(WARM_S)
        before, start = echo.rounds, time.perf_counter()
        await asyncio.sleep(COUNT_S)
        found = (echo.rounds - before) / (time.perf_counter() - start)
        for one in running:
            one.cancel()
        return found


def rate(server: tuple[str, ...], *, inside: int, others: int = 0) -> float:
    """Of one server, alone, with so many of the people in its process and others who are silent."""
    with process(*server, str(inside), str(others), stdout=PIPE) as running:
        assert running.stdout is not None
        return asyncio.run(measured(running.stdout.readline().split()[-1], PEOPLE - inside))


def compared(letter: str, what: str, *, inside: int) -> Comparison:
    """The sandbox and the bare server in turn."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(rate(SANDBOX, inside=inside))
        bare.append(rate(BARE, inside=inside))
    return Comparison(letter, what, ours, bare)


def crowded() -> Comparison:
    """The same people alone, and among ten thousand chats."""
    alone, among = [], []
    for _ in range(ROUNDS):
        among.append(rate(SANDBOX, inside=PEOPLE, others=OTHERS))
        alone.append(rate(SANDBOX, inside=PEOPLE))
    return Comparison("i", "sandbox: among 10,000 chats : alone", among, alone)


def echo_rounds() -> list[bool]:
    """(g), (h) and (i), and the rate itself where both cores were free for it."""
    alone = compared("g", "sandbox: echo rounds : bare aiohttp server", inside=PEOPLE)
    asked = compared("h", "sandbox: people over HTTP too : the same", inside=0)
    lines = [alone.line(least=RATIO_LEAST), asked.line(least=RATIO_LEAST)]
    return [*lines, crowded().line(least=CROWDED_LEAST), is_fast(alone)]


def is_fast(found: Comparison) -> bool:
    """Rounds per second; a machine on which the bare server is slow as well is not judged."""
    is_free = statistics.median(found.theirs) >= FREE_LEAST
    is_met = statistics.median(found.ours) >= RATE_LEAST
    told = verdict(is_met=is_met) if is_free else "not judged: this machine is busy"
    print(f"    (g) on two free cores, goal ≥ {RATE_LEAST:,}/s  {told}", flush=True)
    return is_met or not is_free


if __name__ == "__main__":
    sys.exit(0 if all(echo_rounds()) else 1)
