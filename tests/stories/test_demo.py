"""make demo as a whole: it fills its market, shows its page, and ends without leaving anything."""

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.judges import complaints

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "sandbox.demo", "--port", "0", "--no-open", "--record"]

pytestmark = pytest.mark.story


@pytest.fixture
def demo() -> Iterator[subprocess.Popen[str]]:
    """The demo as a process, ended in any case."""
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)


def lines_until(process: subprocess.Popen[str], word: str) -> list[str]:
    """What the demo said, up to the line with the word."""
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line.rstrip())
        if word in line:
            break
    return said


def asked(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own sandbox
        return json.load(answer)


def test_the_demo_fills_its_market(demo: subprocess.Popen[str]) -> None:
    """Five gigs stand in their topics and in the channel; ctrl-C ends all with exit code 0."""
    said = lines_until(demo, "Ctrl-C")
    assert "not complete" not in "\n".join(said), said
    url = next(word for word in said[0].split() if word.startswith("http"))
    world = asked(f"{url}/control/world")
    olivia = next(one["id"] for one in world["people"] if one["name"] == "Olivia")
    group = next(one for one in world["chats"] if one.get("is_forum"))
    channel = next(one for one in world["chats"] if one["type"] == "channel")
    assert len(group["topics"]) == 8
    for chat in (group, channel):
        query = f"person={olivia}&chat={chat['id']}"
        posts = asked(f"{url}/control/transcript?{query}")
        links = {button["url"] for one in posts for row in one["buttons"] for button in row}
        assert len({link for link in links if link and "?start=g" in link}) == 5
    assert asked(f"{url}/control/lint") == []
    assert complaints(asked(f"{url}/control/record"), with_calls=True) == []
    demo.send_signal(signal.SIGINT)
    assert demo.wait(30) == 0
