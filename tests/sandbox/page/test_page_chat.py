"""A chat on the page in Chromium: messages and everything that can be done with them."""

import re

import pytest
from playwright.async_api import expect

from tests.sandbox.page.stage import PHONE, WIDE, Stage

pytestmark = pytest.mark.page


async def test_reactions_come_and_go(stage: Stage) -> None:
    """A reaction is given by the mouse, marked as one's own, counted, and taken back."""
    ann = await stage.window(WIDE, chat=stage.group)
    await stage.sandbox.say(stage.bob, text="Fish is cheap today", chat=stage.group)
    await (await ann.sees("Fish is cheap")).hover()
    await ann("message-react").click()
    await ann("react-🔥").click()
    chip = ann("reaction")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    message = (await stage.last(stage.bob, stage.group))["id"]
    await stage.sandbox.post(
        "react", person=stage.bob, message=message, chat=stage.group, emoji="🔥"
    )
    await expect(chip).to_have_text("🔥2")
    await chip.click()
    await expect(chip).to_have_text("🔥1")
    await expect(chip).to_have_attribute("aria-pressed", "false")


async def test_all_reactions_unfold_under_a_finger(stage: Stage) -> None:
    """A long press opens the menu, which unfolds every emoji and stays inside the window."""
    await stage.shows("words", f"react {(await stage.last(stage.ann))['id']}")
    ann = await stage.window(PHONE, language="bn")
    await expect(ann("reaction")).to_have_text("❤️১")
    finger = {"pointerType": "touch", "bubbles": True, "clientX": 60, "clientY": 400}
    await ann.message("Bold").locator(".bubble").dispatch_event("pointerdown", finger)
    await ann("react-more").click()
    await expect(ann("popup").get_by_role("menuitemradio")).to_have_count(73)
    await ann.check()
    await ann("react-🦄").click()
    await expect(ann.message("Bold").get_by_test_id("reaction")).to_have_text("🦄১")


async def test_polls_are_answered(stage: Stage) -> None:
    """One answer, several answers and a quiz are voted in; a vote is taken back."""
    ann = await stage.window(WIDE)
    await stage.shows("poll", "several", "quiz")
    drink, eat, river = (ann("poll").nth(number) for number in range(3))
    await drink.get_by_test_id("vote-1").click()
    await expect(drink.get_by_test_id("result-1")).to_have_accessible_name(
        "Coffee: 100%, your vote"
    )
    await ann.menu("What will you drink?", "retract")
    await expect(drink.get_by_test_id("vote-1")).to_be_visible()
    await expect(drink).to_contain_text("No votes yet")
    await eat.get_by_test_id("vote-0").click()
    await eat.get_by_test_id("vote-2").click()
    await eat.get_by_test_id("poll-vote").click()
    await expect(eat.locator(".mine")).to_have_count(2)
    await river.get_by_test_id("vote-1").click()
    await expect(river.get_by_test_id("result-0")).to_have_class(re.compile("right"))
    await expect(river.get_by_test_id("result-1")).to_have_class(re.compile("wrong"))


async def test_a_person_makes_a_poll(stage: Stage) -> None:
    """The paper clip offers a poll; its form grows by an answer while one writes."""
    ann = await stage.window(PHONE, chat=stage.group, language="bn")
    await ann("attach-menu").click()
    await ann("attach-poll").click()
    await ann("poll-question").fill("ভাত না রুটি?")
    for number, answer in enumerate(("ভাত", "রুটি", "দুটোই")):
        await ann("poll-option").nth(number).fill(answer)
    await ann.check()
    await ann("submit").click()
    await expect(ann("poll")).to_contain_text("বেনামি পোল")
    await ann("vote-2").click()
    await expect(ann("result-2")).to_contain_text("১০০%")


async def test_a_message_has_a_menu(stage: Stage) -> None:
    """Reply, edit, pin, forward, copy and delete, each from the menu of a message."""
    ann = await stage.window(WIDE, chat=stage.group)
    await ann.says("Tea at five")
    await ann.menu("Tea at five", "edit")
    await ann.says("Tea at six")
    await expect(await ann.sees("Tea at six")).to_contain_text("edited")
    await ann.menu("Tea at six", "pin")
    await expect(ann("pinned")).to_contain_text("Tea at six")
    await ann.menu("Tea at six", "reply")
    await ann.says("Bring biscuits")
    await expect((await ann.sees("Bring biscuits")).locator(".quoted")).to_contain_text(
        "Tea at six"
    )
    await ann.menu("Bring biscuits", "copy")
    assert await ann.page.evaluate("navigator.clipboard.readText()") == "Bring biscuits"
    await ann.menu("Bring biscuits", "delete")
    await ann("confirm").click()
    await expect(ann.message("Bring biscuits")).to_have_count(0)
    await ann.menu("Tea at six", "forward")
    await ann(f"option-{stage.channel}").click()
    await expect(await ann.sees("Tea at six")).to_contain_text("Forwarded from Ann")
    assert (await stage.last(stage.bob, stage.channel))["text"] == "Tea at six"


