"""Collecting text and files for an order, piece by piece, until *Done*: shared by four flows.

Nothing is thrown away silently: what does not fit is counted and said before anything is sent.
Every message of a collection keeps its buttons, so a button says which collection it belongs to.
"""

from dataclasses import dataclass, replace

from bot.kit.flows import Ask, Go, Next, Old, OnTap, Stay, Step, taken_up
from bot.kit.turn import Turn
from bot.ui.flows import FLOWS
from bot.ui.taps import ClearFiles, FinishFiles
from bot.views.deliveries import Collected, caption_left_out, too_many_left_out, wants_things
from market.asking import may_begin
from market.errors import TextTooLong
from market.files import FileRef
from market.gig import checked, is_blank
from market.read import OrderCard
from market.states import Event, Role

COLLECT = "collect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """The draft. `left_out` counts files that came after the last that fits.

    `by` and `reason` are those of a dispute that is being opened.
    """

    order_id: int
    version: int
    title: str
    question: str
    text: str = ""
    files: tuple[FileRef, ...] = ()
    left_out: int = 0
    by: Role = Role.STRANGER
    reason: str = ""


def collecting(flow: str, ask: Ask, on_finish: OnTap) -> dict[str, Step]:
    """The one step of these flows; *Done* is the flow's own."""
    step = Step(
        ask=ask,
        wants=wants_things,
        text=on_text,
        file=on_file,
        taps={FinishFiles: _if_own(flow, on_finish), ClearFiles: _if_own(flow, on_clear)},
    )
    return {COLLECT: step}


def _if_own(flow: str, act: OnTap) -> OnTap:
    """A button of an older message must not send or clear what is collected now."""

    async def on_tap(turn: Turn, draft: Collection, tap: FinishFiles | ClearFiles) -> Next:
        matter = (FLOWS.index(flow), draft.order_id, draft.version)
        is_own = matter == (tap.flow, tap.order_id, tap.version)
        return await act(turn, draft, tap) if is_own else Old()

    return on_tap


async def begun(turn: Turn, *, flow: str, event: Event, order_id: int, version: int) -> Next:
    """The first question, or on with what was collected for this order and not sent."""
    card = await turn.services.orders.card(turn.person.id, order_id)
    may_begin(card.order, card.viewer, (event,), version_seen=version)
    before = taken_up(flow, Collection, order_id=order_id, version=version)
    return Go(COLLECT, before or empty(card))


def empty(card: OrderCard) -> Collection:
    """Nothing has come in yet."""
    return Collection(
        order_id=card.order.id,
        version=card.order.version,
        title=card.gig.title,
        question=card.gig.question or "",
        by=card.viewer,
    )


async def on_text(turn: Turn, draft: Collection, text: str) -> Next:
    """One more paragraph; raises TextTooLong when all of them together are too long."""
    if is_blank(text):
        return Stay(wants_things(turn.tr))
    return Go(COLLECT, with_text(turn, draft, text))


async def on_file(turn: Turn, draft: Collection, file: FileRef) -> Next:
    """One more file, and its caption as text."""
    most = turn.policy.limits.files_max
    if len(draft.files) >= most:
        fuller = replace(draft, left_out=draft.left_out + 1)
        return Go(COLLECT, fuller, too_many_left_out(fuller.left_out, most, turn.tr))
    taken = replace(draft, files=(*draft.files, file))
    caption = turn.incoming.text if turn.incoming else ""
    try:
        return Go(COLLECT, with_text(turn, taken, caption) if caption.strip() else taken)
    except TextTooLong:
        return Go(COLLECT, taken, caption_left_out(turn.tr))


async def on_clear(_turn: Turn, draft: Collection, _tap: ClearFiles) -> Next:
    """From the beginning."""
    return Go(COLLECT, replace(draft, text="", files=(), left_out=0))


def unsaid(turn: Turn, draft: Collection) -> Next | None:
    """Files that were left out are said once more before the rest goes out."""
    if not draft.left_out:
        return None
    note = too_many_left_out(draft.left_out, turn.policy.limits.files_max, turn.tr)
    return Go(COLLECT, replace(draft, left_out=0), note)


def collected(turn: Turn, draft: Collection, flow: str) -> Collected:
    """What the views show of the draft."""
    return Collected(
        flow=FLOWS.index(flow),
        order_id=draft.order_id,
        version=draft.version,
        title=draft.title,
        text=draft.text,
        files=len(draft.files),
        files_max=turn.policy.limits.files_max,
        is_album=turn.incoming is not None and turn.incoming.media_group is not None,
    )


def with_text(turn: Turn, draft: Collection, text: str) -> Collection:
    """One more paragraph; raises TextTooLong."""
    whole = f"{draft.text}\n{text}" if draft.text else text
    return replace(draft, text=checked(whole, least=0, most=turn.policy.limits.note_max))
