"""Drives a flow with PTB's ConversationHandler: what each kind of update does at a step."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from warnings import catch_warnings, simplefilter

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.kit.access import About, Answer, Gate, State, tapped_about
from bot.kit.errors import MOVED_ON, explain
from bot.kit.flows import Done, Flow, Go, Next, Old, Quiet, Stay, from_json, to_json
from bot.kit.heard import EDITED, FILES, NEW, PRIVATE, SAID, STICKERS, TEXTS
from bot.kit.home import show_home
from bot.kit.incoming import Incoming
from bot.kit.routing import Route, command, order_of, pattern, point_home, tapped
from bot.kit.secret import unseen
from bot.kit.sessions import Session, SessionConversation, current
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap, decode, encode
from bot.ui.flows import FLOWS
from bot.ui.screen import Screen
from bot.ui.taps import LeaveFlow, ResumeFlow
from bot.views.problems import problem
from bot.views.start import edited_screen
from market.errors import MarketError, NotAnOperator, NotAnOwner
from market.rights import By
from services.registry import Services

Act = Callable[[Turn], Awaitable[Next]]
END = SessionConversation.END


def routes_of(services: Services, flow: Flow) -> list[Route]:
    """The flow as PTB's conversation, and its commands as they answer in groups."""
    pointers = [command(services, name, point_home, by=By.ANYBODY) for name in flow.commands]
    return [Dialog(services, flow).conversation(), *pointers]


