"""The door for webhooks: what Crypto Pay signed comes in, once it is written down."""

import json
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiohttp.test_utils import TestClient, TestServer

from payments.crypto_pay.signature import OLD_MS, is_fresh, is_genuine, signed
from payments.crypto_pay.webhook import BODY_MAX, HEADER, PATH, Webhook
from services.bill_rows import BillReport
from tests.support.crypto_bench import START_MS, Bench, bill, usdt
from tests.support.crypto_pay import TOKEN


class Door:
    """The webhook's door with somebody who knocks."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.taken: list[BillReport] = []
        self.failures: list[Exception] = []
        self.webhook = Webhook(TOKEN, bench.clock, self._take)
        self.client = TestClient(TestServer(self.webhook.application()))

    async def _take(self, report: BillReport) -> None:
        if self.failures:
            raise self.failures.pop()
        self.taken.append(report)

    async def knock(self, raw: bytes, signature: str) -> int:
        """The answer's code."""
        answer = await self.client.post(PATH, data=BytesIO(raw), headers={HEADER: signature})
        return answer.status

    async def paid(self) -> tuple[bytes, str]:
        """A genuine webhook about 12.50 USDT."""
        await self.bench.rail.bill(bill())
        self.bench.fake.pay(7001)
        return self.bench.fake.webhook(7001)


@pytest.fixture
async def door(bench: Bench) -> AsyncIterator[Door]:
    """A door on loopback."""
    made = Door(bench)
    await made.client.start_server()
    yield made
    await made.client.close()


async def test_genuine_news_are_taken(door: Door) -> None:
    """What came, and for which intent."""
    assert await door.knock(*await door.paid()) == 200
    assert [one.payload for one in door.taken] == ["intent-1"]
    assert [usdt("12.5")] == [one.received for one in door.taken]


async def test_a_wrong_signature_is_refused(door: Door) -> None:
    """Another token's, none, letters beyond ASCII, and that of other bytes."""
    raw, signature = await door.paid()
    odd = (signed("1:other", raw), "", "x" * 64, signed(TOKEN, raw + b" "))
    assert [await door.knock(raw, one) for one in odd] == [403] * 4
    assert await door.knock(raw + b" ", signature) == 403
    assert door.taken == []


async def test_a_signature_may_be_any_text() -> None:
    """No text of the header breaks the comparison."""
    assert not is_genuine(TOKEN, b"{}", "\u09e7" * 64)


async def test_old_news_are_refused(door: Door) -> None:
    """Recorded and sent again after ten minutes, it does nothing."""
    raw, signature = await door.paid()
    door.bench.clock.advance(OLD_MS + 1)
    assert await door.knock(raw, signature) == 400
    assert door.taken == []


@pytest.mark.parametrize(
    ("date", "fresh"),
    [
        ("2026-05-28T20:26:40.000Z", True),
        ("2026-05-28T20:16:40.000Z", True),
        ("2026-05-28T20:16:39.000Z", False),
        ("2026-05-28T20:36:41.000Z", False),
        ("2026-05-28T20:26:40", False),
        ("now", False),
        (None, False),
        (1, False),
    ],
)
def test_fresh_is_ten_minutes(date: object, fresh: bool) -> None:
    """To both sides of our clock; a time without its zone is none."""
    assert fresh is is_fresh(date, START_MS)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b'{"update_type": "invoice_paid"}'])
async def test_signed_nonsense_is_refused(door: Door, raw: bytes) -> None:
    """It cannot be read."""
    assert await door.knock(raw, signed(TOKEN, raw)) == 400


async def test_a_paid_invoice_that_cannot_be_read_is_refused(door: Door) -> None:
    """The provider repeats it, and we ask for it anyway."""
    raw, _ = await door.paid()
    broken = json.dumps(json.loads(raw) | {"payload": {}}).encode()
    assert await door.knock(broken, signed(TOKEN, broken)) == 400


async def test_other_news_are_passed_over(door: Door) -> None:
    """Nothing is done, and nothing is asked to be repeated."""
    raw, _ = await door.paid()
    other = json.dumps(json.loads(raw) | {"update_type": "something_new"}).encode()
    assert await door.knock(other, signed(TOKEN, other)) == 200
    assert door.taken == []


async def test_what_was_not_written_down_is_repeated(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer says so, and the second time it is taken."""
    news = await door.paid()
    door.failures.append(RuntimeError("the database is gone"))
    assert [await door.knock(*news) for _ in range(2)] == [500, 200]
    assert len(door.taken) == 1
    assert "could not be written down" in caplog.text


async def test_a_flood_of_bytes_is_refused(door: Door) -> None:
    """More than a megabyte is read by nobody."""
    raw = b"x" * (BODY_MAX + 1)
    assert await door.knock(raw, signed(TOKEN, raw)) == 413


async def test_it_listens_and_stops(door: Door, unused_tcp_port: int) -> None:
    """On this machine; stopping twice is fine."""
    await door.webhook.start(unused_tcp_port)
    answer = await door.client.session.get(f"http://127.0.0.1:{unused_tcp_port}{PATH}")
    assert answer.status == 405
    await door.webhook.stop()
    await door.webhook.stop()