async def test_search_finds_in_both_scripts(stage: Stage) -> None:
    """Hits are counted, walked through by key, marked in the text; digits of both scripts fit."""
    for text in ("A logo for 500 taka", "Nothing here", "লোগো ৫০০ টাকা", "**500** again"):
        await stage.sandbox.say(stage.ann, text=text, chat=stage.group)
    ann = await stage.window(PHONE, chat=stage.group)
    await ann("open-search").click()
    await ann("search-input").fill("৫০০")
    await expect(ann("search-count")).to_have_text("1 of 3")
    await ann.page.keyboard.press("Enter")
    await expect(ann("search-count")).to_have_text("2 of 3")
    marked = "[...CSS.highlights.get('found-now')].map(String)"
    assert await ann.page.evaluate(marked) == ["৫০০"]
    await ann("search-newer").click()
    await expect(ann("search-count")).to_have_text("1 of 3")
    await ann("search-input").fill("500 TAKA")
    await expect(ann("search-count")).to_have_text("1 of 1")
    await ann("search-input").fill("curry")
    await expect(ann("search-count")).to_have_text("No results")
    await ann.check()
    await ann.page.keyboard.press("Escape")
    await expect(ann("search")).to_be_hidden()
    assert await ann.page.evaluate("CSS.highlights.get('found').size") == 0


async def test_pictures_are_looked_at_and_files_kept(stage: Stage) -> None:
    """Arrows, zoom and download in the viewer; a file keeps its Bengali name."""
    await stage.shows("album", "file")
    ann = await stage.window(WIDE, language="bn")
    await ann("photo").first.click()
    await expect(ann("viewer-count")).to_have_text("৩টির মধ্যে ১")
    await ann.page.keyboard.press("ArrowLeft")
    await expect(ann("viewer-count")).to_have_text("৩টির মধ্যে ৩")
    await ann("viewer-next").click()
    await expect(ann("viewer-count")).to_have_text("৩টির মধ্যে ১")
    await ann.page.keyboard.press("+")
    await expect(ann("viewer-image")).to_have_class(re.compile("zoomed"))
    await ann.check()
    async with ann.page.expect_download() as kept:
        await ann("viewer-save").click()
    assert re.fullmatch(r"photo-.{6}\.jpg", (await kept.value).suggested_filename)
    await ann.page.keyboard.press("Escape")
    await expect(ann("viewer")).to_have_count(0)
    async with ann.page.expect_download() as kept:
        await ann("file").click()
    assert (await kept.value).suggested_filename == "দামের তালিকা.pdf"


async def test_topics_pins_and_typing(stage: Stage) -> None:
    """Topics are tabs, the pinned bar goes through its messages, an action shows in the head."""
    topic = await stage.sandbox.topic(stage.ann, chat=stage.forum, name="Design")
    ann = await stage.window(PHONE, chat=f"{stage.forum}/{topic['id']}")
    await stage.shows("pin", chat=stage.forum, thread=topic["id"])
    await ann.sees("Worth keeping, part 2")
    await expect(ann("pinned")).to_contain_text("Pinned message 2")
    await ann("pinned").click()
    await expect(ann("pinned")).to_contain_text("Pinned message 1")
    await stage.shows("typing", chat=stage.forum, thread=topic["id"])
    await expect(ann("typing")).to_contain_text("sending a photo")
    await ann("topic-general").click()
    await expect(ann.message("Worth keeping")).to_have_count(0)
    await ann(f"topic-{topic['id']}").click()
    await expect(ann("pinned")).to_be_visible()


async def test_a_channel_looks_like_one(stage: Stage) -> None:
    """Posts stand on one side without faces; who may not post is told so."""
    bob = await stage.window(PHONE, person=stage.bob, chat=stage.channel, language="bn")
    ann = await stage.window(WIDE, chat=stage.channel)
    await ann.says("The market opens at nine")
    await expect(await ann.sees("opens at nine")).to_have_class(re.compile("other"))
    await expect((await bob.sees("opens at nine")).locator(".face")).to_have_count(0)
    await expect(bob.page.get_by_text("এই চ্যানেলে শুধু অ্যাডমিনরা লেখেন")).to_be_visible()
    await expect(bob("chat-title")).to_contain_text("৩ জন গ্রাহক")
