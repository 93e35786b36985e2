"""People react to messages and vote in polls; the bot gets the updates that Telegram sends."""

from typing import TYPE_CHECKING, Any

from sandbox.control.body import Body, Refused
from sandbox.polls import close_due, vote
from sandbox.reactions import allowed_emoji, holder, is_full, react
from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.polls import Poll


def react_to(body: Body) -> dict[str, Any]:
    """Without an emoji the person's reaction goes away."""
    person = body.person()
    message = holder(body.message_in(body.chat_with(person)))
    emoji = body.optional_text("emoji") or None
    if emoji is not None and emoji not in allowed_emoji():
        raise Refused("this emoji is no reaction")
    if message.service:
        raise Refused("a service message takes no reactions")
    if emoji is not None and is_full(message, emoji, user=person):
        raise Refused("this message has all the reactions it can take", code=409)
    react(body.world, message, user=person, emoji=emoji)
    return shown_to(message, viewer=person.id)


def vote_in(body: Body) -> dict[str, Any]:
    """An empty list takes the vote back."""
    person = body.person()
    message = body.message_in(body.chat_with(person))
    poll = message.poll
    if poll is None:
        raise Refused("this message is no poll", code=404)
    close_due(body.world)
    options = tuple(sorted({_option(value, poll) for value in body.items("options")}))
    _check_vote(poll, options=options, has_voted=person.id in poll.votes)
    vote(body.world, poll, person=person, options=options)
    return shown_to(message, viewer=person.id)


def _option(value: Any, poll: "Poll") -> int:
    is_known = isinstance(value, int) and 0 <= value < len(poll.terms.options)
    if not is_known or isinstance(value, bool):
        raise Refused("options are numbers of this poll's answers, from 0")
    return int(value)


def _check_vote(poll: "Poll", *, options: tuple[int, ...], has_voted: bool) -> None:
    if poll.closed:
        raise Refused("this poll is closed", code=409)
    if len(options) > 1 and not poll.terms.multiple:
        raise Refused("this poll takes one answer")
    if not poll.terms.revoting and (has_voted or not options):
        raise Refused("a vote in this poll stands", code=409)


POSTS = {"react": react_to, "vote": vote_in}
