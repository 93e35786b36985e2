"""What is missing, what is left over, and what Stars have become."""

from fractions import Fraction

import pytest

from market.money import Currency
from market.payout_terms import Rate
from market.solvency import Exchanged, Shortfall, Solvency
from market.trust import Position


def _position(currency: str, held: int, owed: int, earned: int = 0, exchanged: int = 0) -> Position:
    return Position(
        currency=currency,
        held=held,
        owed=owed,
        in_orders=0,
        in_wallets=owed,
        going_back=0,
        earned=earned,
        exchanged=exchanged,
        lent=0,
    )


def _rate(target: Currency, micro: int) -> Rate:
    return Rate(id=1, source=Currency.XTR, target=target, micro=micro, set_ms=0, set_by=1)


TAKA = _rate(Currency.BDT, 158_000_000)  # 1.58 taka for a Star
USDT = _rate(Currency.USDT, 13_000_000_000)  # 0.013 USDT


@pytest.mark.parametrize(
    ("positions", "rates", "missing"),
    [
        ((), (), ()),
        ((_position("XTR", 250, 250),), (), ()),
        ((_position("XTR", 0, 250),), (), (("refunds", "XTR", 250), ("whole", "XTR", 250))),
        # A Star less for a buyer is missing, however much taka there are.
        (
            (_position("XTR", 99, 100), _position("BDT", 10**9, 0)),
            (TAKA,),
            (("refunds", "XTR", 1),),
        ),
        # Earned Stars are paid out in taka: 75 of them are 118.50.
        ((_position("XTR", 150, 225, 225), _position("BDT", 11_850, 0)), (TAKA,), ()),
        (
            (_position("XTR", 150, 225, 225), _position("BDT", 11_849, 0)),
            (TAKA,),
            (("whole", "XTR", 1),),
        ),
        # Without a rate each currency stands for itself.
        (
            (_position("XTR", 150, 225, 225), _position("BDT", 11_850, 0)),
            (),
            (("whole", "XTR", 75),),
        ),
        (
            (_position("XTR", 999, 0), _position("USDT", 5, 7, 2)),
            (TAKA,),
            (("refunds", "USDT", 2), ("whole", "USDT", 2)),
        ),
        # Earned taka are paid in taka.
        (
            (_position("XTR", 999, 0), _position("BDT", 5, 7, 7)),
            (TAKA,),
            (("refunds", "BDT", 2),),
        ),
    ],
)
def test_what_is_missing(
    positions: tuple[Position, ...],
    rates: tuple[Rate, ...],
    missing: tuple[tuple[str, str, int], ...],
) -> None:
    """Refunds are covered in their own money, and the whole nets to zero or more."""
    expected = tuple(Shortfall(*one) for one in missing)  # type: ignore[arg-type]
    assert expected == Solvency(positions, rates).missing()


def test_what_is_left_over() -> None:
    """As money of the currency asked for, rounded down; without a rate what lies there."""
    whole = Solvency(
        (_position("XTR", 150, 225, 225), _position("BDT", 20_000, 0), _position("USDT", 9, 4)),
        (TAKA,),
    )
    assert whole.surplus("BDT") == 20_000 - 11_850
    assert whole.surplus("XTR") == (20_000 - 11_850) // 158
    assert whole.surplus("USDT") == 5
    assert whole.surplus("USD") == 0


def test_what_stars_have_become() -> None:
    """What came and went, by the book's own rate: 25 Stars are open for 44.50 taka."""
    whole = Solvency((_position("XTR", 0, 0, 0, 25), _position("BDT", 0, 0, 0, -4_450)), ())
    came = whole.exchanged("BDT")
    assert came == Exchanged(Fraction(25), 4_450)
    assert (came.most(25), came.most(99), came.most(10)) == (4_450, 4_450, 1_780)
    assert (came.stars_for(4_450), came.stars_for(1_780), came.stars_for(1)) == (25, 10, 1)


@pytest.mark.parametrize(("stars", "taka"), [(0, -5), (-5, -5), (5, 0), (5, 5)])
def test_nothing_is_open(stars: int, taka: int) -> None:
    """No Stars have left, or nothing came for them."""
    positions = (_position("XTR", 0, 0, 0, stars), _position("BDT", 0, 0, 0, taka))
    assert Solvency(positions, (TAKA,)).exchanged("BDT") is None


def test_stars_that_became_two_currencies() -> None:
    """They are shared out by what came, at the rates; without a rate nobody can say."""
    positions = (
        _position("XTR", 0, 0, 0, 100),
        _position("BDT", 0, 0, 0, -15_800),
        _position("USDT", 0, 0, 0, -3_900_000),
    )
    whole = Solvency(positions, (TAKA, USDT))
    assert whole.exchanged("BDT") == Exchanged(Fraction(100, 4), 15_800)
    assert whole.exchanged("USDT") == Exchanged(Fraction(300, 4), 3_900_000)
    assert Solvency(positions, ()).exchanged("BDT") is None
