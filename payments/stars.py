"""The Stars rail: Telegram takes the money and sends whole charges back."""

from market.people import Person
from services.ports import Stars
from services.rows import SendOutcome


class StarsRail:
    """Implements services.ports.Rail; a charge goes back whole or not at all."""

    name = "stars"

    def __init__(self, stars: Stars) -> None:
        self._stars = stars

    async def refund(self, person: Person, charge_id: str) -> SendOutcome:
        """Send the charge back; asking twice is safe, Telegram remembers the charge."""
        return await self._stars.refund(person.telegram_id, charge_id)
