"""Every step of a flow is taken within an update in hand."""

from collections.abc import Iterator

import pytest

from bot.kit.sessions import Live, enter, leave


@pytest.fixture(autouse=True)
def live() -> Iterator[Live]:
    """The update in hand."""
    one = Live()
    token = enter(one)
    yield one
    leave(token)
