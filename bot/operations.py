"""The subcommands of python -m bot, and the one line that operators read when it cannot start.

Running the bot itself is `bot.__main__`'s.
"""

import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from telegram.error import InvalidToken, TelegramError

from bot.clocks import RandomIds, WallClock
from bot.config import Misconfigured, Settings, load
from bot.i18n import Translator, translator
from bot.views.codes import order_code
from market.money import Currency, Money
from market.policy import Policy
from market.read import AuditFinding
from payments.crypto_pay.refusals import NobodyKnows, NotDone, NotNow
from payments.crypto_pay.till import Key, app_name
from services.registry import wire
from services.restoring import Restored, Restoring
from storage.backup import give_back, keep_one, take
from storage.cipher import Cipher
from storage.errors import BadBackup, CannotOpen, WrongKey
from storage.opening import open_storage, sqlite_path
from storage.sqlite import one_process_only

OK, FOUND, CANNOT = 0, 1, 2


async def check() -> int:
    """Say what is missing in the settings, one line each; else who may do what."""
    try:
        settings = ready()
    except Misconfigured as error:
        sys.stdout.write("\n".join(error.lines) + "\n")
        return CANNOT
    lines = ["The settings are complete.", *settings.roles(), prices_line(settings.policy())]
    lines.append(await crypto_pay_line(settings))
    if (version := one_process_only()) and sqlite_path(settings.database) is not None:
        lines.append(
            f"SQLite {version} bears one process that writes: a second bot only stands by, and "
            "nothing else (Litestream, sqlite3) may write to the file before SQLite 3.51.3."
        )
    if settings.backups is None:
        lines.append("No backups are made: set GIGHAAT_BACKUPS to a folder on another disk.")
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def prices_line(policy: Policy) -> str:
    """What gigs may cost, in each currency."""
    tr = translator("en")
    stars, *others = [_from_to(one, policy, tr) for one in Currency]
    return f"Gigs cost {stars}; where other money is taken, {', '.join(others)}."


def _from_to(currency: Currency, policy: Policy, tr: Translator) -> str:
    low, high = (Money(minor, currency) for minor in policy.price_limits(currency))
    return f"{tr.money(low)} to {tr.money(high)}"


async def crypto_pay_line(settings: Settings) -> str:
    """Whether the token for it works; the house runs without it."""
    if not settings.has_crypto_pay:
        return "Crypto Pay is off: set GIGHAAT_CRYPTO_PAY_TOKEN to take and pay out USDT."
    token = settings.crypto_pay_token.get_secret_value()
    try:
        name = await app_name(Key(token=token, base_url=settings.crypto_pay_base_url))
    except NotDone as refusal:
        return f"Crypto Pay refuses GIGHAAT_CRYPTO_PAY_TOKEN: {refusal}."
    except (NotNow, NobodyKnows) as failure:
        return f"Crypto Pay cannot be reached at GIGHAAT_CRYPTO_PAY_BASE_URL: {failure}."
    return (
        f'Crypto Pay knows the token as "{name}". Switch on transfers for it in @CryptoBot, and '
        "limit it to this machine's address."
    )


async def audit() -> int:
    """Check the ledger from scratch, one line per finding."""
    settings = ready()
    storage = await open_storage(settings.database, cipher=Cipher(settings.sealing_key()))
    try:
        services = wire(storage, WallClock(), RandomIds(), settings.policy())
        findings = await services.upkeep.look()
    finally:
        await storage.close()
    _say(*_findings(findings))
    return FOUND if findings else OK


async def backup(place: str = "") -> int:
    """Copy the whole database into a sealed file while the house works."""
    settings, began, key = ready(), time.monotonic(), ready().sealing_key()
    if place:
        target = Path(place)
        await take(settings.database, target, key=key)
    else:
        now_ms = WallClock().now_ms()
        target = await keep_one(settings.database, settings.backup_folder(), key=key, now_ms=now_ms)
    _say(
        f"{target}: {target.stat().st_size:,} bytes in {_seconds(began)}. "
        "It opens with this GIGHAAT_KEY only: keep a copy of the key somewhere else."
    )
    return OK


