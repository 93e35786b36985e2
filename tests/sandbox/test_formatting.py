"""Markup becomes text and entities as on Telegram, with its complaints and byte offsets."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.formatting import Formatted, read_markup
from sandbox.rules import Refusal
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.testing import Person


def read(source: str, *, mode: str) -> Formatted:
    return read_markup(source, mode=mode, entities=[], users=lambda _: None)


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain &lt;b&gt; &amp; &quot;", 'plain <b> & "', []),
        ("&#65;&#x42; &nbsp; &", "AB &nbsp; &", []),
        ("<b>x</b>", "x", [entity("bold", 0, 1)]),
        ("<strong>x</strong>", "x", [entity("bold", 0, 1)]),
        ("<i>x</i><em>y</em>", "xy", [entity("italic", 0, 1), entity("italic", 1, 1)]),
        ("<u>x</u> <ins>y</ins>", "x y", [entity("underline", 0, 1), entity("underline", 2, 1)]),
        (
            "<s>x</s><del>y</del>",
            "xy",
            [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)],
        ),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ('<code class="language-c"><pre>x</pre></code>', "x", [entity("pre", 0, 1, language="c")]),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        (
            '<a href="https://example.org/a?b=1&amp;c=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.org/a?b=1&c=2")],
        ),
        (
            "<a href='example.org'>x</a>",
            "x",
            [entity("text_link", 0, 1, url="http://example.org/")],
        ),
        ('<a href="nowhere">x</a>', "x", []),
        (
            '<tg-time unix="1647531900">x</tg-time>',
            "x",
            [entity("date_time", 0, 1, unix_time=1647531900, date_time_format="")],
        ),
        (
            '<tg-time unix="1647531900" format="wDT">x</tg-time>',
            "x",
            [entity("date_time", 0, 1, unix_time=1647531900, date_time_format="wDT")],
        ),
        ('<tg-time unix="soon">x</tg-time>', "x", []),
        (
            '<tg-emoji emoji-id="123">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="123")],
        ),
        ("অ <b>আ</b> 😀<i>x</i>", "অ আ 😀x", [entity("bold", 2, 1), entity("italic", 6, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("  <b> x </b> ", "x", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<B>x</b>", "x", [entity("bold", 0, 1)]),
        ("<code><b>x</b></code>", "x", [entity("code", 0, 1)]),
        (
            "<b>/start</b> @gighaat",
            "/start @gighaat",
            [entity("bold", 0, 6), entity("bot_command", 0, 6), entity("mention", 7, 8)],
        ),
    ],
)
def test_html(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """Every tag of the Bot API gives its entity, with offsets in UTF-16 units."""
    assert Formatted(text, entities) == read(source, mode="HTML")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("অ<br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x@y>z</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>y', "Unclosed start tag at byte offset 0"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_broken_html(source: str, reason: str) -> None:
    """Broken HTML is refused with what is wrong and the byte it begins at."""
    with pytest.raises(Refusal) as refusal:
        read(source, mode="html")
    assert f"Bad Request: can't parse entities: {reason}" == refusal.value.description


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        (
            "*b* _i_ __u__ ~s~ ||p||",
            "b i u s p",
            [
                entity("bold", 0, 1),
                entity("italic", 2, 1),
                entity("underline", 4, 1),
                entity("strikethrough", 6, 1),
                entity("spoiler", 8, 1),
            ],
        ),
        ("`a.b!`", "a.b!", [entity("code", 0, 4)]),
        ("```\nx\n```", "x", [entity("pre", 0, 1)]),
        ("```python\nx*y```", "x*y", [entity("pre", 0, 3, language="python")]),
        (
            "[x](https://example.org/a\\))",
            "x",
            [entity("text_link", 0, 1, url="https://example.org/a)")],
        ),
        ("![👍](tg://emoji?id=5)", "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
        ("1\\. a\\-b\\!", "1. a-b!", []),
        (">q1\n>q2\nafter", "q1\nq2\nafter", [entity("blockquote", 0, 5)]),
        (">q1\n>q2||", "q1\nq2", [entity("expandable_blockquote", 0, 5)]),
        ("*b _i_ b*", "b i b", [entity("bold", 0, 5), entity("italic", 2, 1)]),
        ("অ *আ*", "অ আ", [entity("bold", 2, 1)]),
    ],
)
def test_markdown(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """Every mark of MarkdownV2 gives its entity, and escaped characters stand for themselves."""
    assert Formatted(text, entities) == read(source, mode="MarkdownV2")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("x *y", "Can't find end of Bold entity at byte offset 2"),
        ("অ _y", "Can't find end of Italic entity at byte offset 4"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("[x](y", "Can't find end of a URL at byte offset 4"),
        ("![x](y)", "Custom emoji entity must contain a tg://emoji URL"),
    ],
)
def test_broken_markdown(source: str, reason: str) -> None:
    """Unescaped and unclosed marks are refused."""
    with pytest.raises(Refusal) as refusal:
        read(source, mode="MarkdownV2")
    assert f"Bad Request: can't parse entities: {reason}" == refusal.value.description


async def test_parse_mode_wins_over_entities(bot: Bot, ann: "Person") -> None:
    """With both given the list of entities is not looked at; alone it is honoured."""
    given = [entity("italic", 0, 1)]
    both = await bot.call(
        "sendMessage", chat_id=ann.id, text="<b>x</b>", parse_mode="HTML", entities=given
    )
    alone = await bot.call("sendMessage", chat_id=ann.id, text="xy", entities=given)
    assert [entity("bold", 0, 1)] == both["entities"]
    assert given == alone["entities"]


async def test_what_telegram_finds_by_itself(ann: "Person") -> None:
    """Commands, mentions, hashtags, links, addresses and numbers are marked in anybody's text."""
    text = "/start@gighaat_bot @ann #logo https://a.org/x?y=1. me@a.org +8801712345678 a/b 5#6"
    said = await ann.says(text)
    found = [(one["type"], text[one["offset"] :][: one["length"]]) for one in said["entities"]]
    assert found == [
        ("bot_command", "/start@gighaat_bot"),
        ("mention", "@ann"),
        ("hashtag", "#logo"),
        ("url", "https://a.org/x?y=1"),
        ("email", "me@a.org"),
        ("phone_number", "+8801712345678"),
    ]


async def test_captions_have_their_own_limit(bot: Bot, ann: "Person") -> None:
    """1024 units of caption are accepted, 1025 refused."""
    said = await ann.uploads("document", files={"a.txt": b"a"})
    file_id = said["media"]["file_id"]
    params = {"chat_id": ann.id, "document": file_id}
    await bot.call("sendDocument", **params, caption="x" * 1024)
    refusal = await bot.refused("sendDocument", **params, caption="x" * 1025)
    assert refusal.description == "Bad Request: message caption is too long"
