"""A bill: an invoice that a provider was asked to make, with a link where the buyer pays."""

from dataclasses import dataclass
from enum import StrEnum


class BillState(StrEnum):
    """Where a bill stands. Only an open one can be paid by the link that people see."""

    ASKED = "asked"  # -> open, refused
    OPEN = "open"  # -> paid, over
    PAID = "paid"
    OVER = "over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One invoice at the provider for one payment intent.

    `external_id` and `url` are the provider's, "" until it has made the invoice. `expires_ms` is
    when the link stops working. `order_id` is None where the money is not for an order.
    """

    id: int
    intent_id: str
    order_id: int | None
    rail: str
    state: BillState
    created_ms: int
    external_id: str = ""
    url: str = ""
    expires_ms: int | None = None

    def is_payable(self, now_ms: int) -> bool:
        """The link works now."""
        is_in_time = self.expires_ms is None or now_ms < self.expires_ms
        return self.state is BillState.OPEN and is_in_time

    def is_coming(self) -> bool:
        """The provider has not answered yet."""
        return self.state is BillState.ASKED
