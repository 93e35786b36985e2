"""Connecting groups, topics and channels: the choices, what is missing, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ConnectAll, ConnectChannel, ConnectHere, Disconnect, GoHome
from bot.views.categories import category_both, category_label
from bot.views.typed import one_line
from market.gig import CATEGORY_KEYS

EVERYTHING = -1
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where /connect was sent: a channel has a `chat_id`, a group and a topic are "here".

    `categories` are those announced there already; an empty name means all of them.
    """

    title: str
    is_forum: bool = False
    is_topic: bool = False
    chat_id: int | None = None
    categories: tuple[str, ...] = ()


def connect_screen(spot: Spot, tr: Translator) -> Screen:
    """Ask what should be announced where."""
    parts = [_question(spot, tr)]
    if spot.categories:
        parts.append(tr("Announced here now: {names}", names=_names(spot.categories, tr)))
    return Screen(text=Markup("\n\n").join(parts), rows=(*_topics(spot, tr), *_choices(spot, tr)))


def _question(spot: Spot, tr: Translator) -> Markup:
    title = one_line(spot.title)
    if spot.is_topic:
        return tr("<b>Which gigs should I announce in this topic?</b>")
    if spot.is_forum:
        return tr(
            "<b>Where should I announce new gigs in {title}?</b>\n\nI can make one topic per "
            "category, named in Bengali and English. Or send /connect inside a topic of yours.",
            title=title,
        )
    return tr("<b>Which gigs should I announce in {title}?</b>", title=title)


def _topics(spot: Spot, tr: Translator) -> Rows:
    if not spot.is_forum or spot.is_topic:
        return ()
    label = tr.label("Make a topic per category")
    return ((Button(label=label, tap=ConnectAll(1), style="primary"),),)


def _choices(spot: Spot, tr: Translator) -> Rows:
    everything = Button(label=tr.label("All gigs here"), tap=_all(spot))
    if spot.is_forum and not spot.is_topic:
        return ((everything,), *_stop(spot, tr))
    each = [
        Button(label=category_label(key, tr), tap=_one(spot, number))
        for number, key in enumerate(CATEGORY_KEYS)
    ]
    pairs = (tuple(each[at : at + 2]) for at in range(0, len(each), 2))
    return ((everything,), *pairs, *_stop(spot, tr))


def _all(spot: Spot) -> ConnectAll | ConnectHere | ConnectChannel:
    if spot.chat_id is not None:
        return ConnectChannel(EVERYTHING, spot.chat_id)
    return ConnectHere(EVERYTHING) if spot.is_topic else ConnectAll(0)


def _one(spot: Spot, number: int) -> ConnectHere | ConnectChannel:
    return ConnectHere(number) if spot.chat_id is None else ConnectChannel(number, spot.chat_id)


def _stop(spot: Spot, tr: Translator) -> Rows:
    if not spot.categories or spot.chat_id is not None:
        return ()
    return ((Button(label=tr.label("Announce nothing here"), tap=Disconnect()),),)


def connected_screen(title: str, categories: Sequence[str], tr: Translator) -> Screen:
    """New gigs appear there from now on."""
    text = tr(
        "✅ Done. New gigs appear in <b>{title}</b> from now on: {names}.",
        title=one_line(title) or tr("this chat"),
        names=_names(categories, tr),
    )
    return Screen(text=text)


def topics_made_screen(count: int, tr: Translator) -> Screen:
    """The topics stand."""
    text = tr.n(
        "✅ Done. {n} topic is connected: new gigs appear in the topic of their category.",
        "✅ Done. {n} topics are connected: new gigs appear in the topic of their category.",
        count,
    )
    return Screen(text=text)


def disconnected_screen(tr: Translator) -> Screen:
    """Nothing is announced there any more."""
    return Screen(text=tr("I announce nothing here any more. /connect brings it back."))


def needs_topics_screen(made: int, tr: Translator) -> Screen:
    """The right to manage topics is missing; `made` topics were made before it was noticed."""
    text = tr(
        "<b>I am not allowed to make topics yet.</b>\n\n"
        "Make me an admin of this group with the right to <b>manage topics</b>, then tap again."
    )
    if made:
        ready = tr.n("{n} topic is ready.", "{n} topics are ready.", made)
        text = Markup("{}\n\n{}").format(text, ready)
    label = tr.label("I have done that: try again")
    return Screen(text=text, rows=((Button(label=label, tap=ConnectAll(1)),),))


def needs_posting_screen(title: str, tr: Translator) -> Screen:
    """The channel does not know the bot, or does not let it post."""
    text = tr(
        "<b>I cannot post in {title} yet.</b>\n\nMake me an admin of the channel with the right to "
        "<b>post messages</b>, then forward one of its posts to me again.",
        title=one_line(title) or tr("this channel"),
    )
    return Screen(text=text, rows=((Button(label=tr.label("Main menu"), tap=GoHome()),),))


def how_screen(tr: Translator) -> Screen:
    """/connect in the private chat."""
    text = tr(
        "<b>Announcing new gigs</b>\n\n"
        "In a group: add me, then send /connect there.\n"
        "In a group with topics: make me an admin with the right to manage topics; I then make "
        "one topic per category. Inside a topic, /connect links just that one.\n"
        "In a channel: make me an admin with the right to post, then forward one of its posts to "
        "me here."
    )
    return Screen(text=text, rows=((Button(label=tr.label("Main menu"), tap=GoHome()),),))


def hello_screen(tr: Translator) -> Screen:
    """The bot was added to a group."""
    text = tr(
        "Hello! I am GigHaat, a market for gigs. An operator can send /connect here, and new gigs "
        "are announced in this group."
    )
    return Screen(text=text)


def _names(categories: Sequence[str], tr: Translator) -> str:
    if "" in categories:
        return tr.label("all categories")
    return ", ".join(category_label(key, tr) for key in categories)


def topic_name(category: str) -> str:
    """The name of a category's topic, for readers of both languages."""
    return category_both(category)
