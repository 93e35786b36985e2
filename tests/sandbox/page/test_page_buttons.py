"""Buttons and keyboards on the page: inline mode, sharing, and what a reply keyboard asks for."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.stage import PHONE, WIDE, Stage

pytestmark = pytest.mark.page


async def test_inline_results_by_key(stage: Stage) -> None:
    """The box offers the bot's name, its button and its results; pages come as one goes down."""
    ann = await stage.window(PHONE, chat=stage.group, language="bn")
    await ann("input").press_sequentially("@gig")
    await ann.page.keyboard.press("ArrowDown")
    await ann.page.keyboard.press("Enter")
    await expect(ann("input")).to_have_value("@gighaat_bot ")
    await ann("input").press_sequentially("চা")
    await expect(ann("inline-button")).to_have_text("Open the chat with me")
    await expect(ann("inline-result")).to_have_count(20)
    await ann.check()
    for _ in range(20):
        await ann.page.keyboard.press("ArrowDown")
    await expect(ann("inline-result")).to_have_count(40)
    await expect(ann("inline-result").nth(18)).to_have_attribute("aria-selected", "true")
    await ann.page.keyboard.press("Enter")
    await expect(await ann.sees("চা, number 19")).to_contain_text("@gighaat_bot")
    await expect(ann("input")).to_have_value("")


async def test_nothing_found_and_the_button_on_top(stage: Stage) -> None:
    """Without results it is said so; the button on top leads to the private chat with /start."""
    ann = await stage.window(WIDE, chat=stage.group)
    await ann("input").fill("@gighaat_bot none")
    await expect(ann("suggest")).to_contain_text("Nothing found")
    await ann("inline-button").click()
    await ann.sees("Welcome, inline!")


async def test_each_kind_of_button(stage: Stage) -> None:
    """A toast, a box, copied words, and inline queries here and in a chat that is allowed."""
    await stage.shows("buttons")
    ann = await stage.window(WIDE)
    await ann.presses("Toast")
    await ann.told("A word over the chat")
    await ann.presses("Alert")
    await expect(ann("alert")).to_contain_text("A box to be closed")
    await ann("alert-ok").click()
    await ann.presses("Copy")
    assert await ann.page.evaluate("navigator.clipboard.readText()") == "copied words"
    await ann.presses("Search here")
    await expect(ann("input")).to_have_value("@gighaat_bot tea")
    await expect(ann("inline-result").first).to_contain_text("tea, number 1")
    await ann.page.keyboard.press("Escape")
    await ann.presses("Search in a group")
    await expect(ann(f"option-{stage.forum}")).to_be_visible()
    await expect(ann(f"option-{stage.channel}")).to_have_count(0)
    await expect(ann(f"option-{stage.ann}")).to_have_count(0)
    await ann(f"option-{stage.group}").click()
    await expect(ann("input")).to_have_value("@gighaat_bot juice")
    await expect(ann("inline-result").first).to_contain_text("juice, number 1")


async def test_a_forum_asks_for_the_topic(stage: Stage) -> None:
    """A query for elsewhere goes into the topic that was chosen."""
    topic = await stage.sandbox.topic(stage.ann, chat=stage.forum, name="Design")
    await stage.shows("buttons")
    ann = await stage.window(PHONE)
    await ann.presses("Search elsewhere")
    await ann(f"option-{stage.forum}").click()
    await ann(f"option-{topic['id']}").click()
    await expect(ann("input")).to_have_value("@gighaat_bot coffee")
    await ann("inline-result").first.click()
    await ann.sees("coffee, number 1")
    assert (await stage.last(stage.bob, stage.forum))["topic"] == topic["id"]


async def test_a_prepared_message_is_shared(stage: Stage) -> None:
    """The sheet shows the message and only the chats it may go to; it goes to several at once."""
    await stage.shows("prepare")
    ann = await stage.window(PHONE, language="bn")
    await ann.presses("Share it")
    await expect(ann("share")).to_contain_text("prepared tea, number 1")
    await expect(ann(f"share-{stage.ann}")).to_have_count(0)
    await ann(f"share-{stage.group}").check()
    await ann(f"share-{stage.channel}").check()
    await ann.check()
    await ann("share-send").click()
    await ann.told("পাঠানো হয়েছে")
    found = [(await stage.last(stage.bob, one))["text"] for one in (stage.group, stage.channel)]
    assert found == ["prepared tea, number 1"] * 2
    await ann("chat-menu").click()
    await ann("do-prepared").click()
    await expect(ann("choose")).to_contain_text("prepared tea")


async def test_a_keyboard_asks_before_it_shares(stage: Stage) -> None:
    """Phone and place are shared after a yes, people and chats after a choice, and never before."""
    await stage.shows("keyboard")
    ann = await stage.window(PHONE, language="bn")
    key = ann("key")
    await key.filter(has_text="My phone").click()
    await expect(ann("ask")).to_contain_text("বট আপনার ফোন নম্বর জানতে পারবে")
    await ann.check()
    await ann.page.keyboard.press("Escape")
    await expect(ann.message("+88017")).to_have_count(0)
    await key.filter(has_text="My phone").click()
    await ann("confirm").click()
    await ann.sees("+88017")
    await key.filter(has_text="My place").click()
    await ann("confirm").click()
    await ann.sees("23.7806, 90.4074")
    await key.filter(has_text="A friend").click()
    await ann(f"option-{stage.bob}").click()
    await ann.sees("Ann বটকে কিছু মানুষের কথা জানিয়েছেন")
    await key.filter(has_text="A group").click()
    await expect(ann(f"option-{stage.channel}")).to_have_count(0)
    await ann(f"option-{stage.group}").click()
    await ann.sees("Ann বটকে একটি চ্যাটের কথা জানিয়েছেন")
    await key.filter(has_text="A plain word").click()
    await ann.sees("You said: A plain word")
