"""Keys that somebody typed instead of drawing them: they would open by guessing."""

from itertools import pairwise

# Of 32 drawn bytes fewer than 20 differ once in more than 10^12 times; typed ones often do.
DIFFERENT_LEAST = 20


def is_weak(key: bytes) -> bool:
    """Bytes that repeat, count up or down, or are plain letters: no chance makes such a key."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    is_typed = all(32 <= byte < 127 for byte in key)
    return len(set(key)) < DIFFERENT_LEAST or len(steps) == 1 or is_typed
