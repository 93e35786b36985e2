"""The settings and the one line that operators read, also as processes."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bot.config import Misconfigured, Settings, key_bytes, load
from bot.weak_keys import is_weak
from tests.support.house import House

ROOT = Path(__file__).parents[2]
KEY = "5d1f0a9c7be2463f88c01d7735eab9642fc3d4917a50be68e31b02f6c9a7845d"
LOCAL = {"GIGHAAT_TOKEN": "7:x", "GIGHAAT_BASE_URL": "http://127.0.0.1:9"}


def bot(folder: Path, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run python -m bot; answers exit code, stdout and stderr."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIGHAAT_")}
    ran = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_nothing_is_set(tmp_path: Path) -> None:
    """The bot does not start, and says in one line what to do."""
    code, _, said = bot(tmp_path)
    assert (code, said.count("\n")) == (2, 1)
    assert "GIGHAAT_TOKEN is missing" in said


def test_check_lists_what_is_missing(tmp_path: Path) -> None:
    """One line each, then exit code 2; with everything set 0."""
    code, said, _ = bot(tmp_path, "check")
    assert (code, said.count("\n")) == (2, 5)
    code, said, _ = bot(tmp_path, "check", **LOCAL)
    assert (code, said.splitlines()[0]) == (0, "The settings are complete.")


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    """One line, exit code 2."""
    (tmp_path / "broken.sqlite3").write_bytes(b"no database at all, but long enough" * 50)
    settings = LOCAL | {"GIGHAAT_DATABASE": "sqlite:///broken.sqlite3"}
    code, _, said = bot(tmp_path, **settings)
    assert (code, said.count("\n")) == (2, 1)
    assert "broken.sqlite3" in said


@pytest.mark.parametrize("token", ["wrong", "12 3:abc", "123:a/b", "১২৩:abc"])
def test_what_is_no_token(tmp_path: Path, token: str) -> None:
    """It is told at once, without asking Telegram."""
    code, _, said = bot(tmp_path, **(LOCAL | {"GIGHAAT_TOKEN": token}))
    assert (code, said.count("\n")) == (2, 1)
    assert "GIGHAAT_TOKEN is no token" in said


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:p@127.0.0.1:99999/x",
        "postgresql://u:p@127.0.0.1:1/x",
        "sqlite:///:memory:",
        "sqlite:////proc/no/gighaat.sqlite3",
        "sqlite:///",
    ],
)
def test_an_address_that_leads_nowhere(tmp_path: Path, address: str) -> None:
    """One line that says what to do, exit code 2."""
    code, _, said = bot(tmp_path, "audit", **(LOCAL | {"GIGHAAT_DATABASE": address}))
    assert (code, said.count("\n")) == (2, 1)
    assert "Name a file" in said or "Check that it runs" in said


def test_the_default_database_of_a_fresh_checkout(tmp_path: Path) -> None:
    """Its folder is made, also when the key is given and nothing else was written there."""
    assert bot(tmp_path, "audit", **(LOCAL | {"GIGHAAT_KEY": KEY}))[0] == 0
    assert (tmp_path / "data" / "gighaat.sqlite3").is_file()


async def test_a_wrong_token(tmp_path: Path) -> None:
    """Telegram's 401 is one line that says what to do."""
    house = await House.open(tmp_path)
    try:
        settings = {"GIGHAAT_TOKEN": "8:wrong", "GIGHAAT_BASE_URL": house.url}
        code, _, said = await asyncio.to_thread(bot, tmp_path, **settings)
    finally:
        await house.close()
    assert (code, said.count("\n")) == (2, 1)
    assert "GIGHAAT_TOKEN" in said


async def test_sigterm_ends_the_bot(tmp_path: Path) -> None:
    """Within ten seconds, with exit code 0."""
    house = await House.open(tmp_path)
    try:
        await house.start_bot()
        assert house.bot is not None
        house.bot.terminate()
        async with asyncio.timeout(60):
            assert await house.bot.wait() == 0
    finally:
        await house.close()


def test_audit_of_an_empty_house(tmp_path: Path) -> None:
    """The books of a new house are right."""
    assert bot(tmp_path, "audit", **LOCAL) == (0, "The books are right.\n", "")


def test_an_unknown_word(tmp_path: Path) -> None:
    """Is answered with the usage."""
    code, _, said = bot(tmp_path, "dance")
    assert code == 2
    assert said.startswith("usage: python -m bot")


def settings(**values: object) -> Settings:
    """Settings from these values only."""
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_real_telegram_wants_everything() -> None:
    """Token, key, operators, their name and contact."""
    names = [line.split()[0] for line in settings().missing()]
    expected = ["GIGHAAT_TOKEN", "GIGHAAT_KEY", "GIGHAAT_OPERATORS"]
    assert [*expected, "GIGHAAT_OPERATOR_NAME", "GIGHAAT_OPERATOR_CONTACT"] == names
    assert settings().is_live


