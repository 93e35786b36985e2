"""The chat page in headless Chromium: one person's messenger, used as a person uses it.

Only the page is touched, never the control interface; everything waits by locators. Labels are
given in English and looked up in the person's language, as in `actors`.
"""

import mimetypes
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect

from bot.i18n import Translator, translator

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCALES = {"bn": "bn-BD", "en": "en-US"}
ZONES = {"bn": "Asia/Dhaka", "en": "UTC"}  # what the bot takes them to be
PATIENCE_MS = 20_000
# Pictures out of sight are not loaded before somebody scrolls to them.
READY = """async () => {
  await document.fonts.ready;
  const seen = (box) => box.bottom > 0 && box.top < innerHeight && box.width > 0;
  const pictures = [...document.images].filter((one) => seen(one.getBoundingClientRect()));
  await Promise.all(pictures.map((one) => one.decode()));
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The size of a window, and how it is drawn."""

    width: int
    height: int
    scale: float = 1.0
    is_dark: bool = False


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser of its own, closed at the end."""
    assert CHROMIUM is not None, "without Chromium the page tests are skipped"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        await browser.close()


@dataclass
class Messenger:
    """One window in which one person is at the private chat with the bot."""

    page: Page
    tr: Translator
    errors: list[str]

    @classmethod
    async def open(
        cls, browser: Browser, url: str, *, person: int, language: str, look: Look
    ) -> "Messenger":
        """A new window; what the page complains about is collected in `errors`."""
        context = await browser.new_context(
            viewport={"width": look.width, "height": look.height},
            device_scale_factor=look.scale,
            color_scheme="dark" if look.is_dark else "light",
            locale=LOCALES[language],
            timezone_id=ZONES[language],
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page, errors = await context.new_page(), list[str]()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: _keep_error(errors, said))
        await page.goto(f"{url}/#/{person}/bot")
        return cls(page, translator(language), errors)

    async def starts(self) -> None:
        """Press the START bar, which stands there until the bot has been started."""
        await self.page.get_by_test_id("start").click()

    async def says(self, text: str) -> None:
        """Write and send; the bot's answer is waited for."""
        before = await self._from_others().count()
        await self.page.get_by_test_id("input").fill(text)
        await self.page.get_by_test_id("send").click()
        await expect(self._from_others()).not_to_have_count(before)

    async def attaches(self, files: dict[str, bytes], *, text: str = "") -> None:
        """Put files into the tray, with a caption, and send them; the answer is waited for."""
        before = await self._from_others().count()
        chosen = [_payload(name, data) for name, data in files.items()]
        await self.page.get_by_test_id("attach").set_input_files(chosen)
        await self.page.get_by_test_id("input").fill(text)
        await self.page.get_by_test_id("send").click()
        await expect(self._from_others()).not_to_have_count(before)

    async def presses(self, english: str, **values: Any) -> None:
        """Press the newest button of that name."""
        await self.presses_label(self.tr.label(english, **values))

    async def presses_label(self, label: str) -> None:
        """Press the newest button with this very text."""
        await self.button(label).click()

    async def pays(self) -> None:
        """Press the invoice's own button; what is paid loses it."""
        pay = self.page.get_by_test_id("pay")
        await pay.last.click()
        await expect(pay).to_have_count(0)

    async def sees(self, text: str) -> Locator:
        """Wait for a message that holds these words; the newest one."""
        found = self.page.get_by_test_id("message").filter(has_text=text).last
        await expect(found).to_be_visible()
        return found

    async def reads(self, english: str, **values: Any) -> Locator:
        """Wait for a message with this sentence, which has no markup."""
        return await self.sees(self.tr.label(english, **values))

    async def sees_button(self, english: str, **values: Any) -> Locator:
        """Wait for a button of that name."""
        found = self.button(self.tr.label(english, **values))
        await expect(found).to_be_visible()
        return found

    async def goes_to(self, chat: int, *, topic: int | None = None) -> None:
        """Open another chat from the list, and one of its topics."""
        back = self.page.get_by_test_id("back")
        if await back.is_visible():
            await back.click()
        await self.page.get_by_test_id(f"chat-{chat}").click()
        if topic is not None:
            await self.page.get_by_test_id(f"topic-{topic}").click()

    async def has_stars(self, figure: str) -> None:
        """Wait for this figure over the list of chats."""
        await expect(self.page.get_by_test_id("stars")).to_have_text(figure)

    async def shot(self, path: Path) -> None:
        """A picture of the window once its fonts and pictures are there."""
        await self.page.mouse.move(1, 1)
        await self.page.evaluate(READY)
        await expect(self.page.get_by_test_id("toast")).to_have_count(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=path)

    def button(self, label: str) -> Locator:
        """The newest button with this very text."""
        whole = re.compile(rf"^\s*{re.escape(label)}\s*$")
        return self.page.get_by_test_id("button").filter(has_text=whole).last

    def _from_others(self) -> Locator:
        return self.page.locator(".message.other, .pill-row[data-testid=message]")


def _payload(name: str, data: bytes) -> FilePayload:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FilePayload(name=name, mimeType=kind, buffer=data)


def _keep_error(errors: list[str], said: Any) -> None:
    if said.type == "error":
        errors.append(str(said.text))
