"""What becomes of a screen: edited, sent or replaced; and each tap is answered once."""

from typing import Any

import pytest
from markupsafe import Markup

from bot.kit.routing import tap
from bot.kit.turn import Turn
from bot.ui.callbacks import encode
from bot.ui.screen import Button, Paper, Picture, Screen
from bot.ui.taps import GoHelp
from market.files import FileRef
from market.rights import By
from tests.bot.kit.conftest import Desktop
from tests.support.telegram import BOT, Person, refused

TEXT = Screen(text=Markup("<b>new</b>"), rows=((Button(label="Help", tap=GoHelp()),),))
PHOTO = FileRef(file_id="F", file_unique_id="UF", kind="photo", name="", size=1)
WITH_PHOTO = Screen(text=Markup("caption"), media=PHOTO)
VOICE = FileRef(file_id="V", file_unique_id="UV", kind="voice", name="", size=1)
KEYS = {"inline_keyboard": [[{"text": "x", "callback_data": "hl"}]]}


def message(**parts: Any) -> dict[str, Any]:
    """A message of the bot."""
    chat = {"id": 11, "type": "private", "first_name": "Ann"}
    return {"message_id": 50, "date": 1_700_000_000, "chat": chat, "from": BOT} | parts


def photo(unique_id: str) -> list[dict[str, Any]]:
    """A photo as Telegram describes it."""
    return [{"file_id": "F", "file_unique_id": unique_id, "width": 1, "height": 1}]


async def tapped(desktop: Desktop, on: dict[str, Any], *screens: Screen) -> list[str]:
    """The calls made when a tap on that message is answered with these screens."""

    async def on_help(turn: Turn, _tap: GoHelp) -> None:
        for screen in screens:
            await turn.show(screen)

    running = desktop.application([tap(desktop.services, GoHelp, on_help, by=By.ANYBODY)])
    await running.takes(Person(11).taps(encode(GoHelp()), message=on))
    return [name for name, _ in desktop.telegram.calls]


@pytest.mark.parametrize(
    ("on", "screen", "expected"),
    [
        (message(text="old"), TEXT, ["editMessageText"]),
        (message(photo=photo("UF")), WITH_PHOTO, ["editMessageCaption"]),
        (message(photo=photo("other")), WITH_PHOTO, ["editMessageMedia"]),
        (message(text="old"), WITH_PHOTO, ["sendPhoto"]),
        (message(text="old", reply_markup=KEYS), WITH_PHOTO,
         ["sendPhoto", "editMessageReplyMarkup"]),
        (message(photo=photo("UF")), TEXT, ["sendMessage"]),
        (message(photo=photo("UF")), Screen(text=Markup("v"), media=VOICE), ["sendVoice"]),
        (message(text="old") | {"date": 0}, TEXT, ["sendMessage"]),
        (message(photo=photo("x")), Screen(text=Markup("c"), media=Picture("k1", b"PNG")),
         ["editMessageMedia"]),
    ],
)  # fmt: skip
async def test_a_screen_takes_the_tapped_messages_place_where_it_can(
    desktop: Desktop, on: dict[str, Any], screen: Screen, expected: list[str]
) -> None:
    """Text into text, media into media; else a new message, and old buttons go."""
    assert [*expected, "answerCallbackQuery"] == await tapped(desktop, on, screen)


async def test_the_second_screen_is_a_new_message(desktop: Desktop) -> None:
    """One message cannot show two screens."""
    calls = await tapped(desktop, message(text="old"), TEXT, TEXT)
    assert calls == ["editMessageText", "sendMessage", "answerCallbackQuery"]


async def test_the_same_again_is_fine(desktop: Desktop) -> None:
    """Telegram's "not modified" is no failure."""
    words = "Bad Request: message is not modified: specified new message content is the same"
    desktop.telegram.script = lambda name, _: (
        refused(400, words) if name == "editMessageText" else None
    )
    calls = await tapped(desktop, message(text="old"), TEXT)
    assert calls == ["editMessageText", "answerCallbackQuery"]


