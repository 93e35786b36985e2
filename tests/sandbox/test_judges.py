"""The judges from outside: they catch what is wrong, and their false alarms still ring."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused, Sandbox
from sandbox.record import ENTRIES_KEPT, Record
from sandbox.world import World
from tests.support import judges
from tests.support.false_alarms import FALSE_ALARMS, FalseAlarm, answer_to
from tests.support.judges import complaints, shape_of

if TYPE_CHECKING:
    from sandbox.testing import Person
    from tests.sandbox.bare_bot import Bot

CHAT = {"id": 5, "type": "private", "first_name": "Ann"}
SENT = {"message_id": 1, "date": 1, "chat": CHAT, "text": "a"}


@pytest.mark.parametrize("alarm", FALSE_ALARMS, ids=lambda alarm: alarm.pattern)
def test_false_alarms_still_ring(alarm: FalseAlarm) -> None:
    """Without the table the judge complains of the sample, only as the table says."""
    found = list(getattr(judges, alarm.judge)(alarm.sample))
    assert found
    assert [one for one in found if not alarm.fits(one)] == []
    assert complaints([alarm.sample], with_calls=False) == []
    assert alarm.reason


@pytest.mark.parametrize(
    ("result", "complaint"),
    [
        (SENT | {"bogus": 1}, "sendMessage: Message.bogus: unknown"),
        (SENT | {"chat": CHAT | {"bogus": 1}}, "sendMessage: Chat.bogus: unknown"),
        (
            SENT | {"entities": [{"type": "bold", "offset": 0, "length": 1, "bogus": 1}]},
            "sendMessage: MessageEntity.bogus: unknown",
        ),
        (SENT | {"date": "now"}, "sendMessage: result.date: datetime_from_date_parsing"),
        ({"message_id": 1, "date": 1}, "sendMessage: result.chat: missing"),
        (True, "sendMessage: bool is no Message"),
    ],
)
def test_a_wrong_answer_is_caught(result: Any, complaint: str) -> None:
    """Fields that are unknown, missing or of another type are named, however deep they lie."""
    assert complaint in complaints([answer_to("sendMessage", result)], with_calls=False)


def test_a_wrong_update_is_caught_by_both_libraries() -> None:
    """An update with a field too many is a complaint of each judge, in the same words."""
    entry = {"kind": "update", "update": {"update_id": 1, "message": SENT | {"bogus": 1}}}
    said = ["update: Message.bogus: unknown"]
    assert said == list(judges.library_reads(entry)) == list(judges.models_read(entry))


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"chat_id": "5"}, "sendMessage: text: missing"),
        ({"chat_id": "5", "text": "a", "bogus": 1}, "sendMessage: SendMessage.bogus: unknown"),
        (
            {"chat_id": 5, "text": "a", "entities": '[{"type": "bold", "length": 1}]'},
            "sendMessage: entities.offset: missing",
        ),
        (
            {"chat_id": 5, "text": "a", "reply_parameters": '{"message_id": 1, "bogus": 2}'},
            "sendMessage: ReplyParameters.bogus: unknown",
        ),
    ],
)
def test_a_wrong_call_is_caught(params: dict[str, Any], complaint: str) -> None:
    """A bot's call with a parameter missing or unknown is named, in nested objects too."""
    entry = answer_to("sendMessage", SENT, **params)
    assert complaints([entry], with_calls=True) == [complaint]
    assert complaints([entry], with_calls=False) == []


def test_a_text_that_looks_like_json_stays_a_text() -> None:
    """Only parameters that hold objects are decoded; uploads stand in for their files."""
    entry = answer_to("sendDocument", SENT, chat_id="5", caption='{"a": 1}')
    assert complaints([{**entry, "uploads": ["document"]}], with_calls=True) == []


def test_one_shape_is_judged_once() -> None:
    """Entries that differ in texts and numbers have one shape; fields and types make another."""
    shapes = [SENT, SENT | {"text": "other", "date": 9}, SENT | {"date": "x"}, SENT | {"edit": 1}]
    found = [shape_of(answer_to("sendMessage", shape)) for shape in shapes]
    assert (found[0] == found[1], len(set(found))) == (True, 3)
    assert shape_of("[" * 3_000) == '"str"'


async def test_the_record_holds_what_was_sent(sandbox: Sandbox, bot: "Bot", ann: "Person") -> None:
    """Answers, refusals and updates stand in the record as they left; alike polls only once."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="hi")
    await bot.refused("sendMessage", chat_id=ann.id, text="")
    [update] = await bot.updates(timeout=1)
    await bot.updates(timeout=0)
    await bot.call("getUpdates", timeout=0, offset=-1)
    entries = await sandbox.record()
    polls = [entry for entry in entries if entry.get("method") == "getUpdates"]
    assert [poll["params"]["timeout"] for poll in polls] == [1, 0]
    assert [poll["answer"]["result"] for poll in polls] == [[], []]
    assert [entry["kind"] for entry in entries] == ["update", *["answer"] * 4]
    assert entries[0]["update"] == update
    assert entries[1]["answer"] == {"ok": True, "result": sent}
    assert entries[1]["params"] == {"chat_id": ann.id, "text": "hi"}
    assert entries[2]["answer"]["error_code"] == 400
    assert entries[2:] == await sandbox.record(after=entries[1]["id"])


async def test_nothing_is_recorded_unasked(world: World, sandbox: Sandbox, ann: "Person") -> None:
    """A record that was not asked for keeps nothing, and says how to ask for it."""
    world.record.active = False
    before = world.record.after(0)
    await ann.says("hello")
    assert world.record.after(0) == before
    with pytest.raises(Refused, match="--record") as refused:
        await sandbox.record()
    assert refused.value.code == 409


def test_the_record_is_bounded() -> None:
    """The oldest entries go first; the numbers show that some are gone."""
    record = Record(active=True)
    for number in range(ENTRIES_KEPT + 2):
        record.update({"update_id": number})
    found = record.after(0)
    assert (len(found), found[0]["id"]) == (ENTRIES_KEPT, 3)
