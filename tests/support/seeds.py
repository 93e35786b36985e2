"""Chance that can be repeated: a new number for each run, printed, or the one that is asked for."""

import os
from random import SystemRandom

NAME = "GIGHAAT_SEED"


def new_seed() -> int:
    """Pytest shows the line when the test fails."""
    seed = int(os.environ.get(NAME) or SystemRandom().randrange(10**9))
    print(f"{NAME}={seed} repeats this run")  # noqa: T201 - to find it again
    return seed
