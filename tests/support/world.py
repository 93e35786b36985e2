"""What is outside of the house in the tests of whole lives.

A till that fails, readers that are gone, and the file from which every life begins.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from market.gig import Gig
from market.money import Currency, Money
from market.notices import Notice
from market.people import TERMS_VERSION, Person
from market.policy import Policy
from services.registry import Services, wire
from services.rows import Command, Later, OutboxRow, SendOutcome, Sent, Unreachable
from tests.support.by_hand import BKASH, TAUGHT, open_taka
from tests.support.clock import SeededIds, SettableClock
from tests.support.databases import sqlite_template
from tests.support.inline import InlineStorage
from tests.support.town import NEW_GIG, POLICY, START_MS

BUYERS, SELLERS = (601, 602), (501, 502, 503, 504, 505)
OFFERS = (
    (Money(250, Currency.XTR), 1, 2, "Which name?"),
    (Money(6_000, Currency.XTR), 2, 1, None),
    (Money(10, Currency.XTR), 3, 2, "Which colour?"),
    (Money(120_050, Currency.BDT), 1, 2, "Which chapter?"),
    (Money(2_000_000, Currency.BDT), 2, 1, None),
)
BUYERS_FEE_BP = 250
# What the owner puts into the house, to be given away.
CAPITAL = {
    "stars": Money(10**9, Currency.XTR),
    f"manual:{BKASH.name}": Money(10**12, Currency.BDT),
}
WAIT_MS = 1_000


@dataclass
class Luck:
    """What goes wrong next, as bytes to choose by; when they are used up all goes well."""

    left: list[int] = field(default_factory=list)

    def next(self) -> int:
        """0 to 9; 0 is a good day."""
        return self.left.pop() % 10 if self.left else 0


@dataclass
class Till:
    """The provider: it knows its charges and sends each back once, however often it is asked.

    Of ten calls two are put off and two are carried out without an answer.
    """

    luck: Luck
    clock: SettableClock
    charges: dict[str, tuple[int, int]] = field(default_factory=dict)
    sent_back: set[str] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)

    async def refund(self, telegram_id: int, charge_id: str) -> SendOutcome:
        payer, _ = self.charges[charge_id]
        assert (payer, False) == (telegram_id, charge_id in self.taken_back)
        luck = self.luck.next()
        if luck not in {1, 2}:
            self.sent_back.add(charge_id)
        if luck in {1, 2, 3, 4}:
            return Later(self.clock.now_ms() + WAIT_MS, "no answer", counts=True)
        return Sent()

    def balance(self) -> int:
        """What the provider holds for the house."""
        gone = self.sent_back | self.taken_back
        return CAPITAL["stars"].minor + sum(
            minor for charge, (_, minor) in self.charges.items() if charge not in gone
        )


@dataclass
class Readers:
    """Everybody who gets messages; of ten one is late and one has blocked the bot."""

    luck: Luck
    clock: SettableClock
    told: list[Notice] = field(default_factory=list)

    async def send(self, row: OutboxRow) -> SendOutcome:
        assert row.message is not None, "readers get messages"
        match self.luck.next():
            case 1:
                return Later(self.clock.now_ms() + WAIT_MS, "flood", counts=False)
            case 2:
                return Unreachable("blocked")
            case _:
                self.told.append(row.message.notice)
                return Sent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A file with people and gigs in it. The second operator and a seller are buyers, too."""

    path: Path
    buyers: tuple[Person, ...]
    sellers: tuple[Person, ...]
    operators: tuple[Person, ...]
    gigs: tuple[Gig, ...]
    policy: Policy

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple({one.id: one for one in self.buyers + self.sellers + self.operators}.values())


async def origin(folder: Path, template: Path | None = None) -> Origin:
    """Two buyers, sellers with a gig each of whom one buys, two operators of whom one buys.

    The house takes Stars, and taka by hand for lessons.
    """
    path = template or sqlite_template(folder)
    policy = replace(POLICY, first_gigs=0, buyer_fee_bp=BUYERS_FEE_BP, claims_a_day=10**6)
    storage = InlineStorage(path)
    services = wire(storage, SettableClock(START_MS), SeededIds(), policy)
    buyers = [await _citizen(services, telegram_id) for telegram_id in BUYERS]
    sellers = [await _citizen(services, telegram_id) for telegram_id in SELLERS]
    operators = [await _citizen(services, telegram_id) for telegram_id in sorted(policy.operators)]
    await open_taka(services, operators[0].id)
    for rail, amount in CAPITAL.items():
        await _endow(services, operators[0], rail, amount)
    gigs = [
        await _gig(services, seller, offer) for seller, offer in zip(sellers, OFFERS, strict=True)
    ]
    storage.kill()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Origin(
        path=path,
        buyers=(*buyers, operators[1], sellers[1]),
        sellers=tuple(sellers),
        operators=tuple(operators),
        gigs=tuple(gigs),
        policy=policy,
    )


async def _endow(services: Services, owner: Person, rail: str, amount: Money) -> None:
    treasury, key = services.treasury, f"capital of {rail}"
    await treasury.put_in(Command(key, owner.id), rail=rail, amount=amount)
    command = Command(f"{key}, given", owner.id)
    await treasury.budget(command, "goodwill", amount, from_capital=True)


async def _citizen(services: Services, telegram_id: int) -> Person:
    person = await services.people.arrive(
        telegram_id, name=f"P{telegram_id}", username=None, language_code="en"
    )
    command = Command(f"terms {telegram_id}", person.id)
    return await services.people.accept_terms(command, TERMS_VERSION)


async def _gig(
    services: Services, seller: Person, offer: tuple[Money, int, int, str | None]
) -> Gig:
    price, days, revisions, question = offer
    new = replace(
        NEW_GIG,
        category="design" if price.currency is Currency.XTR else TAUGHT,
        price=price,
        delivery_days=days,
        revisions=revisions,
        question=question,
    )
    return await services.gigs.publish(Command(f"gig of {seller.id}", seller.id), new)
