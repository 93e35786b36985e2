"""The short code of an order that both parties see and can say to each other."""

from bot.ui.callbacks import base36


def order_code(order_id: int) -> str:
    """#A7 for order 367: the number in base 36, the same in every language."""
    return f"#{base36(order_id).upper()}"
