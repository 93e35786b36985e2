"""Where a person stands in a chat, while one update is answered: the lane's working copy.

The truth is the session row in the database (DESIGN.md decision 6). PTB's private attribute
`_conversations` is touched here only.
"""

import json
from collections.abc import Callable, Iterator, MutableMapping
from contextvars import ContextVar, Token
from dataclasses import asdict, dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import ConversationHandler

from services.rows import SessionRow

Key = tuple[int | str, ...]
Draft = dict[str, Any]
Context = Any
KEPT_MAX = 10
_MATTER = ("order_id", "thread_id", "kind")


@dataclass(slots=True)
class Kept:
    """A draft that was left: where it stood and what it held."""

    step: str
    draft: Draft


@dataclass(slots=True)
class Session:
    """The live flow of (chat, person) and the kept drafts.

    `moved` says that something was entered since the flow began, so that its draft is worth
    keeping. `album` is the media group that was answered last. `kept` has the drafts of each flow,
    the newest first: one for each order or thread, and unfinished gigs beside each other.
    """

    chat_id: int = 0
    telegram_id: int = 0
    flow: str | None = None
    step: str | None = None
    draft: Draft = field(default_factory=dict)
    moved: bool = False
    album: str | None = None
    kept: dict[str, list[Kept]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """There is nothing to store."""
        return self.flow is None and not self.kept

    def move(self, flow: str, step: str, draft: Draft) -> None:
        """Stand at this step with this draft."""
        self.moved = self.flow == flow and (self.moved or draft != self.draft or step != self.step)
        self.flow, self.step, self.draft = flow, step, draft

    def leave(self, *, keep: bool) -> None:
        """End the live flow; what was entered may be gone on with later."""
        if keep and self.moved and self.flow is not None and self.step is not None:
            self.forget(self.flow, self.draft)
            self._keep(self.flow, [Kept(self.step, self.draft), *self.kept.get(self.flow, [])])
        self.flow, self.step, self.draft = None, None, {}
        self.moved, self.album = False, None

    def forget_all(self) -> None:
        """Nothing was ever begun."""
        self.leave(keep=False)
        self.kept = {}

    def forget(self, flow: str, draft: Draft) -> None:
        """Drop what is kept of that flow about the same order or thread."""
        matter = _matter_of(draft)
        if any(matter):
            others = [one for one in self.kept.get(flow, []) if _matter_of(one.draft) != matter]
            self._keep(flow, others)

    def drop(self, flow: str) -> None:
        """Throw the newest kept draft of that flow away."""
        self._keep(flow, self.kept.get(flow, [])[1:])

    def sift(self, may_stay: Callable[[str, Kept], bool]) -> None:
        """Drop the kept drafts that may not stay."""
        for flow, drafts in list(self.kept.items()):
            self._keep(flow, [one for one in drafts if may_stay(flow, one)])

    def resume(self, flow: str, fits: Callable[[Draft], bool] = lambda _draft: True) -> bool:
        """Make the newest kept draft of that flow that fits the live one; False without one."""
        kept = next((one for one in self.kept.get(flow, []) if fits(one.draft)), None)
        if kept is None:
            return False
        self._keep(flow, [one for one in self.kept[flow] if one is not kept])
        self.leave(keep=True)
        self.flow, self.step, self.draft, self.moved = flow, kept.step, kept.draft, True
        return True

    def _keep(self, flow: str, drafts: list[Kept]) -> None:
        self.kept.pop(flow, None)
        if drafts:
            self.kept[flow] = drafts[:KEPT_MAX]


def _matter_of(draft: Draft) -> tuple[object, ...]:
    return tuple(draft.get(name) for name in _MATTER)


def from_row(row: SessionRow | None, chat_id: int, telegram_id: int) -> Session:
    """The working copy of a stored session, or an empty one."""
    session = Session(chat_id=chat_id, telegram_id=telegram_id)
    if row is None:
        return session
    held = json.loads(row.draft or "{}")
    session.flow, session.step = row.flow, row.step
    session.draft, session.moved = held.get("draft", {}), held.get("moved", False)
    session.album = held.get("album")
    kept = json.loads(row.kept or "{}")
    session.kept = {flow: [Kept(**one) for one in drafts] for flow, drafts in kept.items()}
    return session


def to_row(session: Session, now_ms: int) -> SessionRow:
    """The row to store."""
    held = {"draft": session.draft, "moved": session.moved, "album": session.album}
    kept = {flow: [asdict(one) for one in drafts] for flow, drafts in session.kept.items()}
    return SessionRow(
        chat_id=session.chat_id,
        telegram_id=session.telegram_id,
        flow=session.flow,
        step=session.step,
        draft=json.dumps(held, ensure_ascii=False, sort_keys=True),
        kept=json.dumps(kept, ensure_ascii=False, sort_keys=True),
        updated_ms=now_ms,
    )


@dataclass(slots=True)
class Live:
    """One update while it is answered: its session, the moment, and what went wrong.

    `is_secret`: what the person wrote is kept nowhere.
    """

    session: Session = field(default_factory=Session)
    now_ms: int = 0
    failure: BaseException | None = None
    is_secret: bool = False


_LIVE: ContextVar[Live] = ContextVar("live")


def current() -> Live:
    """The update in hand; an empty one outside of a lane."""
    return _LIVE.get(None) or Live()


def enter(live: Live) -> Token[Live]:
    """The lane makes this the update in hand."""
    return _LIVE.set(live)


def leave(token: Token[Live]) -> None:
    """The lane is done with the update in hand."""
    _LIVE.reset(token)


class _Steps(MutableMapping[Key, object]):
    """PTB's table of conversations as a window on the current session."""

    def __init__(self, flow: str) -> None:
        self._flow = flow

    def __getitem__(self, key: Key) -> object:
        session = current().session
        if key != (session.chat_id, session.telegram_id) or session.flow != self._flow:
            raise KeyError(key)
        return session.step

    def __setitem__(self, key: Key, step: object) -> None:
        session = current().session
        assert key == (session.chat_id, session.telegram_id), "the lane holds another session"
        session.flow, session.step = self._flow, str(step)

    def __delitem__(self, key: Key) -> None:
        assert key in self, "only the live flow can end"
        current().session.leave(keep=False)

    def __iter__(self) -> Iterator[Key]:
        session = current().session
        return iter([(session.chat_id, session.telegram_id)] if session.flow == self._flow else [])

    def __len__(self) -> int:
        return sum(1 for _ in self)


class SessionConversation(ConversationHandler[Context]):
    """A ConversationHandler whose state is the current session's.

    The key must be (chat, person), which is what a lane covers; timeouts and PTB's persistence
    would keep state outside the session.
    """

    def __init__(self, *, name: str, **options: Any) -> None:  # noqa: ANN401 - PTB's options
        refused = {"per_message", "per_user", "per_chat", "conversation_timeout", "persistent"}
        if refused & set(options):
            raise ValueError(f"A session decides about {sorted(refused & set(options))}")
        super().__init__(name=name, allow_reentry=True, block=True, **options)
        assert self._conversations == {}, "PTB keeps its conversations elsewhere now"
        self._conversations = _Steps(name)

    def stands_at(self, update: Update) -> object | None:
        """The step that this update would be answered in, None outside of this flow."""
        return self._conversations.get(self._get_key(update))
