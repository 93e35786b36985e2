"""How fast one person may go on, and that money never waits for that."""

from typing import Any

import pytest

from bot.kit.pace import Pace
from bot.ui.callbacks import encode
from bot.ui.taps import GoHelp
from tests.support.office import Office
from tests.support.telegram import Person
from tests.support.town import Town


class Watch:
    """A clock in seconds that tests move."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_five_commands_at_once_then_one_a_second() -> None:
    """The sixth is dropped; a second later one more goes through."""
    watch = Watch()
    pace = Pace(now_s=watch)
    assert [pace.allows(1, is_tap=False) for _ in range(7)] == [True] * 5 + [False] * 2
    watch.now_s = 1.0
    assert [pace.allows(1, is_tap=False) for _ in range(2)] == [True, False]


def test_twenty_taps_a_minute() -> None:
    """The twenty-first is dropped; three seconds later one more goes through."""
    watch = Watch()
    pace = Pace(now_s=watch)
    assert sum(pace.allows(1, is_tap=True) for _ in range(50)) == 20
    watch.now_s = 3.1
    assert sum(pace.allows(1, is_tap=True) for _ in range(50)) == 1


def test_people_do_not_share_a_pace() -> None:
    """Nor do the taps and the commands of one person."""
    pace = Pace(now_s=Watch())
    assert [pace.allows(1, is_tap=False) for _ in range(6)][-1] is False
    assert pace.allows(1, is_tap=True)
    assert pace.allows(2, is_tap=False)


def test_full_buckets_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd does not fill the memory."""
    monkeypatch.setattr("bot.kit.pace.KEPT", 10)
    watch = Watch()
    pace = Pace(now_s=watch)
    for person in range(100):
        watch.now_s += 60.0
        assert pace.allows(person, is_tap=False)
    assert len(pace._buckets) <= 10


async def test_the_first_that_is_dropped_is_answered(town: Town) -> None:
    """Kindly and once; the others cost no call at all."""
    office = await Office.open(town, Pace(now_s=Watch()))
    person = Person(777, "Ann")
    for _ in range(30):
        await office.takes(person.taps(encode(GoHelp())))
    toasts = [one.get("text", "") for one in office.telegram.named("answerCallbackQuery")]
    assert len(toasts) == 21
    assert toasts[-1] == "That was a bit fast for me. Please wait a few seconds and try again."
    office.telegram.calls.clear()
    for _ in range(9):
        await office.takes(person.says("/help"))
    assert len(office.telegram.named("sendMessage")) == 6
    await office.bot.shutdown()


async def test_a_note_that_cannot_be_sent_is_no_failure(town: Town) -> None:
    """Whoever floods and has blocked the bot is simply dropped."""
    office = await Office.open(town, Pace(now_s=Watch(), commands=(1.0, 0.0)))
    office.telegram.script = lambda _method, _data: (
        403,
        {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
    )
    await office.takes(Person(777, "Ann").says("/help"))
    await office.bot.shutdown()


async def test_words_are_never_dropped(town: Town) -> None:
    """What people write and send is not counted, however much comes at once."""
    office = await Office.open(town, Pace(now_s=Watch()))
    for number in range(30):
        await office.takes(Person(777, "Ann").says(f"Number {number}"))
    assert len(office.telegram.named("sendMessage")) == 30
    await office.bot.shutdown()


async def test_money_goes_on_in_a_flood(town: Town) -> None:
    """500 taps a second by one person: the checkout and the payment of others go through."""
    watch = Watch()
    office = await Office.open(town, Pace(now_s=watch))
    order = await town.placed()
    intent = await town.services.payments.intent_of(order.id)
    crook, payer = Person(777, "Ann"), Person(town.buyer.telegram_id, "Ayesha")
    for number in range(1_000):
        watch.now_s = number / 500
        await office.takes(crook.taps(encode(GoHelp())))
        if number == 500:
            await office.takes(_checkout(payer, str(intent), order.charge.minor))
    await office.takes(_paid(payer, str(intent), order.charge.minor))
    assert len(office.telegram.named("editMessageText")) == 20
    (answer,) = office.telegram.named("answerPreCheckoutQuery")
    assert answer["ok"] is True
    assert (await town.order(order.id)).state.is_funded
    await office.bot.shutdown()


async def test_the_payer_may_have_flooded(town: Town) -> None:
    """A payment counts for nothing, and is not dropped whatever the person did before."""
    office = await Office.open(town, Pace(now_s=Watch()))
    order = await town.placed()
    intent = await town.services.payments.intent_of(order.id)
    payer = Person(town.buyer.telegram_id, "Ayesha")
    for _ in range(40):
        await office.takes(payer.taps(encode(GoHelp())))
    await office.takes(_checkout(payer, str(intent), order.charge.minor))
    await office.takes(_paid(payer, str(intent), order.charge.minor))
    assert (await town.order(order.id)).state.is_funded
    await office.bot.shutdown()


def _checkout(payer: Person, intent: str, total: int) -> dict[str, Any]:
    raw = payer.checks_out(intent)
    raw["pre_checkout_query"] |= {"total_amount": total}
    return raw


def _paid(payer: Person, intent: str, total: int) -> dict[str, Any]:
    return payer.message(
        successful_payment={
            "currency": "XTR",
            "total_amount": total,
            "invoice_payload": intent,
            "telegram_payment_charge_id": "charge-flood",
            "provider_payment_charge_id": "",
        }
    )
