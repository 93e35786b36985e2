"""The single acts of the money day, as steps; in which order they come says `money_script`."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from market.coupon import NewCoupon
from market.deadlines import DAY_MS, MINUTE_MS
from market.errors import MarketError
from market.money import Currency, Money
from market.paying import AS_USUAL, Paying
from market.payout_terms import Way
from market.reports import Subject
from market.states import Event
from payments.crypto_pay import answers
from payments.crypto_pay.rail import report
from services.claims import Said
from services.payout_ends import Sending
from services.withdrawals import Wish
from tests.support.money_day import BUYER, OPERATOR, SELLER, Day, Step, number
from tests.support.samples import file

FEED, BILLS, TIPS = frozenset({"feed"}), frozenset({"bills"}), frozenset({"tips"})
EVERYTHING = FEED | BILLS | TIPS
XTR, BDT, USDT = Currency.XTR, Currency.BDT, Currency.USDT
Act = Callable[[Day], Awaitable[object]]
WORDS = "This is not what we agreed on."


def step(name: str, act: Act, **more: Any) -> Step:
    """A step."""
    return Step(name=name, act=act, **more)


async def nothing(_day: Day) -> None:
    """Only time goes on."""


def later(ms: int, name: str) -> Step:
    """The house is alone with its clock."""
    return step(f"later {name}", nothing, gap_ms=ms, looks=EVERYTHING)


def puts_in(rail: str, amount: Money) -> Step:
    """P25: the owner's own money."""
    name = f"capital {rail}"

    async def outside(day: Day) -> None:
        if amount.currency is USDT:
            day.world.crypto.balance += Decimal(amount.minor) / 10**6
        else:
            day.world.wallet_minor += amount.minor

    async def act(day: Day) -> None:
        await day.services.treasury.put_in(day.by(OPERATOR, name), rail=rail, amount=amount)

    return step(name, act, outside=outside)


def sets_rate(text: str, target: Currency) -> Step:
    """An owner buys Stars."""
    name = f"rate {target}"

    async def act(day: Day) -> None:
        rates = day.services.rates
        await rates.set(day.by(OPERATOR, name), rates.read(text, target))

    return step(name, act)


def places(
    order_id: int, gig_id: int, buyer: int = BUYER, paying: Paying = AS_USUAL, **more: Any
) -> Step:
    """P2 where balances pay; else an invoice."""

    async def act(day: Day) -> None:
        command = day.by(buyer, f"place {order_id}")
        made = await day.services.orders.place(command, gig_id, gig_id, paying)
        assert made.id == order_id

    return step(f"place {order_id}", act, **more)


def checks_out(order_id: int) -> Step:
    """Telegram asks before it charges; killed in between, it declines and the buyer tries again."""

    async def act(day: Day) -> None:
        row = await _intent(day, order_id)
        await day.services.payments.check(
            row.id, telegram_id=BUYER, currency="XTR", total=row.amount.minor
        )

    return step(f"checkout {order_id}", act)


async def _intent(day: Day, order_id: int, tip: int = 0) -> Any:
    async with day.storage.read() as uow:
        if tip:
            return await uow.payments.intent((await uow.tips.get(tip)).intent_id)
        return await uow.payments.intent_of_order(order_id)


def pays(charge: str, order_id: int = 0, payer: int = BUYER, *, tip: int = 0) -> Step:
    """P1: Telegram charges, and tells the bot."""
    name = f"paid {charge}"

    async def outside(day: Day) -> None:
        intent = await _intent(day, order_id, tip)
        day.world.till.add(
            charge,
            intent.amount.minor,
            day.clock.now_ms(),
            telegram_id=payer,
            payload=intent.id,
        )

    return step(name, hears_paid(charge), outside=outside, is_fact=True, looks=FEED)


def hears_paid(charge: str) -> Act:
    """Telegram's update about a payment."""

    async def act(day: Day) -> None:
        row = day.world.till.find(charge, "in")
        assert row is not None
        await day.services.payments.paid(
            telegram_id=row.telegram_id or 0,
            charge_id=charge,
            intent_id=row.payload,
            currency="XTR",
            total=row.amount.minor,
        )

    return act


def taken_back(charge: str) -> Step:
    """P24: Telegram gives a payment back by itself."""

    async def outside(day: Day) -> None:
        day.world.till.send_back(charge, day.clock.now_ms())

    return hears_refund(charge, outside=outside)


def hears_refund(charge: str, **more: Any) -> Step:
    """Telegram's update about a payment that went back."""

    async def act(day: Day) -> None:
        await day.services.payments.refunded(charge_id=charge)

    return step(f"refunded {charge}", act, is_fact=True, looks=FEED, **more)


