"""What sandbox.testing gives to tests of any bot; the README shows the example as it is."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "sandbox" / "README.md").read_text(encoding="utf-8")
OUTER = """
import pytest
from sandbox.world import Settings

pytest_plugins = ["sandbox.testing"]


@pytest.fixture
def sandbox_settings():
    return Settings(token="77:other", username="other_bot")


async def test_own_settings(sandbox, person):
    bob = await person("Bob", username="bob", stars=3)
    world = await sandbox.world()
    assert (world["bot"]["id"], world["bot"]["username"]) == (77, "other_bot")
    assert [(one["name"], one["stars"]) for one in world["people"]] == [(bob.name, 3)]


async def test_a_world_of_its_own(sandbox):
    assert (await sandbox.world())["people"] == []


async def test_a_method_that_is_not_modelled(sandbox):
    await (await sandbox.session.get(f"{sandbox.url}/bot77:other/sendGame")).read()


async def test_a_slip(sandbox):
    await (await sandbox.session.get(f"{sandbox.url}/bot77:other/getMe?bogus=1")).read()


async def test_a_silent_bot(sandbox, person):
    with pytest.raises(AssertionError):
        await (await person("Ann")).sees("hello", within_s=0)
"""


@pytest.mark.parametrize("name", ["echo_bot.py", "test_echo_bot.py"])
def test_the_readme_shows_the_example(name: str) -> None:
    """Each file of the example stands in the README word for word, in at most 20 lines."""
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    assert f"```python\n{text}```\n" in README
    assert len(text.splitlines()) <= 20


async def test_other_projects_use_the_fixtures(tmp_path: Path) -> None:
    """In a project of its own the plugin gives a fresh world per test, with the project's settings.

    A method that is not modelled, or a slip that Telegram accepts, fails the test that made it.
    """
    (tmp_path / "test_outer.py").write_text(OUTER)
    command = ["-m", "pytest", "-q", "--rootdir", str(tmp_path), "-p", "no:cacheprovider"]
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, *command, "-o", "asyncio_mode=auto", str(tmp_path)),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await running.communicate())[0].decode()
    assert "5 passed, 2 errors" in said, said
    assert ("sendGame" in said, "bogus" in said) == (True, True)
