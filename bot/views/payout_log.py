"""Payouts in operators' alarms and in the log, in words."""

from markupsafe import Markup

from bot.i18n import Translator

PAYOUTS = frozenset({"payout", "payout_waits", "payout_word", "dead_payout"})
GUARDS = frozenset({"payout_not_me"})


def payout_alarms(tr: Translator) -> dict[str, Markup]:
    """What happened, by the alarm's name."""
    return {
        "payout": tr("A withdrawal waits to be approved or sent."),
        "payout_waits": tr("A withdrawal still waits. Its person was told: within a day."),
        "payout_not_me": tr(
            "Somebody says that another one is at this account. Its payouts are stopped."
        ),
        "payout_word": tr(
            "An owner says what became of a payout at its provider; another operator has to agree."
        ),
        "dead_payout": tr("A payout got no answer from its provider. Nobody knows if it went."),
    }


def payout_acts(tr: Translator) -> dict[str, str]:
    """What was done, in two or three words."""
    return {
        "payout_approve": tr.label("payout approved"),
        "payout_take": tr.label("payout taken"),
        "payout_put_back": tr.label("payout put back"),
        "payout_pay": tr.label("payout sent"),
        "payout_fail": tr.label("payout not sent"),
        "payout_return": tr.label("payout came back"),
        "payouts_freed": tr.label("payouts let go"),
        "payout_was_sent": tr.label("payout sent before the restore"),
        "payout_word": tr.label("said what became of a payout"),
        "payout_word_agreed": tr.label("agreed what became of a payout"),
        "payout_rate": tr.label("rate set"),
    }
