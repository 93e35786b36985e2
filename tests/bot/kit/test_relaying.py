"""Passing on what people send: flows that relay, copies, quiet ticks, moments, hashes of files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import pytest
from aiohttp import web
from markupsafe import Markup
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from bot.i18n import translator
from bot.kit.delivery import Delivery
from bot.kit.flows import Flow, Go, Next, Quiet, Step
from bot.kit.gateway import READ_BYTES_MAX, FilesGateway
from bot.kit.incoming import incoming
from bot.kit.request import AiohttpRequest
from bot.kit.routing import tap
from bot.kit.sending import Target, send
from bot.kit.turn import Turn
from bot.pictures.draw import Drawer
from bot.ui.callbacks import encode
from bot.ui.screen import Relay, Screen
from bot.ui.taps import FinishFiles, PickNumber, ShowGig, ShowRoomFile, StartSelling
from bot.views.moments import deadline
from market.files import FileRef
from market.notices import Message, Notice
from market.rights import By
from market.states import State
from services.rows import OutboxRow, Sent, ToRead
from tests.bot.kit.conftest import Desktop, Running
from tests.support.samples import file
from tests.support.telegram import Person, parsed, refused, scripted_bot
from tests.support.town import Town


@dataclass(frozen=True, slots=True)
class Said:
    """The draft: what was said last."""

    words: str = ""


def relaying() -> Flow:
    """One step that answers with a screen of its own, takes stickers and hears of edits."""

    async def enter(_turn: Turn, _tap: StartSelling) -> Next:
        return Go("say", Said(), screen=Screen(text=Markup("The room")), is_spent=True)

    async def heard(_turn: Turn, draft: Said, text: str) -> Next:
        if text == "hold":
            return Go("say", replace(draft, words=text))
        tick = Screen(text=Markup("tick {}").format(text), is_quiet=True)
        return Go("say", Said(), screen=tick, is_spent=True)

    async def got(turn: Turn, draft: Said, sent: FileRef) -> Next:
        await turn.send(Screen(text=Markup("got {}").format(sent.kind)))
        return Quiet(draft)

    async def edited(turn: Turn, _draft: Said, text: str) -> Next:
        assert turn.incoming is not None
        return await heard(turn, Said(), f"{turn.incoming.text}/{text}")

    return Flow(
        by=By.ANYBODY,
        name="sell",
        draft=Said,
        title=lambda _tr: Markup("your talk"),
        entries={StartSelling: enter},
        steps={
            "say": Step(
                ask=lambda _turn, draft: Screen(text=Markup("Say: {}").format(draft.words)),
                wants=lambda _tr: Markup("Words, please."),
                text=heard,
                file=got,
                edited=edited,
                has_stickers=True,
            ),
        },
        is_left_by_taps=True,
        lets_through=frozenset({ShowRoomFile}),
    )


@pytest.fixture
def ann() -> Person:
    """Somebody."""
    return Person(11)


@pytest.fixture
def running(desktop: Desktop) -> Running:
    """An application with that flow and ordinary buttons."""

    async def look(turn: Turn, _tap: object) -> None:
        await turn.show(Screen(text=Markup("looked")))

    routes = [tap(desktop.services, kind, look, by=By.ANYBODY) for kind in (ShowGig, ShowRoomFile)]
    return desktop.application(routes, [relaying()])


async def entered(running: Running, ann: Person) -> None:
    await running.takes(ann.taps(encode(StartSelling())))


async def test_a_step_may_answer_with_a_screen_of_its_own(running: Running, ann: Person) -> None:
    """The question is not asked; what went out leaves nothing behind, and the tick is quiet."""
    await entered(running, ann)
    await running.takes(ann.says("hello"))
    assert running.desktop.telegram.texts() == ["The room", "tick hello"]
    assert running.desktop.telegram.named("sendMessage")[-1]["disable_notification"] is True
    await running.takes(ann.says("/cancel"))
    assert await running.session() is None


async def test_what_did_not_go_out_is_kept(running: Running, ann: Person) -> None:
    """Something that was held back makes a draft."""
    await entered(running, ann)
    await running.takes(ann.says("hold"), ann.says("/cancel"))
    row = await running.session()
    assert row is not None
    assert '"words": "hold"' in row.kept


async def test_stickers_and_round_videos_are_taken(running: Running, ann: Person) -> None:
    """Where a step wants them; elsewhere they are told to be no answer."""
    sticker = {"file_id": "S", "file_unique_id": "uS", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    video = {"file_id": "V", "file_unique_id": "uV", "length": 1, "duration": 1}
    await entered(running, ann)
    await running.takes(ann.message(sticker=sticker), ann.message(video_note=video))
    assert running.desktop.telegram.texts()[1:] == ["got sticker", "got video_note"]


async def test_edits_are_heard(running: Running, ann: Person) -> None:
    """The step gets the new words; the same edit handled twice has the same key."""
    said = ann.says("Munday")
    await entered(running, ann)
    await running.takes(said, ann.edits(said, "Monday"))
    assert running.desktop.telegram.texts()[-1] == "tick Monday/Monday"


@pytest.mark.parametrize(
    ("button", "flow"),
    [(ShowGig(1, 0), None), (ShowRoomFile(1, 1), "sell"), (PickNumber(3), None)],
)
async def test_other_buttons_end_it(running: Running, ann: Person, button: Any, flow: Any) -> None:
    """Except those that it lets through."""
    await entered(running, ann)
    await running.takes(ann.says("hello"), ann.taps(encode(button)))
    row = await running.session()
    assert (row.flow if row else None) == flow


async def test_ordinary_flows_are_not_ended_by_other_buttons(desktop: Desktop, ann: Person) -> None:
    """A look at something else in between costs nothing there."""
    running = desktop.application([], [replace(relaying(), is_left_by_taps=False)])
    await entered(running, ann)
    await running.takes(ann.taps(encode(FinishFiles(0, 1, 1))))
    row = await running.session()
    assert row is not None
    assert row.flow == "sell"


def relay(kind: Any = "photo") -> Relay:
    """A file of somebody, to be copied."""
    return Relay(
        chat_id=501, message_id=77, caption=Markup("<b>Rahim</b>"), file=file(1, kind=kind)
    )


async def test_files_are_copied_under_our_caption(desktop: Desktop) -> None:
    """From the chat where they lie; stickers carry no caption."""
    await send(desktop.bot, Target(chat_id=5, silent=True), relay())
    await send(desktop.bot, Target(chat_id=5), relay("sticker"))
    photo, sticker = desktop.telegram.named("copyMessage")
    assert (photo["from_chat_id"], photo["message_id"], photo["caption"]) == (
        501,
        77,
        "<b>Rahim</b>",
    )
    assert photo["disable_notification"] is True
    assert "caption" not in sticker


@pytest.mark.parametrize("kind", ["photo", "sticker", "video_note", "voice", "document"])
async def test_a_message_that_is_gone_is_sent_by_its_file(desktop: Desktop, kind: Any) -> None:
    """Its writer deleted it between our check and the copy."""
    gone = refused(400, "Bad Request: message to copy not found")
    desktop.telegram.script = lambda name, _: gone if name == "copyMessage" else None
    await send(desktop.bot, Target(chat_id=5), relay(kind))
    name = f"send{kind.title().replace('_', '')}"
    (sent,) = desktop.telegram.named(name)
    assert sent[kind] == "file-1"
    assert ("caption" in sent) == (kind not in {"sticker", "video_note"})


async def test_other_refusals_of_a_copy_are_refusals(desktop: Desktop) -> None:
    """Nothing is sent twice on a guess."""
    desktop.telegram.script = lambda _name, _data: refused(400, "Bad Request: chat not found")
    with pytest.raises(BadRequest):
        await send(desktop.bot, Target(chat_id=5), relay())


async def test_moments_go_out_as_such(desktop: Desktop) -> None:
    """Telegram gets the `date_time` entity around our own words."""
    words = deadline(1_790_000_000_000, 1_789_990_000_000, translator("en", "UTC"))
    await send(desktop.bot, Target(chat_id=5), Screen(text=words))
    (sent,) = desktop.telegram.named("sendMessage")
    assert '<tg-time unix="1790000000">today 14:13 UTC</tg-time>' in sent["text"]
    assert sent["parse_mode"] == "HTML"


def notice(kind: Notice, person_id: int, order_id: int, **facts: object) -> OutboxRow:
    """An outbox row about a message of a room."""
    message = Message(notice=kind, key="k", person_id=person_id, order_id=order_id, facts={**facts})
    return OutboxRow(
        id=1,
        kind="notice",
        lane="x",
        attempts=0,
        created_ms=0,
        message=message,
        refund_rail=None,
        refund_charge_id=None,
        refund_person_id=None,
    )


async def test_messages_of_a_room_reach_the_other_side(town: Town) -> None:
    """Words as our own message, a file as a copy of where it lies."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.say(town.seller, order.id, "Ready!")
    await town.say(town.seller, order.id, "The source", file=file(4))
    bot, telegram = await scripted_bot()
    delivery = Delivery(
        bot=bot, services=town.services, clock=town.clock, drawer=Drawer(), group_language="bn"
    )
    buyer = town.buyer.id
    assert Sent() == await delivery.send(notice(Notice.ROOM_WORDS, buyer, order.id, number=1))
    facts = {"number": 2, "chat_id": town.seller.telegram_id, "message_id": 1}
    assert Sent() == await delivery.send(notice(Notice.ROOM_FILE, buyer, order.id, **facts))
    (words,), (copy,) = telegram.named("sendMessage"), telegram.named("copyMessage")
    assert "Ready!" in words["text"]
    assert (copy["chat_id"], copy["from_chat_id"]) == (502, 501)
    assert "The source" in copy["caption"]
    await bot.shutdown()