def acts(who: int, order_id: int, event: Event, **more: Any) -> Step:
    """One tap on an order."""
    name = f"{event} {order_id}"

    async def act(day: Day) -> None:
        version = await day.version(name, order_id)
        command = day.by(who, name)
        await day.services.orders.act(command, order_id, event=event, version=version, note="So")

    return step(name, act, **more)


def delivers(order_id: int, who: int = SELLER) -> Step:
    """The work is there."""
    name = f"deliver {order_id}"

    async def act(day: Day) -> None:
        version = await day.version(name, order_id)
        await day.services.orders.deliver(
            day.by(who, name), order_id, version=version, text="Done", files=()
        )

    return step(name, act)


def done(order_id: int, buyer: int = BUYER) -> tuple[Step, ...]:
    """Delivered and accepted: P5, P6."""
    return delivers(order_id), acts(buyer, order_id, Event.ACCEPT)


def offers_tip(order_id: int, minor: int) -> Step:
    """An invoice for a tip."""
    name = f"tip {order_id} {minor}"

    async def act(day: Day) -> None:
        await day.services.tips.offer(day.by(BUYER, name), order_id, minor=minor)

    return step(name, act)


def claims(order_id: int, trx: str, buyer: int = BUYER, *, minor: int = 0) -> Step:
    """The buyer sends taka by hand (or says so) and types the reference."""
    name = f"claim {order_id} {trx}"

    async def outside(day: Day) -> None:
        day.world.wallet_minor += minor

    async def act(day: Day) -> None:
        version = await day.version(name, order_id)
        said = Said(wallet="bkash", reference=trx, digits="4321")
        await day.services.claims.claim(day.by(buyer, name), order_id, version=version, said=said)

    return step(name, act, outside=outside)


def sees(claim_id: int, minor: int) -> Step:
    """P1 by hand: an operator types what stands on the statement."""
    name = f"see {claim_id}"

    async def act(day: Day) -> None:
        await day.services.claim_desk.see(day.by(OPERATOR, name), claim_id, minor=minor)

    return step(name, act)


def of_claim(what: str, claim_id: int, **words: str) -> Step:
    """Rejecting, sending back, having sent, giving up."""
    name = f"{what} {claim_id}"

    async def act(day: Day) -> None:
        where: Any = day.services.claim_desk if what == "reject" else day.services.hand_refunds
        await getattr(where, what)(day.by(OPERATOR, name), claim_id, **words)

    async def outside(day: Day) -> None:
        if what == "sent":
            card = await day.services.hand_refunds.card(number(OPERATOR), claim_id)
            day.world.wallet_minor -= card.refund.amount.minor

    return step(name, act, outside=outside)


def _pays_newest(name: str) -> Act:
    async def outside(day: Day) -> None:
        newest = max(day.world.crypto.invoices)
        day.world.crypto.pay(newest)
        day.world.seen[name] = newest

    return outside


def pays_in_silence(name: str) -> Step:
    """Somebody pays the newest invoice, and the webhook never comes."""
    return step(name, nothing, outside=_pays_newest(name))


def pays_usdt(name: str) -> Step:
    """P1 and P4: somebody pays the newest invoice; the provider's webhook follows."""

    async def act(day: Day) -> None:
        raw = json.dumps(day.world.crypto.invoices[day.world.seen[name]]).encode()
        made = answers.invoice(answers.loads(raw))
        await day.services.bills.reported("crypto_pay", report(made))

    return step(name, act, outside=_pays_newest(name), is_fact=True, looks=BILLS)


def loses(method: str) -> Act:
    """The next call there is carried out, and its answer is lost."""

    async def outside(day: Day) -> None:
        if method == "refund":
            day.world.till.loses_answers += 1
        else:
            day.world.crypto.fail(method, "silent after")

    return outside


def disputes(order_id: int) -> tuple[Step, ...]:
    """Both speak, and an operator splits: P12."""

    async def opens(day: Day) -> None:
        await day.services.disputes.open(
            day.by(BUYER, f"dispute {order_id}"),
            order_id,
            version=await day.version(f"dispute {order_id}", order_id),
            reason="quality",
            text=WORDS,
            files=(),
        )

    async def answers_back(day: Day) -> None:
        command = day.by(SELLER, f"testify {order_id}")
        await day.services.disputes.testify(command, order_id, text=WORDS, files=())

    async def decides(day: Day) -> None:
        await day.services.disputes.propose_or_decide(
            day.by(OPERATOR, f"decide {order_id}"),
            order_id,
            version=await day.version(f"decide {order_id}", order_id),
            minor=100,
            reason="Because",
        )

    return (
        step(f"dispute {order_id}", opens, gap_ms=70 * MINUTE_MS),
        step(f"testify {order_id}", answers_back),
        step(f"decide {order_id}", decides),
    )


