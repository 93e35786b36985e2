"""The house's postings in words: which account, which act."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.house_words import rail_words, sum_of
from market.ledger import Account
from market.treasury import HouseLine


def line_words(line: HouseLine, tr: Translator, now_ms: int) -> Markup:
    """One transfer: when, what, how much, from where to where."""
    transfer = line.transfer
    shown = tr(
        "<i>{when}</i> no. {number}, {what}: <b>{amount}</b>, {debit} → {credit}",
        when=tr.when(line.at_ms, now_ms),
        number=line.id,
        what=_act(line.act, tr),
        amount=sum_of(transfer.amount.minor, transfer.amount.currency, tr),
        debit=account_words(transfer.debit, tr),
        credit=account_words(transfer.credit, tr),
    )
    return Markup("{} ({})").format(shown, tr("mirrored")) if line.is_corrected else shown


def _act(act: str, tr: Translator) -> str:
    names = {
        "provider_fee": tr.label("taken by the provider"),
        "refund_given_up": tr.label("refund given up"),
        "exchanged_out": tr.label("taken out to be exchanged"),
        "exchange_undone": tr.label("exchange undone"),
        "exchanged_in": tr.label("exchanged Stars arrived"),
        "unattributed": tr.label("came in, nobody knows from whom"),
        "suspense_returned": tr.label("goes back to who sent it"),
        "attributed": tr.label("found its owner"),
        "unexplained": tr.label("left, nobody knows why"),
        "taken_back": tr.label("payment taken back"),
        "chargeback": tr.label("payment taken back"),
        "write_off": tr.label("written off"),
        "budget": tr.label("budget"),
        "capital": tr.label("own money put in"),
        "draw": tr.label("taken out by the owner"),
        "draw_exchanged": tr.label("taken out by the owner"),
        "goodwill": tr.label("goodwill given"),
        "correction": tr.label("mirror"),
    }
    return names.get(act, act)


def account_words(account: Account, tr: Translator) -> str:
    """An account as owners call it."""
    kind, name = _kind(account)
    names = {
        "A:recv": tr.label("debts"),
        "L:user": tr.label("person no. {number}", number=account.person_id or 0),
        "L:escrow": tr.label("an order"),
        "L:refunding": tr.label("on its way back"),
        "L:suspense": tr.label("unknown people"),
        "L:fee_pending": tr.label("fees to come"),
        "I:fee": tr.label("fees earned"),
        "I:payout_fee": tr.label("fees earned"),
        "Q:promo": tr.label("coupon budget"),
        "Q:goodwill": tr.label("goodwill budget"),
        "Q:owner": tr.label("owner's money"),
        "E:prov_fee": tr.label("taken by providers"),
        "E:loss": tr.label("losses"),
        "X:fx": tr.label("exchange"),
    }
    return names.get(kind) or rail_words(name, tr)


def _kind(account: Account) -> tuple[str, str]:
    """What kind of account it is, and its rail where it has one."""
    head, kind, *rest = account.id.split(":")
    return f"{head}:{kind}", ":".join(rest[:-1])
