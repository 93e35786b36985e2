"""A dispute as a value: who opened it, until when both are heard, and the verdict."""

from dataclasses import dataclass

from market.states import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The last dispute of an order; it stays readable after its end. Times in epoch ms.

    `verdict_minor` is the part of the price that the seller keeps before the fee (0 refunds,
    the whole price releases), None before a verdict; `verdict_by` is the operator's person id.
    `appealed_by` is the party who asked another operator to look, None while nobody has.
    """

    by: Role
    opened_ms: int
    evidence_by_ms: int
    decide_by_ms: int
    buyer_said: bool
    seller_said: bool
    verdict_minor: int | None = None
    verdict_by: int | None = None
    appealed_by: Role | None = None

    @property
    def both_said(self) -> bool:
        """Nobody has to be waited for any more."""
        return self.buyer_said and self.seller_said

    @property
    def unheard(self) -> frozenset[Role]:
        """Who has not spoken yet; nobody any more once there was a verdict."""
        if self.verdict_minor is not None:
            return frozenset()
        said = {Role.BUYER: self.buyer_said, Role.SELLER: self.seller_said}
        return frozenset(role for role, has_said in said.items() if not has_said)

    @property
    def has_verdict(self) -> bool:
        """An operator has decided and the time to appeal runs."""
        return self.verdict_minor is not None and self.appealed_by is None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verdict above the limit, which a second operator must confirm."""

    order_id: int
    minor: int
    reason: str
    operator_id: int
    at_ms: int
