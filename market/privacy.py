"""What keeps a person from being forgotten, and the refusal; `market.errors` has its name, too."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What keeps a person from being forgotten: how many open orders, purses, payments."""

    orders: int = 0
    purses: int = 0
    on_the_way: int = 0
    runs_house: bool = False

    @property
    def money(self) -> bool:
        """Money of the person is here, is owed, or is under way."""
        return bool(self.purses or self.on_the_way)

    @property
    def is_free(self) -> bool:
        """Nothing keeps the person."""
        return not (self.orders or self.money or self.runs_house)


@dataclass
class StillNeeded(MarketError):
    """Orders go on, money is there or under way, or the person runs the house."""

    orders: int
    has_money: bool
    runs_house: bool
