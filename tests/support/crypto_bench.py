"""Our rail to a Crypto Pay on loopback, with what tests ask of it."""

from dataclasses import dataclass
from decimal import Decimal

from market.money import Currency, Money
from payments.crypto_pay.client import CryptoPay
from payments.crypto_pay.rail import CryptoPayRail
from services.bill_rows import BillCall
from services.payout_rows import PayoutCall
from tests.support.clock import SettableClock
from tests.support.crypto_pay import TOKEN, FakeCryptoPay

START_MS = 1_780_000_000_000
PAYEE = 502


def usdt(text: str) -> Money:
    """An amount as people write it."""
    return Money(int(Decimal(text) * 10**6), Currency.USDT)


def payout(spend_id: str = "wd-1", *, amount: str = "12.5", to: int = PAYEE) -> PayoutCall:
    """Somebody is to be paid out."""
    return PayoutCall(spend_id=spend_id, telegram_id=to, amount=usdt(amount))


def bill(payload: str = "intent-1", *, seconds: int = 600) -> BillCall:
    """Somebody is to be asked for 12.50 USDT."""
    until_ms = START_MS + seconds * 1_000
    return BillCall(payload=payload, amount=usdt("12.5"), title="A logo", until_ms=until_ms)


@dataclass
class Bench:
    """The fake provider, the client and the rail in front of it, and the clock of all."""

    fake: FakeCryptoPay
    client: CryptoPay
    rail: CryptoPayRail
    clock: SettableClock
    url: str

    @classmethod
    async def open(cls, clock: SettableClock | None = None) -> "Bench":
        """A provider with 100 USDT of ours and one person who has an account there."""
        clock = clock or SettableClock(START_MS)
        fake = FakeCryptoPay(clock.now_ms, users={PAYEE}, balance=Decimal(100))
        url = await fake.start()
        client = CryptoPay(TOKEN, url, now_s=lambda: clock.now_ms() / 1_000)
        rail = CryptoPayRail(client, clock, lambda: "https://t.me/gighaat_bot")
        return cls(fake, client, rail, clock, url)

    async def close(self) -> None:
        """Hang up on both sides."""
        await self.client.close()
        await self.fake.stop()
