"""Short ways for tests of money that is sent by hand: a house that takes taka, orders, claims."""

from typing import Any

from market.claims import Claim
from market.contract import Order
from market.gig import Fulfilment, Gig
from market.money import Currency, Money
from market.people import Person
from market.rail_cards import ClaimCard
from market.rails import POLICY_VERSION
from market.states import State
from services.claims import Said
from services.rails import NewWallet
from services.registry import Services
from services.rows import Command
from tests.support.town import OPERATOR_TELEGRAM_ID, Town

TAKA = Money(120_050, Currency.BDT)
TAUGHT = "lessons"
TRX, DIGITS = "9AB1C2D3E4", "4321"
REASON = "The lessons happen in a classroom in Mirpur."
BKASH = NewWallet(
    name="bkash", number="01711-000001", holder="Olivia Khan", instructions="Personal, Send Money."
)


async def take_taka(town: Town, category: str = TAUGHT) -> None:
    """The first operator owns the house: a bKash wallet, and one category that is not digital."""
    assert min(town.policy.owner_ids) == OPERATOR_TELEGRAM_ID
    await open_taka(town.services, town.operator.id, category)


async def open_taka(services: Services, owner_id: int, category: str = TAUGHT) -> None:
    """The owner sets up a bKash wallet, and one category that is not digital."""
    await services.rails.save_wallet(Command("wallet", owner_id), BKASH)
    await services.rails.decide(
        Command(f"fulfilment of {category}", owner_id),
        category,
        Fulfilment.NON_DIGITAL,
        reason=REASON,
        version=POLICY_VERSION,
    )


async def taka_gig(town: Town, **changes: Any) -> Gig:
    """A gig priced in taka."""
    return await town.gig(**{"category": TAUGHT, "price": TAKA, **changes})


async def placed(town: Town, **changes: Any) -> Order:
    """An order that waits for its taka."""
    return await town.placed(await taka_gig(town, **changes))


async def claimed(town: Town, order: Order | None = None, trx: str = TRX) -> Claim:
    """The buyer says that it was sent; what the operators have of it."""
    order = order or await placed(town)
    now = await town.order(order.id)
    said = Said(wallet="bkash", reference=trx, digits=DIGITS)
    await town.services.claims.claim(
        town.command(town.buyer), order.id, version=now.version, said=said
    )
    async with town.storage.read() as uow:
        claim = await uow.claims.last_of(order.id)
    assert claim is not None
    return claim


async def see(town: Town, claim: Claim, minor: int, by: Person | None = None) -> ClaimCard:
    """An operator types what stands on the statement."""
    command = town.command(by or town.operator)
    return await town.services.claim_desk.see(command, claim.id, minor=minor)


async def paid_by_hand(town: Town, **changes: Any) -> tuple[Order, Claim]:
    """An order whose taka an operator has seen."""
    claim = await claimed(town, await placed(town, **changes))
    card = await see(town, claim, TAKA.minor)
    order = await town.order(card.order.id)
    assert order.state is not State.PAYMENT_REVIEW
    return order, card.claim


async def taka(town: Town, person: Person) -> dict[str, int]:
    """The purses of a person in taka that are not empty."""
    async with town.storage.read() as uow:
        balances = await uow.ledger.balances(person.id)
    names = ("held_for_me", "paid_held", "clearing", "available", "credit")
    mine = [one for one in balances if one.currency == "BDT"]
    return {name: amount for name in names if (amount := sum(getattr(b, name) for b in mine))}
