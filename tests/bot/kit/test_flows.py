"""Flows through PTB, lanes and the database: every kind of answer, wrong turns, restarts."""

import json

import pytest

from bot.ui.callbacks import encode
from bot.ui.taps import (
    DropDraft,
    FinishFiles,
    GoHome,
    LeaveFlow,
    PickNumber,
    ResumeFlow,
    StartSelling,
    StartSupport,
)
from tests.bot.kit.conftest import Desktop, Running
from tests.bot.kit.samples import other_flow, small_flow
from tests.support.telegram import Person


@pytest.fixture
def ann() -> Person:
    """Somebody."""
    return Person(11)


@pytest.fixture
def running(desktop: Desktop) -> Running:
    """An application with two flows."""
    return desktop.application([], [small_flow(), other_flow()])


async def step_of(running: Running) -> tuple[str | None, str | None]:
    """The stored flow and step."""
    row = await running.session()
    return (row.flow, row.step) if row else (None, None)


async def test_a_flow_goes_from_its_command_to_its_end(running: Running, ann: Person) -> None:
    """Text, file and taps lead through; the end shows its screen and leaves nothing behind."""
    await running.takes(ann.says("/note"), ann.says("Logo"), ann.sends_photo())
    await running.takes(ann.taps(encode(FinishFiles(0, 1, 1))), ann.taps(encode(PickNumber(5))))
    expected = ["Title?", "Good title.\n\nFiles: 0", "Files: 1", "Number for Logo?"]
    assert [*expected, "All done: Logo 5"] == running.desktop.telegram.texts()
    assert [
        {name: value for name, value in data.items() if name == "text"}
        for data in running.desktop.telegram.named("answerCallbackQuery")
    ] == [{}, {"text": "Saved"}]
    assert await running.session() is None


async def test_stay_shows_the_note_and_the_question(running: Running, ann: Person) -> None:
    """The step does not change."""
    await running.takes(ann.says("/note"), ann.says("bad"))
    assert running.desktop.telegram.texts()[-1] == "Not that one.\n\nTitle?"
    assert await step_of(running) == ("sell", "title")


async def test_quiet_saves_and_says_nothing(running: Running, ann: Person) -> None:
    """The draft is stored, no message is sent."""
    await running.takes(ann.says("/note"), ann.says("hush"))
    row = await running.session()
    assert row is not None
    assert json.loads(row.draft)["draft"]["title"] == "hush"
    assert running.desktop.telegram.texts() == ["Title?"]


async def test_a_refusal_is_worded_and_the_question_asked_again(
    running: Running, ann: Person
) -> None:
    """A MarketError of a step keeps the step."""
    await running.takes(ann.says("/note"), ann.says("ab"))
    assert running.desktop.telegram.texts()[-1].endswith("\n\nTitle?")
    assert await step_of(running) == ("sell", "title")


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060 \u00ad", "\u3164"])
async def test_a_text_of_which_nothing_is_seen_answers_nothing(
    running: Running, ann: Person, unseen: str
) -> None:
    """It never reaches a step, where an empty answer may mean something else: to send as it is."""
    await running.takes(ann.says("/note"), ann.says(unseen))
    said = "There are no words in this message that I can see. Please write them.\n\nTitle?"
    assert said == running.desktop.telegram.texts()[-1]
    assert await step_of(running) == ("sell", "title")


async def test_the_wrong_kind_of_message_is_told_what_is_wanted(
    running: Running, ann: Person
) -> None:
    """A photo where a text is asked for, and a sticker-like message."""
    await running.takes(ann.says("/note"), ann.sends_photo())
    assert running.desktop.telegram.texts()[-1] == "A text, please.\n\nTitle?"


async def test_an_album_gets_one_answer_and_every_file(running: Running, ann: Person) -> None:
    """Three updates of one media group: one screen, three files."""
    await running.takes(ann.says("/note"), ann.says("Logo"))
    said = len(running.desktop.telegram.texts())
    await running.takes(*(ann.sends_photo(one, media_group_id="g1") for one in "abc"))
    assert running.desktop.telegram.texts()[said:] == ["Files: 1"]
    row = await running.session()
    assert row is not None
    assert [one["file_id"] for one in json.loads(row.draft)["draft"]["files"]] == ["a", "b", "c"]


async def test_an_album_that_leads_on_shows_the_next_question(
    running: Running, ann: Person
) -> None:
    """The first file of an album is refused, the second one takes the flow further."""
    await running.takes(ann.says("/note"))
    await running.takes(ann.sends_photo("a", media_group_id="g1"))
    titled = ann.sends_photo("b", media_group_id="g1")
    titled["message"]["text"] = "Logo"
    await running.takes(titled)
    assert running.desktop.telegram.texts()[-1] == "Good title.\n\nFiles: 0"


@pytest.mark.parametrize("data", ["zz:1", "ta", "gn:zz:zz"])
async def test_a_tap_that_nobody_knows_shows_the_present_question(
    running: Running, ann: Person, data: str
) -> None:
    """Forged data in the middle of a flow changes nothing."""
    await running.takes(ann.says("/note"), ann.says("Logo"), ann.taps(data))
    assert running.desktop.telegram.texts()[-1] == "Files: 0"
    assert await step_of(running) == ("sell", "files")