@dataclass(frozen=True, slots=True)
class Dialog:
    """One flow in PTB's terms. It holds no state: that is the session's."""

    services: Services
    flow: Flow

    def conversation(self) -> SessionConversation:
        """PTB warns about taps in conversations per chat; that is what a session is."""
        with catch_warnings():
            simplefilter("ignore")
            return SessionConversation(
                name=self.flow.name,
                entry_points=self._entries(),
                states={name: self._answers(name) for name in self.flow.steps},
                fallbacks=self._fallbacks(),
            )

    def _entries(self) -> list[Route]:
        asked = [self._door(kind) for kind in self.flow.entries]
        typed: list[Route] = [
            CommandHandler(name, self._answer(enter, tapped_about), filters=NEW & PRIVATE)
            for name, enter in self.flow.commands.items()
        ]
        return [*asked, *typed, *self._resume()]

    def _resume(self) -> list[Route]:
        if self.flow.name not in FLOWS:
            return []
        data = encode(ResumeFlow(FLOWS.index(self.flow.name)))
        return [CallbackQueryHandler(self._raw(self._go_on), pattern=f"^{re.escape(data)}$")]

    def _answers(self, name: str) -> list[Route]:
        step = self.flow.steps[name]
        answers: list[Route] = [
            CallbackQueryHandler(self._answer(self._tap_at(name, kind)), pattern=pattern(kind))
            for kind in step.taps
        ]
        if step.text is not None:
            answers.append(MessageHandler(TEXTS, self._answer(self._text_at(name))))
        if step.file is not None:
            kinds = FILES | STICKERS if step.has_stickers else FILES
            answers.append(MessageHandler(kinds, self._answer(self._file_at(name))))
        if step.edited is not None:
            answers.append(MessageHandler(EDITED, self._answer(self._edit_at(name))))
        return answers

    def _fallbacks(self) -> list[Route]:
        kinds = dict.fromkeys(kind for step in self.flow.steps.values() for kind in step.taps)
        return [
            CommandHandler("cancel", self._raw(_leave), filters=NEW),
            CallbackQueryHandler(self._raw(_leave), pattern=pattern(LeaveFlow)),
            *(CallbackQueryHandler(self._raw(self._old), pattern=pattern(one)) for one in kinds),
            CallbackQueryHandler(self._raw(self._old), pattern=_is_nobodys),
            MessageHandler(NEW & filters.COMMAND, self._raw(self._unknown_command)),
            MessageHandler(SAID, self._raw(self._unwanted)),
            MessageHandler(EDITED, self._raw(self._edited)),
        ]

    def _door(self, kind: type[Tap]) -> Route:
        enter = self.flow.entries[kind]
        gate = self._answer(lambda turn: enter(turn, tapped(turn.update, kind)), tapped_about)
        by = self.flow.entry_by.get(kind, self.flow.by)
        return CallbackQueryHandler(replace(gate, by=by), pattern=pattern(kind))

    def _tap_at(self, name: str, kind: type[Tap]) -> Act:
        act = self.flow.steps[name].taps[kind]
        return lambda turn: act(turn, self._draft(), tapped(turn.update, kind))

    def _text_at(self, name: str) -> Act:
        step = self.flow.steps[name]
        act = unseen(step.text) if step.text and step.is_secret else step.text
        assert act is not None, "the step takes a text"
        return lambda turn: act(turn, self._draft(), _incoming(turn).words)

    def _file_at(self, name: str) -> Act:
        act = self.flow.steps[name].file
        assert act is not None, "the step takes a file"
        return lambda turn: act(turn, self._draft(), _incoming(turn).file)

    def _edit_at(self, name: str) -> Act:
        act = self.flow.steps[name].edited
        assert act is not None, "the step hears of edits"
        return lambda turn: act(turn, self._draft(), _incoming(turn).text)

    def _draft(self) -> object:
        return from_json(self.flow, current().session.draft)

    def _answer(self, act: Act, about: Callable[[Update], About] | None = None) -> Gate:
        """The gate before a step; `about` is what the right speaks of, else the draft."""

        async def answered(turn: Turn) -> State:
            try:
                following = await act(turn)
            except MarketError as error:
                return await self._refused(turn, error)
            return await self._follow(turn, following)

        return replace(self._raw(answered), by=self.flow.by, about=about or _draft_numbers)

    def _raw(self, answered: Answer) -> Gate:
        """For everybody: what only leads on, back or out."""

        async def answer(turn: Turn) -> State:
            if turn.is_private:
                return await answered(turn)
            await point_home(turn)
            return None

        return Gate(
            services=self.services,
            by=By.ANYBODY,
            answer=answer,
            refused=self._barred,
            about=_draft_numbers,
        )

    async def _barred(self, turn: Turn, error: MarketError) -> State:
        """Whoever may not go on; a flow of operators ends for those who are none any more."""
        if not turn.is_private:
            await point_home(turn)
            return None
        session = current().session
        if session.flow != self.flow.name or not isinstance(error, NotAnOperator | NotAnOwner):
            return await self._refused(turn, error)
        session.leave(keep=False)
        await explain(turn, error, order_id=None)
        return END

    async def _follow(self, turn: Turn, following: Next) -> State:
        match following:
            case Go():
                return await self._go(turn, following)
            case Stay(note):
                return await self._stay(turn, note)
            case Quiet(draft):
                session = self._live()
                assert session.step is not None, "a flow is entered with a question"
                session.move(self.flow.name, session.step, to_json(self.flow, draft))
                return session.step
            case Done(screen, toast):
                return await self._done(turn, screen, toast)
            case Old():
                return await self._old(turn)

    async def _go(self, turn: Turn, following: Go) -> State:
        session = current().session
        is_further = (session.flow, session.step) != (self.flow.name, following.step)
        session.move(self.flow.name, following.step, to_json(self.flow, following.draft))
        session.moved = session.moved and not following.is_spent
        if _is_more_of_album(turn, session) and not is_further:
            return following.step
        if following.screen is not None:
            await turn.show(following.screen)
        else:
            await self._ask(turn, following.note)
        return following.step

    async def _stay(self, turn: Turn, note: Markup) -> State:
        session = current().session
        if session.flow != self.flow.name:
            await turn.send(Screen(text=note))
            return None
        if not _is_more_of_album(turn, session):
            await self._ask(turn, note)
        return session.step

    async def _done(self, turn: Turn, screen: Screen | None, toast: str | None) -> State:
        session = current().session
        session.forget(self.flow.name, session.draft)
        session.leave(keep=False)
        if toast is not None:
            await turn.toast(toast)
        if screen is not None:
            await turn.show(screen)
        return END

    async def _ask(self, turn: Turn, note: Markup | None = None) -> None:
        session = self._live()
        assert session.step is not None, "a live flow has a step"
        question = self.flow.steps[session.step].ask(turn, self._draft())
        if note is not None:
            question = replace(question, text=Markup("\n\n").join([note, question.text]))
        await turn.show(question)

    async def _refused(self, turn: Turn, error: MarketError) -> State:
        """A step's refusal is told with the question; when the order moved on, the flow is over."""
        session = current().session
        order_id = order_of(turn.update) or session.draft.get("order_id")
        if session.flow != self.flow.name or (order_id and isinstance(error, MOVED_ON)):
            session.leave(keep=order_id != session.draft.get("order_id"))
            await explain(turn, error, order_id=order_id)
            return END
        return await self._stay(turn, problem(error, turn.tr))

    async def _go_on(self, turn: Turn) -> State:
        session = current().session
        if session.flow != self.flow.name and not session.resume(self.flow.name):
            await turn.toast(turn.tr.label("There is no such draft any more."))
            await show_home(turn)
            return None
        await self._ask(turn)
        return session.step

    async def _old(self, turn: Turn) -> State:
        await turn.toast(turn.tr.label("That button is old. This is where you are."))
        await self._ask(turn)
        return None

    async def _unknown_command(self, turn: Turn) -> State:
        await self._ask(turn, turn.tr("I do not know that command."))
        return None

    async def _edited(self, turn: Turn) -> State:
        await self._ask(turn, edited_screen(turn.tr).text)
        return None

    async def _unwanted(self, turn: Turn) -> State:
        session = self._live()
        assert session.step is not None, "a live flow has a step"
        if not _is_more_of_album(turn, session):
            await self._ask(turn, self.flow.steps[session.step].wants(turn.tr))
        return None

    def _live(self) -> Session:
        session = current().session
        assert session.flow == self.flow.name, "the flow is live"
        return session


async def _leave(turn: Turn) -> State:
    await turn.end_flow()
    if turn.is_tap and turn.kept_flows:
        await turn.toast(turn.tr.label("Kept for later."))
    await show_home(turn)
    return END


def _is_nobodys(data: object) -> bool:
    """No button of ours carries this."""
    return decode(str(data)) is None


def _draft_numbers(_update: Update) -> About:
    return current().session.draft


def _incoming(turn: Turn) -> Incoming:
    assert turn.incoming is not None, "the filter let a message through"
    return turn.incoming


def _is_more_of_album(turn: Turn, session: Session) -> bool:
    """An album arrives as several updates and gets one answer."""
    group = turn.incoming.media_group if turn.incoming else None
    is_more = group is not None and group == session.album
    session.album = group
    return is_more
