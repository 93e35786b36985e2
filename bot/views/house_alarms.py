"""Alarms and log lines about the house's own money, in words."""

from markupsafe import Markup

from bot.i18n import Translator

STUCK = "stuck"


def house_alarms(tr: Translator) -> dict[str, Markup]:
    """What happened, by the alarm's name."""
    return {
        "frozen": tr("Money that leaves was stopped by an operator:"),
        "thawed": tr("Money may leave again. It was let go by:"),
        "safe_mode_left": tr("Safe mode is over. It was ended by:"),
        "feed_open": tr("A line of a provider's list cannot be booked:"),
        "unlisted": tr("Telegram does not list a payment that was booked. Was it taken back?"),
        "balance": tr("What is there differs from the books:"),
        "short": tr("The house owes more than it holds. An owner has to put money in."),
        "refunds_short": tr(
            "What may have to go back to buyers is not there, so refunds could fail. An owner has "
            "to put it in, or wait with taking Stars out."
        ),
        "stars_extra": tr(
            "Telegram reports parts of a Star or a commission. Is an affiliate programme on?"
        ),
        "exchanged_out": tr("Stars were taken out. When the money is there, write down how much."),
        "exchange_undone": tr("Stars that were taken out have come back."),
        "unattributed": tr("Stars came in, and nobody knows from whom."),
        "unexplained": tr("Stars left, and nobody knows why."),
        "sent_unknown": tr(
            "A provider lists money as sent that the house does not know of. It is booked as a "
            "loss until somebody knows whose it was."
        ),
        STUCK: tr("Something waits longer than it should:"),
        "clock": tr(
            "This machine's clock runs ahead of Telegram's or has been set ahead. Until it is "
            "right nothing happens by the clock: no order ends, nothing clears, no payout begins. "
            "Set it, then write me a word so that I can compare."
        ),
        "clock_right": tr("The clock is right again; what has waited for it goes on."),
        "sweep": tr("Something that the house does by itself has failed for a while:"),
    }


def stuck_words(detail: str, tr: Translator) -> Markup:
    """The list of what waits, one line each; `detail` is name=count, with spaces between."""
    names = stuck_names(tr)
    pairs = [part.partition("=") for part in detail.split()]
    lines = [
        Markup("· {}: {}").format(names.get(name, name), tr.number(int(count)))
        for name, _, count in pairs
    ]
    return Markup("\n").join(lines)


def stuck_names(tr: Translator) -> dict[str, str]:
    """What waits, by its name in the list."""
    return {
        "inbox": tr.label("updates"),
        "outbox": tr.label("notices and refunds"),
        "sending": tr.label("payouts being sent"),
        "claims": tr.label("payments to find"),
        "disputes": tr.label("disputes near their deadline"),
        "feed": tr.label("lines of the Stars list"),
        "wallets": tr.label("wallets nobody looked into for a day"),
        "hand_refunds": tr.label("refunds by hand not sent for a day"),
        "sweeps": tr.label("the house's own work that does not succeed"),
    }


def house_acts(tr: Translator) -> dict[str, str]:
    """What was done, in two or three words."""
    return {
        "freeze": tr.label("money stopped"),
        "leave_safe_mode": tr.label("safe mode ended"),
        "capital": tr.label("own money put in"),
        "exchanged_in": tr.label("exchanged Stars arrived"),
        "budget_promo": tr.label("coupon budget"),
        "budget_goodwill": tr.label("goodwill budget"),
        "draw": tr.label("money taken out"),
        "draw_proposed": tr.label("draw proposed"),
        "draw_confirmed": tr.label("draw confirmed"),
        "draw_dropped": tr.label("draw dropped"),
        "goodwill_proposed": tr.label("goodwill proposed"),
        "goodwill_confirmed": tr.label("goodwill confirmed"),
        "goodwill_dropped": tr.label("goodwill dropped"),
        "refund_proposed": tr.label("refund by hand proposed"),
        "refund_confirmed": tr.label("refund by hand confirmed"),
        "write_off": tr.label("debt written off"),
        "unknown_returned": tr.label("unknown money sent back"),
        "attribute": tr.label("found its owner"),
        "correct": tr.label("mirrored"),
        "goodwill": tr.label("goodwill given"),
        "refund_void": tr.label("refund given up"),
        "looked": tr.label("looked into a wallet"),
    }
