"""A person whose payouts are stopped, for operators: why, what waits, and letting it go."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LetPayoutsGo, ShowGuard, ShowPayout, ShowPerson
from bot.views.desk import desk_button
from bot.views.order_state import until
from bot.views.payout_words import is_held
from bot.views.typed import name_of
from market.payout_read import GuardCard
from market.withdrawal import Withdrawal

PAYOUTS_MAX = 5
Rows = tuple[tuple[Button, ...], ...]


def guard_screen(card: GuardCard, tr: Translator, *, is_sure: bool) -> Screen:
    """Somebody whose payouts are stopped; what waits, and the way to let it go."""
    name = name_of(card.name)
    parts = [
        tr("🧊 <b>Payouts of {name}</b>, person no. {number}", name=name, number=card.person.id)
    ]
    stopped_ms = card.guard.stopped_ms
    if stopped_ms is not None:
        when = tr.when(stopped_ms, card.now_ms)
        parts.append(
            tr(
                "The person said {when}: somebody else has changed the account, set a PIN or asked "
                "for money. Find out who.",
                when=when,
            )
        )
    elif is_held(card.guard, card.now_ms):
        moment = until(card.guard.until_ms, card.now_ms, tr)
        parts.append(_waits(moment, tr))
    else:
        parts.append(tr("Nothing stops them."))
    if is_sure:
        parts.append(tr("⚠️ <b>Are you sure that it is the person you talked to?</b>"))
    person = Button(label=name, tap=ShowPerson(card.person.id))
    waiting = tuple(
        (Button(label=_short(one, tr), tap=ShowPayout(one.id)),) for one in card.open[:PAYOUTS_MAX]
    )
    rows = (*_let_go(card, tr, is_sure=is_sure), *waiting, (person, desk_button(tr)))
    return Screen(text=Markup("\n\n").join(parts), rows=rows)


def _waits(moment: str, tr: Translator) -> Markup:
    return tr(
        "The account was changed or the PIN was forgotten; payouts wait until {until}.",
        until=moment,
    )


def _short(one: Withdrawal, tr: Translator) -> str:
    return tr.label("Payout no. {number}, {amount}", number=one.id, amount=tr.money(one.net))


def _let_go(card: GuardCard, tr: Translator, *, is_sure: bool) -> Rows:
    if card.guard.stopped_ms is None:
        return ()
    if not is_sure:
        tap = LetPayoutsGo(card.person.id, 0)
        return ((Button(label=tr.label("I have looked: let them go"), tap=tap),),)
    yes = Button(
        label=tr.label("Yes, let them go"), tap=LetPayoutsGo(card.person.id, 1), style="danger"
    )
    return ((yes,), (Button(label=tr.label("Back"), tap=ShowGuard(card.person.id)),))


def freed_toast(tr: Translator) -> str:
    """Payouts can go."""
    return tr.label("They can go again. The person is being told.")