async def test_a_message_that_nobody_knows_is_not_sent(town: Town) -> None:
    """A row about a message that cannot be read says nothing."""
    order = await town.order_in(State.IN_PROGRESS)
    bot, telegram = await scripted_bot()
    delivery = Delivery(
        bot=bot, services=town.services, clock=town.clock, drawer=Drawer(), group_language="bn"
    )
    for number in (9, "x"):
        row = notice(Notice.ROOM_WORDS, town.buyer.id, order.id, number=number)
        assert Sent() == await delivery.send(row)
    assert telegram.named("sendMessage") == []
    await bot.shutdown()


def test_what_a_person_sends_is_read(desktop: Desktop) -> None:
    """Stickers and round videos are files; contacts and places are none."""
    sticker = {"file_id": "S", "file_unique_id": "uS", "type": "regular", "width": 1, "height": 1}
    raw = Person(11).message(sticker=sticker | {"is_animated": False, "is_video": False})
    update = parsed(raw, desktop.bot)
    assert update.message is not None
    read = incoming(update.message)
    assert read.file is not None
    assert (read.kind, read.file.file_unique_id) == ("sticker", "uS")


@pytest.fixture
async def files() -> AsyncIterator[tuple[FilesGateway, dict[str, bytes]]]:
    """Telegram's files on a free port: those in the dictionary can be read."""
    stored: dict[str, bytes] = {}

    async def get_file(request: web.Request) -> web.Response:
        name = str((await request.post()).get("file_id"))
        if name == "big":
            body = {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
            return web.json_response(body, status=400)
        path = None if name == "pathless" else f"photos/{name}"
        found = {"file_id": name, "file_unique_id": "u", "file_path": path}
        return web.json_response({"ok": True, "result": found})

    async def download(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name == "broken":
            request.transport.close()  # type: ignore[union-attr]
        if name not in stored:
            raise web.HTTPNotFound
        return web.Response(body=stored[name])

    app = web.Application()
    app.router.add_post("/bot7:secret/getFile", get_file)
    app.router.add_get("/file/bot7:secret/photos/{name}", download)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    request = AiohttpRequest()
    await request.initialize()
    bot = Bot("7:secret", base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=request)
    yield FilesGateway(bot), stored  # type: ignore[arg-type]
    await request.shutdown()
    await runner.cleanup()


def wanted(name: str, size: int = 10) -> ToRead:
    """A delivered file."""
    return ToRead(delivery_id=1, number=1, file_id=name, size=size)


async def test_files_are_hashed_as_they_come_in(files: Any) -> None:
    """The bytes are never kept; the hash is theirs."""
    gateway, stored = files
    stored["logo"] = b"x" * 200_000
    assert await gateway.fingerprint(wanted("logo")) == sha256(stored["logo"]).hexdigest()


@pytest.mark.parametrize("name", ["big", "pathless", "gone"])
async def test_what_cannot_be_read_has_no_hash(files: Any, name: str) -> None:
    """Too big for Telegram, without a path, or not there any more."""
    assert await files[0].fingerprint(wanted(name)) == ""


async def test_large_files_are_not_asked_for() -> None:
    """Above 20 MB Telegram gives bots nothing to read."""
    gateway = FilesGateway(None)  # type: ignore[arg-type]
    assert await gateway.fingerprint(wanted("huge", READ_BYTES_MAX + 1)) == ""


async def test_a_broken_line_says_nothing_of_the_token(files: Any) -> None:
    """The failure is tried again by the post, which writes it down."""
    with pytest.raises(NetworkError) as failure:
        await files[0].fingerprint(wanted("broken"))
    assert "secret" not in repr(failure.value)
    assert failure.value.__cause__ is None
