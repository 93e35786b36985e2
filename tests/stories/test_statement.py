"""The account statement: from the wallet to a month, and both files as documents."""

import pytest

from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Actor

pytestmark = pytest.mark.story


async def document(actor: Actor, ending: str) -> bytes:
    """Wait for a file of that kind; its bytes."""
    found: list[str] = []

    async def it_came() -> bool:
        media = [one["media"] for one in await actor.person.messages() if one["media"]]
        found[:] = [one["url"] for one in media if (one["name"] or "").endswith(ending)]
        return bool(found)

    await acts.eventually(it_came)
    return await actor.person.sandbox.file(found[-1])


async def test_a_seller_takes_the_statement_along(town: Town) -> None:
    """After the first earnings the screen shows them, and CSV and PDF arrive."""
    seller = town.seller
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await acts.accept(town)
    await acts.wallet_says(seller, "⏳ Clearing: {amount}", 225)
    await seller.taps("Statement: months, PDF, CSV")
    await seller.sees("→ " + acts.stars(seller, 225))
    await seller.taps("CSV for a table")
    table = await document(seller, ".csv")
    assert table.startswith(b"\xef\xbb\xbf")
    assert table.endswith(b",XTR,225,,,225\r\n")
    await seller.taps("PDF for a bank")
    assert (await document(seller, ".pdf")).startswith(b"%PDF")
