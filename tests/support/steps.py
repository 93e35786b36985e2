"""Going through a flow step by step without Telegram: what is asked, said and tapped."""

from typing import Any

from bot.i18n import plain
from bot.kit.flows import Done, Flow, Go, Next, from_json, to_json


def gone(following: Next) -> Go:
    """The flow goes on."""
    assert isinstance(following, Go), following
    return following


def closed(following: Next) -> Done:
    """The flow is over, with a last screen."""
    assert isinstance(following, Done), following
    assert following.screen is not None
    return following


def ended(following: Next) -> str:
    """The flow is over; the words of its last screen."""
    screen = closed(following).screen
    assert screen is not None
    return plain(screen.text)


def asked(flow: Flow, turn: Any, following: Next) -> str:
    """The question that the person reads now; a restart in the middle loses nothing."""
    go = gone(following)
    assert from_json(flow, to_json(flow, go.draft)) == go.draft
    return plain(flow.steps[go.step].ask(turn, go.draft).text)


async def enters(flow: Flow, turn: Any, tap: Any) -> Next:
    """The person taps the button that begins the flow."""
    return await flow.entries[type(tap)](turn, tap)


async def says(flow: Flow, turn: Any, before: Next, text: str) -> Next:
    """The person writes."""
    go = gone(before)
    on_text = flow.steps[go.step].text
    assert on_text is not None
    return await on_text(turn, go.draft, text)


async def taps(flow: Flow, turn: Any, before: Next, tap: Any) -> Next:
    """The person taps a button of the question."""
    go = gone(before)
    return await flow.steps[go.step].taps[type(tap)](turn, go.draft, tap)
