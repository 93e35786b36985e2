"""sendPoll and stopPoll: what the bot asks people in a chat, and the end of it."""

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sandbox.access import message_of, writable
from sandbox.chats import CHANNEL, PRIVATE
from sandbox.formatting import Formatted, read_markup
from sandbox.markup import read_inline_of
from sandbox.methods.sending import send
from sandbox.polls import QUIZ, REGULAR, Option, PollTerms, close, close_due, open_poll
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call

OPTIONS_MAX = 12
OPEN_SECONDS_MAX = 2_628_000
_UNMODELLED = ("media", "explanation_media", "allow_adding_options", "country_codes")


def send_poll(call: "Call") -> dict[str, Any]:
    for name in _UNMODELLED:
        if call.has(name) and call.params[name] not in (False, "false", [], "[]"):
            raise refuse("not_modelled", method=f"sendPoll with {name}")
    terms = _terms(call)
    place = writable(call)
    if place.chat.kind == CHANNEL and not terms.anonymous:
        raise refuse("poll_public")
    poll = open_poll(call.world, call.world.bot, terms=terms, closed=call.flag("is_closed"))
    return send(call, place, {}, poll=poll)


def _terms(call: "Call") -> PollTerms:
    kind = call.text("type") or REGULAR
    if kind not in {REGULAR, QUIZ}:
        raise refuse("poll_type")
    question = _short(call, "question", rule="poll_question")
    options = _options(call)
    is_quiz = kind == QUIZ
    return PollTerms(
        question=question.text,
        options=options,
        kind=kind,
        anonymous=call.flag("is_anonymous") if call.has("is_anonymous") else True,
        multiple=call.flag("allows_multiple_answers"),
        revoting=call.flag("allows_revoting") if call.has("allows_revoting") else not is_quiz,
        correct=_correct(call, count=len(options)) if is_quiz else (),
        open_seconds=_open_seconds(call),
        words=_words(call, question, is_quiz=is_quiz),
    )


def _short(call: "Call", name: str, *, rule: str) -> Formatted:
    """A text of which only custom emoji stay marked (TDLib: keep_only_custom_emoji)."""
    limit = spec().limit("sendPoll", name)
    found = _marked(call, name)
    if not found.text:
        raise refuse("text_blank")
    if found.length > limit.high:
        raise refuse(rule, high=limit.high)
    return Formatted(found.text, _emoji(found.entities))


def _marked(call: "Call", name: str) -> Formatted:
    return read_markup(
        call.text(name),
        mode=call.text(f"{name}_parse_mode"),
        entities=call.items(f"{name}_entities"),
        users=call.world.user,
    )


def _emoji(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entity for entity in entities if entity["type"] == "custom_emoji"]


def _options(call: "Call") -> tuple[Option, ...]:
    given = call.json("options", rule="poll_options")
    if not isinstance(given, list):
        raise refuse("poll_options")
    if not given:
        raise refuse("poll_few")
    if len(given) > OPTIONS_MAX:
        raise refuse("poll_many", high=OPTIONS_MAX)
    options = tuple(_option(call, number, value) for number, value in enumerate(given))
    if len({option.text for option in options}) < len(options):
        raise refuse("poll_repeated")
    return options


def _option(call: "Call", number: int, value: Any) -> Option:
    given = {"text": value} if isinstance(value, str) else value
    if not isinstance(given, dict):
        raise refuse("poll_option", reason="Expected InputPollOption to be an Object")
    if not isinstance(given.get("text"), str):
        raise refuse("poll_option", reason='Can\'t find field "text"')
    if given.get("media"):
        raise refuse("not_modelled", method="sendPoll with media in an option")
    found = read_markup(
        given["text"],
        mode=str(given.get("text_parse_mode") or ""),
        entities=given.get("text_entities") or [],
        users=call.world.user,
    )
    limit = spec().limit("InputPollOption", "text")
    if not found.text:
        raise refuse("text_blank")
    if found.length > limit.high:
        raise refuse("poll_option_long", high=limit.high)
    return Option(number, found.text, _emoji(found.entities))


def _correct(call: "Call", *, count: int) -> tuple[int, ...]:
    """In rising order, each one of the options; a quiz needs at least one."""
    found = call.items("correct_option_ids")
    if not found or not all(isinstance(one, int) and 0 <= one < count for one in found):
        raise refuse("poll_correct")
    if any(one >= other for one, other in pairwise(found)):
        raise refuse("poll_correct")
    return tuple(found)


def _open_seconds(call: "Call") -> int:
    """A period goes before a date (TDLib); both are brought into their range."""
    period = call.number("open_period")
    date = call.number("close_date")
    wanted = period or (date - call.world.now() if date else 0)
    return min(max(wanted, 5), OPEN_SECONDS_MAX) if wanted else 0


def _words(call: "Call", question: Formatted, *, is_quiz: bool) -> dict[str, Any]:
    words: dict[str, Any] = {}
    if question.entities:
        words["question_entities"] = question.entities
    for name in ("explanation", "description"):
        if not call.has(name) or (name == "explanation" and not is_quiz):
            continue
        found, limit = _marked(call, name), spec().limit("sendPoll", name)
        lines_ok = name != "explanation" or found.text.count("\n") <= 2
        if found.length > limit.high or not lines_ok:
            raise refuse("too_long", name=name, low=limit.low, high=limit.high, unit="characters")
        words[name] = found.text
        if found.entities:
            words[f"{name}_entities"] = found.entities
    return words


def stop_poll(call: "Call") -> dict[str, Any]:
    close_due(call.world)
    message = message_of(call, rule="stop_missing")
    poll = message.poll
    if poll is None:
        raise refuse("stop_no_poll")
    is_forward = "forward_origin" in message.content
    if poll.owner is not call.world.bot or is_forward:
        raise refuse("stop_foreign")
    if poll.closed:
        raise refuse("stop_closed")
    kind = message.chat.kind
    message.markup = read_inline_of(call, private=kind == PRIVATE, channel=kind == CHANNEL)
    close(call.world, poll)
    return poll.to_api(message=message)


METHODS = {"sendpoll": send_poll, "stoppoll": stop_poll}
