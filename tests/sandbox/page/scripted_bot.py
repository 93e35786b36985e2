"""A small scripted bot for the tests of the page: each command shows one thing of a chat."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.bare_bot import Bot
from tests.sandbox.images import png

KINDS = ["message", "callback_query", "inline_query", "message_reaction", "poll_answer", "poll"]
PAGE_SIZE, RESULTS = 20, 50
COMMANDS = {"buttons": "Buttons of every kind", "poll": "Ask something", "album": "Three photos"}

Message = dict[str, Any]


@dataclass(slots=True)
class ScriptedBot:
    """Polls until it is cancelled; what it was told and does not answer stays in `heard`."""

    bot: Bot
    heard: list[dict[str, Any]] = field(default_factory=list)
    prepared: str = ""

    async def begin(self) -> None:
        """Its menu and what it says of itself."""
        menu = [{"command": name, "description": about} for name, about in COMMANDS.items()]
        await self.bot.call("setMyCommands", commands=menu)
        await self.bot.call("setMyDescription", description="I show what a chat can hold.")

    async def run(self) -> None:
        while True:
            for update in await self.bot.updates(timeout=5, allowed_updates=KINDS):
                await self._answer(update)

    async def _answer(self, update: dict[str, Any]) -> None:
        if "inline_query" in update:
            await self._found(update["inline_query"])
        elif "callback_query" in update:
            await self._pressed(update["callback_query"])
        elif "text" in (message := update.get("message", {})):
            await self._said(message)
        else:
            self.heard.append(update)

    async def _said(self, message: Message) -> None:
        command, _, rest = message["text"].partition(" ")
        act = ACTS.get(command.removeprefix("/"))
        where = {"chat_id": message["chat"]["id"]}
        if "message_thread_id" in message:
            where["message_thread_id"] = message["message_thread_id"]
        if act is not None:
            await act(self, where, rest or str(message["message_id"]))
        elif message["chat"]["type"] == "private" and not message["text"].startswith("/"):
            await self.bot.call("sendMessage", **where, text=f"You said: {message['text']}")

    async def _pressed(self, query: dict[str, Any]) -> None:
        data = query["data"]
        await self.bot.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text="A word over the chat" if data == "toast" else "A box to be closed",
            show_alert=data == "alert",
        )

    async def _found(self, query: dict[str, Any]) -> None:
        first = int(query["offset"] or 0)
        numbers = range(first, min(first + PAGE_SIZE, RESULTS)) if query["query"] != "none" else ()
        results = [_article(number, query["query"]) for number in numbers]
        later = str(first + PAGE_SIZE) if results and first + PAGE_SIZE < RESULTS else ""
        await self.bot.call(
            "answerInlineQuery",
            inline_query_id=query["id"],
            results=results,
            next_offset=later,
            cache_time=0,
            button={"text": "Open the chat with me", "start_parameter": "inline"},
        )


def _article(number: int, query: str) -> dict[str, Any]:
    words = f"{query or 'everything'}, number {number + 1}"
    return {
        "type": "article",
        "id": str(number),
        "title": words,
        "description": "A result of the page's bot",
        "input_message_content": {"message_text": f"<b>{words}</b>", "parse_mode": "HTML"},
    }


Where = dict[str, Any]


async def start(self: ScriptedBot, where: Where, rest: str) -> None:
    """What /start was given is said back."""
    await self.bot.call("sendMessage", **where, text=f"Welcome, {rest}!")


async def words(self: ScriptedBot, where: Where, rest: str) -> None:
    """A text with entities, in two scripts."""
    text = (
        "<b>Bold</b>, <i>italic</i>, <code>code</code> and <tg-spoiler>a spoiler</tg-spoiler>.\n"
        "<blockquote>Hilsa with mustard, ৫০০ টাকা</blockquote>\nঢাকা থেকে <u>শুভেচ্ছা</u>."
    )
    await self.bot.call("sendMessage", **where, text=text, parse_mode="HTML")


async def buttons(self: ScriptedBot, where: Where, rest: str) -> None:
    """One button of each kind that a person's own app handles, and two for the bot."""
    rows = [
        [_button("Toast", callback_data="toast"), _button("Alert", callback_data="alert")],
        [_button("Copy", copy_text={"text": "copied words"})],
        [_button("Search here", switch_inline_query_current_chat="tea")],
        [_button("Search elsewhere", switch_inline_query="coffee")],
        [
            _button(
                "Search in a group",
                switch_inline_query_chosen_chat={"query": "juice", "allow_group_chats": True},
            )
        ],
    ]
    markup = {"inline_keyboard": rows}
    await self.bot.call("sendMessage", **where, text="Press any", reply_markup=markup)


