"""What keeps money from leaving, for operators: freezes, safe mode, and what would leave."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import FreezeMoney, LeaveSafeMode, ShowAdmin, ShowQueue, ShowStops, Thaw
from bot.views.codes import order_code
from bot.views.desk import AUDIT, HAND_REFUNDS, PAYOUTS, desk_button
from bot.views.house_words import rail_words, sum_of
from market.trust import Outgoing, Stops

SHOWN = 20
Rows = tuple[tuple[Button, ...], ...]


def stops_screen(stops: Stops, tr: Translator, now_ms: int, *, is_owner: bool) -> Screen:
    """What stops it, what waits, and the ways to stop it and to let it go."""
    parts = [
        tr("🧊 <b>Money that leaves</b>"),
        _frozen(stops, tr),
        _owners(tr) if stops.frozen_by and stops.is_wrong else Markup(),
        _safe(stops, tr, now_ms),
        _waiting(stops, tr, now_ms),
    ]
    text = Markup("\n\n").join(part for part in parts if part)
    return Screen(text=text, rows=(*_ways(stops, tr, is_owner=is_owner), _last(tr)))


def _frozen(stops: Stops, tr: Translator) -> Markup:
    match stops.frozen_by:
        case "audit":
            return tr(
                "<b>Stopped by the audit:</b> the books are not right. No refund and no payout "
                "leaves until somebody has looked. Nothing is lost, everything waits."
            )
        case "operator":
            return tr(
                "<b>Stopped by an operator.</b> No refund and no payout leaves. Nothing is lost, "
                "everything waits."
            )
        case _ if stops.safe_since_ms is None:
            return tr("Nothing is stopped: refunds and payouts leave by themselves.")
        case _:
            return Markup()


def _owners(tr: Translator) -> Markup:
    return tr(
        "As long as the audit finds errors only an owner may let money leave: everything that is "
        "due leaves then. It looks again every few minutes."
    )


def _safe(stops: Stops, tr: Translator, now_ms: int) -> Markup:
    if stops.safe_since_ms is None:
        return Markup()
    when = tr.when(stops.safe_since_ms, now_ms)
    text = tr(
        "🛟 <b>Safe mode since {when}:</b> the house was restored from a backup. What the backup "
        "does not know of may have left already, so nothing leaves until an owner has read the "
        "list below and compared it with the wallets.",
        when=when,
    )
    if stops.is_reconciled:
        more = tr("All lists of providers were read: what had left by itself is out of the list.")
    else:
        more = tr(
            "Not read to its end yet: {rails}. That happens within minutes; “How the house runs” "
            "tells what keeps it.",
            rails=", ".join(rail_words(rail, tr) for rail in stops.unread),
        )
    by_hand = tr(
        "What was sent by hand since the backup no list tells: open it in its queue below and tap "
        "<b>It was sent before the restore…</b>"
    )
    return Markup("{}\n{}\n{}").format(text, more, by_hand)


def _waiting(stops: Stops, tr: Translator, now_ms: int) -> Markup:
    if not stops.outgoing:
        return tr("Nothing waits to leave.")
    head = tr("<b>This waits to leave:</b>")
    lines = [_line(one, tr, now_ms) for one in stops.outgoing[:SHOWN]]
    if len(stops.outgoing) > SHOWN:
        lines.append(tr("… and more."))
    return Markup("\n").join([head, *lines])


def _line(one: Outgoing, tr: Translator, now_ms: int) -> Markup:
    return tr(
        "· {kind} {amount}, {rail}, person no. {person}{order}, since {when}",
        kind=tr.label("refund") if one.kind == "refund" else tr.label("payout"),
        amount=sum_of(one.minor, one.currency, tr),
        rail=rail_words(one.rail, tr),
        person=one.person_id,
        order="" if one.order_id is None else f", {order_code(one.order_id)}",
        when=tr.when(one.since_ms, now_ms),
    )


def _ways(stops: Stops, tr: Translator, *, is_owner: bool) -> Rows:
    made: list[Button] = []
    if not stops.frozen_by:
        made.append(Button(label=tr.label("Stop everything"), tap=FreezeMoney(), style="danger"))
    elif is_owner or not stops.is_wrong:
        label = tr.label("I have looked: let money leave")
        made.append(Button(label=label, tap=Thaw(), style="danger"))
    if stops.safe_since_ms is not None:
        made.append(Button(label=tr.label("📤 Payouts"), tap=ShowQueue(PAYOUTS, 0)))
        made.append(Button(label=tr.label("↩️ Refunds by hand"), tap=ShowQueue(HAND_REFUNDS, 0)))
    if stops.safe_since_ms is not None and is_owner and stops.is_reconciled:
        made.append(Button(label=tr.label("End safe mode"), tap=LeaveSafeMode(0), style="danger"))
    return tuple((one,) for one in made)


def _last(tr: Translator) -> tuple[Button, ...]:
    books = Button(label=tr.label("The books"), tap=ShowAdmin(AUDIT))
    return Button(label=tr.label("Look again"), tap=ShowStops()), books, desk_button(tr)


def safe_mode_confirm(stops: Stops, tr: Translator) -> Screen:
    """The last question before everything in the list leaves."""
    text = tr.n(
        "🛟 <b>End safe mode?</b>\n{n} refund or payout in the list leaves right away. What "
        "was sent by hand after the backup must have been found and marked as sent first.",
        "🛟 <b>End safe mode?</b>\n{n} refunds and payouts in the list leave right away. "
        "What was sent by hand after the backup must have been found and marked as sent first.",
        len(stops.outgoing),
    )
    yes = Button(label=tr.label("Yes, end it"), tap=LeaveSafeMode(1), style="danger")
    no = Button(label=tr.label("No, look again"), tap=ShowStops())
    return Screen(text=text, rows=((yes,), (no,)))


def frozen_toast(tr: Translator) -> str:
    """Nothing leaves any more."""
    return tr.label("Stopped. Nothing leaves until somebody lets it.")


def left_toast(tr: Translator) -> str:
    """Safe mode is over."""
    return tr.label("Safe mode is over.")