def reopened(order_id: int) -> tuple[Step, ...]:
    """P13, and the seller gives in: everything goes back."""

    async def asks(day: Day) -> None:
        command = day.by(BUYER, f"wish {order_id}")
        await day.services.disputes.ask_reopen(command, order_id, text=WORDS)

    async def reopens(day: Day) -> None:
        async def wish() -> int:
            async with day.storage.read() as uow:
                return (await uow.reports.open((Subject.REOPEN,), limit=1))[0].id

        found = await day.saw(f"reopen {order_id}", wish)
        assert isinstance(found, int)
        await day.services.disputes.reopen(day.by(OPERATOR, f"reopen {order_id}"), found)

    return (
        step(f"wish {order_id}", asks),
        step(f"reopen {order_id}", reopens),
        acts(SELLER, order_id, Event.CONCEDE_SELLER),
    )


def split(order_id: int, minor: int) -> tuple[Step, ...]:
    """The seller asks to end it for a part, the buyer agrees: P10, P11, P5, P6."""
    name = f"ask {order_id}"

    async def asks(day: Day) -> None:
        await day.services.orders.ask_cancel(
            day.by(SELLER, name),
            order_id,
            version=await day.version(name, order_id),
            minor=minor,
            note="Let us stop",
        )

    return step(name, asks), acts(BUYER, order_id, Event.AGREE_CANCEL)


def makes_coupon(code: str, *, of_house: bool, **changes: Any) -> Step:
    """A month long."""

    async def act(day: Day) -> None:
        now_ms = day.clock.now_ms()
        new = NewCoupon(code=code, currency=XTR, from_ms=now_ms, until_ms=now_ms + 30 * DAY_MS)
        coupons = day.services.coupons
        if of_house:
            await coupons.make_for_house(day.by(OPERATOR, code), replace(new, **changes))
        else:
            await coupons.make(day.by(SELLER, code), replace(new, **changes))

    return step(f"coupon {code}", act)


def keeps_account(text: str) -> Step:
    """Where the seller's taka go."""

    async def act(day: Day) -> None:
        await day.services.withdrawals.keep_account(day.by(SELLER, "account"), Way.BKASH, text)

    return step("account", act)


def withdraws(withdrawal_id: int, way: Way, source: Money, **more: Any) -> Step:
    """P21 and P17."""
    name = f"withdraw {withdrawal_id}"

    async def act(day: Day) -> None:
        async def rate_id() -> int:
            offer = await day.services.withdrawals.offer(number(SELLER))
            option = offer.option(way, source.currency)
            return 0 if option is None or option.rate is None else option.rate.id

        found = await day.saw(name, rate_id)
        assert isinstance(found, int)
        wish = Wish(way=way, source=source, rate_id=found)
        made = await day.services.withdrawals.request(day.by(SELLER, name), wish)
        assert made.withdrawal.id == withdrawal_id

    return step(name, act, **more)


def of_payout(
    what: str, withdrawal_id: int, *, wallet: int = 0, again: str = "", **facts: Any
) -> Step:
    """One of the operators' acts; what the phone's wallet has then is `wallet` more."""
    name = f"{what} {withdrawal_id}{again}"

    async def version(day: Day) -> int:
        async with day.storage.read() as uow:
            return (await uow.withdrawals.get(withdrawal_id)).version

    async def act(day: Day) -> None:
        found = await day.saw(name, lambda: version(day))
        command = day.by(SELLER if what == "cancel" else OPERATOR, name)
        where: Any = day.services.withdrawals if what == "cancel" else day.services.payouts
        await getattr(where, what)(command, withdrawal_id, version=found, **facts)

    async def outside(day: Day) -> None:
        day.world.wallet_minor += wallet

    return step(name, act, outside=outside)


def sent_by_hand(reference: str, charge_minor: int) -> Sending:
    """What an operator says of it."""
    return Sending(reference=reference, charge_minor=charge_minor, evidence=file(9))


def of_house(name: str, act: Callable[[Any, Any], Awaitable[object]], wallet: int = 0) -> Step:
    """An owner's act on the house's own money."""

    async def does(day: Day) -> None:
        await act(day.services.treasury, day.by(OPERATOR, name))

    async def outside(day: Day) -> None:
        day.world.wallet_minor += wallet

    return step(name, does, outside=outside)


def listed(external_id: str, minor: int, **changes: Any) -> Step:
    """A line of Telegram's list that is about no invoice: P22, P23."""

    async def outside(day: Day) -> None:
        day.world.till.add(external_id, minor, day.clock.now_ms(), **changes)

    return step(f"listed {external_id}", nothing, outside=outside, looks=FEED)


def refused(inner: Step, *why: type[MarketError]) -> Step:
    """The house says no, and nothing has happened."""

    async def act(day: Day) -> None:
        try:
            await inner.act(day)
        except why:
            return
        raise AssertionError(f"{inner.name} was not refused")

    return replace(inner, name=f"refused {inner.name}", act=act)
