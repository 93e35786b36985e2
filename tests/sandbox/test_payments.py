"""Stars: invoices, pre-checkout, payment, refund and the list of transactions."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import Bot, Refusal

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person
    from sandbox.world import World

INVOICE: dict[str, Any] = {
    "title": "Logo",
    "description": "A logo in three days",
    "payload": "intent-1",
    "currency": "XTR",
    "prices": [{"label": "Logo", "amount": 100}],
}


async def approve(bot: Bot, *, ok: bool = True, **more: Any) -> dict[str, Any]:
    query: dict[str, Any] = await bot.update("pre_checkout_query")
    await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=ok, **more)
    return query


async def paid(bot: Bot, person: "Person", **invoice: Any) -> dict[str, Any]:
    """One invoice sent, approved and paid: the successful_payment message."""
    await bot.call("sendInvoice", chat_id=person.id, **{**INVOICE, **invoice})
    outcome = (await asyncio.gather(person.pays(), approve(bot)))[0]
    assert outcome["ok"], outcome
    message: dict[str, Any] = await bot.update("message")
    while "successful_payment" not in message:
        message = await bot.update("message")
    return message


async def stars_of(sandbox: "Sandbox", person: "Person") -> int:
    people = (await sandbox.world())["people"]
    return int(next(one["stars"] for one in people if one["id"] == person.id))


@pytest.mark.parametrize(
    ("change", "description"),
    [
        ({"prices": [{"label": "a", "amount": 1}] * 2}, "STARS_INVOICE_INVALID"),
        ({"prices": [{"label": "a", "amount": 0}]}, "total price must be positive"),
        ({"prices": "no"}, "can't parse prices JSON object"),
        ({"provider_token": "x"}, "PAYMENT_PROVIDER_INVALID"),
        ({"currency": "EUR"}, "PAYMENT_PROVIDER_INVALID"),
        ({"currency": "stars"}, "PAYMENT_PROVIDER_INVALID"),
        ({"title": "x" * 33}, "INVOICE_TITLE_INVALID"),
        ({"description": "x" * 256}, "INVOICE_DESCRIPTION_INVALID"),
        ({"payload": "অ" * 43}, "INVOICE_PAYLOAD_INVALID"),
        ({"max_tip_amount": 5, "suggested_tip_amounts": [1]}, "STARS_INVOICE_INVALID"),
        ({"title": ""}, 'parameter "title" is required'),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}},
            "REPLY_MARKUP_BUY_EMPTY",
        ),
    ],
)
async def test_wrong_invoices(
    bot: Bot, ann: "Person", change: dict[str, Any], description: str
) -> None:
    """An invoice in Stars has one price, no provider and texts within their limits."""
    refusal = await bot.refused("sendInvoice", chat_id=ann.id, **{**INVOICE, **change})
    assert Refusal(400, f"Bad Request: {description}") == refusal


async def test_paying_moves_stars_and_tells_both_sides(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """After an approved pre-checkout the Stars move and the bot gets successful_payment."""
    message = await paid(bot, ann)
    fact = message["successful_payment"]
    assert (
        fact["total_amount"],
        fact["currency"],
        fact["invoice_payload"],
    ) == (100, "XTR", "intent-1")
    assert ann.id == message["from"]["id"] == message["chat"]["id"]
    assert await stars_of(sandbox, ann) == 2400
    assert await bot.call("getMyStarBalance") == {"amount": 100}
    invoice = next(one for one in await ann.messages() if one["invoice"])
    assert invoice["invoice"]["paid"]
    with pytest.raises(Refused, match="is paid"):
        await sandbox.pay(ann.id, message=invoice["id"])


async def test_two_taps_on_pay_at_once(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """Of payments of one invoice under way together only the first that is approved moves Stars."""
    sent = await bot.call("sendInvoice", chat_id=ann.id, **INVOICE)
    paying = asyncio.gather(*(sandbox.pay(ann.id, message=sent["message_id"]) for _ in range(2)))
    await approve(bot)
    await approve(bot)
    assert sorted(one["ok"] for one in await paying) == [False, True]
    assert await stars_of(sandbox, ann) == 2400


async def test_a_silent_bot_fails_the_payment(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """Without an answer in time nothing moves, the payer hears why, and lint reports it."""
    await bot.call("sendInvoice", chat_id=ann.id, **INVOICE)
    outcome = await ann.pays()
    assert (
        outcome["ok"],
        outcome["error"],
    ) == (False, "The bot did not answer the pre-checkout in time")
    assert await stars_of(sandbox, ann) == 2500
    assert [one["kind"] for one in await sandbox.lint()] == ["pre-checkout never answered"]
    query = await bot.update("pre_checkout_query")
    late = await bot.refused("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    assert late.description.startswith("Bad Request: query is too old")


async def test_a_refused_pre_checkout_shows_its_reason(bot: Bot, ann: "Person") -> None:
    """The payer reads the bot's error_message, which a refusal must have."""
    await bot.call("sendInvoice", chat_id=ann.id, **INVOICE)
    paying = asyncio.ensure_future(ann.pays())
    query = await bot.update("pre_checkout_query")
    nameless = await bot.refused(
        "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=False
    )
    assert Refusal(400, 'Bad Request: parameter "error_message" is required') == nameless
    await bot.call(
        "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=False, error_message="Sold"
    )
    assert await paying == {"ok": False, "error": "Sold", "charge_id": None}


