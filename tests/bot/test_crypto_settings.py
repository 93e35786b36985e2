"""The settings of Crypto Pay, and what `check` says of them."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot import operations
from bot.config import CRYPTO_PAY_HOST, Settings
from market.payout_terms import BY_HAND, Way
from tests.support.crypto_bench import Bench
from tests.support.crypto_pay import TOKEN


def settings(**given: Any) -> Settings:
    """Settings of a sandbox; nothing comes from files or the environment."""
    fixed: dict[str, Any] = {"token": "7:x", "base_url": "http://127.0.0.1:9", "_env_file": None}
    return Settings(**(fixed | given))


def test_without_a_token_it_is_off() -> None:
    """No prices in USDT, no way out through it."""
    policy = settings().policy()
    assert (policy.takes_usdt, policy.payout_ways) == (False, BY_HAND)


def test_with_a_token_it_is_on() -> None:
    """Prices in USDT where work is not digital, and payouts by it."""
    on = settings(crypto_pay_token=TOKEN)
    assert (True, BY_HAND | {Way.CRYPTO_PAY}) == (
        on.policy().takes_usdt,
        on.policy().payout_ways,
    )
    assert (on.crypto_pay_base_url, on.crypto_pay_webhook_port) == (CRYPTO_PAY_HOST, None)


def test_what_is_no_token_is_told() -> None:
    """In one line, without asking the provider."""
    (line,) = settings(crypto_pay_token="secret").missing()
    assert line.startswith("GIGHAAT_CRYPTO_PAY_TOKEN is no token")
    assert settings(crypto_pay_token=TOKEN).missing() == []


@pytest.mark.parametrize("given", [{"crypto_pay_base_url": "pay"}, {"crypto_pay_webhook_port": 0}])
def test_other_wrong_values_are_refused(given: dict[str, Any]) -> None:
    """An address without a scheme, a port that is none."""
    with pytest.raises(ValidationError):
        settings(**given)


def test_the_token_is_not_shown() -> None:
    """Not where settings are printed."""
    assert TOKEN not in repr(settings(crypto_pay_token=TOKEN))


async def test_check_tells_whether_it_works() -> None:
    """Off, on with the app's name, refused, away."""
    bench = await Bench.open()
    here = {"crypto_pay_token": TOKEN, "crypto_pay_base_url": bench.url}
    said = [
        await operations.crypto_pay_line(settings()),
        await operations.crypto_pay_line(settings(**here)),
        await operations.crypto_pay_line(settings(**here | {"crypto_pay_token": "1:wrong"})),
    ]
    bench.fake.fail("getMe", "broken before")
    said.append(await operations.crypto_pay_line(settings(**here)))
    await bench.close()
    told = ("is off", 'knows the token as "GigHaat till"', "refuses", "cannot be reached")
    assert [words in line for words, line in zip(told, said, strict=True)] == [True] * 4
