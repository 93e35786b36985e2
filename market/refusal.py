"""The parent of every expected refusal."""


class MarketError(Exception):
    """Parent of every refusal that a person can be told about."""
