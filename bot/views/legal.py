"""The question before the first order or gig, and the pages of the terms and of privacy.

The texts themselves are `terms_text` and `privacy_text`.
"""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import AcceptTerms, ForgetMe, GoHome, Nothing, ReadPrivacy, ReadTerms
from bot.views.means import buyers_fee, clearing_words, closed_words, means, targets
from bot.views.order_money import percent
from bot.views.privacy_text import privacy_text
from bot.views.terms_text import terms_pages
from market.people import TERMS_VERSION
from market.policy import Policy
from market.rail_cards import OpenWays

Row = tuple[Button, ...]


def terms_question(ways: OpenWays, tr: Translator, policy: Policy) -> Screen:
    """The terms in short, and the consent. Asked before the first order or gig at the latest."""
    text = tr(
        "<b>Before we begin: the terms in short</b>\n\n"
        "🔒 Buyers pay with {means}. We hold the money until the work is accepted.\n"
        "💰 Our fee is {fee}% of what a seller earns. {buyers_fee}\n"
        "⏳ {clearing}\n"
        "💸 {in_hand}\n"
        "↩️ A cancelled order is paid back in full.\n"
        "🚫 Nothing illegal, nothing adult, no payments outside the bot.\n\n"
        "Do you agree?",
        means=means(ways, tr),
        fee=percent(policy.fee_bp, tr),
        buyers_fee=buyers_fee(tr, policy),
        clearing=clearing_words(ways, tr, policy),
        in_hand=_in_hand(ways, tr),
    )
    return Screen(
        text=text,
        rows=(
            (_agree(tr),),
            (
                Button(label=tr.label("Read all terms"), tap=ReadTerms(0)),
                Button(label=tr.label("Privacy"), tap=ReadPrivacy()),
            ),
            (Button(label=tr.label("Not now"), tap=GoHome()),),
        ),
    )


def _in_hand(ways: OpenWays, tr: Translator) -> Markup:
    if not ways.ways_out:
        return closed_words(tr)
    return tr("Then you withdraw it, to {targets}.", targets=targets(ways, tr))


def terms_screen(
    page: int, ways: OpenWays, tr: Translator, policy: Policy, *, may_agree: bool
) -> Screen:
    """One page of the terms; `may_agree` for readers who have not agreed yet."""
    pages = terms_pages(ways, tr, policy)
    shown = min(max(page, 0), len(pages) - 1)
    agree: tuple[Row, ...] = ((_agree(tr),),) if may_agree else ()
    return Screen(
        text=pages[shown],
        rows=(_turning(shown, len(pages), tr), *agree, (_privacy(tr), _home(tr))),
    )


def privacy_screen(tr: Translator, policy: Policy) -> Screen:
    """What is kept, for how long, and how to have it deleted."""
    ask = Button(label=tr.label("Delete my data"), tap=ForgetMe(0))
    terms = Button(label=tr.label("Terms"), tap=ReadTerms(0))
    return Screen(text=privacy_text(tr, policy), rows=((ask,), (terms, _home(tr))))


def _turning(page: int, count: int, tr: Translator) -> Row:
    here = tr.label("{page} of {count}", page=page + 1, count=count)
    row = [Button(label=here, tap=Nothing())]
    if page > 0:
        row.insert(0, Button(label=tr.label("Previous page"), tap=ReadTerms(page - 1)))
    if page < count - 1:
        row.append(Button(label=tr.label("Next page"), tap=ReadTerms(page + 1)))
    return tuple(row)


def _agree(tr: Translator) -> Button:
    return Button(label=tr.label("I agree"), tap=AcceptTerms(TERMS_VERSION), style="success")


def _privacy(tr: Translator) -> Button:
    return Button(label=tr.label("Privacy"), tap=ReadPrivacy())


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())
