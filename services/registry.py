"""All services in one value, and how they are wired to storage, clock and ids."""

from dataclasses import dataclass

from market.policy import Policy
from services.absences import AbsenceService
from services.desk import OperatorService
from services.digests import DigestService
from services.disputes import DisputeService
from services.gigs import GigService
from services.house import HouseService
from services.intake import Intake
from services.orders import OrderService
from services.payments import PaymentService
from services.people import PeopleService
from services.places import PlaceService
from services.ports import Clock, Ids, Storage
from services.post import Post
from services.reporting import ReportService
from services.reviews import ReviewService
from services.rooms import RoomService
from services.stirring import Stirring
from services.support import SupportService
from services.upkeep import Upkeep
from services.wallet import WalletService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What handlers, conversations, sweeps and the inbox work with."""

    policy: Policy
    people: PeopleService
    gigs: GigService
    orders: OrderService
    disputes: DisputeService
    rooms: RoomService
    absences: AbsenceService
    digests: DigestService
    reports: ReportService
    desk: OperatorService
    payments: PaymentService
    reviews: ReviewService
    wallet: WalletService
    support: SupportService
    places: PlaceService
    house: HouseService
    intake: Intake
    post: Post
    upkeep: Upkeep


def wire(storage: Storage, clock: Clock, ids: Ids, policy: Policy) -> Services:
    """The house's services over one storage; commits of theirs stir the post."""
    post = Post(storage, clock, policy)
    stirring = Stirring(storage, post.stir)
    return Services(
        policy=policy,
        people=PeopleService(stirring, clock, policy),
        gigs=GigService(stirring, clock, policy),
        orders=OrderService(stirring, clock, policy, ids),
        disputes=DisputeService(stirring, clock, policy),
        rooms=RoomService(stirring, clock, policy),
        absences=AbsenceService(stirring, clock, policy),
        digests=DigestService(stirring, clock),
        reports=ReportService(stirring, clock, policy),
        desk=OperatorService(stirring, clock, policy),
        payments=PaymentService(stirring, clock, policy),
        reviews=ReviewService(stirring, clock, policy),
        wallet=WalletService(storage),
        support=SupportService(stirring, clock, policy),
        places=PlaceService(stirring, clock, policy),
        house=HouseService(stirring, clock, policy),
        intake=Intake(storage, clock, policy),
        post=post,
        upkeep=Upkeep(stirring, clock, policy),
    )
