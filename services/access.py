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
from services import cards
from services.ports import Storage, UnitOfWork


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
            case _:
                async with self._storage.read() as uow:
                    await self._owns(uow, person, by, about)

    def _runs_the_house(self, person: Person, by: By) -> None:
        is_operator = person.telegram_id in self._policy.operators
        is_owner = person.telegram_id in self._policy.owner_ids
        if by is By.OWNER and not is_owner:
            raise NotAnOwner
        if by is By.OPERATOR and not is_operator or not (is_operator or is_owner):
            raise NotAnOperator

    async def _owns(
        self, uow: UnitOfWork, person: Person, by: By, about: Mapping[str, Any]
    ) -> None:
        match by:
            case By.PARTY:
                cards.party(await uow.orders.get(_number(about, "order_id")), person.id)
            case By.VIEWER:
                order = await uow.orders.get(_number(about, "order_id"))
                if not self._is_operator(person):
                    cards.party(order, person.id)
            case By.SELLER:
                await _sells(uow, person, about)
            case By.PAYEE:
                withdrawal = await uow.withdrawals.get(_number(about, "withdrawal_id"))
                _same(withdrawal.person_id, person, "withdrawal")
            case By.ISSUER:
                await self._issued(uow, person, _number(about, "coupon_id"))
            case By.WRITER:
                thread = await uow.threads.get(_number(about, "thread_id"))
                if not self._is_operator(person):
                    _same(thread.person_id, person, "thread")
            case _:  # pragma: no cover - the others need no reading
                raise AssertionError(by)

    async def _issued(self, uow: UnitOfWork, person: Person, coupon_id: int) -> None:
        coupon = await uow.coupons.get(coupon_id)
        if not coupon.is_of_house:
            _same(coupon.seller_id, person, "coupon")
        elif not self._is_operator(person):
            raise NotAnOperator

    def _is_operator(self, person: Person) -> bool:
        return person.telegram_id in self._policy.operators


async def _sells(uow: UnitOfWork, person: Person, about: Mapping[str, Any]) -> None:
    gig_id = about.get("gig_id")
    if gig_id:
        _same((await uow.gigs.get(gig_id)).seller_id, person, "gig")


def _same(person_id: int | None, person: Person, what: str) -> None:
    if person_id != person.id:
        raise NotFound(what)


def _number(about: Mapping[str, Any], name: str) -> int:
    number: int = about[name]
    return number
