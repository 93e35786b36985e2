"""Headless Chromium for the tests of the chat page: how it starts, what a window looks like."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

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
    has_touch: bool = False


def need_chromium() -> None:
    """Skips where there is no Chromium; in CI that is a failure."""
    if CHROMIUM is None:
        missing = "the page tests need Chromium (apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser of its own, closed at the end."""
    assert CHROMIUM is not None, "without Chromium the page tests are skipped"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        await browser.close()


async def open_page(
    browser: Browser, address: str, *, language: str, look: Look
) -> tuple[Page, list[str]]:
    """A window of a new visitor, and the list in which the page's complaints are collected."""
    context = await browser.new_context(
        viewport={"width": look.width, "height": look.height},
        device_scale_factor=look.scale,
        color_scheme="dark" if look.is_dark else "light",
        locale=LOCALES[language],
        timezone_id=ZONES[language],
        reduced_motion="reduce",
        has_touch=look.has_touch,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page, errors = await context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: _keep_error(errors, said))
    await page.goto(address)
    return page, errors


async def take_picture(page: Page, path: Path) -> None:
    """A picture of the window once its fonts and pictures are there and no toast is in the way."""
    await page.mouse.move(1, 1)
    await page.evaluate(READY)
    await expect(page.get_by_test_id("toast")).to_have_count(0)
    path.parent.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=path)


def _keep_error(errors: list[str], said: Any) -> None:
    if said.type == "error":
        errors.append(str(said.text))
