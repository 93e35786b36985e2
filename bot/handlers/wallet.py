"""The wallet: /wallet, the account statement by months and currencies, and its files."""

from bot.i18n.formats import zone_info
from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.pictures.pdf import pdf
from bot.ui.screen import Paper
from bot.ui.taps import SendStatement, ShowStatement, ShowWallet
from bot.views import statement_csv as table
from bot.views import statement_paper as paper
from bot.views.statements import (
    PDF,
    coming_toast,
    currency_at,
    file_caption,
    file_name,
    statement_screen,
    too_long_toast,
)
from bot.views.wallet import empty_wallet, is_empty, wallet_screen
from market.rights import By
from market.statement import AccountStatement, Wanted
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "wallet", on_wallet, by=By.ANYBODY),
        tap(services, ShowWallet, on_show_wallet, by=By.ANYBODY),
        tap(services, ShowStatement, on_show_statement, by=By.ANYBODY),
        tap(services, SendStatement, on_send_statement, by=By.ANYBODY),
    ]


async def on_wallet(turn: Turn) -> None:
    await _show(turn, 0)


async def on_show_wallet(turn: Turn, tap: ShowWallet) -> None:
    await _show(turn, max(0, tap.page))


async def _show(turn: Turn, page: int) -> None:
    wallet = await turn.services.wallet.wallet(turn.person.id, page=page)
    if is_empty(wallet):
        ways = await turn.services.rails.open_ways()
        await turn.show(empty_wallet(ways, turn.tr, turn.policy))
    else:
        await turn.show(wallet_screen(wallet, turn.tr, turn.policy, now_ms=turn.now_ms))


async def on_show_statement(turn: Turn, tap: ShowStatement) -> None:
    """Before any money has moved the wallet says so."""
    of = await turn.services.wallet.statement(
        turn.person.id, _wanted(turn, tap), page=max(0, tap.page)
    )
    if of is None:
        await _show(turn, 0)
        return
    await turn.show(statement_screen(of, turn.tr, turn.now_ms))


async def on_send_statement(turn: Turn, tap: SendStatement) -> None:
    """The screen stays, the file comes below it."""
    most = paper.ROWS_MAX if tap.kind == PDF else table.ROWS_MAX
    of = await turn.services.wallet.whole_statement(turn.person.id, _wanted(turn, tap), most=most)
    if of is None:
        await _show(turn, 0)
    elif of.has_more:
        await turn.toast(too_long_toast(most, turn.tr))
    else:
        await turn.toast(coming_toast(turn.tr))
        await turn.send(await _file(turn, of, is_pdf=tap.kind == PDF))


def _wanted(turn: Turn, tap: ShowStatement | SendStatement) -> Wanted:
    return Wanted(currency_at(tap.currency), tap.month, zone_info(turn.tr.zone))


async def _file(turn: Turn, of: AccountStatement, *, is_pdf: bool) -> Paper:
    content = await _drawn(turn, of) if is_pdf else table.statement_csv(of, turn.tr)
    name = file_name(of, "pdf" if is_pdf else "csv")
    return Paper(name=name, content=content, caption=file_caption(of, turn.tr))


async def _drawn(turn: Turn, of: AccountStatement) -> bytes:
    assert turn.drawer is not None, "the house draws"
    contact = await turn.services.people.contact(turn.person.id)
    holder = paper.Holder(
        person_id=turn.person.id,
        name=contact.name,
        house_name=turn.bot_username,
        now_ms=turn.now_ms,
    )
    pages = paper.statement_pages(of, holder, turn.tr)
    leaves = await turn.drawer.statement(pages)
    return pdf(leaves, title=pages[0].title, language=turn.tr.language)
