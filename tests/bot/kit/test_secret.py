"""What is typed at a secret step: gone from the chat, the inbox, the session and the log."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.conversations import pin
from bot.ui.callbacks import encode
from bot.ui.taps import StartPin
from storage import OpenStorage
from tests.bot.kit.conftest import Desktop, Running
from tests.support.telegram import Answer, Person, refused

PIN = "4071"


@dataclass
class Told:
    """The whole database as text, the log beside it."""

    storage: Any
    capsys: pytest.CaptureFixture[str]

    async def everything(self) -> str:
        found = self.capsys.readouterr()
        return "\n".join([await self.rows(), found.out, found.err])

    async def rows(self) -> str:
        dumped: list[str] = await self.storage._writer.submit(lambda conn: list(conn.iterdump()))
        return "\n".join(dumped)


@pytest.fixture
def told(sqlite_storage: OpenStorage, capsys: pytest.CaptureFixture[str]) -> Told:
    """Where a PIN must not be found."""
    return Told(sqlite_storage, capsys)


@pytest.fixture
def ann() -> Person:
    """Somebody."""
    return Person(11)


@pytest.fixture
def running(desktop: Desktop) -> Running:
    """An application with the PIN's conversation."""
    return desktop.application([], [pin.flow(desktop.services)])


def _failing(description: str, code: int = 400) -> Any:
    def script(name: str, _data: dict[str, Any]) -> Answer | None:
        return refused(code, description) if name == "deleteMessage" else None

    return script


async def test_a_pin_is_deleted_and_blotted_out(running: Running, ann: Person, told: Told) -> None:
    """The message is deleted; no row, session or line of the log has the digits."""
    typed = ann.says(PIN)
    await running.takes(ann.taps(encode(StartPin(0))), typed)
    (deleted,) = running.desktop.telegram.named("deleteMessage")
    assert deleted["message_id"] == typed["message"]["message_id"]
    assert "You have a PIN" in running.desktop.telegram.texts()[-1]
    assert PIN not in await told.everything()
    await running.takes(typed)
    assert len(running.desktop.telegram.named("deleteMessage")) == 1, "it is known again"


async def test_a_wrong_one_leaves_nothing_behind_either(
    running: Running, ann: Person, told: Told
) -> None:
    """Refused, asked again, and gone all the same."""
    await running.takes(ann.taps(encode(StartPin(0))), ann.says("0000"), ann.says("04071x"))
    assert running.desktop.telegram.texts()[-1].startswith("A PIN has 4 to 8 digits.")
    assert len(running.desktop.telegram.named("deleteMessage")) == 2
    assert PIN not in await told.everything()


@pytest.mark.parametrize(
    ("description", "code", "is_said"),
    [
        ("Bad Request: message to delete not found", 400, False),
        ("Bad Request: message can't be deleted for everyone", 400, True),
        ("Forbidden: bot was blocked by the user", 403, True),
    ],
)
async def test_what_cannot_be_deleted_is_said(
    running: Running, ann: Person, description: str, code: int, *, is_said: bool
) -> None:
    """Then the person deletes it; a message that is gone is gone."""
    running.desktop.telegram.script = _failing(description, code)
    await running.takes(ann.taps(encode(StartPin(0))), ann.says(PIN))
    texts = running.desktop.telegram.texts()
    assert any("I could not delete your message" in text for text in texts) == is_said
    assert "You have a PIN" in texts[-1]


async def test_an_update_that_is_given_up_is_blotted_out_too(
    running: Running, ann: Person, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three failed tries, an alarm, and no digits in the dead row."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    desktop = running.desktop
    monkeypatch.setattr(type(desktop.services.pins), "keep", broken)
    await running.takes(ann.taps(encode(StartPin(0))), ann.says(PIN))
    async with desktop.services.pins._storage.read() as uow:
        assert len(await uow.inbox.dead_rows(limit=9)) == 1
    assert PIN not in await told.rows(), "(the log of a test shows what no house's does)"


async def test_what_is_said_elsewhere_stays(running: Running, ann: Person, told: Told) -> None:
    """Only secret steps blot out: the inbox keeps other updates for its seven days."""
    await running.takes(ann.says(PIN))
    assert running.desktop.telegram.named("deleteMessage") == []
    assert PIN in await told.everything()
