"""Payouts whose end nobody told the house, and safe mode on the cards of what goes out by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views import hand_words, payout_asks, payout_word, payouts
from bot.views.payout_asks import Asked
from market.deadlines import HOUR_MS
from market.payout_read import Call, PayoutCard, Word
from market.payout_terms import Way
from market.withdrawal import WithdrawalState as S
from tests.support.samples import NOW_MS
from tests.views.approved import Shown, approved
from tests.views.payout_cards import APPROVED, MUCH, OPERATOR, SECOND, chain, payout
from tests.views.test_by_hand_screens import going_back

Draw = Callable[[Translator], Shown]
ASKING = Call(row_id=4, attempts=2, error="502 <bad gateway>", is_given_up=False)
DEAD = replace(ASKING, attempts=9, is_given_up=True)
WORD = Word(id=5, withdrawal_id=7, said_by=SECOND, said_ms=NOW_MS - HOUR_MS, reference="7009")
NOT_SENT = replace(WORD, reference="", reason="The app <was> closed.")
STUCK = payout(chain(state=S.SENDING, version=1), call=DEAD)
OWNER = replace(STUCK, is_owner=True)


def _card(card: PayoutCard) -> Draw:
    return lambda tr: payouts.payout_screen(card, tr)


CARDS: dict[str, Draw] = {
    "asked": _card(replace(STUCK, call=replace(ASKING, error=""))),
    "error": _card(replace(STUCK, call=ASKING)),
    "dead": _card(STUCK),
    "owner": _card(OWNER),
    "own": _card(replace(OWNER, is_own=True)),
    "word": _card(replace(STUCK, word=WORD)),
    "word_not_sent": _card(replace(OWNER, word=NOT_SENT)),
    "word_author": _card(replace(OWNER, word=replace(WORD, said_by=OPERATOR), is_author=True)),
    "agree": lambda tr: payout_word.agree_confirm(STUCK, NOT_SENT, tr),
    "said": lambda tr: payout_word.said_toast(STUCK, tr),
    "ended": lambda tr: payout_word.said_toast(payout(chain(state=S.PAID)), tr),
    "safe": _card(payout(is_safe=True)),
    "safe_much": _card(payout(MUCH, is_safe=True)),
    "safe_approved": _card(payout(APPROVED, is_safe=True)),
    "safe_approver": _card(payout(APPROVED, is_safe=True, is_approver=True)),
    "safe_rail": _card(payout(chain(), is_safe=True)),
    "safe_refund": lambda tr: hand_words.refund_screen(
        replace(going_back(is_frozen=True), is_safe=True), tr
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_ends(name: str) -> None:
    """Why it waits, what an owner says of it, and what is asked after a restore."""
    approved(f"payouts/ends_{name}", CARDS[name])


@pytest.mark.parametrize("how", payout_word.HOWS)
def test_what_an_owner_writes(how: int) -> None:
    """The number at the provider, or why it was not sent."""
    asked = Asked(7, chain().net, Way.CRYPTO_PAY)

    def ask(tr: Translator) -> Screen:
        return payout_asks.word_question(asked, how, 500, tr)

    approved(f"payouts/ends_ask_{how}", ask)
