"""Withdrawals: amounts, accounts, the table of states, and the journals of each step."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market import payout_postings as postings
from market.errors import (
    AnotherOperator,
    DetailsUnreadable,
    MarketError,
    NotFound,
    OwnWithdrawal,
    Stale,
    TooEarly,
    WrongState,
)
from market.ledger import Journal
from market.money import Currency, Money
from market.payout_details import masked, read_details
from market.payout_settings import read_payout_terms
from market.payout_terms import (
    BDT_TERMS,
    MICRO,
    PAYOUT_TERMS,
    USDT_TERMS,
    Rate,
    Way,
    bounds,
    exchanged,
    level_of,
    quoted,
)
from market.policy import Policy
from market.withdrawal import MOVES, Doing, Step, Withdrawal, WithdrawalState, moved
from tests.support.samples import NOW_MS, file

SELLER, OPERATOR, SECOND = 2, 3, 4
TAKA = Rate(
    id=1,
    source=Currency.XTR,
    target=Currency.BDT,
    micro=158 * MICRO,
    set_ms=NOW_MS,
    set_by=OPERATOR,
)
S = WithdrawalState


def stars(minor: int) -> Money:
    return Money(minor, Currency.XTR)


def taka(minor: int) -> Money:
    return Money(minor, Currency.BDT)


def withdrawal(**changes: Any) -> Withdrawal:
    """225 Stars on their way to bKash."""
    base = Withdrawal(
        id=7,
        person_id=SELLER,
        way=Way.BKASH,
        detail_id=1,
        source=stars(225),
        amount=taka(35_550),
        fee=taka(1_000),
        rate_micro=TAKA.micro,
        rate_ms=NOW_MS,
        needs_approval=False,
        requested_ms=NOW_MS,
        from_ms=NOW_MS,
        spend_id="wd-7",
    )
    return replace(base, **changes)


def doing(step: Step, by: int | None = OPERATOR, **changes: Any) -> Doing:
    return replace(Doing(step=step, by=by, now_ms=NOW_MS), **changes)


def lines(journals: tuple[Journal, ...]) -> list[tuple[str, str, str, str, int]]:
    """Key, posting, debit, credit, amount of every transfer."""
    return [
        (journal.key, row.code, row.debit.id, row.credit.id, row.amount.minor)
        for journal in journals
        for row in journal.transfers
    ]


def test_an_exchange_is_rounded_down() -> None:
    """225 Stars at 1.58 taka are ৳355.50; a hundredth of a poisha is nobody's."""
    assert exchanged(stars(225), TAKA) == taka(35_550)
    third = replace(TAKA, micro=MICRO // 3)
    assert exchanged(stars(2), third) == taka(0)
    assert exchanged(taka(5), None) == taka(5)


def test_a_quote_has_the_fee_of_its_terms() -> None:
    """Flat and by share, floored, never more than the amount."""
    terms = replace(BDT_TERMS, fee_flat_minor=1_000, fee_bp=185)
    quote = quoted(stars(225), TAKA, terms)
    assert (quote.amount, quote.fee, quote.net) == (taka(35_550), taka(1_657), taka(33_893))
    assert quoted(taka(400), None, terms).fee == taka(400)


@given(
    micro=st.integers(1, 10**11),
    least=st.integers(1, 10**7),
    most=st.integers(1, 10**9),
)
def test_bounds_are_tight(micro: int, least: int, most: int) -> None:
    """What is at the bounds fits the limits, one unit beyond does not."""
    rate = replace(TAKA, micro=micro)
    low, high = bounds(rate, least_minor=least, most_minor=most)
    assert exchanged(stars(low), rate).minor >= least
    assert exchanged(stars(low - 1), rate).minor < least
    assert exchanged(stars(high), rate).minor <= most
    assert exchanged(stars(high + 1), rate).minor > most


def test_the_same_money_has_the_limits_themselves() -> None:
    """Without an exchange nothing is converted."""
    assert bounds(None, least_minor=5, most_minor=9) == (5, 9)


def test_limits_follow_the_level() -> None:
    """New below three cleared orders, known below twenty."""
    levels = [level_of(cleared, new_below=3, known_below=20) for cleared in (0, 2, 3, 19, 20)]
    assert levels == [0, 0, 1, 1, 2]
    assert Policy().seller_level(3) == 1
    assert Policy().payout_terms(Way.NAGAD) is BDT_TERMS
    assert Policy().payout_terms(Way.CRYPTO_PAY) is USDT_TERMS


def test_ways_name_their_rail_and_money() -> None:
    """Wallets by hand bring taka, Crypto Pay brings USDT."""
    assert [(way.rail, way.currency) for way in Way] == [
        ("manual:bkash", Currency.BDT),
        ("manual:nagad", Currency.BDT),
        ("manual:bank", Currency.BDT),
        ("crypto_pay", Currency.USDT),
    ]


@pytest.mark.parametrize(
    "typed",
    ["01712345678", "০১৭১২৩৪৫৬৭৮", "+880 1712-345678", "8801712345678", "0088 01712 345 678"],
)
def test_mobile_numbers_are_read_as_people_write_them(typed: str) -> None:
    """Both scripts, with and without the country's code, with spaces and dashes."""
    assert read_details(Way.BKASH, typed) == "01712345678"
    assert read_details(Way.NAGAD, typed) == "01712345678"


@pytest.mark.parametrize("typed", ["", "0171234567", "01212345678", "017123456789", "my bKash"])
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    """Too short, too long, of no operator, or words."""
    with pytest.raises(DetailsUnreadable):
        read_details(Way.BKASH, typed)


def test_a_bank_account_is_kept_in_its_own_lines() -> None:
    """Spaces are tidied, signs that cannot be seen are dropped, the number is masked to its end."""
    typed = "Rahim  Uddin\n\nDutch-Bangla Bank,\u202e Mirpur\n১০৭ ১৫১ ২৩৪৫৬৭৮"
    kept = read_details(Way.BANK, typed)
    assert kept == "Rahim Uddin\nDutch-Bangla Bank, Mirpur\n107 151 2345678"
    assert masked(Way.BANK, kept) == "•••5678"


@pytest.mark.parametrize("typed", ["", "Rahim Uddin, Dutch-Bangla Bank", "12345678", "x" * 301])
def test_what_is_no_bank_account_is_refused(typed: str) -> None:
    """No number, nothing but a number, or a novel."""
    with pytest.raises(DetailsUnreadable):
        read_details(Way.BANK, typed)


def test_crypto_pay_needs_no_account() -> None:
    """It knows people by their Telegram account; whatever is typed is no account."""
    with pytest.raises(DetailsUnreadable):
        read_details(Way.CRYPTO_PAY, "01712345678")


def test_masks_show_what_the_owner_needs() -> None:
    """The first and the last three digits; nothing of an account that was forgotten."""
    assert masked(Way.BKASH, "01712345678") == "017•••678"
    assert masked(Way.NAGAD, "") == "•••"


def test_a_request_sells_the_stars_and_reserves_the_taka() -> None:
    """P21 under fx:id, P17 under wd:id:req."""
    assert lines(postings.requested(withdrawal())) == [
        ("fx:7", "P21", "L:user:2:earned:XTR", "X:fx:XTR", 225),
        ("fx:7", "P21", "X:fx:BDT", "L:user:2:earned:BDT", 35_550),
        ("wd:7:req", "P17", "L:user:2:earned:BDT", "L:user:2:wd:BDT", 35_550),
    ]


def test_money_of_the_same_kind_is_not_exchanged() -> None:
    """Earned taka are reserved as they are, and come back as they are."""
    same = withdrawal(source=taka(35_550), rate_micro=None, rate_ms=None)
    assert [line[1] for line in lines(postings.requested(same))] == ["P17"]
    assert [line[1] for line in lines(postings.not_paid(same))] == ["P19"]


def test_a_payout_leaves_the_wallet_and_earns_the_fee() -> None:
    """P18 twice, and P4 where the wallet charged something."""
    assert lines(postings.paid(withdrawal(), 500)) == [
        ("wd:7:paid", "P18", "L:user:2:wd:BDT", "A:prov:manual:bkash:BDT", 34_550),
        ("wd:7:paid", "P18f", "L:user:2:wd:BDT", "I:payout_fee:BDT", 1_000),
        (
            "manual:bkash:wd-7:fee",
            "P4",
            "E:prov_fee:manual:bkash:BDT",
            "A:prov:manual:bkash:BDT",
            500,
        ),
    ]
    free = withdrawal(fee=taka(0))
    assert [line[3] for line in lines(postings.paid(free, 0))] == ["A:prov:manual:bkash:BDT"]


def test_what_was_not_paid_is_as_it_was_before() -> None:
    """P19, then the exchange backwards: the Stars are there again."""
    assert lines(postings.not_paid(withdrawal())) == [
        ("wd:7:failed", "P19", "L:user:2:wd:BDT", "L:user:2:earned:BDT", 35_550),
        ("fx:7:back", "P21", "L:user:2:earned:BDT", "X:fx:BDT", 35_550),
        ("fx:7:back", "P21", "X:fx:XTR", "L:user:2:earned:XTR", 225),
    ]


def test_what_came_back_is_earned_in_what_came_back() -> None:
    """P20: without the fee."""
    assert lines(postings.returned(withdrawal())) == [
        ("wd:7:returned", "P20", "A:prov:manual:bkash:BDT", "L:user:2:earned:BDT", 34_550)
    ]


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("step", Step)
def test_every_cell_moves_or_refuses(state: S, step: Step) -> None:
    """A step does what the table says, or is refused as a wrong state."""
    before = withdrawal(state=state, version=4, operator_id=OPERATOR)
    by = SELLER if step is Step.CANCEL else OPERATOR
    target = MOVES.get((state, step))
    if target is None:
        with pytest.raises(WrongState):
            moved(before, doing(step, by))
        return
    after = moved(before, doing(step, by, version_seen=4))
    assert (after.state, after.version, after.moved_ms) == (target, 5, NOW_MS)


def test_open_states_reserve_money() -> None:
    """Asked for, approved, on its way."""
    assert [state for state in S if state.is_open] == [S.REQUESTED, S.APPROVED, S.SENDING]


def test_what_is_paid_has_its_reference_and_its_evidence() -> None:
    """Who holds it has paid it, and can show it."""
    taken = moved(withdrawal(), doing(Step.TAKE))
    paid = moved(taken, doing(Step.PAY, reference="DHQ7", evidence=file()))
    assert (paid.operator_id, paid.reference, paid.evidence) == (OPERATOR, "DHQ7", file())
    assert paid.spend_id == "wd-7"
    assert paid.net == taka(34_550)
    back = moved(paid, doing(Step.RETURN, SECOND, note="wrong number"))
    assert (back.reference, back.note) == ("DHQ7", "wrong number")


def test_putting_back_frees_it_for_anybody() -> None:
    """Nobody holds it, nobody has approved it."""
    held = withdrawal(state=S.SENDING, operator_id=OPERATOR, approved_by=SECOND)
    free = moved(held, doing(Step.PUT_BACK))
    assert (free.operator_id, free.approved_by) == (None, None)


REFUSED: list[tuple[Withdrawal, Doing, type[MarketError]]] = [
    (withdrawal(), doing(Step.CANCEL, OPERATOR), NotFound),
    (withdrawal(), doing(Step.TAKE, SELLER), OwnWithdrawal),
    (withdrawal(), doing(Step.APPROVE, SELLER), OwnWithdrawal),
    (withdrawal(version=2), doing(Step.TAKE, version_seen=1), Stale),
    (withdrawal(version=2), doing(Step.TAKE, version_seen=0), Stale),
    (withdrawal(from_ms=NOW_MS + 1), doing(Step.TAKE), TooEarly),
    (withdrawal(needs_approval=True), doing(Step.TAKE), WrongState),
    (
        withdrawal(state=S.APPROVED, needs_approval=True, approved_by=OPERATOR),
        doing(Step.TAKE),
        AnotherOperator,
    ),
    (withdrawal(state=S.SENDING, operator_id=SECOND), doing(Step.PAY), AnotherOperator),
    (withdrawal(state=S.SENDING, operator_id=SECOND), doing(Step.FAIL), AnotherOperator),
    (withdrawal(state=S.SENDING, operator_id=SECOND), doing(Step.PUT_BACK), AnotherOperator),
    (withdrawal(state=S.SENDING, way=Way.CRYPTO_PAY), doing(Step.FAIL), WrongState),
    (withdrawal(state=S.SENDING, way=Way.CRYPTO_PAY), doing(Step.PAY), WrongState),
]


@pytest.mark.parametrize(("before", "act", "refusal"), REFUSED)
def test_who_may_not_is_refused(before: Withdrawal, act: Doing, refusal: type[MarketError]) -> None:
    """Others' wishes, own money, old buttons, too early, without a second pair of eyes."""
    with pytest.raises(refusal):
        moved(before, act)


def test_an_owner_may_act_for_who_holds_it() -> None:
    """Somebody who took it and is gone does not hold the money for ever."""
    held = withdrawal(state=S.SENDING, operator_id=SECOND)
    act = doing(Step.PUT_BACK, may_override=True)
    assert moved(held, act).state is S.REQUESTED


def test_a_rail_tells_what_it_sent() -> None:
    """The clock takes it, the rail pays it."""
    taken = moved(withdrawal(way=Way.CRYPTO_PAY), doing(Step.TAKE, None))
    assert moved(taken, doing(Step.PAY, None, reference="t1")).state is S.PAID


def test_terms_are_read_from_the_settings() -> None:
    """What is named changes, the rest stays; amounts are in whole taka and USDT."""
    text = " bdt_fee=15.50, bdt_most=500+600+700,usdt_bp=50 , usdt_second=7,"
    bdt, usdt = read_payout_terms(text)
    assert (bdt.fee_flat_minor, bdt.most_minor) == (1_550, (50_000, 60_000, 70_000))
    assert (usdt.fee_bp, usdt.second_operator_minor) == (50, 7_000_000)
    assert read_payout_terms("") == PAYOUT_TERMS
    assert bdt.least_minor == BDT_TERMS.least_minor


@pytest.mark.parametrize(
    "text",
    [
        "fee=1",
        "eur_fee=1",
        "bdt_fees=1",
        "bdt_fee=much",
        "bdt_fee=NaN",
        "bdt_fee=0.001",
        "bdt_fee=-1",
        "bdt_fee=100",
        "bdt_least=0",
        "bdt_bp=5001",
        "bdt_most=500",
        "bdt_most=900+800+1000",
        "bdt_most=50+60+70",
    ],
)
def test_odd_terms_are_refused_in_words(text: str) -> None:
    """Unknown names, no numbers, fees that take everything, limits that fall."""
    with pytest.raises(ValueError, match=r"\w+ "):
        read_payout_terms(text)


def test_a_fact_asks_nobody() -> None:
    """What a provider lists as sent was sent: neither approval nor time nor hands matter."""
    early = withdrawal(way=Way.CRYPTO_PAY, needs_approval=True, from_ms=NOW_MS + 1)
    taken = moved(early, doing(Step.TAKE, None, is_fact=True))
    paid = moved(taken, doing(Step.PAY, None, is_fact=True, reference="7001"))
    assert (paid.state, paid.reference) == (S.PAID, "7001")


def test_a_word_ends_what_a_rail_leaves_open() -> None:
    """Sent or not sent; without it nobody may, and never the person."""
    sending = withdrawal(way=Way.CRYPTO_PAY, state=S.SENDING)
    with pytest.raises(WrongState):
        moved(sending, doing(Step.FAIL))
    assert moved(sending, doing(Step.FAIL, is_word=True, note="x")).state is S.FAILED
    assert moved(sending, doing(Step.PAY, is_word=True, reference="7")).state is S.PAID
    with pytest.raises(OwnWithdrawal):
        moved(sending, doing(Step.PAY, SELLER, is_word=True, reference="7"))
