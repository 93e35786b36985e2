"""Files that one party hands the other, one Telegram call per notice; the buttons come later."""

from bot.i18n import Translator
from bot.ui.screen import Album
from bot.views.codes import order_code
from bot.views.programs import beside_programs
from bot.views.reading import Reading
from market.files import FileRef
from market.notices import Message
from market.read import OrderCard


def delivery_files(message: Message, reading: Reading, tr: Translator) -> Album | None:
    """A part of a delivery's files."""
    number = message.facts.get("delivery")
    return _parcel(message, reading, tr, number=number if isinstance(number, int) else -1)


def requirement_files(message: Message, reading: Reading, tr: Translator) -> Album | None:
    """A part of the files that answer the seller's question."""
    return _parcel(message, reading, tr, number=0)


def _parcel(message: Message, reading: Reading, tr: Translator, *, number: int) -> Album | None:
    card = reading.card
    files = () if card is None else _part(message, files_of(card, number) or ())
    return album(card, number, files, tr) if card is not None and files else None


def files_of(card: OrderCard, number: int) -> tuple[FileRef, ...] | None:
    """The files of a delivery, or of the requirements for 0; None where there is no such thing."""
    if number == 0:
        return None if card.answer is None else card.answer.files
    found = [one.files for one in card.deliveries if one.number == number]
    return found[0] if found else None


def album(card: OrderCard, number: int, files: tuple[FileRef, ...], tr: Translator) -> Album:
    """Files of delivery `number` (0: the requirements) with a caption that says so."""
    code = order_code(card.order.id)
    if number == 0:
        caption = tr("📝 Requirements of order {code}", code=code)
    else:
        caption = tr("📦 Delivery {number} of order {code}", number=number, code=code)
    return Album(files=files, caption=beside_programs(caption, files, tr))


def _part(message: Message, files: tuple[FileRef, ...]) -> tuple[FileRef, ...]:
    start, count = message.facts.get("from", 0), message.facts.get("count", len(files))
    assert isinstance(start, int), "facts about files are numbers"
    assert isinstance(count, int), "facts about files are numbers"
    return files[start : start + count]
