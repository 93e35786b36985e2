"""Withdrawals in the database, on both engines: what it refuses whoever asks."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from market.change import Change
from market.errors import Conflict
from market.payout_postings import requested
from market.payout_read import Word
from market.payout_terms import Way
from market.states import State
from market.withdrawal import MOVES, Doing, Step, moved
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.payouts import EVIDENCE, Till
from tests.support.town import Town

_COLUMNS = (
    "person_id, way, detail_id, source_currency, source_minor, currency, amount_minor, fee_minor,"
    " rate_micro, rate_ms, needs_approval, requested_ms, from_ms, state, version, last_step,"
    " moved_ms, spend_id"
)
_NEW = "INSERT INTO withdrawal (" + _COLUMNS + ") VALUES ({})"
_GOOD = (
    "1, 'bkash', 1, 'BDT', 5, 'BDT', 5, 0, NULL, NULL, 0, 1, 1, 'requested', 0, 'request', 1,"
    " 'wd-x'"
)
_MOVE = "UPDATE withdrawal SET state = '{}', last_step = '{}', version = version + 1"

BAD = {
    "born paid": _NEW.format(_GOOD.replace("'requested', 0", "'paid', 0")),
    "born old": _NEW.format(_GOOD.replace("'requested', 0", "'requested', 1")),
    "nothing arrives": _NEW.format(_GOOD.replace("5, 0, NULL", "5, 5, NULL")),
    "negative fee": _NEW.format(_GOOD.replace("5, 0, NULL", "5, -1, NULL")),
    "no account": _NEW.format(_GOOD.replace("'bkash', 1", "'bkash', NULL")),
    "an account too many": _NEW.format(_GOOD.replace("'bkash', 1", "'crypto_pay', 1")),
    "unknown way": _NEW.format(_GOOD.replace("bkash", "rocket")),
    "a rate for the same money": _NEW.format(_GOOD.replace("NULL, NULL", "7, 7")),
    "an exchange without a rate": _NEW.format(_GOOD.replace("'BDT', 5, 'BDT'", "'XTR', 5, 'BDT'")),
    "another amount of the same": _NEW.format(_GOOD.replace("'BDT', 5, 'BDT'", "'BDT', 6, 'BDT'")),
    "no id of the sending": _NEW.format(_GOOD.replace("wd-x", "")),
    "another id of the sending": "UPDATE withdrawal SET spend_id = 'wd-y'",
    "a word of nothing": "INSERT INTO payout_word (withdrawal_id, reference, reason, said_by,"
    " said_ms) VALUES (1, '', '', 3, 1)",
    "a word of both": "INSERT INTO payout_word (withdrawal_id, reference, reason, said_by,"
    " said_ms) VALUES (1, 'a', 'b', 3, 1)",
    "illegal step": _MOVE.format("paid", "pay"),
    "unknown step": _MOVE.format("sending", "fly"),
    "no version": "UPDATE withdrawal SET state = 'sending', last_step = 'take', operator_id = 3",
    "nobody sends": _MOVE.format("sending", "take"),
    "sent by its person": _MOVE.format("sending", "take") + ", operator_id = 1",
    "approved by its person": _MOVE.format("approved", "approve") + ", approved_by = 1",
    "failed without money": _MOVE.format("failed", "fail"),
    "cancelled without money": _MOVE.format("cancelled", "cancel"),
    "a reference too early": "UPDATE withdrawal SET reference = 'DHQ7'",
    "another amount": "UPDATE withdrawal SET amount_minor = 1",
    "another fee": "UPDATE withdrawal SET fee_minor = 1",
    "another person": "UPDATE withdrawal SET person_id = 2",
    "another account": "UPDATE withdrawal SET detail_id = NULL",
    "sooner": "UPDATE withdrawal SET from_ms = 1",
    "without approval": "UPDATE withdrawal SET needs_approval = 0",
    "delete": "DELETE FROM withdrawal",
    "rate edited": "UPDATE payout_rate SET micro = 1",
    "rate deleted": "DELETE FROM payout_rate",
    "rate of one currency": "INSERT INTO payout_rate (source, target, micro, set_ms, set_by)"
    " VALUES ('BDT', 'BDT', 1, 1, 3)",
    "account rewritten": "UPDATE payout_detail SET added_ms = 1",
    "account moved": "UPDATE payout_detail SET person_id = 2",
    "account deleted": "DELETE FROM payout_detail",
}


@pytest.fixture
async def till(storage: OpenStorage) -> AsyncIterator[Till]:
    """A house in which 225 Stars were asked for, to bKash."""
    town = Town(storage)
    await town.settle_in()
    till = await Till(town).opened()
    await till.ripe()
    yield till
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


@pytest.mark.parametrize("sql", BAD.values(), ids=BAD)
async def test_bad_statements_are_refused(till: Till, raw: Raw, sql: str) -> None:
    """Each one by the database itself."""
    with pytest.raises(Refused):
        await raw(sql)


async def test_a_paid_one_stays_as_it_was_paid(till: Till, raw: Raw) -> None:
    """Its history too; a retired account is not called back."""
    taken = (await till.do("take", await till.stored(1))).withdrawal
    with pytest.raises(Refused):
        await raw(_MOVE.format("paid", "pay") + ", reference = 'DHQ7X2P1'")
    await till.pay(taken)
    await till.account("01898765432")
    for sql in (
        "UPDATE withdrawal_event SET note = 'x'",
        "DELETE FROM withdrawal_event",
        "UPDATE payout_detail SET retired_ms = NULL WHERE retired_ms IS NOT NULL",
        "UPDATE payout_detail SET retired_ms = 7 WHERE retired_ms IS NOT NULL",
        _MOVE.format("returned", "return"),
        "UPDATE withdrawal SET reference = ''",
    ):
        with pytest.raises(Refused):
            await raw(sql)


async def test_the_tables_moves_are_the_markets(till: Till, raw: Raw) -> None:
    """What may follow what is the same on both sides."""
    rows = await raw("SELECT src, step, dst FROM withdrawal_transition")
    assert {tuple(row) for row in rows} == {
        (src.value, step.value, dst.value) for (src, step), dst in MOVES.items()
    }


async def test_everything_is_stored_and_read_back(till: Till) -> None:
    """All fields, evidence included."""
    taken = (await till.do("take", await till.stored(1))).withdrawal
    paid = (await till.pay(taken)).withdrawal
    assert paid == await till.stored(1)
    assert paid.evidence == EVIDENCE
    async with till.town.storage.read() as uow:
        (line,) = await uow.withdrawals.of(till.town.seller.id, offset=0, limit=9)
        history = await uow.withdrawals.history(1)
        assert await uow.withdrawals.is_referenced(Way.BKASH, paid.reference)
        assert not await uow.withdrawals.is_referenced(Way.NAGAD, paid.reference)
    assert line == paid
    assert [event.version for event in history] == [1, 2]


async def test_a_rival_version_is_refused(till: Till) -> None:
    """Compare and set: who read an older one loses."""
    stored = await till.stored(1)
    doing = Doing(step=Step.APPROVE, now_ms=1, by=till.town.operator.id)
    after = moved(stored, doing)
    with pytest.raises(Conflict):
        async with till.town.storage.begin() as uow:
            await uow.withdrawals.move(replace(stored, version=5), after, doing)


async def test_a_request_needs_its_journal(till: Till) -> None:
    """One that was stored without its money goes nowhere."""
    stored = await till.stored(1)
    async with till.town.storage.begin() as uow:
        orphan = await uow.withdrawals.add(replace(stored, spend_id="wd-x"))
    doing = Doing(step=Step.APPROVE, now_ms=1, by=till.town.operator.id)
    with pytest.raises(Exception, match="money differs"):
        async with till.town.storage.begin() as uow:
            await uow.withdrawals.move(orphan, moved(orphan, doing), doing)
    await till.town.order_in(State.CLEARED)
    async with till.town.storage.begin() as uow:
        await uow.record(Change(journals=requested(orphan)), now_ms=1)


async def test_a_word_stays_as_it_was_said(till: Till, raw: Raw) -> None:
    """The newest counts; none is changed or taken back."""
    word = Word(id=0, withdrawal_id=1, said_by=till.town.operator.id, said_ms=5, reference="7009")
    async with till.town.storage.begin() as uow:
        await uow.withdrawals.say(word)
        word = replace(word, reference="", reason="Closed.")
        number = await uow.withdrawals.say(word)
    async with till.town.storage.read() as uow:
        assert await uow.withdrawals.word(1) == replace(word, id=number)
        stored = await uow.withdrawals.get(1)
        assert await uow.withdrawals.by_spend(stored.spend_id) == stored
        assert await uow.withdrawals.by_spend("wd-404") is None
    for sql in ("UPDATE payout_word SET reason = 'x'", "DELETE FROM payout_word"):
        with pytest.raises(Refused):
            await raw(sql)
