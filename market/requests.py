"""What one party asks of the other inside an order: an end by agreement, or more time.

One request is live at a time; while it waits, the state's own clock stands still (`paused_ms`).
"""

from dataclasses import dataclass
from enum import StrEnum

from market.states import Role


class Kind(StrEnum):
    """What is asked."""

    CANCEL = "cancel"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A live request of `by` to the other party, who answers until `until_ms`.

    `minor` is the part of the price that the seller keeps before the fee (minor units, 0 = all
    goes back); `days` is how many more days the seller asks for.
    """

    kind: Kind
    by: Role
    until_ms: int
    minor: int = 0
    days: int = 0
