"""The limiter under a clock that only moves when it sleeps."""

from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.kit.sending import ANSWER, OUTBOX
from bot.kit.throttle import Throttle, wait_s


class Time:
    """Sleeping moves it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


class Calls:
    """The call that is limited; it fails with the errors given first."""

    def __init__(self, time: Time, *errors: Exception) -> None:
        self._time = time
        self._errors = list(errors)
        self.at: list[float] = []

    async def __call__(self, *_args: Any, **_kwargs: Any) -> bool:
        self.at.append(round(self._time.now, 3))
        if self._errors:
            raise self._errors.pop(0)
        return True


@pytest.fixture
def time() -> Time:
    """A clock of our own."""
    return Time()


@pytest.fixture
def throttle(time: Time) -> Throttle:
    """A limiter with Telegram's limits."""
    return Throttle(now_s=lambda: time.now, sleep=time.sleep)


def flood(seconds: float) -> RetryAfter:
    """Telegram's 429."""
    return RetryAfter(timedelta(seconds=seconds))


async def call(throttle: Throttle, calls: Calls, chat: int, **more: Any) -> Any:
    """One call to a chat."""
    pace, endpoint = more.get("pace", ANSWER), more.get("endpoint", "sendMessage")
    return await throttle.process_request(calls, (), {}, endpoint, {"chat_id": chat}, pace)


async def test_outbox_messages_keep_one_a_second_after_a_burst(
    throttle: Throttle, time: Time
) -> None:
    """Three at once, then one a second."""
    calls = Calls(time)
    for _ in range(5):
        await call(throttle, calls, 1, pace=OUTBOX)
    assert calls.at == [100, 100, 100, 101, 102]


async def test_groups_get_twenty_a_minute(throttle: Throttle, time: Time) -> None:
    """After a burst of five a group gets one message every three seconds."""
    calls = Calls(time)
    for _ in range(7):
        await call(throttle, calls, -100, pace=OUTBOX)
    assert calls.at == [100, 100, 100, 100, 100, 103, 106]


async def test_answers_do_not_wait(throttle: Throttle, time: Time) -> None:
    """Somebody who taps fast is answered fast."""
    calls = Calls(time)
    for _ in range(10):
        await call(throttle, calls, 1)
    assert time.slept == []


async def test_an_answer_waits_out_a_short_pause(throttle: Throttle, time: Time) -> None:
    """A 429 of three seconds is waited out in full and the call is made again."""
    calls = Calls(time, flood(3))
    assert await call(throttle, calls, 1) is True
    assert calls.at == [100, 103]


async def test_a_long_pause_goes_back_to_the_caller(throttle: Throttle, time: Time) -> None:
    """An answer that would wait a minute fails at once; so does the next, without a call."""
    calls = Calls(time, flood(60))
    with pytest.raises(RetryAfter):
        await call(throttle, calls, 1)
    with pytest.raises(RetryAfter) as caught:
        await call(throttle, calls, 1)
    assert (calls.at, wait_s(caught.value)) == ([100], 60)


async def test_a_pause_holds_its_own_chat_only(throttle: Throttle, time: Time) -> None:
    """Other chats and calls with a deadline go on."""
    with pytest.raises(RetryAfter):
        await call(throttle, Calls(time, flood(30)), 1, pace=OUTBOX)
    free = Calls(time)
    await call(throttle, free, 2, pace=OUTBOX)
    await call(throttle, free, 1, endpoint="answerCallbackQuery")
    await throttle.process_request(free, (), {}, "refundStarPayment", {"user_id": 1}, None)
    assert (free.at, time.slept) == ([100, 100, 100], [])


async def test_an_outbox_row_of_a_paused_chat_is_not_tried(throttle: Throttle, time: Time) -> None:
    """Telegram lengthens a flood wait when asked within it."""
    calls = Calls(time, flood(30))
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await call(throttle, calls, 1, pace=OUTBOX)
    assert calls.at == [100]


async def test_switched_off_limits_still_keep_pauses(time: Time) -> None:
    """Without proactive limits a 429 pauses its chat all the same."""
    throttle = Throttle(is_proactive=False, now_s=lambda: time.now, sleep=time.sleep)
    calls = Calls(time, *[])
    for _ in range(10):
        await call(throttle, calls, 1, pace=OUTBOX)
    with pytest.raises(RetryAfter):
        await call(throttle, Calls(time, flood(5)), 1, pace=OUTBOX)
    with pytest.raises(RetryAfter):
        await call(throttle, calls, 1, pace=OUTBOX)
    assert (len(calls.at), time.slept) == (10, [])
