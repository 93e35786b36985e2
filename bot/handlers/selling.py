"""A seller's own gigs: the list, and the switch that pauses one.

The gig conversation is `bot.conversations.sell`.
"""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import PauseGig, PublishGig, ResumeGig, ShowMyGigs
from bot.views.own_gigs import late_publish_toast, my_gigs_screen, paused_toast, resumed_toast
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "mygigs", on_my_gigs, by=By.ANYBODY),
        tap(services, ShowMyGigs, on_show_my_gigs, by=By.ANYBODY),
        tap(services, PauseGig, on_pause_gig, by=By.SELLER),
        tap(services, ResumeGig, on_resume_gig, by=By.SELLER),
        tap(services, PublishGig, on_late_publish, by=By.ANYBODY),
    ]


async def on_my_gigs(turn: Turn) -> None:
    await turn.show(my_gigs_screen(await turn.services.gigs.mine(turn.person.id), turn.tr))


async def on_show_my_gigs(turn: Turn, _tap: ShowMyGigs) -> None:
    await on_my_gigs(turn)


async def on_pause_gig(turn: Turn, tap: PauseGig) -> None:
    await turn.services.gigs.pause(turn.command, tap.gig_id)
    await turn.toast(paused_toast(turn.tr))
    await on_my_gigs(turn)


async def on_resume_gig(turn: Turn, tap: ResumeGig) -> None:
    await turn.services.gigs.resume(turn.command, tap.gig_id)
    await turn.toast(resumed_toast(turn.tr))
    await on_my_gigs(turn)


async def on_late_publish(turn: Turn, _tap: PublishGig) -> None:
    """The second tap of a double tap, or a preview that was left: nothing is published."""
    await turn.toast(late_publish_toast(turn.tr))
