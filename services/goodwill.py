"""Credit that the house gives: how it is booked and told. Who may give it stands elsewhere."""

from market.change import Change
from market.house_postings import given
from market.money import Money
from market.notices import Message, Notice
from market.proposals import NewProposal
from services.ports import UnitOfWork


async def give_credit(uow: UnitOfWork, key: str, gift: NewProposal, *, now_ms: int) -> None:
    """P25: out of the budget; raises InsufficientFunds."""
    assert gift.given_to is not None, "goodwill is for somebody"
    journal = given(key, gift.given_to, gift.amount)
    message = credited(key, gift.given_to, gift.amount, gift.why)
    await uow.record(Change(journals=(journal,), messages=(message,)), now_ms=now_ms)


def credited(key: str, person_id: int, amount: Money, why: str) -> Message:
    """The person hears of it."""
    return Message(
        notice=Notice.CREDIT_GIVEN,
        key=f"adm:{key}:credit",
        person_id=person_id,
        facts={"amount_minor": amount.minor, "currency": amount.currency.value, "note": why},
    )
