"""Before an order: what the buyer will pay, what happens to the money, and what silence does."""

from dataclasses import replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import AcceptTerms, AgreeAndOrder
from bot.views.absence import away_soon_words
from bot.views.legal import terms_question
from bot.views.pricing import price_words, quote_rows, way_back_words
from bot.views.typed import name_of, one_line
from market import rails
from market.policy import Policy
from market.rail_cards import OpenWays
from market.rails import is_by_hand, rail_of
from market.read import OrderQuote


def quote_screen(
    quote: OrderQuote, tr: Translator, policy: Policy, note: Markup | None = None
) -> Screen:
    """The quote with its *Order and pay* button; `note` stands first (the gig has changed)."""
    gig = quote.card.gig
    head = tr(
        "🧾 <b>{title}</b>\nSeller: {seller}",
        title=one_line(gig.title),
        seller=name_of(quote.card.seller_name),
    )
    parts = [note, head, _contents(quote, tr), _rules(quote, tr, policy)]
    text = Markup("\n\n").join(part for part in parts if part is not None)
    return Screen(text=text, rows=quote_rows(quote, tr))


def changed_note(tr: Translator) -> Markup:
    """The gig was changed after it was shown."""
    return tr("✏️ <b>The seller has just changed this gig.</b> This is how it is now.")


def invoice_toast(tr: Translator) -> str:
    """The invoice is a message of its own."""
    return tr.label("The invoice is coming.")


def terms_first(ways: OpenWays, tr: Translator, policy: Policy, gig_id: int) -> Screen:
    """The terms with a button that agrees and comes back to this gig's quote."""
    question = terms_question(ways, tr, policy)
    rows = tuple(tuple(_coming_back(button, gig_id) for button in row) for row in question.rows)
    return replace(question, rows=rows)


def _coming_back(button: Button, gig_id: int) -> Button:
    if not isinstance(button.tap, AcceptTerms):
        return button
    return replace(button, tap=AgreeAndOrder(button.tap.version, gig_id))


def _contents(quote: OrderQuote, tr: Translator) -> Markup:
    gig = quote.card.gig
    days = tr.n("Delivery within {n} day", "Delivery within {n} days", gig.delivery_days)
    start = _away(quote, tr) or _start(gig.question, tr)
    lines = [days, _changes(gig.revisions, tr), start, away_soon_words(quote.card, tr)]
    return Markup("\n").join(line for line in lines if line)


def _away(quote: OrderQuote, tr: Translator) -> Markup | None:
    """The buyer knows before ordering that the seller is away."""
    if quote.counts_from_ms is None:
        return None
    return tr(
        "🌴 <b>The seller is away.</b> The delivery time starts on {when} at the earliest.",
        when=tr.when(quote.counts_from_ms, quote.now_ms),
    )


def _changes(revisions: int, tr: Translator) -> Markup:
    if not revisions:
        return tr("No changes included")
    return tr.n("{n} round of changes included", "{n} rounds of changes included", revisions)


def _start(question: str | None, tr: Translator) -> Markup:
    if question is None:
        return tr("The time starts with your payment.")
    return tr("The time starts when you have answered the seller's question.")


def _rules(quote: OrderQuote, tr: Translator, policy: Policy) -> Markup:
    windows = policy.windows
    by_hand = is_by_hand(rail_of(quote.price.currency))
    lines = (
        price_words(quote, tr, policy),
        tr("• The money is held here. The seller is paid only when you accept the delivery."),
        tr(
            "• After a delivery you have {span} to accept or to ask for changes. Silence after "
            "our reminders counts as acceptance.",
            span=tr.span(windows.accept_ms),
        ),
        tr(
            "• You get everything back if you cancel before the work begins, if the seller "
            "cancels, or if you cancel because the delivery is more than {span} late.",
            span=tr.span(windows.late_cancel_ms),
        ),
        *_by_rail(quote, tr, policy),
        way_back_words(quote.draft, tr),
        _to_pay(quote, tr, windows.pay_by_hand_ms if by_hand else windows.pay_ms),
    )
    return Markup("\n").join(line for line in lines if line is not None)


def _to_pay(quote: OrderQuote, tr: Translator, span_ms: int) -> Markup | None:
    if quote.draft is not None and not quote.draft.charge.minor:
        return None
    return tr("• You have {span} to pay. Nothing is charged before you pay.", span=tr.span(span_ms))


def _by_rail(quote: OrderQuote, tr: Translator, policy: Policy) -> tuple[Markup, ...]:
    """What is special about paying in this currency."""
    match rail_of(quote.price.currency):
        case rails.STARS:
            return (
                tr(
                    "• Payments are sent back whole or not at all; a part of one stays here as "
                    "credit."
                ),
            )
        case rails.CRYPTO_PAY:
            return (
                tr(
                    "• You pay in @CryptoBot, a wallet inside Telegram, from your own account "
                    "there: I send you a link. What goes back whole goes back there."
                ),
            )
        case _ if quote.draft is None or quote.draft.charge.minor:
            return (
                tr(
                    "• You send the money yourself, to a number that comes next. An operator looks "
                    "for it, usually within {span}; then the order begins. What goes back whole "
                    "goes back by hand to the number that it came from.",
                    span=tr.span(policy.windows.claim_review_ms),
                ),
            )
        case _:
            return ()
