"""A PIN before money leaves: set, asked for, mistyped until it locks, forgotten; never kept."""

import pytest

from tests.stories import acts
from tests.stories.conftest import HOUR_MS, Town
from tests.stories.test_withdrawing import earned, funds_are_declared, rate_is_set
from tests.support.actors import Actor

pytestmark = pytest.mark.story

PIN, WRONG, MARK = "407193", "555518", "|"
STRICT = {"GIGHAAT_PAYOUT_TERMS": "bdt_pin=200"}
QUESTION = "🔐 <b>Your PIN, please</b>\nNothing has been changed or withdrawn yet."
LOCKED = "Too many wrong tries: your PIN is locked until {when}."
FORGOTTEN = (
    "🔐 <b>Somebody says that you have forgotten your PIN.</b>\nIt stays until {until}, then "
    "it is gone. Until then none of your payouts leaves."
)
GONE = "🔓 <b>Your forgotten PIN is gone.</b> Your payouts can go again; set a new one."
WRONG_ONE = (
    "That is not your PIN. {n} try is left; then it is locked.",
    "That is not your PIN. {n} tries are left; then it is locked.",
)


async def ready(town: Town) -> None:
    """A seller with 225 Stars, in a house where 200 taka are much."""
    town.house.settings.update(STRICT)
    await town.house.kill_bot()
    await town.house.start_bot()
    await earned(town)
    await rate_is_set(town, "1.58", 158_000)
    await funds_are_declared(town)


async def types(seller: Actor, digits: str) -> None:
    """The digits, which are taken out of the chat at once."""
    said = await seller.says(digits)

    async def it_is_gone() -> bool:
        return all(one["id"] != said["id"] for one in await seller.person.messages())

    await acts.eventually(it_is_gone)


async def sets_pin(seller: Actor) -> None:
    """From the wallet; the first thing typed is refused."""
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("🔐 My PIN")
    await seller.taps("Set a PIN")
    await types(seller, "১২৩৪")
    await seller.reads("Anybody would try that one first. Please choose another.")
    await types(seller, "৪০৭১৯৩" if seller.tr.language == "bn" else PIN)
    await seller.reads("🔐 <b>A PIN was set for your payouts.</b>")


async def withdraws_all(seller: Actor) -> None:
    """From the wallet to the question for the PIN."""
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("Withdraw")
    await seller.taps("bKash")
    await seller.taps("All: {amount}", amount=acts.stars(seller, 225))
    await seller.taps("Withdraw {amount}", amount=acts.stars(seller, 225))
    await seller.reads(QUESTION)


async def enters_account(seller: Actor) -> None:
    """The PIN first, then the number; nothing is withdrawn."""
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("Withdraw")
    await seller.taps("bKash")
    await seller.reads(QUESTION)
    await types(seller, PIN)
    await seller.says("01712345678")
    await seller.sees_button("Another account")


def holds(town: Town, digits: str) -> list[str]:
    """Where the digits stand in the house's database, and in its log."""
    tables = [
        row[0] for row in acts.rows(town, "SELECT name FROM sqlite_master WHERE type='table'")
    ]
    found = [name for name in tables if digits in str(acts.rows(town, f"SELECT * FROM {name}"))]
    return found + (["the log"] if digits in town.house.log() else [])


async def test_a_pin_stands_before_the_money(town: Town) -> None:
    """Asked for accounts and for much money; the right one carries it out, none is kept."""
    seller = town.seller
    await ready(town)
    await sets_pin(seller)
    await enters_account(seller)
    await withdraws_all(seller)
    await types(seller, WRONG)
    await seller.sees(str(seller.tr.n(*WRONG_ONE, 4)))
    await types(seller, PIN)
    await seller.sees_button("Take it back")
    await seller.reads("Was it not you? Then stop your payouts now.")
    assert [holds(town, digits) for digits in (PIN, "৪০৭১৯৩", WRONG)] == [[], [], []]


async def test_a_thief_locks_it_and_forgetting_takes_three_days(town: Town) -> None:
    """Five wrong ones lock it for a day; a reset can be stopped, and is carried out after 72 h."""
    seller = town.seller
    await ready(town)
    await sets_pin(seller)
    await enters_account(seller)
    await withdraws_all(seller)
    for _ in range(5):
        await types(seller, WRONG)
    await seller.sees("🔒")
    await types(seller, PIN)
    await seller.sees(begun(seller, LOCKED, when=MARK))
    assert acts.rows(town, "SELECT id FROM withdrawal") == []
    await forgets_it(seller)
    await seller.taps("Keep my PIN after all")
    await seller.sees_button("I have forgotten it")
    await forgets_it(seller)
    town.house.advance(73 * HOUR_MS)
    await seller.reads(GONE)


async def forgets_it(seller: Actor) -> None:
    """From the wallet to the notice that can be stopped."""
    await seller.person.forgets()
    await seller.says("/wallet")
    await seller.taps("🔐 My PIN")
    await seller.taps("I have forgotten it")
    await seller.taps("Yes, remove it")
    await seller.sees(begun(seller, FORGOTTEN, until=MARK))


def begun(seller: Actor, english: str, **values: str) -> str:
    """A sentence up to the moment that it names."""
    return seller.words(english, **values).partition(MARK)[0]
