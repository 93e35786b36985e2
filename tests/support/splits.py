"""Random prices, shares and fees for the properties of splits.

Hypothesis finds the edges and shortens what fails, but takes a millisecond for each case; these
come at once, in every size from one unit to 10¹².
"""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

MOST, WHOLE, BP_MOST, LEAST_MOST = 10**12, 10**6, 10_000, 9


class Case(NamedTuple):
    """A price, the seller's share of it in millionths, the fee in basis points, the least fee."""

    price: int
    share: int
    bp: int
    least: int


CASES = st.builds(
    Case,
    price=st.integers(1, MOST),
    share=st.integers(0, WHOLE),
    bp=st.integers(0, BP_MOST),
    least=st.integers(0, LEAST_MOST),
)


def random_cases(number: int, *, seed: int) -> Iterator[Case]:
    """So many of them; edges come often."""
    dice = Random(seed)  # noqa: S311 - chance, not secrets
    for _ in range(number):
        yield Case(
            price=dice.randint(1, 10 ** dice.randint(0, 12)),
            share=_edge_or(dice, WHOLE),
            bp=_edge_or(dice, BP_MOST),
            least=dice.randint(0, LEAST_MOST),
        )


def _edge_or(dice: Random, most: int) -> int:
    return dice.choice((0, 1, most - 1, most)) if dice.random() < 0.2 else dice.randint(0, most)
