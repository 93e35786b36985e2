"""A small town for tests of the services: a house over real storage, people, Telegram's fakes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from market.cases import DisputeCard
from market.contract import Order
from market.gig import Gig, NewGig
from market.money import Currency, Money
from market.notices import Notice
from market.people import TERMS_VERSION, Person
from market.policy import Policy
from market.read import Answer, OrderCard
from market.room import Said
from market.states import Event, State
from payments.stars import StarsRail
from services.ports import Storage
from services.registry import Services, wire
from services.rows import Command, OutboxRow, PaidOutcome, SendOutcome, Sent, ToRead
from tests.support.clock import SeededIds, SettableClock

START_MS = 1_790_000_000_000
OPERATOR_TELEGRAM_ID, SECOND_TELEGRAM_ID = 900, 901
DISPUTED = "This is not what we agreed on."
POLICY = Policy(operators=frozenset({OPERATOR_TELEGRAM_ID, SECOND_TELEGRAM_ID}))
PRICE = Money(250, Currency.XTR)
NEW_GIG = NewGig(
    category="design",
    title="A logo for your shop",
    description="Two ideas, PNG and SVG files, drawn by hand first.",
    picture=None,
    price=PRICE,
    delivery_days=3,
    revisions=2,
    question="What is your shop called?",
)

Outcomes = list[SendOutcome | Exception]


@dataclass
class FakeMessenger:
    """Takes every notice; `next` holds outcomes for the coming notices of a kind."""

    sent: list[OutboxRow] = field(default_factory=list)
    next: dict[Notice, Outcomes] = field(default_factory=dict)
    before: Callable[[OutboxRow], Awaitable[None]] | None = None

    async def send(self, row: OutboxRow) -> SendOutcome:
        assert row.message is not None
        if self.before is not None:
            await self.before(row)
        outcome = _next(self.next.get(row.message.notice, []))
        if isinstance(outcome, Sent):
            self.sent.append(row)
        return outcome

    def notices(self, person: Person | None = None) -> list[Notice]:
        """What arrived, in order; for one reader if given."""
        messages = [row.message for row in self.sent if row.message is not None]
        return [m.notice for m in messages if person is None or m.person_id == person.id]


@dataclass
class FakeStars:
    """Telegram's till: sends charges back."""

    calls: list[tuple[int, str]] = field(default_factory=list)
    next: Outcomes = field(default_factory=list)

    async def refund(self, telegram_id: int, charge_id: str) -> SendOutcome:
        self.calls.append((telegram_id, charge_id))
        return _next(self.next)


@dataclass
class FakeFiles:
    """Telegram's files: the hash of one is its handle in hex, as long as it can be read."""

    read: list[ToRead] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    async def fingerprint(self, file: ToRead) -> str:
        self.read.append(file)
        return "" if file.file_id in self.gone else file.file_id.encode().hex()


def _next(outcomes: Outcomes) -> SendOutcome:
    outcome = outcomes.pop(0) if outcomes else Sent()
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


