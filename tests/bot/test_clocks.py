"""The real clock and its two witnesses: the machine's steady clock and Telegram's dates."""

from bot.clocks import WallClock, steady_ms, wall_ms
from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from tests.support.clock import SettableClock

NOW_MS = 1_790_000_000_000


class Machine:
    """A machine whose clock can be set, while another one goes on by itself."""

    def __init__(self) -> None:
        self.wall, self.steady = SettableClock(NOW_MS), SettableClock(777)
        self.clock = WallClock(self.wall.now_ms, self.steady.now_ms)

    def goes_on(self, ms: int) -> None:
        self.wall.advance(ms)
        self.steady.advance(ms)

    def hears(self, *, ahead_ms: int = 0) -> None:
        """A fresh update, dated so much ahead of this machine."""
        self.clock.heard(self.wall.now_ms() + ahead_ms)


def test_time_that_passes_is_believed() -> None:
    """However long the house runs, and with no word from Telegram."""
    machine = Machine()
    machine.goes_on(400 * DAY_MS)
    assert machine.clock.is_sane()
    assert machine.clock.now_ms() == NOW_MS + 400 * DAY_MS


def test_a_clock_set_ahead_is_not_believed_until_it_is_set_back() -> None:
    """More than five minutes beside the steady clock."""
    machine = Machine()
    machine.wall.advance(5 * MINUTE_MS)
    assert machine.clock.is_sane()
    machine.wall.advance(1)
    assert not machine.clock.is_sane()
    machine.goes_on(HOUR_MS)
    assert not machine.clock.is_sane()
    machine.wall.advance(-5 * MINUTE_MS)
    assert machine.clock.is_sane()


def test_a_clock_that_is_put_right_is_believed_when_telegram_agrees() -> None:
    """It was behind at the start: the first fresh update shows that it is right now."""
    machine = Machine()
    machine.wall.advance(3 * HOUR_MS)
    assert not machine.clock.is_sane()
    machine.hears()
    assert machine.clock.is_sane()
    machine.wall.advance(5 * MINUTE_MS + 1)
    assert not machine.clock.is_sane()


def test_a_clock_ahead_of_telegram_is_not_believed() -> None:
    """More than two minutes, also from the start on; it is right as soon as it is set right."""
    machine = Machine()
    machine.hears(ahead_ms=-2 * MINUTE_MS)
    assert machine.clock.is_sane()
    machine.hears(ahead_ms=-2 * MINUTE_MS - 1)
    assert not machine.clock.is_sane()
    machine.goes_on(DAY_MS)
    assert not machine.clock.is_sane()
    machine.wall.advance(-MINUTE_MS)
    assert machine.clock.is_sane()


def test_a_clock_that_is_behind_is_believed() -> None:
    """Deadlines come later, and nobody's money moves too early."""
    machine = Machine()
    machine.wall.advance(-60 * DAY_MS)
    assert machine.clock.is_sane()
    machine.hears(ahead_ms=60 * DAY_MS)
    assert machine.clock.is_sane()


def test_the_real_clocks_tell_milliseconds() -> None:
    """The wall's are of our time, the steady ones only grow."""
    clock = WallClock()
    assert wall_ms() <= clock.now_ms() < wall_ms() + MINUTE_MS
    assert steady_ms() <= steady_ms()
    assert clock.is_sane()