async def test_a_poor_payer_cannot_pay(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """More Stars than one has cannot be paid, also when the bot approves."""
    await bot.call(
        "sendInvoice", chat_id=ann.id, **{**INVOICE, "prices": [{"label": "a", "amount": 9999}]}
    )
    outcome = (await asyncio.gather(ann.pays(), approve(bot)))[0]
    assert (outcome["ok"], outcome["error"]) == (False, "BALANCE_TOO_LOW")
    assert await stars_of(sandbox, ann) == 2500


async def test_a_refund_is_whole_and_once(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The Stars come back, a service message says so, and a second refund is refused."""
    message = await paid(bot, ann)
    charge = message["successful_payment"]["telegram_payment_charge_id"]
    params = {"user_id": ann.id, "telegram_payment_charge_id": charge}
    assert True is await bot.call("refundStarPayment", **params)
    told = await bot.update("message")
    assert charge == told["refunded_payment"]["telegram_payment_charge_id"]
    assert await stars_of(sandbox, ann) == 2500
    again = await bot.refused("refundStarPayment", **params)
    assert Refusal(400, "Bad Request: CHARGE_ALREADY_REFUNDED") == again


async def test_refunds_need_the_right_charge_and_person(
    bot: Bot, ann: "Person", bob: "Person"
) -> None:
    """An unknown charge, and somebody else's, are no charge."""
    message = await paid(bot, ann)
    charge = message["successful_payment"]["telegram_payment_charge_id"]
    for user, number in ((ann.id, "stx0"), (bob.id, charge)):
        refusal = await bot.refused(
            "refundStarPayment", user_id=user, telegram_payment_charge_id=number
        )
        assert Refusal(400, "Bad Request: CHARGE_ID_INVALID") == refusal


async def test_transactions_are_oldest_first(bot: Bot, ann: "Person") -> None:
    """A refund has the id of its payment, and a receiver where that had a source."""
    message = await paid(bot, ann)
    charge = message["successful_payment"]["telegram_payment_charge_id"]
    await paid(bot, ann, payload="intent-2")
    await bot.call("refundStarPayment", user_id=ann.id, telegram_payment_charge_id=charge)
    rows = (await bot.call("getStarTransactions"))["transactions"]
    payloads = [row.get("source", row.get("receiver"))["invoice_payload"] for row in rows]
    assert payloads == ["intent-1", "intent-2", "intent-1"]
    assert charge == rows[0]["id"] == rows[2]["id"]
    assert ["source" in row for row in rows] == [True, True, False]
    paged = await bot.call("getStarTransactions", offset=1, limit=1)
    assert [rows[1]] == paged["transactions"]


async def test_links_can_be_paid_again_and_again(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """An invoice link is paid by whoever has it, as often as they like."""
    link = await bot.call("createInvoiceLink", **INVOICE)
    for person in (ann, bob, ann):
        outcome = (await asyncio.gather(sandbox.pay(person.id, link=link), approve(bot)))[0]
        assert outcome["ok"]
    assert await bot.call("getMyStarBalance") == {"amount": 300}


@pytest.mark.parametrize(("start", "payable"), [("", True), ("gig-1", False)])
async def test_a_forwarded_invoice(bot: Bot, ann: "Person", start: str, *, payable: bool) -> None:
    """A forwarded invoice can be paid only when it had no start parameter."""
    sent = await bot.call("sendInvoice", chat_id=ann.id, **INVOICE, start_parameter=start)
    place = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": sent["message_id"]}
    copy = await bot.call("forwardMessage", **place)
    shown = (await ann.messages())[-1]
    assert payable is (shown["invoice"] is not None)
    button = copy["reply_markup"]["inline_keyboard"][0][0]
    assert payable is bool(button.get("pay"))
    refusal = await bot.refused("copyMessage", **place)
    assert refusal.description == "Bad Request: the message can't be copied"


async def test_anybody_who_sees_an_invoice_pays_it(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", group: int
) -> None:
    """In a group each member can, once; the pre-checkout and the receipt name the payer."""
    sent = await bot.call("sendInvoice", chat_id=group, **INVOICE)
    place = {"message": sent["message_id"], "chat": group}
    for payer in (bob, ann):
        outcome, query = await asyncio.gather(sandbox.pay(payer.id, **place), approve(bot))
        assert outcome["ok"]
        assert payer.id == query["from"]["id"]
        receipt = await bot.update("message")
        assert (payer.id, group, sent["message_id"]) == (
            receipt["from"]["id"],
            receipt["chat"]["id"],
            receipt["reply_to_message"]["message_id"],
        )
    with pytest.raises(Refused, match="is paid"):
        await sandbox.pay(ann.id, **place)


async def test_an_invoice_that_people_forward_is_paid_again(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", group: int
) -> None:
    """Each copy is paid anew, by others and by the same person, with the same payload."""
    sent = await bot.call("sendInvoice", chat_id=ann.id, **INVOICE)
    first = (await asyncio.gather(ann.pays(), approve(bot)))[0]
    copy = await ann.at(group).sandbox.say(
        ann.id, chat=group, forward={"chat": ann.id, "message": sent["message_id"]}
    )
    assert copy["invoice"]["amount"] == 100
    for payer in (bob, ann):
        paying = sandbox.pay(payer.id, message=copy["id"], chat=group)
        outcome, query = await asyncio.gather(paying, approve(bot))
        assert ("intent-1", payer.id) == (query["invoice_payload"], query["from"]["id"])
        assert outcome["charge_id"] not in {None, first["charge_id"]}
    assert await bot.call("getMyStarBalance") == {"amount": 300}


async def test_a_channel_s_invoice_is_receipted_in_private(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """Nobody signs in a channel: the payment stands in the payer's own chat."""
    made = await sandbox.chat("channel", title="Shop", admins=["bot"], members=[ann.id])
    sent = await bot.call("sendInvoice", chat_id=made["id"], **INVOICE)
    paying = sandbox.pay(ann.id, message=sent["message_id"], chat=made["id"])
    outcome = (await asyncio.gather(paying, approve(bot)))[0]
    assert outcome["ok"]
    receipt = await bot.update("message")
    assert (ann.id, ann.id) == (receipt["from"]["id"], receipt["chat"]["id"])


async def test_transactions_are_paged(bot: Bot, ann: "Person") -> None:
    """Offset counts from the oldest; the limit is 1 to 100; nothing comes after the end."""
    for number in range(3):
        await paid(bot, ann, payload=f"intent-{number}", prices=[{"label": "a", "amount": 1}])
    pages = []
    for page in (
        {"limit": 2},
        {"offset": 2, "limit": 2},
        {"offset": 9},
        {"offset": -1, "limit": 0},
    ):
        rows = (await bot.call("getStarTransactions", **page))["transactions"]
        pages.append([row["source"]["invoice_payload"] for row in rows])
    assert pages == [["intent-0", "intent-1"], ["intent-2"], [], ["intent-0"]]


async def test_a_subscription_is_paid_by_its_link(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """The first payment says until when it lasts; only 30 days and at most 10,000 Stars go."""
    month = 2_592_000
    link = await bot.call("createInvoiceLink", **INVOICE, subscription_period=month)
    await asyncio.gather(sandbox.pay(ann.id, link=link), approve(bot))
    message = await bot.update("message")
    while "successful_payment" not in message:
        message = await bot.update("message")
    fact = message["successful_payment"]
    assert (message["date"] + month, True, True) == (
        fact["subscription_expiration_date"],
        fact["is_recurring"],
        fact["is_first_recurring"],
    )
    (row,) = (await bot.call("getStarTransactions"))["transactions"]
    assert row["source"]["subscription_period"] == month
    refusal = await bot.refused("createInvoiceLink", **INVOICE, subscription_period=60)
    assert refusal.description == "Bad Request: SUBSCRIPTION_PERIOD_INVALID"
    dear = {**INVOICE, "prices": [{"label": "a", "amount": 10_001}]}
    refusal = await bot.refused("createInvoiceLink", **dear, subscription_period=month)
    assert refusal.description == "Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID"


async def test_a_refund_needs_stars(bot: Bot, ann: "Person", world: "World") -> None:
    """A bot that has withdrawn its Stars cannot give them back."""
    fact = (await paid(bot, ann))["successful_payment"]
    world.stars.balance = 0
    refusal = await bot.refused(
        "refundStarPayment",
        user_id=ann.id,
        telegram_payment_charge_id=fact["telegram_payment_charge_id"],
    )
    assert refusal.description == "Bad Request: BALANCE_TOO_LOW"
