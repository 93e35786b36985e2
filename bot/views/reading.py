"""What a notice is rendered from besides its facts: the present state of what it is about."""

from dataclasses import dataclass

from market.people import Person
from market.policy import Policy
from market.read import GigCard, OrderCard, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Read at sending time, as the notice's reader may see it; None where nothing belongs."""

    card: OrderCard | None
    gig: GigCard | None
    thread: Thread | None
    intent_id: str | None
    policy: Policy
    bot_username: str
    now_ms: int
    person: Person | None
