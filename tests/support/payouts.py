"""Short ways to withdrawals for tests of the services: earnings, funds, rates, requests, rails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count

from market.change import Change
from market.files import FileRef
from market.house_postings import capital_in
from market.money import Currency, Money
from market.payout_read import PayoutCard, WithdrawalCard
from market.payout_terms import Way
from market.people import Person
from market.states import State
from market.withdrawal import Withdrawal
from services.payout_ends import Sending
from services.payout_rows import NotPaid, Paid, PayoutCall, PayoutOutcome, Unknown
from services.ports import UnitOfWork
from services.rows import SendOutcome, Sent
from services.withdrawals import Wish
from tests.support.samples import file
from tests.support.town import Town

BKASH, TAKA_RATE = "01712345678", "1.58"
EVIDENCE: FileRef = file(9)


def stars(minor: int) -> Money:
    return Money(minor, Currency.XTR)


@dataclass
class FakePayoutRail:
    """Crypto Pay as a till: it pays an id once, whoever asks how often.

    Another sending under an id that it knows is told apart.

    `next` holds what the coming calls of `pay` answer; a call that is to be carried out without
    an answer is `carried_out` and answers the outcome all the same.
    """

    name: str = "crypto_pay"
    paid: dict[str, PayoutCall] = field(default_factory=dict)
    calls: list[PayoutCall] = field(default_factory=list)
    next: list[PayoutOutcome | Exception] = field(default_factory=list)
    carried_out: bool = False

    async def refund(self, _person: Person, _charge_id: str) -> SendOutcome:
        return Sent()

    async def pay(self, call: PayoutCall) -> PayoutOutcome:
        self.calls.append(call)
        if call.spend_id in self.paid:
            return self._known(call)
        if not self.next:
            self.paid[call.spend_id] = call
            return Paid(f"transfer {call.spend_id}", 0)
        outcome = self.next.pop(0)
        if self.carried_out:
            self.paid[call.spend_id] = call
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def ask(self, call: PayoutCall) -> PayoutOutcome:
        return self._known(call) if call.spend_id in self.paid else NotPaid("unknown")

    def _known(self, call: PayoutCall) -> PayoutOutcome:
        if self.paid[call.spend_id] != call:
            return Unknown(f"under {call.spend_id} something else was sent")
        return Paid(f"transfer {call.spend_id}", 0)


class Till:
    """A town with an owner who has put money in and set rates, and a seller who has earned."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.rail = FakePayoutRail()
        self._keys = count(1)

    async def opened(self, funds_minor: int = 10_000_000) -> "Till":
        """Rates for taka and USDT, funds everywhere, 225 Stars earned."""
        await self.rate(TAKA_RATE, Currency.BDT)
        await self.rate("0.013", Currency.USDT)
        for way in (Way.BKASH, Way.NAGAD):
            await self.fund(way, funds_minor)
        await self.fund(Way.CRYPTO_PAY, 1_000_000_000)
        await self.town.order_in(State.CLEARED)
        return self

    async def fund(self, way: Way, minor: int) -> None:
        """The owner puts own money into the wallet (P25)."""
        key, money = f"test{next(self._keys)}", Money(minor, way.currency)
        await self.post(capital_in(key, way.rail, money))

    async def post(self, *journals: object) -> None:
        async with self.town.storage.begin() as uow:
            await uow.record(
                Change(journals=journals),  # type: ignore[arg-type]
                now_ms=self.town.clock.now_ms(),
            )

    async def rate(self, text: str, target: Currency) -> None:
        rates = self.town.services.rates
        command = self.town.command(self.town.operator)
        await rates.set(command, rates.read(text, target))

    async def account(self, text: str = BKASH, way: Way = Way.BKASH) -> None:
        town = self.town
        await town.services.withdrawals.keep_account(town.command(town.seller), way, text)

    async def wish(self, minor: int = 225, way: Way = Way.BKASH, cur: str = "XTR") -> Wish:
        offer = await self.town.services.withdrawals.offer(self.town.seller.id)
        option = offer.option(way, Currency(cur))
        rate = None if option is None else option.rate
        return Wish(
            way=way, source=Money(minor, Currency(cur)), rate_id=0 if rate is None else rate.id
        )

    async def requested(
        self, minor: int = 225, way: Way = Way.BKASH, cur: str = "XTR"
    ) -> WithdrawalCard:
        """The seller has an account and asks."""
        if way.is_manual:
            await self.account(way=way)
        wish = await self.wish(minor, way, cur)
        town = self.town
        return await town.services.withdrawals.request(town.command(town.seller), wish)

    async def ripe(self, **wish: object) -> Withdrawal:
        """Asked for, and the first delay is over."""
        card = await self.requested(**wish)  # type: ignore[arg-type]
        self.town.clock.set(max(self.town.clock.now_ms(), card.withdrawal.from_ms))
        return card.withdrawal

    async def sending(self) -> Withdrawal:
        """An operator has taken it."""
        ripe = await self.ripe()
        return (await self.do("take", ripe)).withdrawal

    async def paid(self, reference: str = "DHQ7X2P1AB", charge_minor: int = 0) -> Withdrawal:
        """It was sent by hand."""
        taken = await self.sending()
        return (await self.pay(taken, reference, charge_minor=charge_minor)).withdrawal

    async def do(
        self, act: str, withdrawal: Withdrawal, *, by: Person | None = None, **more: object
    ) -> PayoutCard:
        """One of the operators' acts, as it is seen now."""
        town = self.town
        doing: Callable[..., Awaitable[PayoutCard]] = getattr(town.services.payouts, act)
        command = town.command(by or town.operator)
        return await doing(command, withdrawal.id, version=withdrawal.version, **more)

    async def pay(
        self,
        withdrawal: Withdrawal,
        reference: str = "DHQ7X2P1AB",
        *,
        by: Person | None = None,
        charge_minor: int = 0,
    ) -> PayoutCard:
        sending = Sending(reference=reference, charge_minor=charge_minor, evidence=EVIDENCE)
        return await self.do("pay", withdrawal, by=by, sending=sending)

    async def stored(self, withdrawal_id: int) -> Withdrawal:
        async with self.town.storage.read() as uow:
            return await uow.withdrawals.get(withdrawal_id)

    async def purses(self, *accounts: str) -> list[int]:
        """Credits less debits of accounts, as their ids end."""
        async with self.town.storage.read() as uow:
            return [await _total(uow, account) for account in accounts]

    async def drain(self) -> int:
        """The post goes round with Crypto Pay among the rails."""
        town = self.town
        rails = {"crypto_pay": self.rail}
        return await town.services.post.drain(town.messenger, rails, town.files)


async def _total(uow: UnitOfWork, account: str) -> int:
    total = await uow._sql.value("payout_till", account=account)  # type: ignore[attr-defined]
    return -int(total)
