"""Settings: language, time zone, the day's summary, absences, and the way to the terms."""

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ChooseZone,
    GoHome,
    ReadPrivacy,
    ReadTerms,
    ShowAway,
    ShowDigestHours,
    ShowLanguages,
    ShowSettings,
    ShowZones,
)
from market.absence import Absence
from market.people import Person

ZONES = (
    "Asia/Dhaka",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Asia/Qatar",
    "Asia/Kuala_Lumpur",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/London",
    "Europe/Rome",
    "America/New_York",
    "America/Toronto",
    "America/Los_Angeles",
    "UTC",
)
_LANGUAGES = {"bn": "বাংলা", "en": "English"}
_IN_ROW = 3


def zone_at(number: int) -> str | None:
    """The zone behind a button's number, None for an unknown one."""
    return ZONES[number] if 0 <= number < len(ZONES) else None


def settings_screen(
    person: Person, absences: tuple[Absence, ...], tr: Translator, now_ms: int
) -> Screen:
    """What is set now."""
    text = tr(
        "<b>Settings</b>\n\nLanguage: {language}\nTime zone: {zone}\nYour clock now: {now}\n"
        "Daily summary: {summary}\nAway: {away}",
        language=_LANGUAGES[tr.language],
        zone=zone_name(tr.zone, tr),
        now=tr.when(now_ms, now_ms),
        summary=_summary(person, tr),
        away=_away(absences, tr, now_ms),
    )
    return Screen(
        text=text,
        rows=(
            (
                Button(label=tr.label("Language"), tap=ShowLanguages()),
                Button(label=tr.label("Time zone"), tap=ShowZones()),
            ),
            (
                Button(label=tr.label("Daily summary"), tap=ShowDigestHours()),
                Button(label=tr.label("I am away"), tap=ShowAway()),
            ),
            (
                Button(label=tr.label("Terms"), tap=ReadTerms(0)),
                Button(label=tr.label("Privacy"), tap=ReadPrivacy()),
            ),
            (Button(label=tr.label("Main menu"), tap=GoHome()),),
        ),
    )


def _summary(person: Person, tr: Translator) -> str:
    if person.digest_hour is None:
        return tr.label("never")
    return tr.label("daily at {hour}", hour=tr.hour(person.digest_hour))


def _away(absences: tuple[Absence, ...], tr: Translator, now_ms: int) -> str:
    if not absences:
        return tr.label("no")
    next_one = absences[0]
    last = tr.day(next_one.until_ms - 1)
    if next_one.covers(now_ms):
        return tr.label("until {last}", last=last)
    return tr.label("{first} to {last}", first=tr.day(next_one.from_ms), last=last)


def zones_screen(tr: Translator) -> Screen:
    """Which clock the reader lives by."""
    buttons = [
        Button(
            label=zone_name(zone, tr),
            tap=ChooseZone(number),
            style="success" if zone == tr.zone else None,
        )
        for number, zone in enumerate(ZONES)
    ]
    rows = (tuple(buttons[at : at + _IN_ROW]) for at in range(0, len(buttons), _IN_ROW))
    back = Button(label=tr.label("Back"), tap=ShowSettings())
    text = tr(
        "<b>Which clock do you live by?</b>\n\nAll dates and deadlines are shown in that time. "
        "If your city is missing, pick one with the same time."
    )
    return Screen(text=text, rows=(*rows, (back,)))


def zone_toast(tr: Translator) -> str:
    """After the choice."""
    return tr.label("Times are now shown for {zone}.", zone=zone_name(tr.zone, tr))


def zone_name(zone: str, tr: Translator) -> str:
    """The city that stands for a zone; a zone outside of the list reads as itself."""
    names = {
        "Asia/Dhaka": tr.label("Dhaka"),
        "Asia/Kolkata": tr.label("Kolkata"),
        "Asia/Dubai": tr.label("Dubai"),
        "Asia/Riyadh": tr.label("Riyadh"),
        "Asia/Qatar": tr.label("Doha"),
        "Asia/Kuala_Lumpur": tr.label("Kuala Lumpur"),
        "Asia/Singapore": tr.label("Singapore"),
        "Asia/Tokyo": tr.label("Tokyo"),
        "Australia/Sydney": tr.label("Sydney"),
        "Europe/London": tr.label("London"),
        "Europe/Rome": tr.label("Rome"),
        "America/New_York": tr.label("New York"),
        "America/Toronto": tr.label("Toronto"),
        "America/Los_Angeles": tr.label("Los Angeles"),
        "UTC": tr.label("World time (UTC)"),
    }
    return names.get(zone, zone)
