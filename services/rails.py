"""What owners set up: wallets for money sent by hand, and what each category of work allows."""

from dataclasses import dataclass, replace

from market.errors import CurrencyClosed, NotFound, NoWallet, PolicyUnread
from market.gig import CATEGORY_KEYS, Fulfilment, checked
from market.money import Currency
from market.policy import Policy
from market.rail_cards import OpenWays, Setup
from market.rails import (
    POLICY_VERSION,
    WALLETS,
    CategoryPolicy,
    Wallet,
    currencies,
    default_fulfilment,
    is_open_to,
)
from services.attempts import retried
from services.open_ways import open_ways
from services.operators import Operating, operator
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

NUMBER_MAX = 60
HOLDER_MAX = 80
INSTRUCTIONS_MAX = 600
REASON_LEAST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWallet:
    """A wallet as an owner typed it."""

    name: str
    number: str
    holder: str
    instructions: str


class RailService:
    """Owners change it, every change is in the log; prices and payments follow it."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    async def setup(self, person_id: int) -> Setup:
        """For operators and owners; raises NotAnOperator."""
        async with self._storage.read() as uow:
            telegram_id = (await uow.people.get(person_id)).telegram_id
            is_owner = telegram_id in self._policy.owner_ids
            if not is_owner:
                await operator(uow, self._policy, person_id)
            decided = await uow.rails.policies()
            return Setup(
                wallets=await uow.rails.wallets(),
                categories=tuple((key, decided.get(key)) for key in CATEGORY_KEYS),
                takes_usdt=self._policy.takes_usdt,
                is_owner=is_owner,
            )

    async def open_ways(self) -> OpenWays:
        """What is taken and paid out by just now, for everybody to read."""
        async with self._storage.read() as uow:
            return await open_ways(uow, self._policy)

    async def currencies(self, category: str) -> tuple[Currency, ...]:
        """What a new gig of this category may be priced in, Stars first."""
        async with self._storage.read() as uow:
            kind = await fulfilment_of(uow, category)
            return currencies(kind, await taken(uow, self._policy))

    @retried
    async def save_wallet(self, command: Command, new: NewWallet) -> Wallet:
        """Enter or change a wallet; a new one is open at once.

        Raises NotAnOwner, NotFound, TextTooShort, TextTooLong.
        """
        number = checked(new.number, least=4, most=NUMBER_MAX)
        holder = checked(new.holder, least=2, most=HOLDER_MAX)
        words = checked(new.instructions, least=0, most=INSTRUCTIONS_MAX)
        async with self._storage.begin() as uow:
            before = await _known(uow, new.name)
            wallet = Wallet(
                name=new.name,
                currency=Currency.BDT,
                number=number,
                holder=holder,
                instructions=words,
                is_open=before is None or before.is_open,
                changed_by=command.person_id,
                changed_ms=self._clock.now_ms(),
            )
            return await self._keep(uow, command, wallet, f"{new.name} {number} {holder}")

    @retried
    async def open_wallet(self, command: Command, name: str, *, is_open: bool) -> Wallet:
        """Open it for new payments, or close it; raises NotAnOwner, NotFound, NoWallet."""
        async with self._storage.begin() as uow:
            wallet = await _known(uow, name)
            if wallet is None:
                raise NoWallet
            switched = replace(
                wallet,
                is_open=is_open,
                changed_by=command.person_id,
                changed_ms=self._clock.now_ms(),
            )
            detail = f"{name} {'open' if is_open else 'closed'}"
            return await self._keep(uow, command, switched, detail)

    async def _keep(self, uow: UnitOfWork, command: Command, wallet: Wallet, detail: str) -> Wallet:
        if await self._operating.is_owners_first(uow, command, act="wallet", detail=detail):
            await uow.rails.save_wallet(wallet)
        return wallet

    @retried
    async def decide(
        self, command: Command, category: str, kind: Fulfilment, *, reason: str, version: int
    ) -> None:
        """What the work of a category is, why, and that the newest policy was read.

        Raises NotAnOwner, NotFound, PolicyUnread, TextTooShort, TextTooLong.
        """
        words = checked(reason, least=REASON_LEAST, most=self._policy.limits.reason_max)
        if category not in CATEGORY_KEYS:
            raise NotFound("category")
        if version != POLICY_VERSION:
            raise PolicyUnread(POLICY_VERSION)
        decided = CategoryPolicy(
            category=category,
            fulfilment=kind,
            reason=words,
            text_version=version,
            operator_id=command.person_id,
            at_ms=self._clock.now_ms(),
        )
        async with self._storage.begin() as uow:
            detail = f"{category} {kind.value}: {words}"
            if await self._operating.is_owners_first(uow, command, act="category", detail=detail):
                await uow.rails.add_policy(decided)


async def fulfilment_of(uow: UnitOfWork, category: str) -> Fulfilment:
    """What the owner decided, else what the category is by itself."""
    decided = (await uow.rails.policies()).get(category)
    return default_fulfilment(category) if decided is None else decided.fulfilment


async def taken(uow: UnitOfWork, policy: Policy) -> frozenset[Currency]:
    """What the house takes besides Stars just now."""
    by_hand = {one.currency for one in await uow.rails.wallets() if one.is_open}
    return frozenset(by_hand | {Currency.USDT}) if policy.takes_usdt else frozenset(by_hand)


async def is_taken(uow: UnitOfWork, policy: Policy, category: str, currency: Currency) -> None:
    """Raises CurrencyClosed when such work cannot be paid so now."""
    if currency is Currency.XTR:
        return
    kind = await fulfilment_of(uow, category)
    if not is_open_to(currency, kind, await taken(uow, policy)):
        raise CurrencyClosed(currency)


async def _known(uow: UnitOfWork, name: str) -> Wallet | None:
    if name not in WALLETS:
        raise NotFound("wallet")
    return await uow.rails.wallet(name)
