"""How the house runs, for operators: sweeps, what was given up, what the audit says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GiveUpRefund, RetryDead, ShowAdmin, ShowMoney, ShowStops, ShowStuck
from bot.views.desk import AUDIT, NOTICES, REFUNDS, RUNNING, UPDATES, desk_button
from bot.views.excerpt import excerpt
from market.policy import STAR_BRINGS_USD_CENTS, STAR_COSTS_USD_CENTS
from market.read import AuditFinding, DeadRow, House, SweepRun

_DETAIL_MAX = 200
_SHOWN_MAX = 10
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class _Pages:
    """Draws the pages of one report."""

    house: House
    tr: Translator
    now_ms: int

    def overview(self) -> Screen:
        """Sweeps, books, what was given up."""
        tr = self.tr
        parts = [tr("<b>How the house is doing</b>"), self._frozen(), self._books(), self._sweeps()]
        parts += [self._given_up(), _star_note(tr)]
        return Screen(text=_paragraphs(parts), rows=(*self._doors(), self._last()))

    def dead(self, title: Markup, rows: Sequence[DeadRow], *, may_retry: bool) -> Screen:
        """Rows that were given up; notices and refunds may be tried again."""
        tr = self.tr
        lines = [self._dead_line(row) for row in rows[:_SHOWN_MAX]] or [tr("Nothing. Good.")]
        buttons: Rows = ()
        if may_retry:
            buttons = tuple((_retry(row, tr),) for row in rows[:_SHOWN_MAX])
        return Screen(text=_paragraphs([title, *lines]), rows=(*buttons, self._back()))

    def refunds(self) -> Screen:
        """As above, and what cannot be sent at all stays as credit."""
        rows = self.house.failed_refunds[:_SHOWN_MAX]
        screen = self.dead(self.tr("<b>Failed refunds</b>"), rows, may_retry=True)
        ways: Rows = tuple(
            (_retry(row, self.tr), *((_give_up(row, self.tr),) if row.kind == "refund" else ()))
            for row in rows
        )
        return replace(screen, rows=(*ways, self._back()))

    def audit(self) -> Screen:
        """What the ledger's audit found, and the switch that lets money go out again."""
        found = self.house.findings
        parts = [self.tr("<b>The books</b>"), self._books(), *map(_finding, found[:_SHOWN_MAX])]
        thaw: Rows = ()
        if self.house.is_frozen:
            parts.append(self._frozen())
            label = self.tr.label("What is stopped, and why")
            thaw = ((Button(label=label, tap=ShowStops(), style="danger"),),)
        return Screen(text=_paragraphs(parts), rows=(*thaw, self._back()))

    def _frozen(self) -> Markup:
        if not self.house.is_frozen:
            return Markup("")
        return self.tr(
            "🧊 <b>Money that leaves is stopped.</b> Nothing is lost: refunds and payouts wait "
            "until somebody has looked."
        )

    def _books(self) -> Markup:
        tr, house = self.tr, self.house
        if house.audited_ms is None:
            return tr("📒 The books have not been checked yet.")
        when = tr.when(house.audited_ms, self.now_ms)
        if not house.findings:
            return tr("📒 The books are right (checked {when}).", when=when)
        return tr.n(
            "📒 <b>{n} error in the books</b> (checked {when}).",
            "📒 <b>{n} errors in the books</b> (checked {when}).",
            len(house.findings),
            when=when,
        )

    def _sweeps(self) -> Markup:
        if not self.house.sweeps:
            return self.tr("No sweep has run yet.")
        return Markup("\n").join(map(self._sweep, self.house.sweeps))

    def _sweep(self, run: SweepRun) -> Markup:
        tr = self.tr
        if run.error:
            detail = excerpt(run.error, _DETAIL_MAX)
            return tr("⚠️ {name}: <code>{error}</code>", name=run.name, error=detail)
        if run.succeeded_ms is None:
            when = tr.when(run.started_ms, self.now_ms)
            return tr("⏳ {name}: running since {when}", name=run.name, when=when)
        return tr("✅ {name}: {when}", name=run.name, when=tr.when(run.succeeded_ms, self.now_ms))

    def _given_up(self) -> Markup:
        house = self.house
        return self.tr(
            "Given up: updates {updates}, notices {notices}, refunds {refunds}",
            updates=len(house.dead_updates),
            notices=len(house.dead_notices),
            refunds=len(house.failed_refunds),
        )

    def _dead_line(self, row: DeadRow) -> Markup:
        return self.tr(
            "#{row} {kind}, {when}\n<code>{error}</code>",
            row=row.id,
            kind=row.kind,
            when=self.tr.when(row.at_ms, self.now_ms),
            error=excerpt(row.error, _DETAIL_MAX),
        )

    def _doors(self) -> Rows:
        tr, house = self.tr, self.house
        updates = tr.label("Updates ({n})", n=len(house.dead_updates))
        notices = tr.label("Notices ({n})", n=len(house.dead_notices))
        refunds = tr.label("Refunds ({n})", n=len(house.failed_refunds))
        return (
            (
                Button(label=updates, tap=ShowAdmin(UPDATES)),
                Button(label=notices, tap=ShowAdmin(NOTICES)),
            ),
            (
                Button(label=refunds, tap=ShowAdmin(REFUNDS)),
                Button(label=tr.label("The books"), tap=ShowAdmin(AUDIT)),
            ),
            (Button(label=tr.label("⏳ What waits too long"), tap=ShowStuck()),),
        )

    def _back(self) -> tuple[Button, ...]:
        return (Button(label=self.tr.label("Back"), tap=ShowAdmin(RUNNING)),)

    def _last(self) -> tuple[Button, ...]:
        money = Button(label=self.tr.label("The house's money"), tap=ShowMoney(0))
        return (money, desk_button(self.tr))


