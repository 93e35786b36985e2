"""Draws and goodwill that wait for a second person: in the queue, on their page, in alarms."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ConfirmDraw, DropDraw, ShowDraw, ShowMoney
from bot.views.house_words import rail_words
from bot.views.queues import Line
from bot.views.typed import name_of
from market.proposals import DrawCard, MoneyProposal, ProposalState

DRAWS = frozenset(
    f"{kind}_{what}" for kind in ("draw", "goodwill") for what in ("waits", "confirmed", "dropped")
)
Rows = tuple[tuple[Button, ...], ...]


def draw_line(card: DrawCard, tr: Translator) -> Line:
    """One in the queue."""
    one = card.proposal
    amount, name = tr.money(one.amount), _name(card, one.proposed_by)
    when = tr.when(one.proposed_ms, card.now_ms)
    if one.is_gift:
        words = tr(
            "<b>{amount}</b> of goodwill for {whom}\n{name} proposed it {when}",
            amount=amount,
            whom=_name(card, one.given_to),
            name=name,
            when=when,
        )
    else:
        words = tr(
            "<b>{amount}</b> out of {purse}\n{name} proposed it {when}",
            amount=amount,
            purse=rail_words(one.rail, tr),
            name=name,
            when=when,
        )
    return Line(words, draw_label(one, tr), ShowDraw(one.id))


def draw_label(one: MoneyProposal, tr: Translator) -> str:
    """On its button."""
    amount = tr.money(one.amount)
    if one.is_gift:
        return tr.label("Goodwill: {amount}", amount=amount)
    return tr.label("Draw: {amount}, {purse}", amount=amount, purse=rail_words(one.rail, tr))


def draw_screen(card: DrawCard, tr: Translator) -> Screen:
    """Who wants to take out or give how much, and what the reader may say to it."""
    head = _gift_head(card, tr) if card.proposal.is_gift else _draw_head(card, tr)
    text = Markup("{}\n\n{}").format(head, _todo(card, tr))
    back = Button(label=tr.label("The house's money"), tap=ShowMoney(0))
    return Screen(text=text, rows=(*_acts(card, tr), (back,)))


def _draw_head(card: DrawCard, tr: Translator) -> Markup:
    one = card.proposal
    return tr(
        "🏦 <b>Take {amount} out of {purse}?</b>\n{name} proposed it {when}.",
        amount=tr.money(one.amount),
        purse=rail_words(one.rail, tr),
        name=_name(card, one.proposed_by),
        when=tr.when(one.proposed_ms, card.now_ms),
    )


def _gift_head(card: DrawCard, tr: Translator) -> Markup:
    one = card.proposal
    head = tr(
        "🤝 <b>Give {whom} {amount} of goodwill?</b>\n{name} proposed it {when}:",
        whom=_name(card, one.given_to),
        amount=tr.money(one.amount),
        name=_name(card, one.proposed_by),
        when=tr.when(one.proposed_ms, card.now_ms),
    )
    return Markup("{}\n<blockquote>{}</blockquote>").format(head, one.why)


def _todo(card: DrawCard, tr: Translator) -> Markup:
    one = card.proposal
    if not one.waits:
        return _ended(card, tr)
    if card.is_author:
        return tr(
            "It is more than one person lets go alone within a day, so another owner or operator "
            "has to confirm it. Nothing has been booked yet."
        )
    if card.is_frozen:
        return tr("🧊 Money does not leave the house at the moment.")
    return tr(
        "It is more than one person lets go alone within a day. Confirm it only when you know "
        "what it is for: it is booked at once, and both your names stand in the log."
    )


def _ended(card: DrawCard, tr: Translator) -> Markup:
    one = card.proposal
    by, when = _name(card, one.ended_by), tr.when(one.ended_ms or 0, card.now_ms)
    if one.state is ProposalState.CONFIRMED:
        return tr("✅ {name} confirmed it {when}; it is booked.", name=by, when=when)
    return tr("✖️ {name} dropped it {when}; nothing was booked.", name=by, when=when)


def _acts(card: DrawCard, tr: Translator) -> Rows:
    one = card.proposal
    if not one.waits:
        return ()
    drop = Button(label=tr.label("Drop it"), tap=DropDraw(one.id))
    if card.is_author or card.is_frozen:
        return ((drop,),)
    label = tr.label("Confirm: {amount}", amount=tr.money(one.amount))
    return ((Button(label=label, tap=ConfirmDraw(one.id), style="danger"),), (drop,))


def _name(card: DrawCard, person_id: int | None) -> str:
    return name_of(card.names.get(person_id or 0, ""))


def proposed_toast(tr: Translator) -> str:
    """A draw waits now."""
    return tr.label("Proposed. Another owner or operator has to confirm it.")


def confirmed_toast(tr: Translator) -> str:
    """A draw is booked."""
    return tr.label("Confirmed and booked.")


def dropped_toast(tr: Translator) -> str:
    """A draw is off."""
    return tr.label("Dropped. Nothing was booked.")


def draw_alarms(tr: Translator) -> dict[str, Markup]:
    """What happened, by the alarm's name."""
    return {
        "draw_waits": tr("Much money is to be taken out; a second person has to confirm it."),
        "draw_confirmed": tr("A draw was confirmed and booked."),
        "draw_dropped": tr("A draw was dropped."),
        "goodwill_waits": tr("Much goodwill is to be given; a second person has to confirm it."),
        "goodwill_confirmed": tr("Goodwill was confirmed and booked."),
        "goodwill_dropped": tr("Goodwill that was proposed was dropped."),
    }
