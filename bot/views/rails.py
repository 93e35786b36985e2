"""What owners set up: wallets for money sent by hand, and what each category of work allows."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    AcceptPolicy,
    DecideFulfilment,
    EditWallet,
    LeaveFlow,
    SaveWallet,
    ShowFulfilment,
    ShowRails,
    SkipStep,
    SwitchWallet,
)
from bot.views.categories import category_label, category_number
from bot.views.desk import desk_button
from bot.views.rail_policy import policy_text
from bot.views.typed import cleaned, quoted
from bot.views.wallets import wallet_name, wallet_number, wallet_words
from market.gig import Fulfilment
from market.rail_cards import Setup
from market.rails import POLICY_VERSION, WALLETS, CategoryPolicy, Wallet

REASON_MAX = 500
Rows = tuple[tuple[Button, ...], ...]


def rails_screen(setup: Setup, tr: Translator) -> Screen:
    """Wallets and categories, with a button for each."""
    parts = [tr("<b>Ways for money to come in</b>\nStars are always taken."), _crypto(setup, tr)]
    parts += [_wallet_line(one, tr) for one in setup.wallets]
    parts.append(_categories(setup, tr))
    names = WALLETS if setup.is_owner else ()
    wallets = tuple(_wallet_row(name, setup.wallet(name), tr) for name in names)
    kinds = tuple(_kind_button(key, decided, tr) for key, decided in setup.categories)
    pairs = tuple(kinds[start : start + 2] for start in range(0, len(kinds), 2))
    text = Markup("\n\n").join(part for part in parts if part is not None)
    return Screen(text=text, rows=(*wallets, *pairs, (desk_button(tr),)))


def _crypto(setup: Setup, tr: Translator) -> Markup | None:
    return tr("Crypto Pay is set up: USDT is taken, too.") if setup.takes_usdt else None


def _wallet_line(wallet: Wallet, tr: Translator) -> Markup:
    words = wallet_words(wallet, tr)
    return words if wallet.is_open else tr("{wallet}\n<b>closed</b> for payments", wallet=words)


def _categories(setup: Setup, tr: Translator) -> Markup:
    free = [key for key, decided in setup.categories if _kind(decided) is Fulfilment.NON_DIGITAL]
    if not free:
        return tr(
            "Every category counts as <b>digital</b>, so gigs are priced in Stars only. Tap a "
            "category to change that."
        )
    names = ", ".join(category_label(key, tr) for key in free)
    return tr("Not digital, so other money is possible: {names}", names=names)


def _kind(decided: CategoryPolicy | None) -> Fulfilment:
    return Fulfilment.DIGITAL if decided is None else decided.fulfilment


def _wallet_row(name: str, wallet: Wallet | None, tr: Translator) -> tuple[Button, ...]:
    number, called = wallet_number(name), wallet_name(name, tr)
    edit = tr.label("{wallet}: enter it…", wallet=called)
    if wallet is None:
        return (Button(label=edit, tap=EditWallet(number)),)
    change = Button(label=tr.label("{wallet}: change…", wallet=called), tap=EditWallet(number))
    label = tr.label("Close it") if wallet.is_open else tr.label("Open it")
    return (change, Button(label=label, tap=SwitchWallet(number, int(not wallet.is_open))))


def _kind_button(key: str, decided: CategoryPolicy | None, tr: Translator) -> Button:
    sign = "🔓" if _kind(decided) is Fulfilment.NON_DIGITAL else "⭐"
    tap = ShowFulfilment(category_number(key))
    return Button(label=f"{sign} {category_label(key, tr)}", tap=tap)


def fulfilment_screen(key: str, setup: Setup, tr: Translator, now_ms: int) -> Screen:
    """What was decided about the category, when and why; the button for the other way."""
    decided = dict(setup.categories)[key]
    is_free = _kind(decided) is Fulfilment.NON_DIGITAL
    parts = [Markup("<b>{}</b>").format(category_label(key, tr)), _meaning(tr, is_free=is_free)]
    if decided is not None:
        when = tr.when(decided.at_ms, now_ms)
        parts.append(
            tr("Decided {when}, wording no. {version}:", when=when, version=decided.text_version)
        )
        parts.append(quoted(decided.reason, REASON_MAX))
    label = tr.label("Back to digital…") if is_free else tr.label("It is not digital…")
    decide = Button(label=label, tap=DecideFulfilment(category_number(key), int(not is_free)))
    back = Button(label=tr.label("Back"), tap=ShowRails())
    rows: Rows = ((decide,), (back,)) if setup.is_owner else ((back,),)
    return Screen(text=Markup("\n\n").join(parts), rows=rows)


def _meaning(tr: Translator, *, is_free: bool) -> Markup:
    if is_free:
        return tr(
            "<b>Not digital.</b> Gigs may be priced in Stars, in taka (while a wallet is open) and "
            "in USDT (with Crypto Pay)."
        )
    return tr("<b>Digital.</b> Gigs are priced in Stars only.")


def policy_question(key: str, tr: Translator) -> Screen:
    """Step 1: the policy, to be read and accepted."""
    head = Markup("<b>{}</b>").format(category_label(key, tr))
    accept = Button(
        label=tr.label("I have read it and answer for it"), tap=AcceptPolicy(POLICY_VERSION)
    )
    text = Markup("{}\n\n{}").format(head, policy_text(tr))
    return Screen(text=text, rows=((accept,), (_later(tr),)))


def reason_question(key: str, least: int, most: int, tr: Translator, *, is_free: bool) -> Screen:
    """Step 2: why."""
    head = _meaning(tr, is_free=is_free)
    ask = tr(
        "Why? Please write it in one message, {least} to {most} characters. It is kept with your "
        "name and the date.",
        least=least,
        most=tr.number(most),
    )
    text = Markup("<b>{}</b>\n{}\n\n{}").format(category_label(key, tr), head, ask)
    return Screen(text=text, rows=((_later(tr),),))


def decided_toast(tr: Translator) -> str:
    """It counts at once."""
    return tr.label("Kept. It counts from now on; orders under way go on as they are.")


def wallet_saved_toast(tr: Translator) -> str:
    """It counts at once."""
    return tr.label("Kept. Buyers see it from now on.")


def number_question(name: str, tr: Translator) -> Screen:
    """Step 1: where to send money."""
    text = tr(
        "💵 <b>{wallet}</b>\nWhich number should buyers send money to? Please type it as it is to "
        "be shown (for a bank: account number, bank and branch).",
        wallet=wallet_name(name, tr),
    )
    return Screen(text=text, rows=((_later(tr),),))


def holder_question(name: str, tr: Translator) -> Screen:
    """Step 2: whose it is."""
    text = tr(
        "💵 <b>{wallet}</b>\nIn whose name is it? Buyers see the name, so that they know that they "
        "are sending to the right place.",
        wallet=wallet_name(name, tr),
    )
    return Screen(text=text, rows=((_later(tr),),))


def instructions_question(name: str, most: int, tr: Translator) -> Screen:
    """Step 3: what else buyers should know."""
    text = tr(
        "💵 <b>{wallet}</b>\nIs there anything else that buyers should know, for example “Send "
        "Money, not Payment”? At most {most} characters.",
        wallet=wallet_name(name, tr),
        most=tr.number(most),
    )
    skip = Button(label=tr.label("Nothing else"), tap=SkipStep())
    return Screen(text=text, rows=((skip,), (_later(tr),)))


def wallet_preview(name: str, typed: tuple[str, str, str], tr: Translator) -> Screen:
    """Step 4: as buyers will see it."""
    number, holder, words = (cleaned(one) for one in typed)
    shown = Markup("<b>{}</b>: <code>{}</code>\n{}\n<i>{}</i>").format(
        wallet_name(name, tr), number, holder, words
    )
    text = tr("This is what buyers see:\n\n{shown}", shown=shown)
    save = Button(label=tr.label("Keep it"), tap=SaveWallet(), style="success")
    again = Button(label=tr.label("Type it again"), tap=EditWallet(wallet_number(name)))
    return Screen(text=text, rows=((save,), (again, _later(tr))))


def wants_words(tr: Translator) -> Markup:
    """Something else than words came."""
    return tr("Here I need words.")


def wants_tap(tr: Translator) -> Markup:
    """The wording is accepted by its button."""
    return tr("Please tap one of the buttons.")


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
