"""Acts about the house's own money that need figures: where, whose, how much, why, once more."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, OnTap, Stay, Step
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from bot.ui.taps import ConfirmMoney, PickPurse, StartMoney, StepBack
from bot.views import treasury as acts
from bot.views import treasury_asks as views
from bot.views.draws import proposed_toast
from bot.views.treasury import OWNERS, SUMS, done_toast, money_screen
from market.amounts import parse_amount, parse_count
from market.errors import NotAnOwner, NotFound
from market.gig import checked
from market.house_postings import Budget
from market.money import MINOR_MAX, Currency, Money
from market.rights import By
from market.treasury import Treasury
from services.registry import Services

PURSE, PERSON, AMOUNT, WHY, SURE = "purse", "person", "amount", "why", "sure"
ABOUT_PEOPLE = frozenset({acts.ATTRIBUTE, acts.GIVE})
PEOPLE_MOST = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDraft:
    """Which act (bot.views.treasury), and what was said so far; `choices` are (rail, currency)."""

    act: int
    choices: tuple[tuple[str, Currency], ...]
    rail: str = ""
    currency: Currency = Currency.XTR
    person_id: int = 0
    name: str = ""
    minor: int = 0
    why: str = ""

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)


def flow(_services: Services) -> Flow:
    """The flow."""
    wants = views.wants_figures
    back: dict[type[Tap], OnTap] = {StepBack: on_back}
    return Flow(
        name="house_money",
        by=By.STAFF,
        draft=MoneyDraft,
        steps={
            PURSE: Step(ask=_ask_purse, wants=wants, taps={PickPurse: on_pick}),
            PERSON: Step(ask=_ask_person, wants=wants, text=on_person),
            AMOUNT: Step(ask=_ask_amount, wants=wants, text=on_amount, taps=back),
            WHY: Step(ask=_ask_why, wants=wants, text=on_why, taps=back),
            SURE: Step(ask=_ask_sure, wants=wants, taps={ConfirmMoney: on_confirm, **back}),
        },
        entries={StartMoney: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("the house's money")


def _ask_purse(turn: Turn, draft: MoneyDraft) -> Screen:
    return views.purse_question(draft.act, draft.choices, turn.tr)


def _ask_person(turn: Turn, draft: MoneyDraft) -> Screen:
    return views.person_question(draft.act, turn.tr)


def _ask_amount(turn: Turn, draft: MoneyDraft) -> Screen:
    return views.amount_question(draft.act, _purse(turn, draft), draft.name, turn.tr)


def _ask_why(turn: Turn, draft: MoneyDraft) -> Screen:
    return views.why_question(draft.name, turn.tr)


def _ask_sure(turn: Turn, draft: MoneyDraft) -> Screen:
    amount, for_whom = (draft.minor, draft.currency), (draft.name, draft.why)
    return views.sure_question(draft.act, _purse(turn, draft), amount, for_whom, turn.tr)


def _purse(turn: Turn, draft: MoneyDraft) -> str:
    return views.purse_words(draft.rail, draft.currency, turn.tr)


async def on_start(turn: Turn, tap: StartMoney) -> Next:
    page = await turn.services.treasury.page(turn.person.id)
    if tap.act in OWNERS and not page.is_owner:
        raise NotAnOwner
    choices = _choices(tap.act, page)
    if not choices:
        return Stay(views.nothing_text(turn.tr))
    return Go(PURSE, MoneyDraft(act=tap.act, choices=choices))


def _choices(act: int, page: Treasury) -> tuple[tuple[str, Currency], ...]:
    match act:
        case acts.PUT_IN | acts.EXCHANGED | acts.DRAW:
            found = [(one.rail, one.currency) for one in page.purses]
        case acts.PROMO | acts.GOODWILL:
            found = [("", one.currency) for one in page.coffers if one.fees or one.capital]
        case acts.LOOKED:
            found = [(one.rail, one.currency) for one in page.purses if ":" in one.rail]
        case acts.ATTRIBUTE:
            unknown = {one.currency for one in page.coffers if one.unknown}
            found = [(one.rail, one.currency) for one in page.held if one.currency in unknown]
        case acts.GIVE:
            found = [("", one.currency) for one in page.coffers if one.goodwill]
        case _:
            raise NotFound("act")
    return tuple((rail, Currency(currency)) for rail, currency in found)


async def on_pick(_turn: Turn, draft: MoneyDraft, tap: PickPurse) -> Next:
    if not 0 <= tap.number < len(draft.choices):
        raise NotFound("purse")
    rail, currency = draft.choices[tap.number]
    chosen = replace(draft, rail=rail, currency=currency)
    return Go(PERSON if draft.act in ABOUT_PEOPLE else AMOUNT, chosen)


async def on_person(turn: Turn, draft: MoneyDraft, text: str) -> Next:
    number = parse_count(text, low=1, high=PEOPLE_MOST)
    name = await turn.services.treasury.name(turn.person.id, number)
    return Go(AMOUNT, replace(draft, person_id=number, name=name))


async def on_amount(_turn: Turn, draft: MoneyDraft, text: str) -> Next:
    least = 0 if draft.act == acts.LOOKED else 1
    amount = parse_amount(text, draft.currency, low_minor=least, high_minor=MINOR_MAX)
    return Go(WHY if draft.act == acts.GIVE else SURE, replace(draft, minor=amount.minor))


async def on_why(_turn: Turn, draft: MoneyDraft, text: str) -> Next:
    return Go(SURE, replace(draft, why=checked(text, least=1, most=views.WHY_MAX)))


async def on_back(_turn: Turn, draft: MoneyDraft, _tap: StepBack) -> Next:
    return Go(PURSE, draft)


async def on_confirm(turn: Turn, draft: MoneyDraft, _tap: ConfirmMoney) -> Next:
    told = await _do(turn, draft)
    page = await turn.services.treasury.page(turn.person.id)
    screen = money_screen(page, SUMS, turn.tr)
    return Done(screen, told or done_toast(turn.tr))


async def _do(turn: Turn, draft: MoneyDraft) -> str:
    """What there is to say about it, else nothing."""
    treasury, command, amount = turn.services.treasury, turn.command, draft.amount
    match draft.act:
        case acts.PUT_IN:
            await treasury.put_in(command, rail=draft.rail, amount=amount)
        case acts.EXCHANGED:
            await treasury.exchanged_in(command, rail=draft.rail, amount=amount)
        case acts.PROMO | acts.GOODWILL:
            own = await _is_beyond_fees(turn, amount)
            budget: Budget = "promo" if draft.act == acts.PROMO else "goodwill"
            await treasury.budget(command, budget, amount, from_capital=own)
        case acts.LOOKED:
            check = await treasury.looked(command, rail=draft.rail, amount=amount)
            return str(views.looked_text(check.difference, check.currency, turn.tr))
        case acts.ATTRIBUTE:
            await treasury.attribute(command, draft.person_id, rail=draft.rail, amount=amount)
        case _:
            return await _let_go(turn, draft)
    return ""


async def _let_go(turn: Turn, draft: MoneyDraft) -> str:
    """A draw or goodwill; much of it is only proposed."""
    treasury, command, amount = turn.services.treasury, turn.command, draft.amount
    if draft.act == acts.DRAW:
        own = await _is_beyond_profit(turn, amount)
        waits = await treasury.draw(command, rail=draft.rail, amount=amount, from_capital=own)
    else:
        waits = await treasury.give(command, draft.person_id, amount, reason=draft.why)
    return proposed_toast(turn.tr) if waits else ""


async def _is_beyond_fees(turn: Turn, amount: Money) -> bool:
    """Fees go first; what they do not cover comes out of the owner's money as a whole."""
    page = await turn.services.treasury.page(turn.person.id)
    fees = [one.fees for one in page.coffers if one.currency == amount.currency]
    return sum(fees) < amount.minor


async def _is_beyond_profit(turn: Turn, amount: Money) -> bool:
    """The same where the money leaves: what Stars have become is earned, too."""
    page = await turn.services.treasury.page(turn.person.id)
    own = [one.fees + one.from_stars for one in page.coffers if one.currency == amount.currency]
    return sum(own) < amount.minor
