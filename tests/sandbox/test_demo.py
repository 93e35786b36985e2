"""What make demo says when it cannot begin, and that its offers pass the bot's own limits."""

import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from market.amounts import parse_amount, parse_count
from market.gig import CATEGORIES, Limits, checked
from market.money import Currency
from sandbox.demo_gigs import OF_KARIM, OF_RAHIMA, Offer

ROOT = Path(__file__).parents[2]
LIMITS = Limits()
OFFERS = (*OF_RAHIMA, *OF_KARIM)


def test_port_in_use() -> None:
    """A taken port is one line and exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "sandbox.demo", "--port", str(port), "--no-open"]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert str(port) in ended.stderr


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.picture)
def test_offers_can_be_published(offer: Offer) -> None:
    """Each demo gig passes the limits that sellers meet."""
    limits = LIMITS
    assert offer.title == checked(offer.title, least=limits.title_least, most=limits.title_max)
    most = limits.description_max
    assert checked(offer.description, least=limits.description_least, most=most)
    assert offer.category < len(CATEGORIES)
    low, high = limits.price_low_minor, limits.price_high_minor
    assert parse_amount(offer.price, Currency.XTR, low_minor=low, high_minor=high).minor
    assert parse_count(offer.days, low=limits.days_low, high=limits.days_high)
    rounds = parse_count(offer.revisions, low=limits.revisions_low, high=limits.revisions_high)
    assert rounds > 0


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.picture)
def test_pictures_are_small(offer: Offer) -> None:
    """Demo pictures are PNG files of 960 by 600 and at most 60 KB."""
    data = offer.image()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (960, 600)
    assert len(data) <= 60_000
