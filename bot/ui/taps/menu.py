"""The menu, flows in general, languages, terms, settings, support and the operators' pages."""

from dataclasses import dataclass

from bot.ui.callbacks import Tap, tag


@tag("h")
@dataclass(frozen=True, slots=True)
class GoHome(Tap):
    """The main menu."""


@tag("hl")
@dataclass(frozen=True, slots=True)
class GoHelp(Tap):
    """The help page."""


@tag("x")
@dataclass(frozen=True, slots=True)
class LeaveFlow(Tap):
    """Leave the flow; its draft is kept."""


@tag("fr")
@dataclass(frozen=True, slots=True)
class ResumeFlow(Tap):
    """Go on with the kept draft of flow number `flow` (index in kit.flows' order)."""

    flow: int


@tag("fd")
@dataclass(frozen=True, slots=True)
class DropDraft(Tap):
    """Throw the kept draft away."""

    flow: int


@tag("lg")
@dataclass(frozen=True, slots=True)
class ChooseLanguage(Tap):
    """0 Bengali, 1 English."""

    language: int


@tag("lf")
@dataclass(frozen=True, slots=True)
class ChooseLanguageFor(Tap):
    """As ChooseLanguage, by a newcomer whom a link led to this gig."""

    language: int
    gig_id: int


@tag("ls")
@dataclass(frozen=True, slots=True)
class ShowLanguages(Tap):
    """The language question."""


@tag("ta")
@dataclass(frozen=True, slots=True)
class AcceptTerms(Tap):
    """Agree to the terms of this version."""

    version: int


@tag("tr")
@dataclass(frozen=True, slots=True)
class ReadTerms(Tap):
    """A page of the terms."""

    page: int


@tag("pr")
@dataclass(frozen=True, slots=True)
class ReadPrivacy(Tap):
    """The privacy page."""


@tag("se")
@dataclass(frozen=True, slots=True)
class ShowSettings(Tap):
    """The settings."""


@tag("zs")
@dataclass(frozen=True, slots=True)
class ShowZones(Tap):
    """The list of time zones."""


@tag("sz")
@dataclass(frozen=True, slots=True)
class ChooseZone(Tap):
    """A time zone by its number in the settings' list."""

    zone: int


@tag("st")
@dataclass(frozen=True, slots=True)
class StartSupport(Tap):
    """Begin a message to the operators; order 0 means none. `kind` 0 support, 1 paysupport."""

    kind: int
    order_id: int


@tag("sa")
@dataclass(frozen=True, slots=True)
class AnswerThread(Tap):
    """An operator begins an answer (or a person adds to the thread)."""

    thread_id: int


@tag("sv")
@dataclass(frozen=True, slots=True)
class ShowThread(Tap):
    """A support thread."""

    thread_id: int


@tag("sc")
@dataclass(frozen=True, slots=True)
class CloseThread(Tap):
    """An operator closes a thread."""

    thread_id: int


@tag("a")
@dataclass(frozen=True, slots=True)
class ShowAdmin(Tap):
    """The operators page: 0 overview, 1 dead updates, 2 dead notices, 3 refunds, 4 audit."""

    page: int


@tag("ar")
@dataclass(frozen=True, slots=True)
class RetryDead(Tap):
    """Try a dead outbox row again."""

    row_id: int


@tag("at")
@dataclass(frozen=True, slots=True)
class Thaw(Tap):
    """Let money go out again after the audit was looked at."""


@tag("ck")
@dataclass(frozen=True, slots=True)
class ConnectAll(Tap):
    """In a group: make one topic per category (1) or announce all here (0)."""

    topics: int


@tag("cc")
@dataclass(frozen=True, slots=True)
class ConnectHere(Tap):
    """Link this chat or topic with a category (its number), -1 for all."""

    category: int


@tag("cd")
@dataclass(frozen=True, slots=True)
class ConnectChannel(Tap):
    """Link a channel, tapped in the private chat; category -1 for all."""

    category: int
    chat_id: int


@tag("cu")
@dataclass(frozen=True, slots=True)
class Disconnect(Tap):
    """Announce nothing in this chat or topic any more."""


@tag("n")
@dataclass(frozen=True, slots=True)
class Nothing(Tap):
    """A label that does nothing (page numbers)."""
