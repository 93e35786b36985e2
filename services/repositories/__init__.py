"""The repositories of one unit of work, as Protocols; `storage` implements each on two engines."""

from services.repositories.bills import Bills
from services.repositories.books import Books
from services.repositories.coupons import Coupons
from services.repositories.gigs import Gigs, Reviews
from services.repositories.house import Inbox, Outbox, Places, Threads, Upkeep
from services.repositories.money import Ledger, Payments
from services.repositories.orders import Orders, Rooms
from services.repositories.people import Absences, People, Reports
from services.repositories.privacy import Privacy
from services.repositories.proposals import Pins, Proposals
from services.repositories.rails import Claims, Rails
from services.repositories.tips import Tips
from services.repositories.withdrawals import Payees, Rates, Withdrawals

__all__ = [
    "Absences",
    "Bills",
    "Books",
    "Claims",
    "Coupons",
    "Gigs",
    "Inbox",
    "Ledger",
    "Orders",
    "Outbox",
    "Payees",
    "Payments",
    "People",
    "Pins",
    "Places",
    "Privacy",
    "Proposals",
    "Rails",
    "Rates",
    "Reports",
    "Reviews",
    "Rooms",
    "Threads",
    "Tips",
    "Upkeep",
    "Withdrawals",
]