async def restore(place: str) -> int:
    """Make the database anew from a backup; the house then starts in safe mode."""
    settings, began = ready(), time.monotonic()
    await give_back(settings.database, Path(place), key=settings.sealing_key())
    storage = await open_storage(settings.database, cipher=Cipher(settings.sealing_key()))
    try:
        services = wire(storage, WallClock(), RandomIds(), settings.policy())
        findings = await services.upkeep.audit()
        told = await Restoring(storage, WallClock()).restored()
    finally:
        await storage.close()
    _say(
        f"Restored from {place} in {_seconds(began)}.",
        *_findings(findings),
        f"The house worked until {_moment(told.until_ms)}. What came after that is not in the "
        f"backup; {told.people} people with running orders are asked to look.",
        *gaps(told),
        "It starts in safe mode: no money leaves until every provider's list was read and an owner "
        "has looked (/thaw). Mark there what was sent by hand after that moment.",
    )
    return FOUND if findings else OK


def gaps(told: Restored) -> list[str]:
    """Where the memory ends, so that people can be asked about what came after it."""
    one = told.newest
    order = order_code(one.order_id) if one.order_id else "none"
    payout = f"no. {one.withdrawal_id}" if one.withdrawal_id else "none"
    update = f"{one.update_id}, received {_moment(one.update_ms)}" if one.update_id else "none"
    lines = [
        f"Newest order: {order}. Newest payout: {payout}. Later numbers will be given again.",
        f"Newest update: {update}; {one.waiting} are to be handled still. What Telegram has",
        "delivered since is lost; what has waited there for less than a day will come.",
    ]
    if one.orders:
        lines.append("Orders that changed last; ask both sides what happened since:")
    lines += [
        f"  {order_code(moved.order_id)} {moved.state} ({moved.event}), {_moment(moved.at_ms)}"
        for moved in one.orders
    ]
    return lines


def _moment(until_ms: int | None) -> str:
    if until_ms is None:
        return "never"
    return datetime.fromtimestamp(until_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _seconds(began: float) -> str:
    return f"{time.monotonic() - began:.1f} s"


def _findings(findings: tuple[AuditFinding, ...]) -> list[str]:
    return [f"{one.rule}: {one.detail}" for one in findings] or ["The books are right."]


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


COMMANDS: dict[str, Callable[[], Awaitable[int]]] = {
    "audit": audit,
    "backup": backup,
    "check": check,
}
WITH_FILE: dict[str, Callable[[str], Awaitable[int]]] = {"backup": backup, "restore": restore}
USAGE = "usage: python -m bot [audit | backup [FILE] | check | restore FILE]"


def chosen(arguments: Sequence[str]) -> Callable[[], Awaitable[int]] | None:
    """The subcommand that was named, with its file if it takes one; None for anything else."""
    match arguments:
        case [name]:
            return COMMANDS.get(name)
        case [name, place] if name in WITH_FILE:
            return partial(WITH_FILE[name], place)
    return None


def ready() -> Settings:
    """The settings, complete; raises Misconfigured."""
    settings = load()
    if missing := settings.missing():
        raise Misconfigured(*missing)
    return settings


async def told(work: Callable[[], Awaitable[int]]) -> int:
    """What an operator can mend is one line and exit code 2; everything else is a bug."""
    try:
        return await work()
    except Misconfigured as error:
        lines = error.lines
    except InvalidToken:
        lines = ("Telegram refuses GIGHAAT_TOKEN: copy it again from @BotFather",)
    except BadBackup as error:
        lines = (str(error),)
    except (CannotOpen, WrongKey) as error:
        lines = (f"GIGHAAT_DATABASE: {error}",)
    except TelegramError as error:
        lines = (f"Telegram cannot be reached at GIGHAAT_BASE_URL: {error.message}",)
    sys.stderr.write(" ".join("; ".join(lines).split()) + "\n")
    return CANNOT
