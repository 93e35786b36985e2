"""An owner enters a wallet: number, holder, what else buyers should know, a look, done."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import EditWallet, SaveWallet, SkipStep
from bot.views.rails import (
    holder_question,
    instructions_question,
    number_question,
    rails_screen,
    wallet_preview,
    wallet_saved_toast,
    wants_tap,
    wants_words,
)
from bot.views.wallets import wallet_at
from market.errors import NotAnOwner, NotFound
from market.gig import checked
from market.rights import By
from services.rails import HOLDER_MAX, INSTRUCTIONS_MAX, NUMBER_MAX, NewWallet
from services.registry import Services

NUMBER, HOLDER, INSTRUCTIONS, PREVIEW = "number", "holder", "instructions", "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletDraft:
    """Which wallet, and what was typed so far."""

    name: str
    number: str = ""
    holder: str = ""
    instructions: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="wallet_setup",
        by=By.OWNER,
        draft=WalletDraft,
        steps={
            NUMBER: Step(ask=_ask_number, wants=wants_words, text=on_number),
            HOLDER: Step(ask=_ask_holder, wants=wants_words, text=on_holder),
            INSTRUCTIONS: Step(
                ask=_ask_instructions,
                wants=wants_words,
                text=on_instructions,
                taps={SkipStep: on_skip},
            ),
            PREVIEW: Step(ask=_preview, wants=wants_tap, taps={SaveWallet: on_save}),
        },
        entries={EditWallet: on_edit_wallet},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a wallet of the house")


def _ask_number(turn: Turn, draft: WalletDraft) -> Screen:
    return number_question(draft.name, turn.tr)


def _ask_holder(turn: Turn, draft: WalletDraft) -> Screen:
    return holder_question(draft.name, turn.tr)


def _ask_instructions(turn: Turn, draft: WalletDraft) -> Screen:
    return instructions_question(draft.name, INSTRUCTIONS_MAX, turn.tr)


def _preview(turn: Turn, draft: WalletDraft) -> Screen:
    typed = (draft.number, draft.holder, draft.instructions)
    return wallet_preview(draft.name, typed, turn.tr)


async def on_edit_wallet(turn: Turn, tap: EditWallet) -> Next:
    """Raises NotAnOperator, NotAnOwner, NotFound."""
    if not (await turn.services.rails.setup(turn.person.id)).is_owner:
        raise NotAnOwner
    name = wallet_at(tap.wallet)
    if name is None:
        raise NotFound("wallet")
    return Go(NUMBER, WalletDraft(name=name))


async def on_number(_turn: Turn, draft: WalletDraft, text: str) -> Next:
    number = checked(" ".join(text.split()), least=4, most=NUMBER_MAX)
    return Go(HOLDER, replace(draft, number=number))


async def on_holder(_turn: Turn, draft: WalletDraft, text: str) -> Next:
    holder = checked(" ".join(text.split()), least=2, most=HOLDER_MAX)
    return Go(INSTRUCTIONS, replace(draft, holder=holder))


async def on_instructions(_turn: Turn, draft: WalletDraft, text: str) -> Next:
    words = checked(text, least=0, most=INSTRUCTIONS_MAX)
    return Go(PREVIEW, replace(draft, instructions=words))


async def on_skip(_turn: Turn, draft: WalletDraft, _tap: SkipStep) -> Next:
    return Go(PREVIEW, replace(draft, instructions=""))


async def on_save(turn: Turn, draft: WalletDraft, _tap: SaveWallet) -> Next:
    new = NewWallet(
        name=draft.name,
        number=draft.number,
        holder=draft.holder,
        instructions=draft.instructions,
    )
    await turn.services.rails.save_wallet(turn.command, new)
    setup = await turn.services.rails.setup(turn.person.id)
    return Done(rails_screen(setup, turn.tr), wallet_saved_toast(turn.tr))
