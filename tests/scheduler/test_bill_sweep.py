"""Open invoices are asked for where a rail makes any, and nowhere else."""

from typing import Any

from payments.stars import StarsRail
from scheduler.sweeps import sweeps
from services.registry import wire
from storage import OpenStorage
from tests.support.clock import SeededIds
from tests.support.crypto_bench import Bench
from tests.support.town import POLICY, FakeMessenger, FakeStars


async def test_the_sweep_comes_with_the_rail(sqlite_storage: OpenStorage) -> None:
    """With Crypto Pay there is a row "bills", and it asks the provider."""
    bench = await Bench.open()
    services = wire(sqlite_storage, bench.clock, SeededIds(), POLICY)
    rails: dict[str, Any] = {"stars": StarsRail(FakeStars())}
    without = sweeps(services, FakeMessenger(), rails)
    assert "bills" not in [one.name for one in without]
    rails[bench.rail.name] = bench.rail
    (row,) = [one for one in sweeps(services, FakeMessenger(), rails) if one.name == "bills"]
    assert row.every_ms == POLICY.windows.bills_ms
    await row.work()
    await bench.close()
    assert [name for name, _ in bench.fake.calls] == ["getInvoices"]
