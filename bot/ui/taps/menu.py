"""The menu, flows in general, languages, terms, settings, support and the operators' pages."""

from bot.ui.callbacks import Tap, tag


@tag("h")
class GoHome(Tap):
    """The main menu."""


@tag("hl")
class GoHelp(Tap):
    """The help page."""


@tag("x")
class LeaveFlow(Tap):
    """Leave the flow; its draft is kept."""


@tag("fr")
class ResumeFlow(Tap):
    """Go on with the kept draft of flow number `flow` (index in kit.flows' order)."""

    flow: int


@tag("fd")
class DropDraft(Tap):
    """Throw the kept draft away."""

    flow: int


@tag("lg")
class ChooseLanguage(Tap):
    """0 Bengali, 1 English."""

    language: int


@tag("lf")
class ChooseLanguageFor(Tap):
    """As ChooseLanguage, by a newcomer whom a link led to this gig."""

    language: int
    gig_id: int


@tag("ls")
class ShowLanguages(Tap):
    """The language question."""


@tag("ta")
class AcceptTerms(Tap):
    """Agree to the terms of this version."""

    version: int


@tag("tr")
class ReadTerms(Tap):
    """A page of the terms."""

    page: int


@tag("pr")
class ReadPrivacy(Tap):
    """The privacy page."""


@tag("se")
class ShowSettings(Tap):
    """The settings."""


@tag("zs")
class ShowZones(Tap):
    """The list of time zones."""


@tag("sz")
class ChooseZone(Tap):
    """A time zone by its number in the settings' list."""

    zone: int


@tag("st")
class StartSupport(Tap):
    """Begin a message to the operators; order 0 means none. `kind` 0 support, 1 paysupport."""

    kind: int
    order_id: int


@tag("sa")
class AnswerThread(Tap):
    """An operator begins an answer (or a person adds to the thread)."""

    thread_id: int


@tag("sv")
class ShowThread(Tap):
    """A support thread."""

    thread_id: int


@tag("sc")
class CloseThread(Tap):
    """An operator closes a thread."""

    thread_id: int


@tag("a")
class ShowAdmin(Tap):
    """Operators: 0 the desk, 1 dead updates, 2 dead notices, 3 refunds, 4 audit, 5 sweeps."""

    page: int


@tag("ar")
class RetryDead(Tap):
    """Try a dead outbox row again."""

    row_id: int


@tag("at")
class Thaw(Tap):
    """Let money go out again after the audit was looked at."""


@tag("ck")
class ConnectAll(Tap):
    """In a group: make one topic per category (1) or announce all here (0)."""

    topics: int


@tag("cc")
class ConnectHere(Tap):
    """Link this chat or topic with a category (its number), -1 for all."""

    category: int


@tag("cd")
class ConnectChannel(Tap):
    """Link a channel, tapped in the private chat; category -1 for all."""

    category: int
    chat_id: int


@tag("cu")
class Disconnect(Tap):
    """Announce nothing in this chat or topic any more."""


@tag("n")
class Nothing(Tap):
    """A label that does nothing (page numbers)."""
