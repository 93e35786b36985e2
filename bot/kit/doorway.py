"""Before dispatch: which live flow an update ends, and which sessions nobody can read any more."""

from collections.abc import Sequence

from telegram import Update

from bot.kit.flows import Flow, is_readable
from bot.kit.sessions import Session
from bot.ui.callbacks import Tap, decode
from bot.ui.flows import FLOWS
from bot.ui.taps import GoHome, ResumeFlow


class Doorway:
    """At most one flow is live per (chat, person); leaving it keeps what was entered."""

    def __init__(self, flows: Sequence[Flow]) -> None:
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
        for name, kept in list(session.kept.items()):
            owner = self._flows.get(name)
            if owner is None or not is_readable(owner, kept.step, kept.draft):
                del session.kept[name]

    def _leads_away(self, flow: Flow, step: str | None, update: Update) -> bool:
        name = _command(update)
        if name is not None:
            return name != "cancel" and name not in flow.commands
        tap = decode(update.callback_query.data or "") if update.callback_query else None
        if tap is None or type(tap) in flow.steps[step or ""].taps:
            return False
        return self._enters_other(flow, tap)

    def _enters_other(self, flow: Flow, tap: Tap) -> bool:
        if isinstance(tap, ResumeFlow):
            return FLOWS[tap.flow : tap.flow + 1] != (flow.name,)
        return isinstance(tap, GoHome) or (
            type(tap) in self._entries and type(tap) not in flow.entries
        )


def _command(update: Update) -> str | None:
    text = update.message.text if update.message else None
    if not text or not text.startswith("/"):
        return None
    return text[1:].split(maxsplit=1)[0].partition("@")[0] if len(text) > 1 else None