async def test_an_unknown_command_is_told_and_the_question_asked_again(
    running: Running, ann: Person
) -> None:
    """Only the house's own commands lead out of a flow."""
    await running.takes(ann.says("/note"), ann.says("/nonsense"))
    assert running.desktop.telegram.texts()[-1] == "I do not know that command.\n\nTitle?"
    assert await step_of(running) == ("sell", "title")


async def test_an_edited_message_is_told_and_the_question_asked_again(
    running: Running, ann: Person
) -> None:
    """An edit is not an answer; the step stays."""
    said = ann.says("Logo")
    await running.takes(ann.says("/note"), said)
    edited = {"update_id": said["update_id"] + 1_000, "edited_message": said["message"]}
    edited["edited_message"]["edit_date"] = said["message"]["date"]
    await running.takes(edited)
    assert running.desktop.telegram.texts()[-1].startswith("I do not read edited messages.")
    assert running.desktop.telegram.texts()[-1].endswith("\n\nFiles: 0")


async def test_a_stale_tap_shows_the_present_question(running: Running, ann: Person) -> None:
    """A button of an earlier step gets a toast and the question in its place."""
    await running.takes(ann.says("/note"), ann.says("Logo"), ann.taps(encode(PickNumber(5))))
    assert running.desktop.telegram.texts()[-1] == "Files: 0"
    assert "old" in running.desktop.telegram.named("answerCallbackQuery")[-1]["text"]
    assert await step_of(running) == ("sell", "files")


@pytest.mark.parametrize("way", ["/cancel", encode(LeaveFlow())])
async def test_leaving_keeps_what_was_entered(running: Running, ann: Person, way: str) -> None:
    """/cancel and the button end the flow; home offers to go on, and going on asks again."""
    await running.takes(ann.says("/note"), ann.says("Logo"))
    await running.takes(ann.says(way) if way.startswith("/") else ann.taps(way))
    assert await step_of(running) == (None, None)
    await running.takes(ann.taps(encode(ResumeFlow(0))))
    assert running.desktop.telegram.texts()[-1] == "Files: 0"
    assert await step_of(running) == ("sell", "files")


async def test_leaving_at_once_keeps_nothing(running: Running, ann: Person) -> None:
    """A flow in which nothing was entered leaves no draft."""
    await running.takes(ann.says("/note"), ann.says("/cancel"))
    assert await running.session() is None


async def test_a_draft_can_be_thrown_away(running: Running, ann: Person) -> None:
    """Afterwards there is nothing to go on with, and the tap says so."""
    await running.takes(ann.says("/note"), ann.says("Logo"), ann.says("/cancel"))
    await running.takes(ann.taps(encode(DropDraft(0))))
    assert await running.session() is None
    await running.takes(ann.taps(encode(ResumeFlow(0))))
    assert "no such draft" in running.desktop.telegram.named("answerCallbackQuery")[-1]["text"]


@pytest.mark.parametrize("away", ["/orders", encode(GoHome()), encode(StartSupport(0, 0))])
async def test_other_ways_end_the_flow_and_keep_the_draft(
    running: Running, ann: Person, away: str
) -> None:
    """Commands, home and other flows' entries: at most one flow is live."""
    await running.takes(ann.says("/note"), ann.says("Logo"))
    await running.takes(ann.says(away) if away.startswith("/") else ann.taps(away))
    row = await running.session()
    assert row is not None
    assert row.flow != "sell"
    assert list(json.loads(row.kept)) == ["sell"]


async def test_the_own_entry_begins_again(running: Running, ann: Person) -> None:
    """Re-entry starts over."""
    await running.takes(ann.says("/note"), ann.says("Logo"), ann.taps(encode(StartSelling())))
    assert await step_of(running) == ("sell", "title")


async def test_a_second_application_goes_on(desktop: Desktop, ann: Person) -> None:
    """A flow begun in one process is finished in another."""
    first = desktop.application([], [small_flow()])
    second = desktop.application([], [small_flow()])
    await first.takes(ann.says("/note"), ann.says("Logo"), ann.sends_photo())
    await second.takes(ann.taps(encode(FinishFiles(0, 1, 1))))
    assert desktop.telegram.texts()[-1] == "Number for Logo?"


async def test_an_unknown_step_is_dropped(desktop: Desktop, ann: Person) -> None:
    """After an update of the program a session of a step that is gone is forgotten."""
    before = desktop.application([], [small_flow()])
    await before.takes(ann.says("/note"))
    after = desktop.application([], [other_flow()])
    await after.takes(ann.says("Logo"))
    assert await after.session() is None


async def test_two_people_do_not_meet(running: Running, ann: Person) -> None:
    """Each has the own step."""
    bob = Person(12)
    await running.takes(ann.says("/note"), bob.says("/note"), ann.says("Logo"))
    bobs = await running.session(12)
    assert bobs is not None
    assert (await step_of(running), bobs.step) == (("sell", "files"), "title")


async def test_in_groups_a_flow_points_home(running: Running, ann: Person) -> None:
    """A flow's command in a group answers with the way to the private chat and begins nothing."""
    ann.chat = {"id": -100, "type": "supergroup", "title": "Market"}
    await running.takes(ann.says("/note"))
    sent = running.desktop.telegram.named("sendMessage")[-1]
    assert sent["chat_id"] == -100
    assert "https://t.me/gighaat_bot" in json.dumps(sent["reply_markup"])
    assert await running.desktop.services.intake.session(-100, 11) is None