class Town:
    """One house with a seller, a buyer and an operator, and short ways to an order's states."""

    seller: Person
    buyer: Person
    operator: Person

    def __init__(self, storage: Storage, policy: Policy = POLICY) -> None:
        self.storage = storage
        self.clock = SettableClock(START_MS)
        self.services: Services = wire(storage, self.clock, SeededIds(), policy)
        self.policy = policy
        self.windows = policy.windows
        self.messenger = FakeMessenger()
        self.stars = FakeStars()
        self.files = FakeFiles()
        self._keys = count(1)
        self._charges = count(1)

    async def settle_in(self) -> None:
        self.seller = await self.citizen(501, name="Rahim", code="bn")
        self.buyer = await self.citizen(502, name="Ayesha", code="en")
        self.operator = await self.citizen(OPERATOR_TELEGRAM_ID, name="Operator", code="en")

    async def second(self) -> Person:
        """The house's other operator."""
        return await self.citizen(SECOND_TELEGRAM_ID, name="Second", code="en")

    async def citizen(self, telegram_id: int, *, name: str = "Nasrin", code: str = "bn") -> Person:
        """Somebody who has arrived and accepted the terms."""
        person = await self.services.people.arrive(
            telegram_id, name=name, username=None, language_code=code
        )
        return await self.services.people.accept_terms(self.command(person), TERMS_VERSION)

    def command(self, person: Person, key: str | None = None) -> Command:
        """A command with a key that nobody used yet."""
        return Command(key or f"key {next(self._keys)}", person.id)

    async def change_person(self, person: Person, **columns: Any) -> Person:
        changed = replace(person, **columns)
        async with self.storage.begin() as uow:
            await uow.people.save(changed)
        return changed

    async def gig(self, seller: Person | None = None, **changes: Any) -> Gig:
        new = replace(NEW_GIG, **changes)
        return await self.services.gigs.publish(self.command(seller or self.seller), new)

    async def placed(self, gig: Gig | None = None, buyer: Person | None = None) -> Order:
        shown = gig or await self.gig()
        return await self.services.orders.place(
            self.command(buyer or self.buyer), shown.id, shown.version_id
        )

    async def pay(self, order: Order, **changes: Any) -> PaidOutcome:
        """Telegram reports the buyer's payment; any of its facts may be changed."""
        fact: dict[str, Any] = {
            "telegram_id": self.buyer.telegram_id,
            "charge_id": f"charge-{next(self._charges)}",
            "intent_id": await self.services.payments.intent_of(order.id),
            "currency": "XTR",
            "total": order.charge.minor,
        }
        return await self.services.payments.paid(**(fact | changes))

    async def order_in(self, state: State, gig: Gig | None = None) -> Order:
        """An order that was walked to this state by its parties."""
        order = await self.placed(gig)
        for step, walk in self._path():
            if (await self.order(order.id)).state is state:
                break
            await walk(order.id)
            assert step is (await self.order(order.id)).state
        return await self.order(order.id)

    def _path(self) -> tuple[tuple[State, Callable[[int], Awaitable[object]]], ...]:
        return (
            (State.AWAITING_REQUIREMENTS, self._pay_id),
            (State.IN_PROGRESS, self.answer),
            (State.DELIVERED, self.deliver),
            (State.COMPLETED, self._accept),
            (State.CLEARED, self._clear),
        )

    async def _pay_id(self, order_id: int) -> None:
        await self.pay(await self.order(order_id))

    async def _accept(self, order_id: int) -> None:
        await self.act(self.buyer, order_id, Event.ACCEPT)

    async def _clear(self, order_id: int) -> None:
        order = await self.order(order_id)
        assert order.clock_at_ms is not None
        self.clock.set(order.clock_at_ms)
        await self.services.upkeep.lapse()

    async def order(self, order_id: int) -> Order:
        async with self.storage.read() as uow:
            return await uow.orders.get(order_id)

    async def answer(self, order_id: int, text: str = "Haat Bazaar") -> OrderCard:
        order = await self.order(order_id)
        return await self.services.orders.answer(
            self.command(self.buyer), order_id, version=order.version, answer=Answer(text, ())
        )

    async def deliver(self, order_id: int, text: str = "Here it is.") -> OrderCard:
        order = await self.order(order_id)
        return await self.services.orders.deliver(
            self.command(self.seller), order_id, version=order.version, text=text, files=()
        )

    async def act(self, person: Person, order_id: int, event: Event, note: str = "") -> OrderCard:
        order = await self.order(order_id)
        return await self.services.orders.act(
            self.command(person), order_id, event=event, version=order.version, note=note
        )

    async def drain(self) -> int:
        rails = {"stars": StarsRail(self.stars)}
        return await self.services.post.drain(self.messenger, rails, self.files)

    async def open_dispute(
        self, order_id: int, *, by: Person | None = None, text: str = DISPUTED
    ) -> OrderCard:
        """A party says what is wrong (the buyer, an hour after a delivery)."""
        order = await self.order(order_id)
        if order.state is State.DELIVERED:
            self.clock.advance(self.windows.first_look_ms)
        return await self.services.disputes.open(
            self.command(by or self.buyer),
            order_id,
            version=order.version,
            reason="quality",
            text=text,
            files=(),
        )

    async def testify(
        self, person: Person, order_id: int, text: str = "I see it otherwise."
    ) -> None:
        """A party speaks in the dispute."""
        await self.services.disputes.testify(self.command(person), order_id, text=text, files=())

    async def decide(
        self, order_id: int, minor: int, *, by: Person | None = None, reason: str = "Because."
    ) -> DisputeCard:
        """An operator's verdict, as far as one alone may say it."""
        order = await self.order(order_id)
        return await self.services.disputes.propose_or_decide(
            self.command(by or self.operator),
            order_id,
            version=order.version,
            minor=minor,
            reason=reason,
        )

    async def heard(self, gig: Gig | None = None) -> Order:
        """An order in a dispute in which both have spoken."""
        order = await self.order_in(State.DELIVERED, gig)
        await self.open_dispute(order.id)
        await self.testify(self.seller, order.id)
        return await self.order(order.id)

    async def ask_cancel(self, person: Person, order_id: int, minor: int = 0) -> OrderCard:
        """One party proposes to end the order."""
        order = await self.order(order_id)
        return await self.services.orders.ask_cancel(
            self.command(person), order_id, version=order.version, minor=minor, note="Let us stop."
        )

    async def say(self, person: Person, order_id: int, words: str, **facts: Any) -> Any:
        """Write in the order's room."""
        said = Said(words=words, file=facts.get("file"), chat_id=person.telegram_id, message_id=1)
        anyway = bool(facts.get("anyway"))
        return await self.services.rooms.say(self.command(person), order_id, said, anyway=anyway)

    async def balances(self, person: Person) -> dict[str, int]:
        """Held for, paid and held, clearing, available, credit; in Stars."""
        wallet = await self.services.wallet.wallet(person.id, page=0)
        mine = [b for b in wallet.balances if b.currency == "XTR"]
        names = ("held_for_me", "paid_held", "clearing", "available", "credit")
        return {name: amount for name in names if (amount := sum(getattr(b, name) for b in mine))}

    async def journals(self) -> int:
        """How many lines the parties' statements have: equal numbers mean no money moved."""
        total = 0
        for person in (self.seller, self.buyer, self.operator):
            async with self.storage.read() as uow:
                total += len(await uow.ledger.statement(person.id, offset=0, limit=1000))
        return total