def test_a_sandbox_wants_a_token_only(tmp_path: Path) -> None:
    """Its key is made beside the database and stays the same."""
    one = settings(
        token="7:x",
        base_url="http://localhost:8080/",
        database=f"sqlite:///{tmp_path}/sub/x.sqlite3",
    )
    assert one.missing() == []
    assert one.sealing_key() == one.sealing_key()
    assert one.base_url == "http://localhost:8080"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00" * 32, bytes(32)),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", bytes(32)),
        ("short", None),
    ],
)
def test_keys_are_hex_or_base64(text: str, expected: bytes | None) -> None:
    """32 bytes, or no key."""
    assert expected == key_bytes(text)


@pytest.mark.parametrize(
    "text",
    [
        "00" * 32,
        "ff" * 32,
        "0123456789abcdef" * 4,
        bytes(range(32)).hex(),
        bytes(range(64, 0, -2)).hex(),
        b"a secret that I will never forget!"[:32].hex(),
        "QUJD" * 10 + "QUI=",
        KEY[:32] * 2,
    ],
)
def test_a_key_that_can_be_guessed_is_refused(text: str) -> None:
    """One line that says what to do."""
    lines = settings(token="7:x", base_url="http://localhost:8080/", key=text).missing()
    assert lines == ["GIGHAAT_KEY can be guessed: draw a new one with `openssl rand -hex 32`"]


def test_a_drawn_key_is_taken() -> None:
    """Whatever chance makes: none of ten thousand is called weak."""
    chance = Random(7)  # noqa: S311 - the same keys every time
    assert not any(is_weak(chance.randbytes(32)) for _ in range(10_000))
    assert settings(token="7:x", base_url="http://localhost:8080/", key=KEY).missing() == []


def test_settings_become_policy() -> None:
    """Operators, prices and the profile of durations."""
    policy = settings(operators="1, 2", price_low=5, price_high=50, windows="demo").policy()
    assert policy.operators == frozenset({1, 2})
    assert (policy.limits.price_low_minor, policy.limits.price_high_minor) == (5, 50)
    assert policy.windows.pay_ms == 180_000


def test_check_tells_the_roles() -> None:
    """Who decides, who hears of it, and what one operator alone cannot do."""
    assert "Nobody is an operator" in settings().roles()[0]
    alone = " ".join(settings(operators="7").roles())
    assert "/admin: 7." in alone
    assert "7 (the operator with the lowest id)" in alone
    assert "one operator only" in alone
    both = " ".join(settings(operators="7,8", owners="9", second_operator_stars=50).roles())
    assert "9 (GIGHAAT_OWNERS)" in both
    assert "above 50 Stars need two operators" in both


def test_owners_and_limits_become_policy() -> None:
    """Numeric ids and numbers, as the market knows them."""
    policy = settings(owners="3;4", first_gigs=0, open_disputes=2).policy()
    assert (policy.owners, policy.first_gigs, policy.open_disputes) == (frozenset({3, 4}), 0, 2)


def test_a_wrong_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The operator reads which variable to mend."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIGHAAT_FEE_BP", "lots")
    with pytest.raises(Misconfigured) as caught:
        load()
    assert caught.value.lines[0].startswith("GIGHAAT_FEE_BP is not usable")


def test_the_example_names_every_setting() -> None:
    """`.env.example` and the settings do not drift apart."""
    text = (ROOT / ".env.example").read_text()
    named = {line.partition("=")[0] for line in text.splitlines() if line.startswith("GIGHAAT_")}
    assert named == {f"GIGHAAT_{name}".upper() for name in Settings.model_fields}


def test_payout_terms_reach_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is named changes; odd terms are told as one line."""
    monkeypatch.setenv("GIGHAAT_PAYOUT_TERMS", "bdt_fee=15")
    assert Settings(_env_file=None).policy().payouts[0].fee_flat_minor == 1_500
    monkeypatch.setenv("GIGHAAT_PAYOUT_TERMS", "bdt_fee=100")
    with pytest.raises(ValueError, match="the fee would take all"):
        Settings(_env_file=None)


def test_prices_reach_the_policy_and_the_check(tmp_path: Path) -> None:
    """The check tells what gigs may cost; odd limits are one line, and nothing starts."""
    known = LOCAL | {"GIGHAAT_PRICES": "bdt=99.50-50000"}
    code, said, _ = bot(tmp_path, "check", **known)
    assert code == 0
    line = next(one for one in said.splitlines() if one.startswith("Gigs cost"))
    assert line == (
        "Gigs cost 10 ⭐ to 10,000 ⭐; where other money is taken, ৳99.50 to ৳50,000, "
        "$1 to $2,000, 1 USDT to 2,000 USDT."
    )
    odd = LOCAL | {"GIGHAAT_PRICES": "bdt=100-50"}
    code, _, said = bot(tmp_path, **odd)
    assert (code, said.count("\n")) == (2, 1)
    assert "GIGHAAT_PRICES is not usable" in said
    code, said, _ = bot(tmp_path, "check", **odd)
    assert (code, said.count("\n")) == (2, 1)
    assert "BDT: the least is above the most; swap them" in said
