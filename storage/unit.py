"""One unit of work: the repositories over one connection, command keys, and recording."""

from market.change import Change
from services import repositories as ports
from services.rows import Command
from storage.absences import Absences
from storage.bills import Bills
from storage.books import Books
from storage.cipher import Cipher
from storage.coupons import Coupons
from storage.gigs import Gigs
from storage.inbox import Inbox
from storage.ledger import Ledger
from storage.orders import Orders
from storage.outbox import Outbox
from storage.payees import Payees, Rates
from storage.payments import Payments
from storage.people import People
from storage.pins import Pins
from storage.places import Places
from storage.privacy import Privacy
from storage.proposals import Proposals
from storage.queries import Sql
from storage.rails import Claims, Rails
from storage.recording import record
from storage.reports import Reports
from storage.reviews import Reviews
from storage.rooms import Rooms
from storage.threads import Threads
from storage.tips import Tips
from storage.upkeep import Upkeep
from storage.withdrawals import Withdrawals


class Unit:
    """services.ports.UnitOfWork."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._names: dict[str, str] = {}
        self.people: ports.People = People(sql, cipher)
        self.gigs: ports.Gigs = Gigs(sql, cipher)
        self.orders: ports.Orders = Orders(sql)
        self.payments: ports.Payments = Payments(sql)
        self.withdrawals: ports.Withdrawals = Withdrawals(sql)
        self.payees: ports.Payees = Payees(sql, cipher)
        self.rates: ports.Rates = Rates(sql)
        self.pins: ports.Pins = Pins(sql, cipher)
        self.proposals: ports.Proposals = Proposals(sql)
        self.bills: ports.Bills = Bills(sql)
        self.coupons: ports.Coupons = Coupons(sql)
        self.claims: ports.Claims = Claims(sql, cipher)
        self.rails: ports.Rails = Rails(sql, cipher)
        self.reviews: ports.Reviews = Reviews(sql)
        self.rooms: ports.Rooms = Rooms(sql)
        self.reports: ports.Reports = Reports(sql)
        self.absences: ports.Absences = Absences(sql)
        self.ledger: ports.Ledger = Ledger(sql)
        self.books: ports.Books = Books(sql)
        self.threads: ports.Threads = Threads(sql, cipher)
        self.tips: ports.Tips = Tips(sql)
        self.outbox: ports.Outbox = Outbox(sql)
        self.inbox: ports.Inbox = Inbox(sql, cipher)
        self.places: ports.Places = Places(sql)
        self.privacy: ports.Privacy = Privacy(sql)
        self.upkeep: ports.Upkeep = Upkeep(sql)

    async def command(self, command: Command, *, name: str, now_ms: int) -> str | None:
        self._names[command.key] = name
        claimed = await self._sql.value(
            "command_claim", key=command.key, name=name, person_id=command.person_id, now_ms=now_ms
        )
        if claimed is not None:
            return None
        result: str = await self._sql.value("command_result", key=command.key, name=name)
        return result

    async def result(self, command: Command, result: str) -> None:
        name = self._names[command.key]
        await self._sql.run("command_keep", key=command.key, name=name, result=result)

    async def record(self, change: Change, *, now_ms: int) -> None:
        await record(self._sql, change, now_ms=now_ms)
