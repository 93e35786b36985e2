"""Money that buyers send by hand: where to, and what they say they have sent.

What operators do with a claim is `services.claim_desk`'s.
"""

from dataclasses import dataclass, replace

from market.claims import Claim, ClaimState, NewClaim, last_digits, normalised
from market.contract import Order
from market.errors import (
    ClaimTaken,
    ClaimUnfit,
    CurrencyClosed,
    NotYours,
    NoWallet,
    TooManyClaims,
)
from market.policy import Policy
from market.rail_cards import ByHandCard
from market.rails import WALLETS, is_by_hand, rail_of
from market.read import OrderCard
from market.states import Event, Role
from services import cards
from services.attempts import retried
from services.moves import Moves
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a buyer typed about the sending."""

    wallet: str
    reference: str
    digits: str


class ClaimService:
    """A claim is a question to the operators; it is no money."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._moves = Moves(storage, clock, policy)

    async def by_hand(self, person_id: int, order_id: int) -> ByHandCard:
        """Where to send the money of an order; raises NotFound, NotYours, CurrencyClosed."""
        async with self._storage.read() as uow:
            order = await uow.orders.get(order_id)
            _may_claim(order, person_id)
            wallets, currency = await uow.rails.wallets(), order.terms.price.currency
            return ByHandCard(
                card=await self._moves.card(uow, order, person_id),
                wallets=tuple(one for one in wallets if one.is_open and one.currency is currency),
                claim=await uow.claims.last_of(order_id),
            )

    async def reference(self, command: Command, order_id: int, *, wallet: str, text: str) -> str:
        """The reference as it is compared; raises ClaimUnfit, ClaimTaken, and remembers that.

        Raises TooManyClaims, so that nobody can try one reference after the other. A message that
        comes again is the same try, with the same answer.
        """
        typed = self._refused(wallet, command.person_id, order_id)
        try:
            typed = replace(typed, reference=read_reference(wallet, text))
        except ClaimUnfit:
            await self._refuse(typed, "unfit", command)
            raise
        if await self._is_taken(command, typed):
            await self._refuse(typed, TAKEN, command)
            raise ClaimTaken
        return typed.reference

    @retried
    async def _is_taken(self, command: Command, typed: NewClaim) -> bool:
        """As it was when that message came first."""
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="reference", now_ms=typed.created_ms)
            if before is not None:
                return before == TAKEN
            self._not_too_many(await self._said_today(uow, typed))
            if is_taken := await _is_anothers(uow, typed):
                await uow.result(command, TAKEN)
            return is_taken

    async def claim(
        self, command: Command, order_id: int, *, version: int, said: Said
    ) -> OrderCard:
        """The buyer says that the money was sent; operators look for it.

        Raises ClaimUnfit, DigitsUnfit, ClaimTaken, TooManyClaims, NoWallet, CurrencyClosed and
        what an event raises.
        """
        claim = NewClaim(
            wallet=said.wallet,
            reference=read_reference(said.wallet, said.reference),
            order_id=order_id,
            person_id=command.person_id,
            digits=last_digits(said.digits),
            created_ms=self._clock.now_ms(),
        )
        try:
            return await self._claim(command, claim, version)
        except ClaimTaken:
            refused = self._refused(said.wallet, command.person_id, order_id)
            await self._refuse(refused, TAKEN, command)
            raise

    def _refused(self, wallet: str, person_id: int, order_id: int) -> NewClaim:
        return NewClaim(
            wallet=wallet,
            reference="",
            order_id=order_id,
            person_id=person_id,
            digits="",
            created_ms=self._clock.now_ms(),
        )

    @retried
    async def _refuse(self, refused: NewClaim, why: str, command: Command) -> None:
        """Whoever tries many references is seen by the operators; a repeated command is one try."""
        async with self._storage.begin() as uow:
            if await self._is_first_try(uow, command):
                await uow.claims.refuse(refused, why)

    async def _is_first_try(self, uow: UnitOfWork, command: Command) -> bool:
        now_ms = self._clock.now_ms()
        return await uow.command(command, name="claim_refused", now_ms=now_ms) is None

    @retried
    async def _claim(self, command: Command, claim: NewClaim, version: int) -> OrderCard:
        asked = self._moves.asked(command, Event.CLAIM, version=version)
        async with self._storage.begin() as uow:
            order = await uow.orders.get(claim.order_id)
            _may_claim(order, command.person_id)
            if await uow.command(command, name=asked.event, now_ms=asked.now_ms) is None:
                order = await self._moves.written(uow, order, replace(asked, role=Role.BUYER))
                await self._write(uow, claim)
            return await self._moves.card(uow, order, command.person_id)

    async def _write(self, uow: UnitOfWork, claim: NewClaim) -> None:
        """An undecided claim of the same order makes way for the newer one."""
        wallet, said_today = (
            await uow.rails.wallet(claim.wallet),
            await self._said_today(uow, claim),
        )
        if wallet is None or not wallet.is_open:
            raise NoWallet
        await close_claim(uow, claim.order_id, by=None, reason="", now_ms=claim.created_ms)
        if await uow.claims.add(claim) is None:
            raise ClaimTaken
        self._not_too_many(said_today)

    async def _said_today(self, uow: UnitOfWork, claim: NewClaim) -> int:
        from_ms = claim.created_ms - self._policy.windows.day_ms
        return await uow.claims.since(claim.person_id, from_ms)

    def _not_too_many(self, said_today: int) -> None:
        if said_today >= self._policy.claims_a_day:
            raise TooManyClaims(self._policy.claims_a_day)


async def _is_anothers(uow: UnitOfWork, claim: NewClaim) -> bool:
    """The order's own undecided claim may be said once more."""
    holder = await uow.claims.taken(claim.wallet, claim.reference)
    if holder is None:
        return False
    return holder.order_id != claim.order_id or not holder.state.is_live


async def close_claim(
    uow: UnitOfWork, order_id: int, *, by: int | None, reason: str, now_ms: int
) -> None:
    """Nobody looks for the order's claimed money any more."""
    claim = await uow.claims.live_of(order_id)
    if claim is not None:
        said = replace(claim, reason=reason)
        await uow.claims.decide(decided(said, ClaimState.REJECTED, by, now_ms))


def decided(claim: Claim, state: ClaimState, by: int | None, now_ms: int) -> Claim:
    """The claim with its end."""
    return replace(claim, state=state, decided_by=by, decided_ms=now_ms)


def read_reference(wallet: str, text: str) -> str:
    """The reference as it is compared; raises ClaimUnfit."""
    if wallet not in WALLETS:
        raise ClaimUnfit(wallet)
    return normalised(wallet, text)


def _may_claim(order: Order, person_id: int) -> None:
    if cards.party(order, person_id) is not Role.BUYER:
        raise NotYours(Event.CLAIM)
    currency = order.terms.price.currency
    if not is_by_hand(rail_of(currency)):
        raise CurrencyClosed(currency)
