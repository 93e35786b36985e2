"""Markup becomes text and entities as on Telegram, with its complaints and byte offsets."""

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.formatting import Formatted, read_markup
from sandbox.people import User
from sandbox.rules import Refusal
from sandbox.schema import utf16_length
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.testing import Person


IN_A_MIDDLE = "in a middle of a UTF-16 symbol at byte offset"
PERSON = User(id=7, name="Ann", username=None)
ANN = PERSON.to_api()


def read(source: str, *, mode: str) -> Formatted:
    return read_markup(source, mode=mode, entities=[], users={7: PERSON}.get)


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
            [entity("bot_command", 0, 6), entity("bold", 0, 6), entity("mention", 7, 8)],
        ),
        (
            '<a href="tg://user?id=7">Ann</a> $USD $usd',
            "Ann $USD $usd",
            [entity("text_mention", 0, 3, user=ANN), entity("cashtag", 4, 4)],
        ),
        ('<a href="tg://user?id=8">Nobody</a>', "Nobody", []),
        (
            '<tg-time unix="1647531900" format="wDT">then</tg-time>',
            "then",
            [entity("date_time", 0, 4, unix_time=1647531900, date_time_format="wDT")],
        ),
        (
            "<tg-time unix=1647531900>then</tg-time>",
            "then",
            [entity("date_time", 0, 4, unix_time=1647531900)],
        ),
        ('<tg-time unix="x">then</tg-time>', "then", []),
        ("<b>a<b>b</b></b>", "ab", [entity("bold", 0, 2)]),
        ("<b>a</B>", "a", [entity("bold", 0, 1)]),
        ("<b>a</>", "a", [entity("bold", 0, 1)]),
        ("<b> </b>a", "a", []),
        ("x<b> </b>a", "x a", []),
        ("<a href='a.org'><code>x</code></a>", "x", [entity("code", 0, 1)]),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "ab",
            [entity("blockquote", 0, 2)],
        ),
        (
            "<blockquote>a<b>b</b></blockquote>",
            "ab",
            [entity("blockquote", 0, 2), entity("bold", 1, 1)],
        ),
        ("&#0; &#12345678; &#x41;", "&#0; &#12345678; A", []),
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
        ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("অ<b x", 'Unclosed start tag "b" at byte offset 3'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        (
            "<b>x</b\u00a0>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</b\u00a0>"',
        ),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="x1">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="?">x</tg-time>', "Invalid date-time format specified"),
        ("a\0b", "Text must not contain null bytes"),
        (
            "&#xd83d;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
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
        (">q1\n>q2\nafter", "q1\nq2\nafter", [entity("blockquote", 0, 6)]),
        (">q1\n>q2||", "q1\nq2", [entity("expandable_blockquote", 0, 5)]),
        (
            ">q||\nafter",
            "q\nafter",
            [entity("expandable_blockquote", 0, 2)],
        ),
        ("**>q", "q", [entity("blockquote", 0, 1)]),
        (
            "![22:45](tg://time?unix=1647531900&format=r)",
            "22:45",
            [entity("date_time", 0, 5, unix_time=1647531900, date_time_format="r")],
        ),
        ("[a\\.org]", "a.org", [entity("text_link", 0, 5, url="http://a.org/")]),
        ("[Ann](tg://user?id=7)", "Ann", [entity("text_mention", 0, 3, user=ANN)]),
        ("`a\n>b`", "a\n>b", [entity("code", 0, 4)]),
        ("___i_ u__", "i u", [entity("underline", 0, 3), entity("italic", 0, 1)]),
        ("\\>q", ">q", []),
        ("a\\", "a\\", []),
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
        ("![x](y)", "Invalid tg://emoji or tg://time URL specified"),
        ("![x]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![x](tg://emoji?id=5", "Can't find end of a URL at byte offset 5"),
        (">*q\nx", "Can't find end of Bold entity at byte offset 1"),
        (">||q\nx", "Can't find end of Spoiler entity at byte offset 1"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("(a", "Character '(' is reserved and must be escaped with the preceding '\\'"),
    ],
)
def test_broken_markdown(source: str, reason: str) -> None:
    """Unescaped and unclosed marks are refused."""
    with pytest.raises(Refusal) as refusal:
        read(source, mode="MarkdownV2")
    assert f"Bad Request: can't parse entities: {reason}" == refusal.value.description


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        (
            "*b* _i_ `c` 1.",
            "b i c 1.",
            [entity("bold", 0, 1), entity("italic", 2, 1), entity("code", 4, 1)],
        ),
        ("[x](a.org) \\*", "x *", [entity("text_link", 0, 1, url="http://a.org/")]),
        ("```py\nx_y```", "x_y", [entity("pre", 0, 3, language="py")]),
        ("*b_c*", "b_c", [entity("bold", 0, 3)]),
    ],
)
def test_legacy_markdown(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """The old Markdown knows four marks, does not nest them and reserves nothing else."""
    assert Formatted(text, entities) == read(source, mode="Markdown")


def test_broken_legacy_markdown() -> None:
    """A mark without an end is told with the byte it begins at."""
    with pytest.raises(Refusal) as refusal:
        read("অ *b", mode="Markdown")
    words = "can't parse entities: Can't find end of the entity starting at byte offset 4"
    assert f"Bad Request: {words}" == refusal.value.description


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (1, "expected an Object"),
        ({"length": 1, "type": "bold"}, 'Can\'t find field "offset"'),
        ({"offset": [], "length": 1, "type": "bold"}, 'Field "offset" must be of type Number'),
        ({"offset": 0, "length": 1, "type": 5}, 'Field "type" must be of type String'),
        ({"offset": 0, "length": 1, "type": "wavy"}, "Unsupported type specified"),
        ({"offset": True, "length": 1, "type": "bold"}, 'Field "offset" must be of type Number'),
        ({"offset": 0, "length": 1, "type": "text_link"}, 'Can\'t find field "url"'),
        ({"offset": 0, "length": 1, "type": "text_mention"}, 'Can\'t find field "user"'),
        (
            {"offset": 0, "length": 1, "type": "custom_emoji"},
            'Can\'t find field "custom_emoji_id"',
        ),
        ({"offset": 0, "length": 1, "type": "date_time"}, 'Can\'t find field "unix_time"'),
        (
            {"offset": 0, "length": 1, "type": "pre", "language": 5},
            'Field "language" must be of type String',
        ),
    ],
)
def test_broken_entities(given: Any, reason: str) -> None:
    """A list of entities is read as strictly as Telegram reads it."""
    with pytest.raises(Refusal) as refusal:
        read_markup("x", mode="", entities=[given], users=lambda _: None)
    assert f"Bad Request: can't parse MessageEntity: {reason}" == refusal.value.description


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("x", (-1, 2), "receive an entity with incorrect offset -1"),
        ("x", (0, -1), "receive an entity with incorrect length -1"),
        ("aba caba", (9, 1), "entity begins after the end of the text at UTF-16 offset 9"),
        (
            "aba caba",
            (3, 6),
            "entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 9",
        ),
        ("👉 x", (1, 1), f"entity begins {IN_A_MIDDLE} 4"),
        (
            "👉 x",
            (0, 1),
            f"entity beginning at UTF-16 offset 0 ends {IN_A_MIDDLE} 4",
        ),
    ],
)
def test_entities_beside_the_text(text: str, place: tuple[int, int], words: str) -> None:
    """An entity outside the text, or that cuts a sign in two, is refused as TDLib does."""
    mark = {"type": "bold", "offset": place[0], "length": place[1]}
    with pytest.raises(Refusal) as refusal:
        read_markup(text, mode="", entities=[mark], users=lambda _: None)
    assert f"Bad Request: {words}" == refusal.value.description


