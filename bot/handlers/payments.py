"""Telegram's three words about money: may this be paid, it was paid, it went back.

What they do is the services'; nothing is said here, because notices tell what happened.
"""

from asyncio import timeout

from telegram.ext import filters

from bot.kit.routing import Checkout, Route, checkout, fact
from bot.kit.turn import Turn
from market.errors import Busy, MarketError
from services.registry import Services

CHECK_SECONDS = 5


def routes(services: Services) -> list[Route]:
    """The handlers of this area; they go into a group of their own, before all others."""

    async def on_checkout(asked: Checkout) -> None:
        await check(services, asked)

    return [
        checkout(services, on_checkout),
        fact(services, filters.SUCCESSFUL_PAYMENT, on_paid),
        fact(services, filters.StatusUpdate.REFUNDED_PAYMENT, on_refunded),
    ]


async def check(services: Services, asked: Checkout) -> None:
    """Raise a refusal on any doubt: a checkout that was declined can be tried again."""
    try:
        async with timeout(CHECK_SECONDS):
            await services.payments.check(
                asked.intent_id,
                telegram_id=asked.telegram_id,
                currency=asked.currency,
                total=asked.total,
            )
    except MarketError:
        raise
    except Exception as fault:  # a fault of ours must not charge anybody
        raise Busy from fault


async def on_paid(turn: Turn) -> None:
    """Money has come in; payments of any kind land, even those that nothing asks for."""
    message = turn.update.message
    assert message is not None, "the filter let a message through"
    fact = message.successful_payment
    assert fact is not None, "the filter let a payment through"
    await turn.services.payments.paid(
        telegram_id=turn.person.telegram_id,
        charge_id=fact.telegram_payment_charge_id,
        intent_id=fact.invoice_payload,
        currency=fact.currency,
        total=fact.total_amount,
    )


async def on_refunded(turn: Turn) -> None:
    """Money has gone back, by us or by hand at the provider."""
    message = turn.update.message
    assert message is not None, "the filter let a message through"
    fact = message.refunded_payment
    assert fact is not None, "the filter let a refund through"
    await turn.services.payments.refunded(charge_id=fact.telegram_payment_charge_id)
