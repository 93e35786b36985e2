"""Paying by hand, claims and refunds at the desk, and what owners set up: everything by taps."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import (
    SendBack,
    ShowByHand,
    ShowClaim,
    ShowFulfilment,
    ShowHandRefund,
    ShowRails,
    SwitchWallet,
)
from bot.views.by_hand import by_hand_screen
from bot.views.categories import category_at
from bot.views.claims import claim_screen, send_back_confirm
from bot.views.hand_words import refund_screen
from bot.views.rails import fulfilment_screen, rails_screen
from bot.views.wallets import wallet_at
from market.errors import NotFound
from market.rights import By
from services.registry import Services

SURE = 1


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowByHand, on_show_by_hand, by=By.PARTY),
        tap(services, ShowClaim, on_show_claim, by=By.OPERATOR),
        tap(services, ShowHandRefund, on_show_hand_refund, by=By.OPERATOR),
        tap(services, SendBack, on_send_back, by=By.OPERATOR),
        tap(services, ShowRails, on_show_rails, by=By.STAFF),
        tap(services, SwitchWallet, on_switch_wallet, by=By.OWNER),
        tap(services, ShowFulfilment, on_show_fulfilment, by=By.STAFF),
    ]


async def on_show_by_hand(turn: Turn, tap: ShowByHand) -> None:
    paying = await turn.services.claims.by_hand(turn.person.id, tap.order_id)
    await turn.show(by_hand_screen(paying, turn.tr))


async def on_show_claim(turn: Turn, tap: ShowClaim) -> None:
    card = await turn.services.claim_desk.card(turn.person.id, tap.claim_id)
    await turn.show(claim_screen(card, turn.tr))


async def on_show_hand_refund(turn: Turn, tap: ShowHandRefund) -> None:
    card = await turn.services.hand_refunds.card(turn.person.id, tap.claim_id)
    await turn.show(refund_screen(card, turn.tr))


async def on_send_back(turn: Turn, tap: SendBack) -> None:
    """The amount once more, then the refund waits to be sent."""
    if tap.sure == SURE:
        refund = await turn.services.hand_refunds.send_back(turn.command, tap.claim_id)
        await turn.show(refund_screen(refund, turn.tr))
        return
    card = await turn.services.claim_desk.card(turn.person.id, tap.claim_id)
    await turn.show(send_back_confirm(card, turn.tr))


async def on_show_rails(turn: Turn, _tap: ShowRails) -> None:
    await _show_rails(turn)


async def on_switch_wallet(turn: Turn, tap: SwitchWallet) -> None:
    name = wallet_at(tap.wallet)
    if name is None:
        raise NotFound("wallet")
    is_open = bool(tap.is_open)
    await turn.services.rails.open_wallet(turn.command, name, is_open=is_open)
    await _show_rails(turn)


async def on_show_fulfilment(turn: Turn, tap: ShowFulfilment) -> None:
    setup = await turn.services.rails.setup(turn.person.id)
    key = category_at(tap.category)
    if key is None:
        raise NotFound("category")
    await turn.show(fulfilment_screen(key, setup, turn.tr, turn.now_ms))


async def _show_rails(turn: Turn) -> None:
    """Raises NotAnOperator."""
    setup = await turn.services.rails.setup(turn.person.id)
    await turn.show(rails_screen(setup, turn.tr))