async def keyboard(self: ScriptedBot, where: Where, rest: str) -> None:
    """A reply keyboard that asks for everything."""
    group = {"request_id": 2, "chat_is_channel": False}
    rows = [
        [_button("A plain word")],
        [_button("My phone", request_contact=True), _button("My place", request_location=True)],
        [
            _button("A friend", request_users={"request_id": 1}),
            _button("A group", request_chat=group),
        ],
    ]
    markup = {"keyboard": rows, "resize_keyboard": True}
    await self.bot.call("sendMessage", **where, text="Share what you like", reply_markup=markup)


async def album(self: ScriptedBot, where: Where, rest: str) -> None:
    """Three photos, the first with a caption."""
    media = [{"type": "photo", "media": f"attach://p{number}"} for number in range(3)]
    media[0]["caption"] = "Three of them"
    files = {f"p{n}": (f"picture-{n}.png", png(600, 400 + 100 * n)) for n in range(3)}
    await self.bot.upload("sendMediaGroup", files=files, media=json.dumps(media), **where)


async def file(self: ScriptedBot, where: Where, rest: str) -> None:
    """A file with a Bengali name."""
    files = {"document": ("দামের তালিকা.pdf", b"%PDF-1.4\n" * 300)}
    await self.bot.upload("sendDocument", files=files, caption="The price list", **where)


async def poll(self: ScriptedBot, where: Where, rest: str) -> None:
    """One answer, everybody sees who voted."""
    options = [{"text": name} for name in ("Tea", "Coffee", "Juice")]
    await self.bot.call(
        "sendPoll", **where, question="What will you drink?", options=options, is_anonymous=False
    )


async def several(self: ScriptedBot, where: Where, rest: str) -> None:
    """Several answers at once."""
    options = [{"text": name} for name in ("Rice", "Bread", "Noodles")]
    more = {"allows_multiple_answers": True}
    await self.bot.call("sendPoll", **where, question="And to eat?", options=options, **more)


async def quiz(self: ScriptedBot, where: Where, rest: str) -> None:
    """One right answer."""
    options = [{"text": name} for name in ("Padma", "Ganges", "Thames")]
    right = {"type": "quiz", "correct_option_ids": [0], "correct_option_id": 0}
    await self.bot.call(
        "sendPoll", **where, question="Which joins the Jamuna?", options=options, **right
    )


async def pin(self: ScriptedBot, where: Where, rest: str) -> None:
    """Two messages on the bar."""
    for number in (1, 2):
        sent = await self.bot.call("sendMessage", **where, text=f"Worth keeping, part {number}")
        place = {"chat_id": where["chat_id"], "message_id": sent["message_id"]}
        await self.bot.call("pinChatMessage", **place)


async def typing(self: ScriptedBot, where: Where, rest: str) -> None:
    """An action that lasts some seconds."""
    await self.bot.call("sendChatAction", **where, action="upload_photo")


async def react(self: ScriptedBot, where: Where, rest: str) -> None:
    """The bot's own reaction to the command."""
    heart = [{"type": "emoji", "emoji": "❤"}]
    place = {"chat_id": where["chat_id"], "message_id": int(rest)}
    await self.bot.call("setMessageReaction", **place, reaction=heart)


async def prepare(self: ScriptedBot, where: Where, rest: str) -> None:
    """A message that the person may share."""
    saved = await self.bot.call(
        "savePreparedInlineMessage",
        user_id=where["chat_id"],
        result=_article(0, "prepared tea"),
        allow_group_chats=True,
        allow_channel_chats=True,
    )
    self.prepared = saved["id"]
    name = (await self.bot.call("getMe"))["username"]
    link = f"https://t.me/{name}?prepared={self.prepared}"
    markup = {"inline_keyboard": [[_button("Share it", url=link)]]}
    await self.bot.call("sendMessage", **where, text="It is prepared", reply_markup=markup)


async def wrong(self: ScriptedBot, where: Where, rest: str) -> None:
    """A call that is refused, and one with a parameter that nobody knows."""
    await self.bot.refused("sendMessage", **where, text="<b>never closed", parse_mode="HTML")
    await self.bot.call("sendMessage", **where, text="That went wrong", colour="blue")


def _button(text: str, **action: Any) -> dict[str, Any]:
    return {"text": text, **action}


ACTS: Mapping[str, Callable[[ScriptedBot, Where, str], Awaitable[None]]] = {
    act.__name__: act for act in (start, words, buttons, keyboard, album, file, poll, several, quiz)
} | {act.__name__: act for act in (pin, typing, react, prepare, wrong)}
