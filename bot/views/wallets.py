"""Wallets in words: what they are called, how their references look."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.typed import cleaned, one_line
from market.rails import WALLETS, Wallet, is_by_hand, wallet_of

NUMBER_MAX = 60
HOLDER_MAX = 80


def wallet_name(name: str, tr: Translator) -> str:
    """The wallet as people call it."""
    names = {
        "bkash": tr.label("bKash"),
        "nagad": tr.label("Nagad"),
        "bank": tr.label("Bank transfer"),
    }
    return names[name]


def wallet_at(number: int) -> str | None:
    """The wallet behind a button's number, None where there is none."""
    return WALLETS[number] if 0 <= number < len(WALLETS) else None


def wallet_number(name: str) -> int:
    """The number that buttons carry."""
    return WALLETS.index(name)


def rail_words(rail: str, tr: Translator) -> str:
    """Where money went or came from: a wallet by hand, else Telegram's Stars or Crypto Pay."""
    if is_by_hand(rail) and wallet_of(rail) in WALLETS:
        return wallet_name(wallet_of(rail), tr)
    return tr.label("Telegram Stars") if rail == "stars" else "Crypto Pay"


def wallet_words(wallet: Wallet, tr: Translator) -> Markup:
    """Its name, number, holder, and what its owner adds."""
    line = tr(
        "<b>{wallet}</b>: <code>{number}</code>\nIn the name of {holder}",
        wallet=wallet_name(wallet.name, tr),
        number=one_line(wallet.number, NUMBER_MAX),
        holder=one_line(wallet.holder, HOLDER_MAX),
    )
    words = cleaned(wallet.instructions).strip()
    return Markup("{}\n<i>{}</i>").format(line, words) if words else line


def reference_name(wallet: str, tr: Translator) -> str:
    """What the wallet calls the number of a payment."""
    if wallet == "bank":
        return tr.label("reference number")
    return tr.label("TrxID")


def reference_example(wallet: str) -> str:
    """How it looks."""
    return {"bkash": "9AB1C2D3E4", "nagad": "71UDBXM4"}.get(wallet, "FT26327ABCD1")
