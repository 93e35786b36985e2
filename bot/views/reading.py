"""What a notice is rendered from besides its facts: the present state of what it is about."""

from dataclasses import dataclass, field

from market.people import Person
from market.policy import Policy
from market.read import GigCard, OrderCard, Statement, Thread
from market.room import RoomMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Read at sending time, as the notice's reader may see it; None where nothing belongs.

    `names` are the operators' by person id, for the owners' digest.
    """

    card: OrderCard | None
    gig: GigCard | None
    thread: Thread | None
    intent_id: str | None
    policy: Policy
    bot_username: str
    now_ms: int
    person: Person | None
    said: RoomMessage | None = None
    statement: Statement | None = None
    names: dict[int, str] = field(default_factory=dict)
