"""Crypto Pay as the house opens and closes it."""

from typing import Any

import aiohttp
import pytest

from payments.crypto_pay.till import Key, Till
from payments.crypto_pay.webhook import HEADER, PATH
from services.bill_rows import BillReport
from tests.support.crypto_bench import Bench, bill
from tests.support.crypto_pay import TOKEN


class Bills:
    """Takes reports in place of the service."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, BillReport]] = []

    async def reported(self, rail: str, report: BillReport) -> None:
        self.reports.append((rail, report))


async def test_webhooks_reach_the_service(bench: Bench, unused_tcp_port: int) -> None:
    """With a port, what the provider signed is reported under the rail's name."""
    bills: Any = Bills()
    key = Key(token=TOKEN, base_url=bench.url, webhook_port=unused_tcp_port)
    till = Till(key, bench.clock, bills, lambda: "https://t.me/gighaat_bot")
    await till.open()
    await till.rail.bill(bill())
    bench.fake.pay(7001)
    raw, signature = bench.fake.webhook(7001)
    address = f"http://127.0.0.1:{unused_tcp_port}{PATH}"
    async with aiohttp.ClientSession() as session:
        async with session.post(address, data=raw, headers={HEADER: signature}) as answer:
            assert answer.status == 200
        await till.close()
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.post(address)
    assert [(rail, one.external_id) for rail, one in bills.reports] == [("crypto_pay", "7001")]


async def test_without_a_port_nobody_listens(bench: Bench) -> None:
    """The rail works all the same."""
    bills: Any = Bills()
    till = Till(Key(token=TOKEN, base_url=bench.url), bench.clock, bills, str)
    await till.open()
    await till.rail.bill(bill())
    await till.close()
    assert "paid_btn_url" not in bench.fake.named("createInvoice")[0]
