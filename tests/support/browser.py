"""The chat page in headless Chromium: one person's messenger, used as a person uses it.

Only the page is touched, never the control interface; everything waits by locators. Labels are
given in English and looked up in the person's language, as in `actors`.
"""

import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from bot.i18n import Translator, translator
from tests.support.chromium import Look, open_page, take_picture


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
        address = f"{url}/#/{person}/bot"
        page, errors = await open_page(browser, address, language=language, look=look)
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

    async def goes_to_bot(self) -> None:
        """Open the private chat with the bot from the list."""
        await self.page.get_by_test_id("chat-bot").click()

    async def has_stars(self, figure: str) -> None:
        """Wait for this figure over the list of chats."""
        await expect(self.page.get_by_test_id("stars")).to_have_text(figure)

    async def shot(self, path: Path) -> None:
        """A picture of the window once its fonts and pictures are there."""
        await take_picture(self.page, path)

    def button(self, label: str) -> Locator:
        """The newest button with this very text."""
        whole = re.compile(rf"^\s*{re.escape(label)}\s*$")
        return self.page.get_by_test_id("button").filter(has_text=whole).last

    def _from_others(self) -> Locator:
        return self.page.locator(".message.other, .pill-row[data-testid=message]")


def _payload(name: str, data: bytes) -> FilePayload:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FilePayload(name=name, mimeType=kind, buffer=data)
