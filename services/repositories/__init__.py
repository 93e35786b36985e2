"""The repositories of one unit of work, as Protocols; `storage` implements each on two engines."""

from services.repositories.gigs import Gigs, Reviews
from services.repositories.house import Inbox, Outbox, Places, Threads, Upkeep
from services.repositories.money import Ledger, Payments
from services.repositories.orders import Orders, Rooms
from services.repositories.people import Absences, People, Reports

__all__ = [
    "Absences",
    "Gigs",
    "Inbox",
    "Ledger",
    "Orders",
    "Outbox",
    "Payments",
    "People",
    "Places",
    "Reports",
    "Reviews",
    "Rooms",
    "Threads",
    "Upkeep",
]
