"""Reading days that people type, in both languages and both kinds of digits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.dates import read_day

TODAY = date(2026, 11, 20)  # a Friday
READ = {
    "today": date(2026, 11, 20),
    " Tomorrow ": date(2026, 11, 21),
    "day after tomorrow": date(2026, 11, 22),
    "আজ": date(2026, 11, 20),
    "আজকে": date(2026, 11, 20),
    "কাল": date(2026, 11, 21),
    "আগামীকাল": date(2026, 11, 21),
    "পরশু": date(2026, 11, 22),
    "porshu": date(2026, 11, 22),
    "friday": date(2026, 11, 20),
    "Mon": date(2026, 11, 23),
    "শনিবার": date(2026, 11, 21),
    "বৃহস্পতিবার": date(2026, 11, 26),
    "রোববার": date(2026, 11, 22),
    "24": date(2026, 11, 24),
    "২৪": date(2026, 11, 24),
    "19": date(2026, 12, 19),
    "31": date(2026, 12, 31),
    "24/11": date(2026, 11, 24),
    "২৪/১১": date(2026, 11, 24),
    "24-11-2026": date(2026, 11, 24),
    "24.11.26": date(2026, 11, 24),
    "1/1": date(2027, 1, 1),
    "2026-12-01": date(2026, 12, 1),
    "24 Nov": date(2026, 11, 24),
    "24th november": date(2026, 11, 24),
    "November 24, 2026": date(2026, 11, 24),
    "Dec 1": date(2026, 12, 1),
    "২৪ নভেম্বর": date(2026, 11, 24),
    "২৪শে নভেম্বর": date(2026, 11, 24),
    "১লা ডিসেম্বর": date(2026, 12, 1),
    "২৪ নভেম্বর ২০২৬": date(2026, 11, 24),
    "২৪ তারিখ": date(2026, 11, 24),
    "3 jan": date(2027, 1, 3),
    "29 feb": None,
    "30 ফেব্রুয়ারি": None,
    "45": None,
    "0/0": None,
    "2026-13-01": None,
    "soon": None,
    "next week": None,
    "": None,
    "12 12 12 12": None,
}


@pytest.mark.parametrize("text", READ)
def test_days_are_read(text: str) -> None:
    """Words, weekdays, numbers, names of months; without a year the next such day."""
    assert READ[text] == read_day(text, TODAY)


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    """Whatever it is, reading it does not fail."""
    found = read_day(text, TODAY)
    assert found is None or isinstance(found, date)
