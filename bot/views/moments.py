"""Moments that Telegram knows as such: a tap shows them on the reader's own clock.

The words are ours, in the reader's language and zone; clients that know no moments show the same.
"""

from markupsafe import Markup

from bot.i18n import Translator

_SECOND_MS = 1_000


def moment(ms: int, words: str) -> Markup:
    """The words as a `date_time` entity; without a format they are shown as they are."""
    return Markup('<tg-time unix="{}">{}</tg-time>').format(ms // _SECOND_MS, words)


def deadline(ms: int, now_ms: int, tr: Translator) -> Markup:
    """A deadline: the moment, and how long that is from now."""
    when = moment(ms, tr.when(ms, now_ms))
    if ms <= now_ms:
        return when
    return tr("{when} (in {span})", when=when, span=tr.span(ms - now_ms))
