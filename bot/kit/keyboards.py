"""Rows of buttons as Telegram's inline keyboard."""

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.ui.callbacks import encode
from bot.ui.screen import Button, Invoice

Rows = tuple[tuple[Button, ...], ...]


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The keyboard, or None for a screen without buttons."""
    filled = [[_button(one) for one in row] for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def invoice_keyboard(invoice: Invoice) -> InlineKeyboardMarkup:
    """Telegram demands that the Pay button is the first one."""
    pay = [InlineKeyboardButton(invoice.pay_label, pay=True)]
    return InlineKeyboardMarkup(
        [pay, *([_button(one) for one in row] for row in invoice.rows if row)]
    )


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button.label,
        callback_data=None if button.tap is None else encode(button.tap),
        url=button.url,
        copy_text=None if button.copy is None else CopyTextButton(button.copy),
        style=button.style,
    )
