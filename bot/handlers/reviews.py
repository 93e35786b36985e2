"""What is left of the review conversation outside of it; the rest is `bot.conversations.review`."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import SkipStep
from bot.views.reviews import late_review_toast
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [tap(services, SkipStep, on_late_skip, by=By.ANYBODY)]


async def on_late_skip(turn: Turn, _tap: SkipStep) -> None:
    """The second tap of a double tap: the answer is in already."""
    await turn.toast(late_review_toast(turn.tr))
