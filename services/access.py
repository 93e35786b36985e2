"""The one place that says whether somebody may use a way into the house.

Who acts is the person that the database knows for a Telegram account; what a button or a draft
says is only an address. Services check their own rules again.
"""

from collections.abc import Mapping
from typing import Any

from market.errors import NotAnOperator, NotAnOwner, NotFound, TermsNotAccepted
from market.people import TERMS_VERSION, Person
from market.policy import Policy
from market.rights import By
from services.ports import Storage, UnitOfWork

OPERATORS_TOO = frozenset({By.VIEWER, By.WRITER})


class AccessService:
    """Reads what a right depends on, and refuses."""

    def __init__(self, storage: Storage, policy: Policy) -> None:
        self._storage = storage
        self._policy = policy

    async def authorise(self, person: Person, by: By, about: Mapping[str, Any]) -> None:
        """Let the person pass; `about` has the numbers of the button or of the draft.

        Raises TermsNotAccepted, NotAnOperator, NotAnOwner or, for what is not the person's,
        NotFound.
        """
        match by:
            case By.PROVIDER | By.ANYBODY:
                return
            case By.AGREED:
                if not person.has_accepted_terms:
                    raise TermsNotAccepted(TERMS_VERSION)
            case By.OPERATOR | By.STAFF | By.OWNER:
                self._runs_the_house(person, by)
            case By.SELLER if not about.get("gig_id"):
                return
            case _:
                async with self._storage.read() as uow:
                    await self._owns(uow, person, by, about)

    def _runs_the_house(self, person: Person, by: By) -> None:
        is_operator = person.telegram_id in self._policy.operators
        is_owner = person.telegram_id in self._policy.owner_ids
        if by is By.OWNER and not is_owner:
            raise NotAnOwner
        if (by is By.OPERATOR and not is_operator) or not (is_operator or is_owner):
            raise NotAnOperator

    async def _owns(
        self, uow: UnitOfWork, person: Person, by: By, about: Mapping[str, Any]
    ) -> None:
        what, whose = await _whose(uow, by, about)
        if person.id in whose:
            return
        is_operator = person.telegram_id in self._policy.operators
        if what == "coupon" and None in whose and not is_operator:
            raise NotAnOperator
        if not is_operator or (by not in OPERATORS_TOO and None not in whose):
            raise NotFound(what)


async def _whose(
    uow: UnitOfWork, by: By, about: Mapping[str, Any]
) -> tuple[str, frozenset[int | None]]:
    """What it is and the people whose it is; None stands for the house."""
    match by:
        case By.SELLER:
            return "gig", frozenset({(await uow.gigs.get(about["gig_id"])).seller_id})
        case By.PAYEE:
            withdrawal = await uow.withdrawals.get(about["withdrawal_id"])
            return "withdrawal", frozenset({withdrawal.person_id})
        case By.ISSUER:
            return "coupon", frozenset({(await uow.coupons.get(about["coupon_id"])).seller_id})
        case By.WRITER:
            return "thread", frozenset({(await uow.threads.get(about["thread_id"])).person_id})
        case _:
            order = await uow.orders.get(about["order_id"])
            return "order", frozenset({order.buyer_id, order.seller_id})
