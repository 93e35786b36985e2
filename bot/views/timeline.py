"""Everything that happened in an order, for operators: events, works, words, money, in pages."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Button, Screen
from bot.ui.taps import (
    ShowCase,
    ShowEvidence,
    ShowFiles,
    ShowOrder,
    ShowRoomFile,
    ShowTimeline,
)
from bot.views.event_names import happened
from bot.views.order_files import DIGEST_SIGNS
from bot.views.orders import title_words
from bot.views.reasons import note_words
from bot.views.room_words import file_name
from bot.views.seen import party_name
from bot.views.typed import one_line
from market.cases import Moment, OrderStory
from market.change import OrderEvent
from market.files import FileRef
from market.money import Money
from market.read import Delivery, Statement, StatementLine
from market.room import RoomMessage
from market.states import Role

PAGE = 10
SAID_MAX = 120
NAME_MAX = 24
FILES_MOST = 3
FILE_BUTTONS_MOST = 9
Rows = tuple[tuple[Button, ...], ...]


def timeline_screen(story: OrderStory, page: int, tr: Translator) -> Screen:
    """A page, oldest first; page 0 is the newest, a page beyond the end the oldest."""
    last = max(0, (len(story.timeline) - 1) // PAGE)
    shown = min(max(page, 0), last)
    end = len(story.timeline) - shown * PAGE
    here = story.timeline[max(0, end - PAGE) : end]
    head = tr(
        "🗒 <b>All that happened</b>, page {page} of {count}", page=last - shown + 1, count=last + 1
    )
    lines = [_line(moment, story, tr) for moment in here]
    text = Markup("\n\n").join([title_words(story, tr), head, Markup("\n").join(lines)])
    return Screen(text=text, rows=(*_files(here, story, tr), *_turns(story, shown, last, tr)))


def _line(moment: Moment, story: OrderStory, tr: Translator) -> Markup:
    when = tr.when(moment.at_ms, story.now_ms)
    return Markup("<i>{}</i> {}").format(when, _words(moment, story, tr))


def _words(moment: Moment, story: OrderStory, tr: Translator) -> Markup:
    match moment.what:
        case OrderEvent() as event:
            return _event(event, story, tr)
        case Delivery() as delivery:
            return _delivery(delivery, tr)
        case Statement() as said:
            head = tr(
                "⚖️ {name}, statement {number}", name=_name(said.role, story, tr), number=said.number
            )
            return _with(head, said.text, said.files, tr)
        case RoomMessage() as message:
            return _message(message, story, tr)
        case StatementLine() as line:
            return _money(line, tr)


def _event(event: OrderEvent, story: OrderStory, tr: Translator) -> Markup:
    """The event, who caused it, what was named and said."""
    parts = [Markup("▫️ <b>{}</b>").format(happened(event, tr))]
    if event.role not in {Role.CLOCK, Role.PROVIDER}:
        parts.append(Markup.escape(_name(event.role, story, tr)))
    if event.minor:
        amount = Money(event.minor, story.order.terms.price.currency)
        parts.append(tr("seller's part {amount}", amount=tr.money(amount)))
    if event.days:
        parts.append(tr.n("{n} day", "{n} days", event.days))
    head = Markup(", ").join(parts)
    if not event.note.strip():
        return head
    return Markup("{}: {}").format(head, _flat(event.note, tr))


def _flat(note: str, tr: Translator) -> str:
    """A note in one line; a reason that was picked reads as its label."""
    return one_line(note_words(note, SAID_MAX, tr).striptags(), SAID_MAX)


def _delivery(delivery: Delivery, tr: Translator) -> Markup:
    seal = delivery.digest[:DIGEST_SIGNS]
    head = tr("📦 <b>Delivery {number}</b>", number=delivery.number)
    if seal:
        code = Markup("<code>{}</code>").format(seal)
        head = Markup("{}, {}").format(head, tr("evidence: {digest}", digest=code))
    return _with(head, delivery.text, delivery.files, tr)


def _message(message: RoomMessage, story: OrderStory, tr: Translator) -> Markup:
    sign = "📵" if message.is_flagged else "✉️"
    head = Markup("{} {}").format(sign, _name(message.role, story, tr))
    file = message.said.file
    return _with(head, message.said.words, () if file is None else (file,), tr)


def _money(line: StatementLine, tr: Translator) -> Markup:
    amount = tr.money(line.amount)
    return tr("💰 {amount} to {account}", amount=amount, account=_account(line.account, tr))


def _account(account: str, tr: Translator) -> str:
    """Where money went, in words; an account of another kind by its own name."""
    names = {
        "L:escrow": tr.label("this order, held"),
        "L:refunding": tr.label("the way back to the buyer"),
        "L:fee_pending": tr.label("the fee, not earned yet"),
        "I:fee": tr.label("the fee, earned"),
        "A:prov": tr.label("the payment provider"),
        "A:recv": tr.label("what is owed to the house"),
        "credit": tr.label("the buyer's credit"),
        "clearing": tr.label("the seller, clearing"),
        "earned": tr.label("the seller, available"),
    }
    parts = account.split(":")
    key = parts[3] if parts[:2] == ["L", "user"] and len(parts) > 3 else ":".join(parts[:2])
    return names.get(key, account)


def _with(head: Markup, text: str, files: Sequence[FileRef], tr: Translator) -> Markup:
    """The head, what was said in one line, and the files with the first signs of their hashes."""
    said = Markup(": {}").format(one_line(text, SAID_MAX)) if text.strip() else Markup()
    names = [_file(file, tr) for file in files[:FILES_MOST]]
    names += [Markup("📎 +{}").format(len(files) - FILES_MOST)] if len(files) > FILES_MOST else []
    return Markup(" ").join([head + said, *names])


def _file(file: FileRef, tr: Translator) -> Markup:
    name = one_line(file_name(file, tr), NAME_MAX)
    if not file.sha256:
        return Markup("📎 {}").format(name)
    return Markup("📎 {} <code>{}</code>").format(name, file.sha256[:DIGEST_SIGNS])


def _name(role: Role, story: OrderStory, tr: Translator) -> str:
    if role in {Role.BUYER, Role.SELLER}:
        return party_name(story, role)
    return tr.label("an operator")


def _files(here: Sequence[Moment], story: OrderStory, tr: Translator) -> Rows:
    """Evidence of this page, by buttons."""
    made = [button for moment in here if (button := _open(moment, story, tr)) is not None]
    kept = made[-FILE_BUTTONS_MOST:]
    starts = range(0, len(kept), ROW_MAX)
    return tuple(tuple(kept[start : start + ROW_MAX]) for start in starts)


def _open(moment: Moment, story: OrderStory, tr: Translator) -> Button | None:
    order_id = story.order.id
    match moment.what:
        case Delivery(number=number, files=files, text=text) if files or len(text) > SAID_MAX:
            label, tap = (
                tr.label("📎 Delivery {number}", number=number),
                ShowFiles(order_id, number),
            )
            return Button(label=label, tap=tap)
        case Statement(number=number, files=files, text=text) if files or len(text) > SAID_MAX:
            label = tr.label("📎 Statement {number}", number=number)
            return Button(label=label, tap=ShowEvidence(order_id, number))
        case RoomMessage(number=number, said=said) if said.file is not None:
            label = tr.label("📎 Message {number}", number=number)
            return Button(label=label, tap=ShowRoomFile(order_id, number))
        case _:
            return None


def _turns(story: OrderStory, page: int, last: int, tr: Translator) -> Rows:
    order_id, turns = story.order.id, []
    if page < last:
        turns.append(Button(label=tr.label("Earlier"), tap=ShowTimeline(order_id, page + 1)))
    if page:
        turns.append(Button(label=tr.label("Later on"), tap=ShowTimeline(order_id, page - 1)))
    ways = [Button(label=tr.label("Open the order"), tap=ShowOrder(order_id))]
    if story.order.dispute is not None:
        ways.insert(0, Button(label=tr.label("The dispute"), tap=ShowCase(order_id)))
    return (*((tuple(turns),) if turns else ()), tuple(ways))
