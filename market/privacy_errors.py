"""Why somebody cannot be forgotten yet. `market.errors` has the name, too."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass
class StillNeeded(MarketError):
    """Orders go on, money is there or under way, or the person runs the house."""

    orders: int
    has_money: bool
    runs_house: bool
