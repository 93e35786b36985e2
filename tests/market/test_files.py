"""Files: which of them run as programs."""

import pytest

from market.files import is_program
from tests.support.samples import file


@pytest.mark.parametrize(
    "name",
    [
        "setup.exe",
        "SETUP.EXE",
        "photo.jpg.scr",
        "invoice.pdf .js",
        "logo\u202egpj.exe",
        "logo.ex\u200be",
        "run.bat.",
        "run.cmd. ",
        "install.sh",
        "app.apk",
        "prices.xlsm",
        ".bat",
    ],
)
def test_programs_and_scripts_are_known_by_their_last_ending(name: str) -> None:
    """In capitals, behind a harmless ending, or behind signs that nobody sees."""
    assert is_program(file(kind="document", name=name))


@pytest.mark.parametrize(
    "name", ["", "logo.png", "exe", "setup.exe.zip", "notes on bat.txt", "লোগো.pdf", "prices.xlsx"]
)
def test_other_files_are_not_called_programs(name: str) -> None:
    """Nor is an archive: what is in it nobody knows."""
    assert not is_program(file(kind="document", name=name))
