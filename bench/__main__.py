"""python -m bench: every goal as a ratio of two sides measured in this run; exit code 1 if missed.

The sides run in turn, each alone on a server of its own, so that a busy machine slows both.
"""

import asyncio
import statistics
import sys

from bench.measure import (
    ROUNDS,
    Comparison,
    Side,
    idle_megabytes,
    rates,
    start_seconds,
    verdict,
)
from bench.money import money
from bench.placing import placing
from bench.sandbox_echo import echo_rounds
from bot.ui.callbacks import encode
from bot.ui.taps import ShowShelf

CHATS, NEIGHBOURS, FLOOD = 500, 50, 600
MEGABYTES_MOST = 120
STOCK, OURS = "bench.sides.stock_echo", "bench.sides.our_bot"
WHOLE = "bench.sides.our_whole_echo"


def messages_and_taps() -> list[bool]:
    """(a) and (b): four bots with 500 people each."""
    text = {"chats": CHATS, "kind": "text"}
    tap = {"chats": CHATS, "kind": "tap", "data": encode(ShowShelf(0, 0, 1))}
    found = rates(
        [
            Side("stock", STOCK, text),
            Side("echo", "bench.sides.our_echo", text),
            Side("whole", WHOLE, text),
            Side("tap", "bench.sides.our_market", tap),
        ]
    )
    stock = found["stock"]
    return [
        Comparison("a", "echo: transport and lanes : PTB", found["echo"], stock).line(least=2.0),
        Comparison("a", "echo: whole stack : PTB", found["whole"], stock).line(least=1.0),
        Comparison("b", "tap on a shelf, two calls : PTB's echo", found["tap"], stock).line(
            least=0.5
        ),
    ]


def orders() -> list[bool]:
    """(c): placing orders one at a time and sixteen at once."""
    one, many = asyncio.run(placing(1)), asyncio.run(placing(16))
    return [
        Comparison("c", "orders one by one : bare SQL", *one).line(least=0.5),
        Comparison("c", "orders 16 at once : bare SQL", *many).line(least=0.5),
    ]


def flood() -> list[bool]:
    """(d): what the others get while one person floods."""
    calm = {"chats": NEIGHBOURS, "kind": "text"}
    found = rates([Side("flood", WHOLE, calm | {"flood": FLOOD}), Side("calm", WHOLE, calm)])
    compared = Comparison("d", "the others in a flood : without it", found["flood"], found["calm"])
    return [compared.line(least=0.7)]


def start_and_memory() -> list[bool]:
    """(e) and (f): the whole bot with nothing to do."""
    pairs = [(start_seconds(OURS), start_seconds(STOCK)) for _ in range(ROUNDS)]
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    is_quick = Comparison("e", "start to first getUpdates : PTB", ours, theirs, "s").line(most=2.0)
    megabytes = statistics.median(idle_megabytes(OURS) for _ in range(3))
    is_small = megabytes <= MEGABYTES_MOST
    print(
        f"(f) idle memory of the whole bot {megabytes:.0f} MB, "
        f"goal ≤ {MEGABYTES_MOST} MB  {verdict(is_met=is_small)}"
    )
    return [is_quick, is_small]


def main() -> int:
    """Print the table."""
    met = [*messages_and_taps(), *orders(), *money(), *flood(), *start_and_memory(), *echo_rounds()]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
