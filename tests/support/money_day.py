"""A process of the house in the money day: its services, its people, and the rounds it makes.

What happens in the day stands in `money_script`, who kills it where in `money_kills`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from market.deadlines import MINUTE_MS
from market.gig import Fulfilment
from market.money import Currency, Money
from market.payout_terms import BY_HAND, Way
from market.people import TERMS_VERSION
from market.rails import POLICY_VERSION
from payments.crypto_pay.rail import CryptoPayRail
from payments.stars import StarsRail
from services.outcomes import Outcome
from services.ports import Rail, Storage
from services.rails import NewWallet
from services.registry import Services, wire
from services.rows import Command, OutboxRow
from tests.support.clock import SeededIds
from tests.support.doom import Doom, Mortal, quiet
from tests.support.money_world import Telegram, Wire, World
from tests.support.town import NEW_GIG, POLICY, START_MS

SELLER, BUYER, FRIEND, STRANGER = 501, 502, 503, 504
OPERATOR, SECOND = sorted(POLICY.operators)
PEOPLE = (SELLER, BUYER, FRIEND, OPERATOR, SECOND)
HOUSE = replace(
    POLICY,
    takes_usdt=True,
    first_gigs=0,
    buyer_fee_bp=300,
    payout_ways=BY_HAND | {Way.CRYPTO_PAY},
    withdrawals_a_day=9,
)
STARS_GIG, TAKA_GIG, USDT_GIG, FRIENDS_GIG = 1, 2, 3, 4
STARS, TAKA, USDT = (
    Money(250, Currency.XTR),
    Money(120_050, Currency.BDT),
    Money(12_500_000, Currency.USDT),
)
BKASH = NewWallet(name="bkash", number="01711-000001", holder="Olivia", instructions="Send Money.")
ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happens: out in the world, then as an update or a tap that the house gets.

    A fact is a provider's: its update may get lost. `looks` names what the house asks providers
    about afterwards, beside its usual round.
    """

    name: str
    act: Callable[["Day"], Awaitable[object]]
    outside: Callable[["Day"], Awaitable[object]] | None = None
    gap_ms: int = 10 * MINUTE_MS
    is_fact: bool = False
    looks: frozenset[str] = frozenset()


class Day:
    """A process that lives until its doom; another one goes on with the same file and world."""

    def __init__(self, storage: Storage, world: World, doom: Doom) -> None:
        self.world, self.doom, self.clock = world, doom, world.clock
        self.storage = Mortal(storage, doom)
        self.ids = SeededIds()
        self.services: Services = wire(self.storage, self.clock, self.ids, HOUSE)
        self.telegram = Telegram(world, doom)
        self.crypto = CryptoPayRail(Wire(world, doom), self.clock, lambda: "https://t.me/bot")
        self.rails: dict[str, Rail] = {
            "stars": StarsRail(self.telegram),
            "crypto_pay": self.crypto,
        }

    def quiet_post(self) -> None:
        """Deaths between two notices are `test_crash`'s: only money is counted here."""
        settle = self.services.post._settle

        async def settled(row: OutboxRow, outcome: Outcome) -> None:
            if row.kind != "notice":
                await settle(row, outcome)
                return
            with quiet():
                await settle(row, outcome)

        self.services.post._settle = settled  # type: ignore[method-assign]

    def by(self, telegram_id: int, key: str) -> Command:
        """A command of somebody who has arrived long ago."""
        return Command(key, number(telegram_id))

    async def saw(self, key: str, read: Callable[[], Awaitable[object]]) -> object:
        """What stood on the screen before the button was pressed for the first time."""
        if key not in self.world.seen:
            self.world.seen[key] = await read()
            self.world.kept()
        return self.world.seen[key]

    async def version(self, key: str, order_id: int) -> int:
        """The order's, as the person saw it."""

        async def read() -> int:
            async with self.storage.read() as uow:
                return (await uow.orders.get(order_id)).version

        found = await self.saw(key, read)
        assert isinstance(found, int)
        return found

    async def round(self, looks: frozenset[str]) -> None:
        """What the house does by itself."""
        await self.services.upkeep.lapse()
        if "tips" in looks:
            await self.services.tips.clear()
        if "bills" in looks:
            await self.services.bills.sweep(self.rails)
            await self.services.reconciler.sendings.sweep(self.rails)
        if "feed" in looks:
            await self.services.reconciler.feed(self.telegram)
        await self.services.sending_out.start()
        await self.services.post.drain(self.telegram, self.rails)
        self.doom.live_or_die()  # the post swallows a kill together with its workers


def number(telegram_id: int) -> int:
    """People have arrived one after the other."""
    return PEOPLE.index(telegram_id) + 1


async def settle_in(day: Day) -> None:
    """People, the owner's wallet and his decision, the gigs; none of it is money."""
    for telegram_id in PEOPLE:
        person = await day.services.people.arrive(
            telegram_id, name=f"P{telegram_id}", username=None, language_code="en"
        )
        assert person.id == number(telegram_id)
        command = Command(f"terms {telegram_id}", person.id)
        await day.services.people.accept_terms(command, TERMS_VERSION)
    await day.services.rails.save_wallet(day.by(OPERATOR, "wallet"), BKASH)
    await day.services.rails.decide(
        day.by(OPERATOR, "lessons"),
        "lessons",
        Fulfilment.NON_DIGITAL,
        reason="Done by people on the spot, not by files.",
        version=POLICY_VERSION,
    )
    plain = replace(NEW_GIG, question=None)
    lesson = replace(plain, category="lessons")
    for seller, gig_id, gig in (
        (SELLER, STARS_GIG, plain),
        (SELLER, TAKA_GIG, replace(lesson, price=TAKA)),
        (SELLER, USDT_GIG, replace(lesson, price=USDT)),
        (FRIEND, FRIENDS_GIG, replace(plain, price=Money(60, Currency.XTR))),
    ):
        made = await day.services.gigs.publish(day.by(seller, f"publish {gig_id}"), gig)
        assert (made.id, made.version_id) == (gig_id, gig_id)


async def live(day: Day, step: Step, at_ms: int, *, phase: int = 0, is_lost: bool = False) -> None:
    """One step from that phase on: 0 is the act, then the rounds, minutes later.

    Whoever does it again does it at the same moment, so that nothing differs but what the dead
    process had claimed.
    """
    world = day.world
    for number_ in range(phase, ROUNDS + 1):
        world.phase = number_
        if number_ > 0:
            day.clock.set(at_ms + (3 + 2 * number_) * MINUTE_MS)
            world.kept()
            await day.round(step.looks if number_ == 1 else step.looks - {"feed"})
            continue
        day.clock.set(at_ms)
        if step.outside is not None and step.name not in world.done:
            await step.outside(day)
            world.done.add(step.name)
        world.kept()
        if not is_lost:
            await step.act(day)
            day.doom.point("answer", "before")


def moments(steps: tuple[Step, ...]) -> list[int]:
    """When each of them happens."""
    at_ms, found = START_MS, []
    for step in steps:
        at_ms += step.gap_ms
        found.append(at_ms)
    return found


def start(day: Day, at_step: int) -> None:
    """Tokens come out the same whoever asks for them in this step."""
    day.ids._next = (at_step + 1) << 64
