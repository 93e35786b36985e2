"""The settings: GIGHAAT_… in the environment or in `.env`, checked once and in plain words."""

import base64
import binascii
import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.weak_keys import is_weak
from market.deadlines import DEFAULT, Windows, read_windows
from market.gig import Limits
from market.payout_settings import read_payout_terms
from market.payout_terms import BY_HAND, PAYOUT_TERMS, PayoutTerms, Way
from market.policy import Policy
from market.price_limits import PRICES, PriceLimits, read_prices

TELEGRAM = "https://api.telegram.org"
CRYPTO_PAY_HOST = "https://pay.crypt.bot"
KEY_BYTES = 32
PREFIX = "GIGHAAT_"
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class Misconfigured(Exception):
    """The settings do not do; each line says what to set."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """One field per environment variable; `.env.example` explains them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True
    )

    token: SecretStr = SecretStr("")
    base_url: str = TELEGRAM
    database: str = "sqlite:///data/gighaat.sqlite3"
    operators: Annotated[frozenset[int], NoDecode] = frozenset()
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    second_operator_stars: Annotated[int, Field(ge=0)] = Policy().second_operator_minor
    first_gigs: Annotated[int, Field(ge=0, le=100)] = Policy().first_gigs
    open_disputes: Annotated[int, Field(ge=1, le=100)] = Policy().open_disputes
    operator_name: str = ""
    operator_contact: str = ""
    key: SecretStr = SecretStr("")
    windows: Annotated[Windows, NoDecode] = DEFAULT
    fee_bp: Annotated[int, Field(ge=0, le=5_000)] = 1_000
    buyer_fee_bp: Annotated[int, Field(ge=0, le=2_000)] = 0
    price_low: Annotated[int, Field(ge=1, le=100_000)] = Limits().price_low_minor
    price_high: Annotated[int, Field(ge=1, le=100_000)] = Limits().price_high_minor
    prices: Annotated[tuple[PriceLimits, ...], NoDecode] = PRICES
    poisha_per_star: Annotated[int, Field(ge=0)] = 160
    crypto_pay_token: SecretStr = SecretStr("")
    crypto_pay_base_url: str = CRYPTO_PAY_HOST
    crypto_pay_webhook_port: Annotated[int | None, Field(ge=1, le=65_535)] = None
    payout_terms: Annotated[tuple[PayoutTerms, ...], NoDecode] = PAYOUT_TERMS
    orders_an_hour: Annotated[int, Field(ge=1, le=1_000)] = 5
    claims_a_day: Annotated[int, Field(ge=1, le=100)] = Policy().claims_a_day
    withdrawals_a_day: Annotated[int, Field(ge=1, le=100)] = Policy().withdrawals_a_day
    backups: Path | None = None
    rate_limit: Literal["on", "off"] = "on"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "text"] = "auto"
    group_language: Literal["bn", "en"] = "bn"

    @field_validator("operators", "owners", mode="before")
    @classmethod
    def _ids(cls, given: object) -> object:
        if isinstance(given, str):
            return [one.strip() for one in given.replace(";", ",").split(",") if one.strip()]
        return given

    @field_validator("windows", mode="before")
    @classmethod
    def _durations(cls, given: object) -> object:
        return read_windows(given) if isinstance(given, str) else given

    @field_validator("payout_terms", mode="before")
    @classmethod
    def _terms(cls, given: object) -> object:
        return read_payout_terms(given) if isinstance(given, str) else given

    @field_validator("prices", mode="before")
    @classmethod
    def _prices(cls, given: object) -> object:
        return read_prices(given) if isinstance(given, str) else given

    @field_validator("base_url", "crypto_pay_base_url")
    @classmethod
    def _address(cls, given: str) -> str:
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"an address like {TELEGRAM}")
        return given.rstrip("/")

    @property
    def is_live(self) -> bool:
        """Real Telegram, real money."""
        return urlsplit(self.base_url).hostname == urlsplit(TELEGRAM).hostname

    @property
    def is_loopback(self) -> bool:
        """The Bot API is on this machine: a sandbox."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def secrets(self) -> tuple[str, ...]:
        """What no log may hold."""
        kept = (self.token, self.crypto_pay_token, self.key)
        return tuple(one.get_secret_value() for one in kept)

    @property
    def has_limits(self) -> bool:
        """People and the bot itself keep to a pace; demos and tests do not."""
        return self.rate_limit == "on"

    @property
    def has_crypto_pay(self) -> bool:
        """Money comes and goes through @CryptoBot, too."""
        return bool(self.crypto_pay_token.get_secret_value())

    def missing(self) -> list[str]:
        """What has to be set before the bot can start, one line each."""
        lines = []
        if not self.token.get_secret_value():
            lines.append("GIGHAAT_TOKEN is missing: paste the token that @BotFather gave you")
        elif not _TOKEN.fullmatch(self.token.get_secret_value()):
            lines.append("GIGHAAT_TOKEN is no token: it looks like 123456:ABC-def, from @BotFather")
        if self.price_low > self.price_high:
            lines.append("GIGHAAT_PRICE_LOW is above GIGHAAT_PRICE_HIGH: swap them")
        lines += _wrong_key(self.key.get_secret_value())
        lines += _wrong_crypto_pay(self.crypto_pay_token.get_secret_value())
        return lines + (self._missing_live() if not self.is_loopback else [])

    def _missing_live(self) -> list[str]:
        wanted = {
            "GIGHAAT_KEY is missing: make one with `openssl rand -hex 32` and keep a copy": (
                self.key.get_secret_value()
            ),
            "GIGHAAT_OPERATORS is missing: your numeric Telegram id, several with commas": (
                self.operators
            ),
            "GIGHAAT_OPERATOR_NAME is missing: who runs this house, shown in the terms": (
                self.operator_name.strip()
            ),
            "GIGHAAT_OPERATOR_CONTACT is missing: where people reach you, shown in the terms": (
                self.operator_contact.strip()
            ),
        }
        return [line for line, value in wanted.items() if not value]

    def roles(self) -> list[str]:
        """Who may do what in this house, in words for whoever runs it."""
        policy = self.policy()
        if not policy.operators:
            return ["Nobody is an operator: set GIGHAAT_OPERATORS to use /admin."]
        named = "GIGHAAT_OWNERS" if self.owners else "the operator with the lowest id"
        lines = [
            f"Operators, who decide and may use /admin: {_listed(policy.operators)}.",
            f"Owners, who hear of their acts every day: {_listed(policy.owner_ids)} ({named}).",
        ]
        limit = policy.second_operator_minor
        if len(policy.operators) > 1:
            lines.append(f"Verdicts on orders above {limit} Stars need two operators.")
        else:
            lines.append(
                "There is one operator only: nobody else can look at appeals or confirm verdicts "
                f"above {limit} Stars, and nobody can decide on that operator's own orders."
            )
        return [*lines, "Everybody named here has to write to the bot once to hear from it."]

    def policy(self) -> Policy:
        """The operator's decisions as the market knows them."""
        return Policy(
            fee_bp=self.fee_bp,
            buyer_fee_bp=self.buyer_fee_bp,
            poisha_per_star=self.poisha_per_star or None,
            operators=self.operators,
            owners=self.owners,
            second_operator_minor=self.second_operator_stars,
            first_gigs=self.first_gigs,
            open_disputes=self.open_disputes,
            operator_name=self.operator_name,
            operator_contact=self.operator_contact,
            limits=Limits(price_low_minor=self.price_low, price_high_minor=self.price_high),
            prices=self.prices,
            windows=self.windows,
            takes_usdt=self.has_crypto_pay,
            payouts=self.payout_terms,
            withdrawals_a_day=self.withdrawals_a_day,
            orders_an_hour=self.orders_an_hour if self.has_limits else None,
            claims_a_day=self.claims_a_day,
            payout_ways=BY_HAND | ({Way.CRYPTO_PAY} if self.has_crypto_pay else set()),
        )

    def sealing_key(self) -> bytes:
        """The key that private data is sealed with; a sandbox makes its own beside the database."""
        given = key_bytes(self.key.get_secret_value())
        if given is not None:
            return given
        assert self.is_loopback, "a live house was given its key"
        path = self.data_folder() / "sandbox.key"
        try:
            return _own_key(path)
        except (OSError, ValueError) as error:
            raise Misconfigured(
                f"GIGHAAT_DATABASE: the key {path} beside it cannot be used: {error}. "
                "Name a file in a folder that GigHaat may write."
            ) from None

    def backup_folder(self) -> Path:
        """Where backups go; better on another disk than the database."""
        return self.backups or self.data_folder() / "backups"

    def data_folder(self) -> Path:
        """Where the database file lies."""
        path = self.database.removeprefix("sqlite:///")
        return Path(path).parent if path != self.database else Path("data")


