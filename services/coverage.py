"""What of the house's money is its own: what is missing, what may be drawn, what was earned."""

from dataclasses import dataclass, replace

from market import ledger
from market.house_postings import Parts
from market.ledger import provider
from market.money import Currency, Money
from market.payout_terms import Way
from market.solvency import Exchanged, Solvency
from services.ports import UnitOfWork


async def solvency(uow: UnitOfWork) -> Solvency:
    """All positions and the newest rates for Stars."""
    targets = dict.fromkeys(way.currency for way in Way)
    found = [await uow.rates.newest(Currency.XTR, target) for target in targets]
    rates = tuple(rate for rate in found if rate is not None)
    return Solvency(await uow.books.positions(), rates)


async def drawable(uow: UnitOfWork, rail: str, currency: Currency) -> int:
    """What may leave this rail as the house's own; nothing while anything is missing.

    What withdrawals of that way were promised stays, and so do budgets. Who writes holds the
    currency from here on, so whoever promises of it comes before or after.
    """
    tills = [(await uow.withdrawals.funds(way)).till_minor for way in Way if way.rail == rail]
    whole = await solvency(uow)
    if whole.missing():
        return 0
    there = -await uow.books.balance(provider(rail, currency).id)
    free = whole.own(currency) - await _budgets(uow, currency)
    return max(0, min(there, free, whole.surplus(currency), *tills))


async def _budgets(uow: UnitOfWork, currency: Currency) -> int:
    coffers = await uow.books.coffers()
    return sum(one.promo + one.goodwill for one in coffers if one.currency == currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profit:
    """What the house has earned and may take out in one currency.

    `came` is what Stars have become and nobody is owed, of which `fees_in_stars` are earned.
    """

    currency: Currency
    fees: int
    payout_fees: int
    fees_in_stars: int
    came: Exchanged | None

    @property
    def from_stars(self) -> int:
        """Fees in Stars that have become this money."""
        return 0 if self.came is None else self.came.most(self.fees_in_stars)

    @property
    def minor(self) -> int:
        """All of it."""
        return self.fees + self.payout_fees + self.from_stars

    def parts(self, minor: int) -> Parts:
        """Out of which accounts so much comes: fees of orders, of payouts, then exchanged Stars.

        What none of them has stays with the first, which will refuse.
        """
        cur = self.currency
        payouts = min(max(0, minor - self.fees), self.payout_fees)
        stars = min(max(0, minor - self.fees - payouts), self.from_stars)
        found = (
            (ledger.fee_income(cur), minor - payouts - stars),
            (ledger.payout_fee(cur), payouts),
            (ledger.exchange(cur), stars),
        )
        return tuple((account, Money(part, cur)) for account, part in found if part)

    def stars(self, minor: int) -> Money | None:
        """The fees in Stars that such a sum takes with it."""
        of_stars = min(max(0, minor - self.fees - self.payout_fees), self.from_stars)
        if self.came is None or not of_stars:
            return None
        return Money(self.came.stars_for(of_stars), Currency.XTR)


async def profit(uow: UnitOfWork, currency: Currency) -> Profit:
    """What was earned and not spent."""
    whole = await solvency(uow)
    return Profit(
        currency=currency,
        fees=await uow.books.balance(ledger.fee_income(currency).id),
        payout_fees=await uow.books.balance(ledger.payout_fee(currency).id),
        fees_in_stars=await uow.books.balance(ledger.fee_income(Currency.XTR).id),
        came=whole.exchanged(currency),
    )


async def fees(uow: UnitOfWork, amount: Money) -> Parts:
    """Out of which fees a budget comes; they are of the same currency."""
    earned = replace(await profit(uow, amount.currency), came=None)
    return earned.parts(amount.minor)
