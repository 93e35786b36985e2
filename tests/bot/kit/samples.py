"""A small flow that uses every kind of step, and makers of handlers that tests watch."""

from dataclasses import dataclass, field, replace

from markupsafe import Markup

from bot.kit.flows import Done, Flow, Go, Next, Quiet, Stay, Step
from bot.kit.turn import Turn
from bot.ui.screen import Button, Screen
from bot.ui.taps import FinishFiles, PickNumber, StartSelling, StartSupport
from market.errors import NothingToSend, TextTooShort
from market.files import FileRef
from market.rights import By


@dataclass(frozen=True, slots=True)
class Note:
    """The draft: a title, files, a number."""

    title: str = ""
    files: tuple[FileRef, ...] = field(default=())
    number: int = 0


def small_flow() -> Flow:
    """Title (text) -> files (files and Done) -> number (taps) -> end."""
    return Flow(
        by=By.ANYBODY,
        name="sell",
        draft=Note,
        title=lambda _tr: Markup("your note"),
        commands={"note": begin},
        entries={StartSelling: on_start},
        steps={
            "title": Step(
                ask=lambda _turn, _draft: Screen(text=Markup("Title?")),
                wants=lambda _tr: Markup("A text, please."),
                text=on_title,
            ),
            "files": Step(
                ask=lambda _turn, draft: Screen(
                    text=Markup("Files: {}").format(len(draft.files)),
                    rows=((Button(label="Done", tap=FinishFiles(0, 1, 1)),),),
                ),
                wants=lambda _tr: Markup("A file, please."),
                file=on_file,
                taps={FinishFiles: on_files_done},
            ),
            "number": Step(
                ask=lambda _turn, draft: Screen(
                    text=Markup("Number for {}?").format(draft.title),
                    rows=((Button(label="5", tap=PickNumber(5)),),),
                ),
                wants=lambda _tr: Markup("Tap a number."),
                taps={PickNumber: on_number},
            ),
        },
    )


def other_flow() -> Flow:
    """One question, entered by another button."""

    async def enter(_turn: Turn, _tap: StartSupport) -> Next:
        return Go("ask", Note())

    return Flow(
        by=By.ANYBODY,
        name="support",
        draft=Note,
        title=lambda _tr: Markup("your message"),
        entries={StartSupport: enter},
        steps={
            "ask": Step(
                ask=lambda _turn, _draft: Screen(text=Markup("What is it?")),
                wants=lambda _tr: Markup("A text, please."),
                text=on_title,
            )
        },
    )


async def begin(_turn: Turn) -> Next:
    return Go("title", Note())


async def on_start(_turn: Turn, _tap: StartSelling) -> Next:
    return Go("title", Note())


async def on_title(_turn: Turn, draft: Note, text: str) -> Next:
    if text == "bad":
        return Stay(Markup("Not that one."))
    if text == "hush":
        return Quiet(replace(draft, title=text))
    if text == "boom":
        raise RuntimeError("a bug")
    if len(text) < 3:
        raise TextTooShort(len(text), 3)
    return Go("files", replace(draft, title=text), Markup("Good title."))


async def on_file(_turn: Turn, draft: Note, file: FileRef) -> Next:
    return Go("files", replace(draft, files=(*draft.files, file)))


async def on_files_done(_turn: Turn, draft: Note, _tap: FinishFiles) -> Next:
    if not draft.files:
        raise NothingToSend
    return Go("number", draft)


async def on_number(_turn: Turn, draft: Note, tap: PickNumber) -> Next:
    text = Markup("All done: {} {}").format(draft.title, tap.number)
    return Done(Screen(text=text), toast="Saved")
