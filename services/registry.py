"""All services in one value, and how they are wired to storage, clock and ids."""

from dataclasses import dataclass

from market.policy import Policy
from services.absences import AbsenceService
from services.access import AccessService
from services.bills import BillService
from services.claim_desk import ClaimDesk
from services.claims import ClaimService
from services.coupons import CouponService
from services.desk import OperatorService
from services.digests import DigestService
from services.disputes import DisputeService
from services.gigs import GigService
from services.hand_refunds import HandRefundService
from services.house import HouseService
from services.intake import Intake
from services.orders import OrderService
from services.payments import PaymentService
from services.payouts import PayoutService
from services.people import PeopleService
from services.pins import PinService
from services.places import PlaceService
from services.ports import Clock, Ids, Storage
from services.post import Post
from services.privacy import PrivacyService
from services.rails import RailService
from services.rates import RateService
from services.reconciling import Reconciler
from services.reporting import ReportService
from services.reviews import ReviewService
from services.rooms import RoomService
from services.sending_out import SendingOut
from services.stirring import Stirring
from services.stuck import StuckList
from services.support import SupportService
from services.tips import TipService
from services.treasury import TreasuryService
from services.trust import TrustService
from services.upkeep import Upkeep
from services.wallet import WalletService
from services.withdrawals import WithdrawalService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What handlers, conversations, sweeps and the inbox work with."""

    policy: Policy
    access: AccessService
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
    bills: BillService
    coupons: CouponService
    tips: TipService
    rails: RailService
    claims: ClaimService
    claim_desk: ClaimDesk
    hand_refunds: HandRefundService
    reviews: ReviewService
    wallet: WalletService
    withdrawals: WithdrawalService
    pins: PinService
    payouts: PayoutService
    rates: RateService
    sending_out: SendingOut
    support: SupportService
    places: PlaceService
    privacy: PrivacyService
    house: HouseService
    intake: Intake
    post: Post
    upkeep: Upkeep
    reconciler: Reconciler
    stuck: StuckList
    treasury: TreasuryService
    trust: TrustService


def wire(storage: Storage, clock: Clock, ids: Ids, policy: Policy) -> Services:
    """The house's services over one storage; commits of theirs stir the post."""
    stirring = Stirring(storage, (post := Post(storage, clock, policy)).stir)
    return Services(
        policy=policy,
        access=AccessService(storage, policy),
        people=PeopleService(stirring, clock, policy),
        gigs=GigService(stirring, clock, policy),
        orders=OrderService(stirring, clock, policy, ids),
        disputes=DisputeService(stirring, clock, policy),
        rooms=RoomService(stirring, clock, policy),
        absences=AbsenceService(stirring, clock, policy),
        digests=DigestService(stirring, clock),
        reports=ReportService(stirring, clock, policy),
        desk=OperatorService(stirring, clock, policy),
        payments=(payments := PaymentService(stirring, clock, policy)),
        coupons=CouponService(stirring, clock, policy),
        tips=TipService(stirring, clock, policy, ids),
        bills=BillService(stirring, clock, policy, payments),
        rails=RailService(stirring, clock, policy),
        claims=ClaimService(stirring, clock, policy),
        claim_desk=ClaimDesk(stirring, clock, policy, payments),
        hand_refunds=HandRefundService(stirring, clock, policy),
        reviews=ReviewService(stirring, clock, policy),
        wallet=WalletService(storage),
        withdrawals=WithdrawalService(stirring, clock, policy, ids),
        pins=PinService(stirring, clock, policy, ids),
        payouts=PayoutService(stirring, clock, policy),
        rates=RateService(stirring, clock, policy),
        sending_out=SendingOut(stirring, clock, policy),
        support=SupportService(stirring, clock, policy),
        places=PlaceService(stirring, clock, policy),
        privacy=PrivacyService(stirring, clock, policy),
        house=HouseService(stirring, clock, policy),
        intake=Intake(storage, clock, policy),
        post=post,
        upkeep=Upkeep(stirring, clock, policy),
        reconciler=Reconciler(stirring, clock, policy, payments),
        stuck=StuckList(stirring, clock, policy),
        treasury=TreasuryService(stirring, clock, policy),
        trust=TrustService(storage, clock),
    )
