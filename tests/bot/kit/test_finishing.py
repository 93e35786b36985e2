"""Finishes that share a commit: one that cannot be written fails alone."""

import asyncio
from dataclasses import replace

from bot.kit.finishing import Finishing
from bot.kit.sessions import Session, to_row
from tests.bot.kit.conftest import START_MS, Desktop
from tests.support.telegram import Person


async def test_a_session_that_cannot_be_written_fails_alone(desktop: Desktop) -> None:
    """The neighbours of its group are finished; only its own lane hears of the failure."""
    intake, finishing = desktop.services.intake, Finishing(desktop.services.intake)
    await intake.store([Person(number).says("x") for number in (11, 12, 13)], bot_id=7)
    rows = await intake.pending(after_id=0, limit=9)
    sessions = [to_row(Session(number, number), START_MS) for number in (11, 12, 13)]
    sessions[1] = replace(sessions[1], draft="\ud83d")
    ends = await asyncio.gather(
        *(
            finishing.finish(row, session, drop=False)
            for row, session in zip(rows, sessions, strict=True)
        ),
        return_exceptions=True,
    )
    assert [type(None), UnicodeEncodeError, type(None)] == [type(end) for end in ends]
    assert [row.id for row in await intake.pending(after_id=0, limit=9)] == [rows[1].id]
