"""Polls: their options, votes and end, and what the bot is told about them.

One poll can be shown by several messages (forwards share it). The bot's methods are in
methods/polls.py, the people's calls in control/reacting.py.
"""

import asyncio
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.posting import changed

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.world import World

POLLS_KEPT = 2_000
SHOWN_KEPT = 1_000
REGULAR, QUIZ = "regular", "quiz"


@dataclass(frozen=True, slots=True)
class Option:
    """The number is its text form: stays with the option, as Telegram's persistent_id does."""

    number: int
    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)

    def to_api(self, *, voters: int) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "persistent_id": str(self.number),
            "text": self.text,
            "voter_count": voters,
        }
        return shown | ({"text_entities": self.entities} if self.entities else {})


@dataclass(frozen=True, slots=True)
class PollTerms:
    """What its author decided; `words` are the optional texts as the Bot API shows them."""

    question: str
    options: tuple[Option, ...]
    kind: str = REGULAR
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    correct: tuple[int, ...] = ()
    open_seconds: int = 0
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Poll:
    id: str
    owner: "User"
    terms: PollTerms
    closes_at: int | None = None
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    shown_in: "list[Message]" = field(default_factory=list, repr=False)

    def show_in(self, message: "Message") -> None:
        """The newest messages that show the poll change with it."""
        self.shown_in.append(message)
        del self.shown_in[:-SHOWN_KEPT]

    def voters_of(self, option: int) -> list[int]:
        return [person for person, chosen in self.votes.items() if option in chosen]

    def is_known(self, message: "Message | None") -> bool:
        """The bot is told the answer of its own quiz, of a closed one, and in private chats."""
        if self.closed or (message is not None and message.chat.person is not None):
            return True
        is_forward = message is not None and "forward_origin" in message.content
        return self.owner.is_bot and not is_forward

    def to_api(self, *, message: "Message | None" = None) -> dict[str, Any]:
        """As an update of its own, or inside a message with what only messages show."""
        terms = self.terms
        shown: dict[str, Any] = {
            "id": self.id,
            "question": terms.question,
            "options": [
                option.to_api(voters=len(self.voters_of(option.number))) for option in terms.options
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": terms.anonymous,
            "type": terms.kind,
            "allows_multiple_answers": terms.multiple,
            "allows_revoting": terms.revoting,
            "members_only": False,
        }
        if terms.kind == QUIZ and self.is_known(message):
            shown["correct_option_ids"] = list(terms.correct)
        if self.closes_at is not None:
            shown |= {"open_period": terms.open_seconds, "close_date": self.closes_at}
        hidden = set() if message is not None else {"description", "description_entities"}
        return shown | {name: words for name, words in terms.words.items() if name not in hidden}


def open_poll(world: "World", owner: "User", *, terms: PollTerms, closed: bool = False) -> Poll:
    polls = world.contents.polls
    poll = Poll(str(random.getrandbits(62)), owner, terms, closed=closed)
    polls[poll.id] = poll
    while len(polls) > POLLS_KEPT:
        del polls[next(iter(polls))]
    if terms.open_seconds and not closed:
        poll.closes_at = world.now() + terms.open_seconds
        loop = asyncio.get_running_loop()
        loop.call_later(terms.open_seconds, close_due, world)
    return poll


def copied_poll(world: "World", poll: Poll, *, owner: "User") -> Poll:
    """A copy is a new poll: open, and without votes."""
    return open_poll(world, owner, terms=poll.terms)


def close_due(world: "World") -> None:
    """Closes what is over by the sandbox's clock; called by timers and before each look."""
    now = world.now()
    for poll in tuple(world.contents.polls.values()):
        if poll.closes_at is not None and not poll.closed and now >= poll.closes_at:
            close(world, poll)


def close(world: "World", poll: Poll) -> None:
    poll.closed = True
    _tell(world, poll)


def vote(world: "World", poll: Poll, *, person: "User", options: tuple[int, ...]) -> None:
    """An empty choice takes the vote back; the same choice again changes nothing."""
    if poll.votes.get(person.id, ()) == options:
        return
    poll.votes.pop(person.id, None)
    if options:
        poll.votes[person.id] = options
    if not poll.terms.anonymous and poll.owner is world.bot:
        world.updates.push("poll_answer", payload=_answer(poll, person=person, options=options))
    _tell(world, poll)


def _answer(poll: Poll, *, person: "User", options: tuple[int, ...]) -> dict[str, Any]:
    return {
        "poll_id": poll.id,
        "user": person.to_api(),
        "option_ids": list(options),
        "option_persistent_ids": [str(option) for option in options],
    }


def _tell(world: "World", poll: Poll) -> None:
    """Bots hear of their own polls only; of one that was never sent nobody does."""
    for message in poll.shown_in:
        changed(world, message, kind="poll")
    if poll.owner is world.bot and poll.shown_in:
        world.updates.push("poll", payload=poll.to_api())


def shown_poll(poll: Poll, *, viewer: int | None) -> dict[str, Any]:
    """The poll as a person sees it: the right answer only after the vote or the end."""
    terms = poll.terms
    told = poll.closed or viewer in poll.votes
    options = [(option, poll.voters_of(option.number)) for option in terms.options]
    return {
        "id": poll.id,
        "question": terms.question,
        "options": [
            {"text": option.text, "voters": len(by), "mine": viewer in by, "by": by}
            for option, by in options
        ],
        "total": len(poll.votes),
        "closed": poll.closed,
        "multiple": terms.multiple,
        "quiz": terms.kind == QUIZ,
        "correct": terms.correct[0] if told and terms.correct else None,
        "correct_options": list(terms.correct) if told else [],
        "explanation": terms.words.get("explanation") if told else None,
        "anonymous": terms.anonymous,
        "revoting": terms.revoting,
        "closes_at": poll.closes_at,
    }
