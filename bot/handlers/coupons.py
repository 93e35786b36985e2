"""Coupons by taps: a seller's list, the house's, stopping one. Making one is a conversation."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import ShowCoupons, ShowHouseCoupons, StopCoupon
from bot.views.coupons import coupons_screen, house_screen, stop_confirm, stopped_toast
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowCoupons, on_show_coupons, by=By.ANYBODY),
        tap(services, ShowHouseCoupons, on_show_house_coupons, by=By.OPERATOR),
        tap(services, StopCoupon, on_stop_coupon, by=By.ISSUER),
    ]


async def on_show_coupons(turn: Turn, tap: ShowCoupons) -> None:
    uses = await turn.services.coupons.mine(turn.person.id)
    await turn.show(coupons_screen(uses, turn.tr, now_ms=turn.now_ms, gig_id=tap.gig_id))


async def on_show_house_coupons(turn: Turn, _tap: ShowHouseCoupons) -> None:
    of = await turn.services.coupons.of_house(turn.person.id)
    await turn.show(house_screen(of, turn.tr, now_ms=turn.now_ms))


async def on_stop_coupon(turn: Turn, tap: StopCoupon) -> None:
    of = turn.services.coupons
    if tap.sure != 1:
        await turn.show(stop_confirm(await of.own(turn.person.id, tap.coupon_id), turn.tr))
        return
    stopped = await of.stop(turn.command, tap.coupon_id)
    await turn.toast(stopped_toast(turn.tr))
    if stopped.is_of_house:
        await on_show_house_coupons(turn, ShowHouseCoupons())
    else:
        await on_show_coupons(turn, ShowCoupons(0))
