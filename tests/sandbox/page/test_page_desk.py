"""The page around the chats: the developers' side, looks, people and places, keys alone."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.stage import DARK, PHONE, WIDE, Stage

pytestmark = pytest.mark.page
ENOUGH = 4.5  # contrast of text on its ground, WCAG 2.2 AA

# Contrast of what is read, from the colours that the page really uses.
CONTRAST = """(pairs) => {
  const curve = (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  const light = (name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3);
    probe.remove();
    const [r, g, b] = parts.map((one) => curve(one / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return pairs.map(([a, b]) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return [`${a} on ${b}`, (high + 0.05) / (low + 0.05)];
  });
}"""
PAIRS = [
    *((name, "surface") for name in ("text", "muted", "accent", "link", "danger")),
    *((name, "bubble-own") for name in ("text", "link")),
    ("muted", "surface-2"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("danger", "danger-soft"),
]
# What has the focus, and whether that can be seen: a ring or a shadow on it, its bubble or box.
FOCUS = """() => {
  const one = document.activeElement;
  const rings = [one, one.querySelector(".bubble"), one.closest(".composer-box")];
  const ringed = (part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
  };
  return [one.dataset.testid ?? one.className, rings.filter(Boolean).some(ringed)];
}"""


async def test_developers_see_calls_refusals_and_lint(stage: Stage) -> None:
    """Refusals are counted and shown with their reason; a call unfolds and is copied as curl."""
    ann = await stage.window(WIDE)
    await ann("open-calls").click()
    await stage.shows("wrong", "words")
    await expect(ann("refusals")).to_have_text("1")
    await expect(ann("call-error")).to_contain_text("can't parse entities")
    await ann("calls-refused").click()
    await expect(ann("call")).to_have_count(1)
    await ann("call").locator("summary").click()
    await expect(ann("call").locator("pre")).to_contain_text('"text": "<b>never closed"')
    await ann("copy-curl").click()
    line = await ann.page.evaluate("navigator.clipboard.readText()")
    assert line.startswith(f'curl -s "{stage.url}/bot$TOKEN/sendMessage" -H')
    await ann("calls-all").click()
    await ann("calls-filter").fill("pin")
    await expect(ann("call")).to_have_count(0)
    await ann("calls-filter").fill("commands")
    await expect(ann("call")).to_have_count(1)
    await ann("calls-filter").fill("")
    await ann("calls-lint").click()
    await expect(ann("finding").filter(has_text="colour")).to_be_visible()


async def test_developers_disturb_the_bot(stage: Stage) -> None:
    """A fault strikes once and is gone, the clock goes on, the rate limits are a switch."""
    ann = await stage.window(PHONE, language="bn")
    await ann("back").click()
    await ann("open-calls").click()
    await ann("developer-disturb_part").click()
    await ann("add-fault").click()
    await ann.page.get_by_label("কী ঘটবে").select_option("403")
    await ann.check()
    await ann("submit").click()
    await expect(ann("fault")).to_contain_text("৪০৩")
    await ann("clear-faults").click()
    await expect(ann("fault")).to_have_count(0)
    await ann("flood").click()
    await expect(ann("flood")).to_have_attribute("aria-checked", "true")
    await expect(ann("flood")).to_contain_text("চালু")
    async with ann.page.expect_response("**/control/clock"):
        await ann("clock-day").click()
    assert (await stage.sandbox.get("clock"))["offset_ms"] == 86_400_000
    await ann("flood").click()
    await expect(ann("flood")).to_contain_text("বন্ধ")


async def test_both_looks_can_be_read(stage: Stage) -> None:
    """Text has enough contrast in the light and in the dark look."""
    for look in (WIDE, DARK):
        ann = await stage.window(look)
        found = dict(await ann.page.evaluate(CONTRAST, PAIRS))
        assert {pair: value for pair, value in found.items() if value < ENOUGH} == {}


async def test_the_look_is_a_switch(stage: Stage) -> None:
    """As the device, light, dark: the switch goes round, and the choice is kept."""
    ann = await stage.window(WIDE, language="bn")
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    seen = []
    for _ in range(3):
        await ann("theme").click()
        seen.append(await ann.page.evaluate(scheme))
    assert seen == ["light", "dark", "light dark"]
    await ann("theme").click()
    await ann("theme").click()
    await ann.page.reload()
    await expect(ann("theme")).to_have_accessible_name("থিম: গাঢ়")
    assert await ann.page.evaluate(scheme) == "dark"


async def test_the_page_changes_its_language(stage: Stage) -> None:
    """English and Bengali at once, without losing the chat that is open."""
    ann = await stage.window(PHONE, chat="bot")
    await ann("back").click()
    await ann("language").click()
    await expect(ann("chat-bot")).to_be_visible()
    await expect(ann.page.get_by_role("button", name="নতুন মানুষ যোগ করুন")).to_be_visible()
    await ann("language").click()
    await expect(ann.page.get_by_role("button", name="Add a person")).to_be_visible()


async def test_people_and_places_are_made(stage: Stage) -> None:
    """A person and a group are added; members are added, promoted and removed."""
    ann = await stage.window(WIDE)
    await ann("add-person").click()
    await ann.page.get_by_label("Name", exact=True).fill("Chitra")
    await ann("submit").click()
    await expect(ann.page.get_by_role("button", name="Be Chitra")).to_have_attribute(
        "aria-pressed", "true"
    )
    await ann(f"person-{stage.ann}").click()
    await ann("new-chat").click()
    await ann.page.get_by_label("Name", exact=True).fill("Readers")
    await ann.page.get_by_label("Everybody joins").uncheck()
    await ann("submit").click()
    await expect(ann("chat-title")).to_contain_text("2 members")
    await ann("chat-title").click()
    await ann("add-member").click()
    await ann(f"option-{stage.bob}").click()
    await ann(f"member-{stage.bob}").click()
    await ann("do-promote").click()
    await expect(ann("members").get_by_text("admin")).to_have_count(3)
    await ann(f"member-{stage.bob}").click()
    await ann("do-kick").click()
    await expect(ann("members").get_by_text("Bob")).to_have_count(0)
    await ann.check()


async def test_two_people_side_by_side(stage: Stage) -> None:
    """What one pane says appears in the other; each is its own person, and one closes again."""
    both = await stage.window(WIDE, chat=stage.group)
    await both("split").click()
    panes = both.page.locator(".client")
    await expect(panes).to_have_count(2)
    left, right = panes.nth(0), panes.nth(1)
    await expect(right.get_by_test_id("as")).to_have_text("BBob")
    await right.get_by_test_id("back").click()
    await right.get_by_test_id(f"chat-{stage.group}").click()
    await right.get_by_test_id("input").fill("Fish is cheap")
    await right.get_by_test_id("send").click()
    await expect(left.get_by_test_id("message").last).to_contain_text("Fish is cheap")
    await expect(left.locator(".message.other")).to_have_count(1)
    await expect(right.locator(".message.own")).to_have_count(1)
    await both.check()
    await both("split").click()
    await expect(panes).to_have_count(1)


async def test_keys_alone_are_enough(stage: Stage) -> None:
    """Write, go up to a message, react, answer, search and go back: no mouse, focus always seen."""
    await stage.shows("buttons")
    ann = await stage.window(WIDE)
    keys = ann.page.keyboard
    await ann.page.evaluate("document.activeElement.blur()")
    await keys.press("Tab")
    assert await ann.focused() == "skip"
    await keys.press("Enter")
    assert await ann.focused() == "input"
    await keys.type("Only keys")
    await keys.press("Enter")
    await ann.sees("You said: Only keys")
    await keys.press("ArrowUp")
    assert await ann.focused() == "message"
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await expect(ann("popup")).to_be_visible()
    await keys.press("ArrowRight")
    await keys.press("Enter")
    await expect(ann("reaction")).to_have_text("❤️1")
    assert await ann.focused() == "message"
    await keys.press("ArrowUp")
    await keys.press("Tab")
    assert await ann.focused() == "button"
    await keys.press("Enter")
    await ann.told("A word over the chat")
    await keys.press("Escape")
    assert await ann.focused() == "input"
    await keys.press("Control+f")
    assert await ann.focused() == "search-input"
    await keys.press("Escape")
    await keys.press("Escape")
    assert await ann.focused() == "chat-bot"
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(ann("chat-title")).not_to_contain_text("GigHaat")


async def test_tab_reaches_every_part(stage: Stage) -> None:
    """Going round by Tab passes through each part of the window, and each stop can be seen."""
    await stage.shows("words", "buttons")
    ann = await stage.window(WIDE)
    await ann("open-calls").click()
    await ann.page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(70):
        await ann.page.keyboard.press("Tab")
        stops.append(await ann.page.evaluate(FOCUS))
    wanted = {
        *("skip", "open-calls", "theme", "language", f"person-{stage.ann}", "add-person"),
        *("new-chat", "chat-bot", f"chat-{stage.group}", "open-search", "chat-menu", "message"),
        *("button", "menu", "attach-menu", "input", "send", "calls-all", "calls-filter"),
    }
    assert sorted(wanted - {name for name, _ in stops}) == []
    assert [name for name, is_seen in stops if not is_seen] == []
