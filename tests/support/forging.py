"""Forged buttons: a house full of other people's business, and data that no screen ever carried."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from random import Random

from bot.ui.callbacks import TAPS, Tap, encode
from market.money import Currency, Money
from market.states import Event, State
from tests.support.by_hand import claimed, paid_by_hand, take_taka
from tests.support.payouts import Till
from tests.support.prices import new_coupon
from tests.support.town import Town

# What anybody may do with the own account, by such a button; it is no forgery.
OWN = frozenset(
    {
        "AcceptTerms",
        "AgreeAndOrder",
        "ChooseDigestHour",
        "ChooseLanguage",
        "ChooseLanguageFor",
        "ChooseZone",
        "ForgetMe",
        "PlaceOrder",
        "PlacePaying",
        "StopPayouts",
    }
)
_WORDS = "abcdefghijklmnopqrstuvwxyz0123456789:-"


async def filled(town: Town) -> None:
    """Orders in every kind of state, money that waits, threads, coupons, claims, reports."""
    await take_taka(town)
    till = await Till(town).opened()
    await till.requested(100)
    for state in (State.AWAITING_PAYMENT, State.IN_PROGRESS, State.DELIVERED, State.COMPLETED):
        buyer = None if state is not State.AWAITING_PAYMENT else await town.citizen(503)
        gig = await town.gig(title=f"A gig that is {state.value}")
        await (town.order_in(state, gig) if buyer is None else town.placed(gig, buyer))
    heard = await town.heard(await town.gig(title="A gig in a dispute"))
    running = await town.order_in(State.IN_PROGRESS, await town.gig(title="A gig with a room"))
    await town.say(town.buyer, running.id, "Is it coming along?")
    await town.ask_cancel(town.seller, running.id, 100)
    order, _ = await paid_by_hand(town, title="A lesson that was paid")
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await claimed(town, trx="7ZZ1C2D3E4")
    await town.services.support.ask(
        town.command(town.buyer), kind="support", order_id=heard.id, text="Where is my order?"
    )
    await town.services.coupons.make(
        town.command(town.seller), new_coupon(town.clock.now_ms(), code="MINE20")
    )
    draw = Money(2_000_000, Currency.BDT)
    await town.services.treasury.draw(
        town.command(town.operator), rail="manual:nagad", amount=draw, from_capital=True
    )
    await town.services.reports.gig(town.command(town.buyer), gig_id=1, words="Is this allowed?")


class Forger:
    """Makes buttons of the house's own classes with numbers that exist, and with any others."""

    def __init__(self, random: Random, rows: Callable[[str], list[int]]) -> None:
        self._random = random
        self._known = {
            "order_id": rows("SELECT id FROM orders"),
            "version": rows("SELECT DISTINCT version FROM orders"),
            "gig_id": rows("SELECT id FROM gig"),
            "gig_version_id": rows("SELECT id FROM gig_version"),
            "withdrawal_id": rows("SELECT id FROM withdrawal"),
            "coupon_id": rows("SELECT id FROM coupon"),
            "thread_id": rows("SELECT id FROM thread"),
            "claim_id": rows("SELECT id FROM claim"),
            "report_id": rows("SELECT id FROM report"),
            "person_id": rows("SELECT id FROM person"),
            "row_id": rows("SELECT id FROM outbox"),
            "transfer_id": rows("SELECT id FROM transfer"),
            "proposal_id": rows("SELECT id FROM money_proposal"),
        }
        self._kinds = [kind for kind in TAPS.values() if kind.__name__ not in OWN]

    def foreign(self) -> str:
        """A button of the house about somebody else's business."""
        kind = self._random.choice(self._kinds)
        return encode(kind(*(self._number(field.name) for field in fields(kind))))

    def stale(self, order_id: int, version: int) -> str:
        """A button about this order as it was once, or never was."""
        kinds = [k for k in self._kinds if {"order_id", "version"} <= _names(k)]
        kind, wrong = self._random.choice(kinds), self._wrong(version)
        given = {"order_id": order_id, "version": wrong}
        return encode(kind(*(given.get(f.name, self._number(f.name)) for f in fields(kind))))

    def garbage(self) -> str:
        """What no button of ours carries, or one that was bent."""
        if self._random.random() < 0.5:
            data = list(self.foreign())
            data[self._random.randrange(len(data))] = self._random.choice(_WORDS)
            bent = "".join(data)
            return "x:y" if bent.split(":")[0] in _OWN_TAGS else bent
        return "".join(self._random.choices(_WORDS, k=self._random.randint(1, 64)))

    def _number(self, name: str) -> int:
        luck = self._random.random()
        if luck < 0.8 and self._known.get(name):
            return self._random.choice(self._known[name])
        if luck < 0.9:
            return self._random.randint(0, 3)
        return self._random.choice((-1, 0, 10**6, 36**11 - 1, -(36**11 - 1), 36**12 - 1))

    def _wrong(self, version: int) -> int:
        return self._random.choice([n for n in range(-1, version + 5) if n != version])


_OWN_TAGS = frozenset(tag for tag, kind in TAPS.items() if kind.__name__ in OWN)


def _names(kind: type[Tap]) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))


def tampered(intents: list[tuple[str, int, int]], random: Random) -> Iterator[dict[str, object]]:
    """Checkouts that no invoice of the house would lead to: payer, amount, currency or id differ.

    `intents` are (id, the payer's Telegram id, amount).
    """
    while True:
        intent_id, payer, total = random.choice(intents)
        fit: dict[str, object] = {
            "invoice_payload": intent_id,
            "currency": "XTR",
            "total_amount": total,
            "from": payer,
        }
        lies: dict[str, object] = {
            "invoice_payload": random.choice(
                (
                    "",
                    "1",
                    f"{random.getrandbits(128):032x}",
                    intent_id[:-1],
                    intent_id.upper() + "0",
                )
            ),
            "currency": random.choice(("BDT", "USD", "xtr", "")),
            "total_amount": random.choice((0, 1, total - 1, total + 1, 10**12, -total)),
            "from": random.choice((777, 778)),
        }
        told = random.sample(sorted(lies), random.randint(1, len(lies)))
        yield fit | {name: lies[name] for name in told}
