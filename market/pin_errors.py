"""Refusals about PINs. `errors` names them all."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass
class PinUnfit(MarketError):
    """What was typed is no PIN: so many digits at least and at most."""

    least: int
    most: int


@dataclass
class PinEasy(MarketError):
    """Anybody would try this one first."""


@dataclass
class PinNeeded(MarketError):
    """The person has a PIN and has not typed it for this."""


@dataclass
class PinWrong(MarketError):
    """It is another one; so many tries are left."""

    left: int


@dataclass
class PinLocked(MarketError):
    """Too many were wrong; none counts before that moment."""

    until_ms: int