def admin_screen(house: House, page: int, tr: Translator, now_ms: int) -> Screen:
    """A page by its number; an unknown number shows the overview."""
    pages = _Pages(house, tr, now_ms)
    match page:
        case 1:
            title = tr("<b>Updates given up</b>")
            return pages.dead(title, house.dead_updates, may_retry=False)
        case 2:
            return pages.dead(tr("<b>Notices given up</b>"), house.dead_notices, may_retry=True)
        case 3:
            return pages.refunds()
        case 4:
            return pages.audit()
        case _:
            return pages.overview()


def retried_toast(tr: Translator) -> str:
    """A row that was given up goes out again."""
    return tr.label("It is tried again now.")


def thawed_toast(tr: Translator) -> str:
    """Money may leave again."""
    return tr.label("Money leaves again.")


def give_up_confirm(row_id: int, tr: Translator) -> Screen:
    """What it means for the payer."""
    text = tr(
        "<b>Give this refund up?</b>\nThe payer keeps the amount here as credit, which can be "
        "spent but not paid out, and is told so. Do this only when the payment cannot be sent "
        "back at all."
    )
    yes = Button(label=tr.label("Yes, give it up"), tap=GiveUpRefund(row_id, 1), style="danger")
    no = Button(label=tr.label("No"), tap=ShowAdmin(REFUNDS))
    return Screen(text=text, rows=((yes,), (no,)))


def given_up_toast(tr: Translator) -> str:
    """The payer has credit in its place."""
    return tr.label("Given up. The payer is being told.")


def _star_note(tr: Translator) -> Markup:
    return tr(
        "<i>A Star costs a buyer about {costs} US cents and brings you about {brings}.</i>",
        costs=tr.rating(round(STAR_COSTS_USD_CENTS * 10)),
        brings=tr.rating(round(STAR_BRINGS_USD_CENTS * 10)),
    )


def _finding(found: AuditFinding) -> Markup:
    return Markup("<b>{}</b> {}").format(found.rule, excerpt(found.detail, _DETAIL_MAX))


def _retry(row: DeadRow, tr: Translator) -> Button:
    return Button(label=tr.label("Try #{row} again", row=row.id), tap=RetryDead(row.id))


def _give_up(row: DeadRow, tr: Translator) -> Button:
    return Button(label=tr.label("Give #{row} up", row=row.id), tap=GiveUpRefund(row.id, 0))


def _paragraphs(parts: Sequence[Markup]) -> Markup:
    return Markup("\n\n").join(part for part in parts if part)
