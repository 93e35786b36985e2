"""People of a story: they press buttons by their English names and see them in their language."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.i18n import Translator, translator
from bot.views.categories import category_name
from sandbox.client import Sandbox
from sandbox.testing import Person
from tests.support.pictures import png

LANGUAGE_BUTTONS = {"bn": "বাংলা", "en": "English"}
Message = dict[str, Any]


@dataclass
class Actor:
    """One person; labels are given in English and looked up in the person's language."""

    person: Person
    tr: Translator

    @classmethod
    async def create(cls, sandbox: Sandbox, name: str, language: str, **facts: Any) -> "Actor":
        """A newcomer whose Telegram speaks `language`."""
        person = await Person.create(sandbox, name, language_code=language, **facts)
        return cls(person, translator(language))

    @property
    def id(self) -> int:
        """The Telegram id."""
        return self.person.id

    def label(self, english: str, **values: Any) -> str:
        """A button's text as this person reads it."""
        return self.tr.label(english, **values)

    async def says(self, text: str) -> Message:
        """Write to the bot."""
        return await self.person.says(text)

    async def taps(self, english: str, **values: Any) -> Message:
        """Press the newest button of that name."""
        return await self.person.taps(self.label(english, **values))

    async def sees_button(self, english: str, **values: Any) -> Message:
        """Wait for a new or changed message with that button."""
        return await self.person.sees_button(self.label(english, **values))

    def words(self, english: str, **values: Any) -> str:
        """A sentence as this person reads it, without its markup."""
        return unescape(re.sub(r"<[^>]+>", "", self.tr(english, **values)))

    async def sees(self, text: str) -> Message:
        """Wait for a new or changed message that holds these words as they are."""
        return await self.person.sees(text)

    async def reads(self, english: str, **values: Any) -> Message:
        """Wait for a new or changed message that holds this sentence."""
        return await self.person.sees(self.words(english, **values))

    async def last(self) -> Message:
        """The newest message of the bot."""
        return await self.person.last_message()

    async def stars(self) -> int:
        """How many Stars the person has."""
        world = await self.person.sandbox.world()
        return int(next(one["stars"] for one in world["people"] if one["id"] == self.id))

    async def uploads(self, kind: str, **files: bytes) -> Message:
        """Send files; names are given with an underscore for the dot."""
        named = {name.replace("_", "."): data for name, data in files.items()}
        return await self.person.uploads(kind, files=named)

    async def arrives(self, *, start: str = "/start") -> None:
        """Press start and choose the language; without a link the terms come next."""
        await self.says(start)
        await self.person.taps(LANGUAGE_BUTTONS[self.tr.language])
        if start == "/start":
            await self.agrees()

    async def sells(self, title: str, *, price: str = "250", question: str = "") -> None:
        """Walk the gig conversation to its end."""
        await self.taps("Sell")
        await self.person.taps("🎨 " + category_name("design", self.tr))
        await self.says(title)
        await self.says("Two drafts, then the final files as PNG and SVG. No printing.")
        await self.sees_button("Without a picture")
        await self.person.uploads("photo", files={"logo.png": png(800, 600)})
        await self.says(price)
        await self.says("3")
        await self.says("1")
        if question:
            await self.says(question)
        else:
            await self.taps("Ask nothing")
        await self.taps("Publish")
        await self.sees_button("Show my gig")

    async def agrees(self) -> None:
        """Accept the terms when asked."""
        await self.taps("I agree")


def start_parameter(message: Message) -> str:
    """The deep link's parameter behind a message's url button."""
    urls = [button["url"] for row in message["buttons"] for button in row if button["url"]]
    found = re.search(r"[?&]start=([A-Za-z0-9_-]+)", urls[0])
    assert found is not None, urls
    return found[1]