async def test_what_cannot_be_edited_is_sent(desktop: Desktop) -> None:
    """A message that is gone or too old is replaced."""
    desktop.telegram.script = lambda name, _: (
        refused(400, "Bad Request: message can't be edited") if name == "editMessageText" else None
    )
    calls = await tapped(desktop, message(text="old"), TEXT)
    assert calls == ["editMessageText", "sendMessage", "answerCallbackQuery"]


async def test_a_late_answer_is_no_failure(desktop: Desktop) -> None:
    """Telegram forgets taps after a while."""
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    desktop.telegram.script = lambda name, _: (
        refused(400, words) if name == "answerCallbackQuery" else None
    )
    calls = await tapped(desktop, message(text="old"), TEXT)
    assert calls == ["editMessageText", "answerCallbackQuery"]


async def test_a_file_of_the_house_is_a_document(desktop: Desktop) -> None:
    """It is sent under its name, with its words."""

    async def on_help(turn: Turn, _tap: GoHelp) -> None:
        await turn.send(Paper(name="statement.csv", content=b"a,b", caption=Markup("<b>Here</b>")))

    running = desktop.application([tap(desktop.services, GoHelp, on_help, by=By.ANYBODY)])
    await running.takes(Person(11).taps(encode(GoHelp()), message=message(text="old")))
    (sent,) = desktop.telegram.named("sendDocument")
    assert sent["caption"] == "<b>Here</b>"
    assert desktop.telegram.named("editMessageText") == []


async def test_somebody_who_blocked_the_bot_is_no_failure(desktop: Desktop) -> None:
    """There is nobody to answer."""
    desktop.telegram.script = lambda name, _: (
        refused(403, "Forbidden: bot was blocked by the user") if "essage" in name else None
    )
    calls = await tapped(desktop, message(text="old"), TEXT)
    assert calls == ["editMessageText", "answerCallbackQuery"]


async def test_a_tap_is_answered_once(desktop: Desktop) -> None:
    """The first toast is the answer, cut to what Telegram takes; later ones are not sent."""

    async def on_help(turn: Turn, _tap: GoHelp) -> None:
        await turn.toast("x" * 300)
        await turn.toast("again")

    running = desktop.application([tap(desktop.services, GoHelp, on_help, by=By.ANYBODY)])
    await running.takes(Person(11).taps(encode(GoHelp())))
    (answer,) = desktop.telegram.named("answerCallbackQuery")
    assert answer["text"] == "x" * 199 + "…"


async def test_answers_stay_in_their_topic(desktop: Desktop) -> None:
    """A tap in a forum topic is answered there."""
    chat = {"id": -100, "type": "supergroup", "title": "Market", "is_forum": True}
    parts = {"chat": chat, "message_thread_id": 9, "is_topic_message": True}
    await tapped(desktop, message(text="old") | parts, WITH_PHOTO)
    assert desktop.telegram.named("sendPhoto")[0]["message_thread_id"] == 9


async def test_screens_are_html_without_previews(desktop: Desktop) -> None:
    """Text is Telegram HTML; links show no preview."""
    await tapped(desktop, message(text="old"), TEXT)
    (edit,) = desktop.telegram.named("editMessageText")
    assert (edit["text"], edit["parse_mode"]) == ("<b>new</b>", "HTML")
    assert edit["link_preview_options"] == {"is_disabled": True}
    assert edit["reply_markup"] == {"inline_keyboard": [[{"text": "Help", "callback_data": "hl"}]]}


async def test_a_file_that_is_named_like_a_path_is_not_opened(desktop: Desktop) -> None:
    """PTB would upload a local file whose path is given as text."""
    path = FileRef(file_id=__file__, file_unique_id="U", kind="document", name="", size=1)
    await tapped(desktop, message(photo=photo("x")), Screen(text=Markup("x"), media=path))
    (edit,) = desktop.telegram.named("editMessageMedia")
    assert edit["media"]["media"] == __file__