def _wrong_key(text: str) -> list[str]:
    key = key_bytes(text)
    if text and key is None:
        return ["GIGHAAT_KEY is no key of 32 bytes: make one with `openssl rand -hex 32`"]
    if key is not None and is_weak(key):
        return ["GIGHAAT_KEY can be guessed: draw a new one with `openssl rand -hex 32`"]
    return []


def _wrong_crypto_pay(token: str) -> list[str]:
    if not token or _TOKEN.fullmatch(token):
        return []
    return ["GIGHAAT_CRYPTO_PAY_TOKEN is no token: it looks like 12345:ABC-def, from @CryptoBot"]


def _listed(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))


def load() -> Settings:
    """Read the settings; raises Misconfigured in words for operators."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [_line(one["loc"], one["msg"]) for one in error.errors()]
        raise Misconfigured(*lines) from None


def key_bytes(text: str) -> bytes | None:
    """32 bytes written as hex or base64."""
    for decode in (bytes.fromhex, _base64):
        try:
            key = decode(text.strip())
        except (ValueError, binascii.Error):
            continue
        if len(key) == KEY_BYTES:
            return key
    return None


def _base64(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "==", validate=False)


def _own_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text().strip())
    with os.fdopen(descriptor, "w") as file:
        file.write(os.urandom(KEY_BYTES).hex())
    return bytes.fromhex(path.read_text().strip())


def _line(place: tuple[int | str, ...], words: str) -> str:
    name = f"{PREFIX}{place[0]}".upper() if place else "The settings"
    return f"{name} is not usable: {words[0].lower()}{words[1:]}"
