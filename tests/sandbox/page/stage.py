"""What the tests of the chat page play on: a small world, the scripted bot, and windows into it."""

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from sandbox.client import Sandbox
from tests.sandbox.page.scripted_bot import ACTS, ScriptedBot
from tests.support.chromium import Look, open_page

PHONE = Look(width=390, height=844, scale=2)
WIDE = Look(width=1440, height=900)
DARK = Look(width=1440, height=900, is_dark=True)

# What is wrong with a page for people who use a keyboard or a screen reader, and what sticks out.
FAULTS = """() => {
  const seen = (one) => one.offsetParent && getComputedStyle(one).visibility !== "hidden";
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const titled = (one) => document.getElementById(one.getAttribute("aria-labelledby") || "");
  const name = (one) => (one.ariaLabel || titled(one)?.innerText || "").trim();
  const words = (one) => name(one) || (one.innerText || one.title || "").trim();
  const field = (one) => words(one) || one.closest("label")?.innerText.trim() || "";
  const faults = [];
  const blame = (list, why) => list.forEach((one) =>
    faults.push(`${why}: ${one.outerHTML.slice(0, 120)}`));
  const pressed = all("button, a[href], summary, [role=button], [role=tab], [role=option]");
  blame(pressed.filter((one) => !words(one)), "no name");
  const fields = all("input, select, textarea").filter((one) => !one.ariaHidden);
  blame(fields.filter((one) => !field(one)), "no label");
  const parts = all("dialog, nav, [role=menu], [role=tablist], [role=group], [role=search] input");
  blame(parts.filter((one) => !name(one)), "no name");
  blame(all("img").filter((one) => !one.hasAttribute("alt")), "no alt");
  blame(all("[tabindex]").filter((one) => one.tabIndex > 0), "tabindex");
  const ids = [...document.querySelectorAll("[id]")];
  blame(ids.filter((one) => document.getElementById(one.id) !== one), "id twice");
  const boxes = all(".topbar, .chat, .composer, .flow, .chat-header, .side, dialog, .popup");
  blame(boxes.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < -0.5 || box.right > innerWidth + 0.5;
  }), "sticks out");
  if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways");
  return faults;
}"""


@dataclass
class Window:
    """One window of one person; parts of the page are found by their test ids."""

    page: Page
    errors: list[str]

    def __call__(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    async def says(self, text: str) -> None:
        await self("input").fill(text)
        await self("send").click()

    async def opens(self, chat: int | str) -> None:
        """Another chat, from the list of chats."""
        if await self("back").is_visible():
            await self("back").click()
        await self(f"chat-{chat}").click()

    def message(self, text: str) -> Locator:
        """The newest message with these words."""
        return self("message").filter(has_text=text).last

    async def menu(self, text: str, act: str) -> None:
        """An entry of a message's own menu."""
        await self.message(text).locator(".bubble").click(button="right", position={"x": 8, "y": 8})
        await self(f"do-{act}").click()

    async def presses(self, label: str) -> None:
        await self("button").filter(has_text=label).last.click()

    async def sees(self, text: str) -> Locator:
        found = self.message(text)
        await expect(found).to_be_visible()
        return found

    async def told(self, text: str) -> None:
        """A toast that says so."""
        await expect(self("toast").filter(has_text=text)).to_be_visible()

    async def focused(self) -> str:
        """The test id, or else the name, of what has the focus."""
        script = "document.activeElement.dataset.testid ?? document.activeElement.ariaLabel"
        return str(await self.page.evaluate(script))

    async def check(self) -> None:
        """Nothing unnamed, nothing sticking out, nothing said on the console."""
        faults = await self.page.evaluate(FAULTS)
        assert faults + self.errors == [], faults + self.errors


@dataclass
class Stage:
    """Ann owns a group, a forum and a channel; Bob is in them, and so is the bot."""

    url: str
    sandbox: Sandbox
    bot: ScriptedBot
    browser: Browser
    ann: int
    bob: int
    group: int
    forum: int
    channel: int
    windows: list[Window] = field(default_factory=list)

    async def window(
        self, look: Look, *, person: int | None = None, chat: Any = "bot", language: str = "en"
    ) -> Window:
        """Ann's private chat with the bot, unless something else is said."""
        address = f"{self.url}/#/{person or self.ann}/{chat}"
        page, errors = await open_page(self.browser, address, language=language, look=look)
        window = Window(page, errors)
        await expect(window("chat-menu")).to_be_visible()
        self.windows.append(window)
        return window

    async def shows(self, *acts: str, chat: int | None = None, thread: int | None = None) -> None:
        """The bot does these of its acts, in Ann's private chat unless another one is named."""
        where: dict[str, Any] = {"chat_id": chat or self.ann}
        if thread is not None:
            where["message_thread_id"] = thread
        for act in acts:
            name, _, rest = act.partition(" ")
            await ACTS[name](self.bot, where, rest)

    async def last(self, person: int, chat: int | None = None) -> dict[str, Any]:
        """The newest message of a chat."""
        return (await self.sandbox.transcript(person, chat=chat))[-1]
