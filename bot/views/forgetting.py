"""/deletemydata: what goes, what stays and why, the second question, and why it must wait."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ForgetMe, GoHome, ShowBoard, ShowWallet
from market.policy import Policy
from market.privacy import Needs

ASK, SURE, NOW = 0, 1, 2


def forget_screen(needs: Needs, tr: Translator, policy: Policy) -> Screen:
    """Before anything happens; with the way to whatever has to end first."""
    if not needs.is_free:
        return _not_yet(needs, tr)
    go_on = Button(label=tr.label("Go on"), tap=ForgetMe(SURE), style="danger")
    return Screen(
        text=Markup("\n\n").join([_goes(tr), _stays(tr, policy)]), rows=((go_on,), (_keep(tr),))
    )


def _goes(tr: Translator) -> Markup:
    return tr(
        "<b>Delete my data</b>\n\n"
        "<b>What goes, at once</b>\n"
        "• your name and username\n"
        "• your payout accounts, and the digits of the numbers you paid from\n"
        "• drafts, quick replies and your messages to us\n"
        "• what you wrote in the rooms of finished orders, and your answers to sellers\n"
        "• your settings; your gigs take no more orders, your coupons end"
    )


def _stays(tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>What stays, and why</b>\n"
        "• the books, who paid whom how much: the law asks for them. You are a number there.\n"
        "• your Telegram number (id), so that a late refund finds you and a ban stays a ban\n"
        "• deliveries and disputes, the other side's proof: without your name, until {span} after "
        "the order's end\n"
        "• your reviews, without your name\n\n"
        "This cannot be undone.",
        span=tr.span(policy.windows.texts_keep_ms),
    )


def _not_yet(needs: Needs, tr: Translator) -> Screen:
    parts = [tr("<b>Delete my data</b>\n\nNot yet: something of yours is still under way.")]
    rows: list[tuple[Button, ...]] = []
    if needs.orders:
        parts.append(_orders(needs.orders, tr))
        rows.append((Button(label=tr.label("My orders"), tap=ShowBoard(0, 0)),))
    if needs.money:
        parts.append(
            tr(
                "• Money of yours is here, on its way, or owed. Withdraw or spend it first, so "
                "that nothing of it is lost."
            )
        )
        rows.append((Button(label=tr.label("My wallet"), tap=ShowWallet(0)),))
    if needs.runs_house:
        parts.append(tr("• You run this house. Have your number taken out of its settings first."))
    return Screen(text=Markup("\n").join(parts), rows=(*rows, (_home(tr),)))


def _orders(count: int, tr: Translator) -> Markup:
    return tr.n(
        "• {n} order of yours is open or still clearing. It has to end first.",
        "• {n} orders of yours are open or still clearing. They have to end first.",
        count,
    )


def forget_confirm(tr: Translator) -> Screen:
    """The second question."""
    now = Button(label=tr.label("Delete everything now"), tap=ForgetMe(NOW), style="danger")
    text = tr(
        "<b>Really delete?</b>\n"
        "Your name, accounts and messages go now, and nobody can bring them back."
    )
    return Screen(text=text, rows=((now,), (_keep(tr),)))


def forgotten_screen(tr: Translator) -> Screen:
    """It is done."""
    text = tr(
        "<b>Done. Your data is deleted.</b>\n"
        "Should you write to me again, I learn your name from Telegram as on the first day, and "
        "you begin anew. To hear nothing more from me, block the bot.\n\n"
        "Thank you for having been here."
    )
    return Screen(text=text)


def _keep(tr: Translator) -> Button:
    return Button(label=tr.label("Keep everything"), tap=GoHome())


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())
