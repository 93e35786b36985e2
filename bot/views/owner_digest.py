"""The owners' day: orders, money held and owed, what waits, what operators did, what went wrong."""

from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowLog
from bot.views.acts import act_line
from bot.views.desk import counted, desk_button
from bot.views.reading import Reading
from market.money import Currency, Money
from market.notices import Message
from market.reports import Act

ACTS_MOST = 12


def owner_digest(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """One message a day; what is empty is not said."""
    facts: dict[str, Any] = message.facts
    if not isinstance(facts.get("until_ms"), int):
        return None
    when = tr.when(facts["until_ms"], reading.now_ms)
    parts = [
        tr("🗞 <b>The house, the day until {when}</b>", when=when),
        _orders(facts.get("orders") or {}, tr),
        _money(facts.get("money") or [], tr),
        _waiting(facts.get("queues") or {}, facts.get("most") or 100, tr),
        _trouble(facts, tr),
        _acts(facts, reading, tr),
    ]
    text = Markup("\n\n").join(part for part in parts if part)
    return Screen(text=text, rows=(_ways(reading, tr),))


def _ways(reading: Reading, tr: Translator) -> tuple[Button, ...]:
    """The desk is for owners who are operators too."""
    log = Button(label=tr.label("The log"), tap=ShowLog(0))
    person = reading.person
    if person is None or person.telegram_id not in reading.policy.operators:
        return (log,)
    return (log, desk_button(tr))


def _orders(tally: dict[str, int], tr: Translator) -> Markup:
    if not tally:
        return Markup()
    return tr(
        "📋 Orders: {placed} placed, {paid} paid, {completed} completed, {ended} ended otherwise; "
        "{under_way} under way",
        placed=tally["placed"],
        paid=tally["paid"],
        completed=tally["completed"],
        ended=tally["ended"],
        under_way=tally["under_way"],
    )


def _money(sums: list[dict[str, Any]], tr: Translator) -> Markup:
    return Markup("\n").join(_currency(one, tr) for one in sums)


def _currency(sums: dict[str, Any], tr: Translator) -> Markup:
    currency = Currency(sums["currency"])

    def money(name: str) -> str:
        return tr.money(Money(sums[name], currency))

    return tr(
        "💰 Held {held}; clearing for sellers {clearing}, owed to them {owed}; buyers' credit "
        "{credit}, going back {going_back}; fees {fees}",
        held=money("held"),
        clearing=money("clearing"),
        owed=money("owed"),
        credit=money("credit"),
        going_back=money("going_back"),
        fees=money("fees"),
    )


def _waiting(queues: dict[str, int], most: int, tr: Translator) -> Markup:
    names = {
        "disputes": tr.label("disputes"),
        "appeals": tr.label("appeals"),
        "claims": tr.label("payments to find"),
        "reports": tr.label("reports"),
        "strikes": tr.label("contact data"),
        "first_gigs": tr.label("first gigs"),
        "reopen": tr.label("wishes to reopen"),
        "standing": tr.label("appeals of people"),
        "threads": tr.label("support"),
        "payouts": tr.label("payouts to send"),
        "hand_refunds": tr.label("refunds by hand"),
        "draws": tr.label("draws and goodwill to confirm"),
    }
    waiting = _named(names, queues, most, tr)
    return tr("⏳ Waiting for operators: {what}", what=waiting) if waiting else Markup()


def _trouble(facts: dict[str, Any], tr: Translator) -> Markup:
    names = {
        "dead_updates": tr.label("updates given up"),
        "dead_notices": tr.label("notices given up"),
        "failed_refunds": tr.label("failed refunds"),
    }
    dead = _named(names, facts.get("queues") or {}, facts.get("most") or 100, tr)
    lines = [tr("🚨 Alarms: {what}", what=dead)] if dead else []
    if facts.get("is_frozen"):
        lines.append(tr("🧊 Refunds are stopped until somebody has looked at the books."))
    return Markup("\n").join(lines)


def _named(names: dict[str, str], counts: dict[str, int], most: int, tr: Translator) -> str:
    return ", ".join(
        f"{name} {counted(counts[key], most, tr)}" for key, name in names.items() if counts.get(key)
    )


def _acts(facts: dict[str, Any], reading: Reading, tr: Translator) -> Markup:
    acts = [
        Act(operator_id=by, act=act, detail=detail, at_ms=at_ms)
        for by, act, detail, at_ms in facts.get("acts") or []
    ]
    if not acts:
        return tr("👮 The operators did nothing that is logged.")
    lines = [act_line(act, reading.names, tr, reading.now_ms) for act in acts[:ACTS_MOST]]
    head = tr.n(
        "👮 <b>{n} act of operators</b>", "👮 <b>{n} acts of operators</b>", int(facts["count"])
    )
    if facts["count"] > len(lines):
        lines.append(tr("The others are in the log."))
    return Markup("\n").join([head, *lines])
