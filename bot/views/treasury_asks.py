"""What is asked before the house's own money is moved: where, whose, how much, why."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ConfirmMoney, LeaveFlow, PickPurse, StepBack
from bot.views.house_words import rail_words, sum_of
from bot.views.treasury import (
    ATTRIBUTE,
    DRAW,
    EXCHANGED,
    GIVE,
    GOODWILL,
    LOOKED,
    PROMO,
    PUT_IN,
    act_label,
)
from bot.views.typed import name_of, one_line

WHY_MAX = 200


def wants_figures(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Here a tap or a short text is needed.")


def purse_question(act: int, choices: Sequence[tuple[str, str]], tr: Translator) -> Screen:
    """Which rail, or which currency where no rail is meant."""
    head = Markup("🏦 <b>{}</b>\n{}").format(act_label(act, tr), _about(act, tr))
    rows = tuple(
        (Button(label=purse_words(rail, currency, tr), tap=PickPurse(number)),)
        for number, (rail, currency) in enumerate(choices)
    )
    text = Markup("{}\n\n{}").format(head, tr("Which one?"))
    return Screen(text=text, rows=(*rows, (_later(tr),)))


def purse_words(rail: str, currency: str, tr: Translator) -> str:
    """A rail with its currency, or the currency alone."""
    return f"{rail_words(rail, tr)}, {currency}" if rail else currency


def _about(act: int, tr: Translator) -> Markup:
    texts = {
        PUT_IN: tr(
            "Money of your own that lies in a wallet of the house by now. Payouts by hand are "
            "possible up to what lies there."
        ),
        EXCHANGED: tr("What you got for Stars that were taken out through Fragment."),
        DRAW: tr(
            "Only what is the house's own; whatever people are owed stays. Much of it leaves only "
            "when another owner or operator confirms it."
        ),
        PROMO: tr("So much may be given away in coupons. It comes out of the fees, else of yours."),
        GOODWILL: tr(
            "So much may be given to people as credit. It comes out of the fees, else of yours."
        ),
        LOOKED: tr("Compare the wallet with the books. Type what you see there, nothing else."),
        ATTRIBUTE: tr("Money that came in without an order becomes a person's credit."),
        GIVE: tr("Credit that can be spent here, out of the goodwill budget."),
    }
    return texts[act]


def person_question(act: int, tr: Translator) -> Screen:
    """Whose."""
    text = Markup("🏦 <b>{}</b>\n\n{}").format(
        act_label(act, tr), tr("Whose is it? Write the person's own number (no. …).")
    )
    return Screen(text=text, rows=((_later(tr),),))


def amount_question(act: int, purse: str, name: str, tr: Translator) -> Screen:
    """How much; what the books say is not shown where a wallet is looked into."""
    lines = [Markup("🏦 <b>{}</b>").format(act_label(act, tr)), Markup.escape(purse)]
    if name:
        lines.append(Markup.escape(name_of(name)))
    asked = tr("How much do you see there?") if act == LOOKED else tr("How much?")
    text = Markup("{}\n\n{}").format(Markup("\n").join(lines), asked)
    return Screen(text=text, rows=((_back(tr), _later(tr)),))


def why_question(name: str, tr: Translator) -> Screen:
    """The reason; the person reads it."""
    text = tr(
        "🏦 <b>Goodwill for {name}</b>\nWhy? The person reads it; at most {most} characters.",
        name=name_of(name),
        most=WHY_MAX,
    )
    return Screen(text=text, rows=((_back(tr), _later(tr)),))


def sure_question(
    act: int, purse: str, amount: tuple[int, str], for_whom: tuple[str, str], tr: Translator
) -> Screen:
    """All of it once more; `for_whom` is the name and the reason."""
    name, why = for_whom
    lines = [
        Markup("🏦 <b>{}: {}</b>").format(act_label(act, tr), sum_of(*amount, tr)),
        Markup.escape(purse),
    ]
    lines += [Markup.escape(name_of(name))] if name else []
    lines += [Markup("<i>{}</i>").format(one_line(why, WHY_MAX))] if why else []
    yes = Button(label=tr.label("Write it down"), tap=ConfirmMoney(), style="success")
    return Screen(text=Markup("\n").join(lines), rows=((yes,), (_back(tr), _later(tr))))


def looked_text(difference: int, currency: str, tr: Translator) -> Markup:
    """What came of looking into a wallet."""
    if not difference:
        return tr("✅ The wallet and the books agree.")
    amount = sum_of(abs(difference), currency, tr)
    if difference > 0:
        return tr("⚠️ The wallet has {amount} more than the books.", amount=amount)
    return tr("⚠️ The wallet has {amount} less than the books.", amount=amount)


def nothing_text(tr: Translator) -> Markup:
    """There is nothing that this could be done with."""
    return tr("There is nothing to do that with now.")


def _back(tr: Translator) -> Button:
    return Button(label=tr.label("Back"), tap=StepBack())


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
