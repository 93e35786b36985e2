"""Points on the map as content of a message, for methods and for inline results."""

from typing import Any

from sandbox.rules import refuse
from sandbox.strict_json import degrees, whole

LIVE_SECONDS = range(60, 86_401)
FOREVER = 0x7FFFFFFF
_NUMBERS = ("live_period", "heading", "proximity_alert_radius")
_PROVIDED = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def location_from(given: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = (_degrees(given, name) for name in ("latitude", "longitude"))
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise refuse("location_range")
    location: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    if given.get("horizontal_accuracy"):
        location["horizontal_accuracy"] = _degrees(given, "horizontal_accuracy")
    for name in _NUMBERS:
        if str(given.get(name) or "").isdecimal() and whole(str(given[name])):
            location[name] = whole(str(given[name]))
    period = location.get("live_period")
    if period is not None and period not in LIVE_SECONDS and period != FOREVER:
        raise refuse("live_period")
    return location


def venue_from(given: dict[str, Any]) -> dict[str, Any]:
    """A venue is shown as a location as well, for older bots (Bot API)."""
    point = location_from({name: given.get(name) for name in ("latitude", "longitude")})
    venue = {"location": point, "title": str(given["title"]), "address": str(given["address"])}
    venue |= {name: str(given[name]) for name in _PROVIDED if given.get(name)}
    return {"venue": venue, "location": point}


def _degrees(given: dict[str, Any], name: str) -> float:
    """As on Telegram, what is no number counts as zero; lint tells it."""
    try:
        return degrees(given[name])
    except (KeyError, ValueError):
        return 0.0
