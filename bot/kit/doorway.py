"""Before dispatch: which live flow an update ends, and which sessions nobody can read any more."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from telegram import Update

from bot.kit.flows import Flow, is_readable
from bot.kit.sessions import Kept, Session
from bot.ui.callbacks import Tap, decode
from bot.ui.flows import FLOWS
from bot.ui.taps import DropDraft, GoHome, LeaveFlow, Nothing, ResumeFlow

_EVERYWHERE = (DropDraft, LeaveFlow, Nothing, ResumeFlow)


class Doorway:
    """At most one flow is live per (chat, person); leaving it keeps what was entered.

    `commands` are those of the house: a command that nobody knows leads nowhere.
    """

    def __init__(self, flows: Sequence[Flow], commands: AbstractSet[str]) -> None:
        self._commands = commands
        self._flows = {flow.name: flow for flow in flows}
        self._entries = {kind for flow in flows for kind in flow.entries}

    def prepare(self, session: Session, update: Update) -> None:
        """Make the session fit for this update."""
        self._drop_unreadable(session)
        flow = self._flows.get(session.flow or "")
        if flow is not None and self._leads_away(flow, session.step, update):
            session.leave(keep=True)

    def _drop_unreadable(self, session: Session) -> None:
        flow = self._flows.get(session.flow or "")
        if flow is None or not is_readable(flow, session.step, session.draft):
            session.leave(keep=False)
        session.sift(self._is_readable)

    def _is_readable(self, name: str, kept: Kept) -> bool:
        owner = self._flows.get(name)
        return owner is not None and is_readable(owner, kept.step, kept.draft)

    def _leads_away(self, flow: Flow, step: str | None, update: Update) -> bool:
        name = _command(update)
        if name in self._commands:
            return name != "cancel" and name not in flow.commands
        tap = decode(update.callback_query.data or "") if update.callback_query else None
        if tap is None or type(tap) in flow.steps[step or ""].taps:
            return False
        return self._enters_other(flow, tap) or _is_outside(flow, tap)

    def _enters_other(self, flow: Flow, tap: Tap) -> bool:
        if isinstance(tap, ResumeFlow):
            return FLOWS[tap.flow : tap.flow + 1] != (flow.name,)
        return isinstance(tap, GoHome) or (
            type(tap) in self._entries and type(tap) not in flow.entries
        )


def _is_outside(flow: Flow, tap: Tap) -> bool:
    """A button that has nothing to do with a flow which ends at such buttons."""
    is_own = type(tap) in flow.own_taps or isinstance(tap, _EVERYWHERE)
    return flow.is_left_by_taps and not is_own


def _command(update: Update) -> str | None:
    text = update.message.text if update.message else None
    if not text or not text.startswith("/"):
        return None
    return text[1:].split(maxsplit=1)[0].partition("@")[0].lower() if text[1:].strip() else None