def test_entities_keep_only_their_own() -> None:
    """What stands beside an entity that its type does not have is not shown to anybody."""
    mark = {"type": "bold", "offset": 0, "length": 1}
    found = read_markup("x", mode="", entities=[{**mark, "url": "a.org"}], users=lambda _: None)
    assert [mark] == found.entities


def test_given_links_that_are_none() -> None:
    """A link entity without a real address is dropped; one to a person is a mention."""
    marks = [{"type": "text_link", "offset": 0, "length": 1, "url": url} for url in ("", "nothing")]
    assert read_markup("x", mode="", entities=marks, users=lambda _: None).entities == []


@given(
    source=st.text(
        alphabet=st.sampled_from("ab<>/=\"'& \n\\_*[]()~`>#+-=|{}.!#;x১😀\r\0"), max_size=60
    ),
    mode=st.sampled_from(("HTML", "MarkdownV2", "Markdown", "")),
)
def test_any_text_is_read_or_refused(source: str, mode: str) -> None:
    """Whatever is sent, the answer is a refusal or a text whose entities lie inside it."""
    try:
        found = read(source, mode=mode)
    except Refusal:
        return
    size = utf16_length(found.text)
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= size for one in found.entities)
    assert found.text == found.text.strip()


@given(
    parts=st.lists(
        st.sampled_from(
            (
                *("<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<pre>", "</pre>"),
                *(
                    "<blockquote>",
                    "</blockquote>",
                    "<a href='a.org'>",
                    "</a>",
                    "x",
                    " ",
                    "😀",
                    "&lt;",
                ),
            )
        ),
        max_size=14,
    )
)
def test_entities_never_repeat_a_kind(parts: list[str]) -> None:
    """No kind of mark stands twice on one place, and nothing but a quotation holds code."""
    try:
        entities = read("".join(parts), mode="HTML").entities
    except Refusal:
        return
    for number, one in enumerate(entities):
        for other in entities[number + 1 :]:
            if other["offset"] >= one["offset"] + one["length"]:
                continue
            assert one["type"] != other["type"]
            assert "code" not in {one["type"], other["type"]} or "blockquote" in one["type"]


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


@pytest.mark.parametrize("text", ["</script>", "</b>", "/x>", "a/b", "//x"])
async def test_slashes_that_are_no_commands(ann: "Person", text: str) -> None:
    """A slash within a word, a path or a tag begins no command."""
    assert (await ann.says(text))["entities"] == []


async def test_captions_have_their_own_limit(bot: Bot, ann: "Person") -> None:
    """1024 units of caption are accepted, 1025 refused."""
    said = await ann.uploads("document", files={"a.txt": b"a"})
    file_id = said["media"]["file_id"]
    params = {"chat_id": ann.id, "document": file_id}
    await bot.call("sendDocument", **params, caption="x" * 1024)
    refusal = await bot.refused("sendDocument", **params, caption="x" * 1025)
    assert refusal.description == "Bad Request: message caption is too long"
