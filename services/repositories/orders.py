"""Orders, the rooms inside them, and what belongs to them. Protocols only."""

from typing import Protocol

from market.change import OrderEvent
from market.contract import Order
from market.desk import OrderTally
from market.dispute import Proposal
from market.files import FileRef
from market.read import Answer, BoardLine, Delivery, PartyFigures, Statement
from market.room import QuickReply, RoomMessage, Said
from market.states import Role
from services.rows import ToRead


class Orders(Protocol):
    """Orders and what belongs to them. States change only through UnitOfWork.record."""

    async def add(self, order: Order) -> Order:
        """Store a draft (its id is given here) with its order line and its row-1 event."""
        ...

    async def get(self, order_id: int) -> Order:
        """Raise NotFound. Inside `begin` the row is locked until the commit."""
        ...

    async def open_of_buyer(self, buyer_id: int) -> int: ...
    async def placed_since(self, buyer_id: int, from_ms: int) -> int:
        """How many orders the buyer placed after that moment, whatever became of them."""
        ...

    async def unpaid_of_buyer(self, buyer_id: int, gig_version_id: int) -> int | None:
        """The newest order of this gig version that waits for the buyer's payment."""
        ...

    async def cleared_of_seller(self, seller_id: int) -> int: ...
    async def due(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        """Orders whose clock_at_ms has passed, oldest first."""
        ...

    async def to_nudge(self, now_ms: int, *, limit: int) -> tuple[int, ...]: ...
    async def parties_at_work(self) -> tuple[int, ...]:
        """Everybody who takes part in an order that has not ended."""
        ...

    async def shift_clocks(self, by_ms: int) -> int:
        """Move all running clocks (to act, answer, be heard, remind) after an outage; how many."""
        ...

    async def history(self, order_id: int) -> tuple[OrderEvent, ...]: ...
    async def board(
        self, person_id: int, *, finished: bool, offset: int, limit: int, now_ms: int
    ) -> tuple[BoardLine, ...]:
        """Unfinished orders in the order of market.board; or finished ones, newest first."""
        ...

    async def save_answer(self, order_id: int, answer: Answer, *, now_ms: int) -> None: ...
    async def answer(self, order_id: int) -> Answer | None: ...
    async def add_delivery(
        self, order_id: int, *, text: str, files: tuple[FileRef, ...], now_ms: int
    ) -> Delivery: ...
    async def deliveries(self, order_id: int) -> tuple[Delivery, ...]: ...
    async def keep_hash(self, file: ToRead, sha256: str) -> None:
        """The hash of a delivered file's bytes."""
        ...

    async def live_of(self, person_id: int) -> tuple[int, ...]:
        """Orders of a party that go on (placed, not completed), by id."""
        ...

    async def disputed(self, *, limit: int) -> tuple[int, ...]:
        """Orders in dispute that wait for an operator, the nearest decide-by first."""
        ...

    async def deadlines(
        self, person_id: int, *, from_ms: int, until_ms: int, now_ms: int
    ) -> tuple[BoardLine, ...]:
        """The person's orders with a deadline in that span, the nearest first."""
        ...

    async def tally(self, *, from_ms: int, until_ms: int) -> OrderTally:
        """What orders did in that span."""
        ...

    async def figures(self, person_id: int) -> PartyFigures:
        """Bought and sold count completed orders; lost are disputes that the other side won."""
        ...

    async def add_statement(
        self, order_id: int, *, role: Role, text: str, files: tuple[FileRef, ...], now_ms: int
    ) -> Statement: ...
    async def statements(self, order_id: int) -> tuple[Statement, ...]: ...
    async def propose(self, proposal: Proposal) -> None:
        """Keep a verdict that a second operator must confirm; a newer one replaces it."""
        ...

    async def proposal(self, order_id: int) -> Proposal | None: ...
    async def drop_proposal(self, order_id: int) -> None: ...


class Rooms(Protocol):
    """Order rooms, who has read how far, and quick replies."""

    async def add(
        self, order: Order, *, role: Role, said: Said, is_flagged: bool, now_ms: int
    ) -> RoomMessage: ...
    async def messages(
        self, order_id: int, *, before: int | None = None, limit: int
    ) -> tuple[RoomMessage, ...]:
        """The newest `limit` with a number under `before`, oldest of them first."""
        ...

    async def read(self, order_id: int, person_id: int, *, number: int) -> None:
        """The person has seen the messages up to that number."""
        ...

    async def unread(self, person_id: int) -> dict[int, int]:
        """How many messages of the other side are new, by order."""
        ...

    async def strikes(self, person_id: int) -> int:
        """How many flagged messages the person has sent."""
        ...

    async def quick_replies(self, person_id: int) -> tuple[QuickReply, ...]: ...
    async def add_quick_reply(self, person_id: int, words: str) -> QuickReply: ...
    async def drop_quick_reply(self, person_id: int, reply_id: int) -> bool: ...
