"""Walking an order through its life on a real storage, one unit of work per event."""

from dataclasses import dataclass, replace

from market import order as orders
from market.change import Change
from market.contract import Act, Order, Payment, Terms
from market.deadlines import DEFAULT
from market.files import FileRef
from market.gig import Gig, NewGig
from market.money import Currency, Money
from market.people import Contact, Person
from market.states import Event, Role, State
from services.ports import Storage

START_MS = 1_790_000_000_000
STARS = Currency.XTR
PRICE = Money(250, STARS)
PICTURE = FileRef(file_id="f1", file_unique_id="u1", kind="photo", name="logo.png", size=10)
NEW_GIG = NewGig(
    category="design",
    title="A logo for your shop",
    description="Three drafts, then the final files.",
    picture=PICTURE,
    price=PRICE,
    delivery_days=3,
    revisions=2,
    question="What is the shop's name?",
)
WAY = (
    (Event.SUBMIT, Role.BUYER),
    (Event.PAID, Role.PROVIDER),
    (Event.REQUIREMENTS, Role.BUYER),
    (Event.DELIVER, Role.SELLER),
    (Event.ACCEPT, Role.BUYER),
    (Event.CLEAR, Role.CLOCK),
)


@dataclass(frozen=True, slots=True)
class Market:
    """A buyer, a seller and the seller's gig."""

    buyer: Person
    seller: Person
    gig: Gig


async def settle(storage: Storage) -> Market:
    """The two people and the gig, stored."""
    async with storage.begin() as unit:
        buyer = await unit.people.add(1001, language="bn", zone="Asia/Dhaka", now_ms=START_MS)
        seller = await unit.people.add(1002, language="en", zone="Asia/Dhaka", now_ms=START_MS)
        await unit.people.save_contact(seller.id, Contact("Karim", "karim"))
        gig = await unit.gigs.add(seller.id, NEW_GIG, now_ms=START_MS)
    return Market(buyer, seller, gig)


def draft(market: Market, *, asks_requirements: bool = True) -> Order:
    """A draft that is not stored yet."""
    terms = Terms(
        price=market.gig.price,
        fee_bp=1_000,
        fee_least_minor=1,
        delivery_days=market.gig.delivery_days,
        revisions=market.gig.revisions,
        clearing_ms=DEFAULT.clearing_ms,
        charge_hold_ms=DEFAULT.charge_hold_ms,
        asks_requirements=asks_requirements,
    )
    return orders.create(
        0,
        parties=(market.buyer.id, market.seller.id),
        gig=(market.gig.id, market.gig.version_id, market.gig.package_id),
        terms=terms,
        now_ms=START_MS,
    )


async def placed(storage: Storage, market: Market) -> Order:
    """A stored draft."""
    async with storage.begin() as unit:
        return await unit.orders.add(draft(market))


def change(order: Order, event: Event, role: Role, *, now_ms: int | None = None) -> Change:
    """What the market makes of an event; the clock acts when its moment has come."""
    moment = now_ms or (order.clock_at_ms if role is Role.CLOCK else START_MS)
    assert moment is not None, "the clock has a moment"
    paid = Payment(
        rail="stars",
        charge_id=f"ch{order.id}",
        payer_id=order.buyer_id,
        amount=order.terms.price,
    )
    act = Act(
        event=event,
        role=role,
        now_ms=moment,
        windows=DEFAULT,
        person_id=order.party(role) if role in {Role.BUYER, Role.SELLER} else None,
        payment=paid if event is Event.PAID else None,
    )
    return orders.apply(order, act)


async def move(storage: Storage, order_id: int, event: Event, role: Role) -> Order:
    """One event in one unit of work; answers the order after it."""
    async with storage.begin() as unit:
        made = change(await unit.orders.get(order_id), event, role)
        await unit.record(made, now_ms=START_MS)
    assert made.order is not None, "an event moves its order"
    return made.order


async def order_at(storage: Storage, market: Market, state: State) -> Order:
    """A new order walked to `state` along the plain way."""
    order = await placed(storage, market)
    for event, role in WAY:
        if order.state is state:
            return order
        order = await move(storage, order.id, event, role)
    assert order.state is state, f"the plain way does not pass {state}"
    return order


def nudged(order: Order) -> Order:
    """As if both reminders had been queued."""
    return replace(order, nudges=2)
