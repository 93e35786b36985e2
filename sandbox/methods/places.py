"""sendLocation and sendVenue: points on the map."""

from typing import TYPE_CHECKING, Any

from sandbox.access import writable
from sandbox.methods.sending import send
from sandbox.places import location_from, venue_from

if TYPE_CHECKING:
    from sandbox.call import Call

_LOCATION = (
    "latitude",
    "longitude",
    "horizontal_accuracy",
    "live_period",
    "heading",
    "proximity_alert_radius",
)
_VENUE = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id")


def send_location(call: "Call") -> dict[str, Any]:
    location = location_from({name: call.params.get(name) for name in _LOCATION})
    return send(call, writable(call), {"location": location})


def send_venue(call: "Call") -> dict[str, Any]:
    names = ("latitude", "longitude", *_VENUE, "google_place_type")
    venue = venue_from({name: call.params.get(name) for name in names})
    return send(call, writable(call), venue)


METHODS = {"sendlocation": send_location, "sendvenue": send_venue}
