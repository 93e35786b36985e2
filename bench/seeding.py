"""A small market to look at and to order from: sellers, their gigs and buyers."""

from bot.clocks import RandomIds, WallClock
from market.gig import NewGig
from market.money import Currency, Money
from market.people import TERMS_VERSION, Person
from market.policy import Policy
from services.registry import Services, wire
from services.rows import Command
from storage import Cipher, open_storage

SELLERS = 20
GIGS_EACH = 3
CATEGORY = "design"


async def seed(database: str, cipher: Cipher) -> None:
    """Fill a fresh database with a shelf of several pages."""
    storage = await open_storage(database, cipher=cipher)
    services = wire(storage, WallClock(), RandomIds(), Policy())
    for number in range(SELLERS):
        await sell(services, await arrive(services, 9_000_000 + number))
    await storage.close()


async def arrive(services: Services, telegram_id: int) -> Person:
    """Somebody who has accepted the terms."""
    person = await services.people.arrive(
        telegram_id, name=f"Person {telegram_id}", username=None, language_code="en"
    )
    command = Command(f"terms:{telegram_id}", person.id)
    return await services.people.accept_terms(command, TERMS_VERSION)


async def sell(services: Services, seller: Person) -> int:
    """Publish this seller's gigs; answers the last one's number."""
    for number in range(GIGS_EACH):
        gig = await services.gigs.publish(
            Command(f"gig:{seller.id}:{number}", seller.id), new_gig()
        )
    return gig.id


def new_gig() -> NewGig:
    """A logo for 250 Stars."""
    return NewGig(
        category=CATEGORY,
        title="A logo for your shop",
        description="Two ideas, PNG and SVG files, drawn by hand first.",
        picture=None,
        price=Money(250, Currency.XTR),
        delivery_days=3,
        revisions=2,
        question="What is your shop called?",
    )
