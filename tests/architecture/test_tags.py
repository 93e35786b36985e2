"""Callback tags: each belongs to one button for ever."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from bot.ui import taps
from bot.ui.callbacks import DATA_BYTES_MAX, TAPS, decode, encode

assert taps.__all__, "importing the package registers the classes"

USED = dict(
    line.split()
    for line in """
    h GoHome
    hl GoHelp
    x LeaveFlow
    fr ResumeFlow
    fd DropDraft
    lg ChooseLanguage
    lf ChooseLanguageFor
    ls ShowLanguages
    ta AcceptTerms
    tr ReadTerms
    pr ReadPrivacy
    pf ForgetMe
    se ShowSettings
    zs ShowZones
    sz ChooseZone
    gs StartSelling
    gc PickCategory
    gn PickNumber
    gk SkipStep
    gw KeepAnswer
    gb StepBack
    ge EditStep
    gp PublishGig
    gm ShowMyGigs
    gx PauseGig
    gr ResumeGig
    gv ReviseGig
    b ShowShelves
    bp ShowShelf
    gg ShowGig
    oq AskOrder
    op PlaceOrder
    oo ShowOrder
    ob ShowBoard
    oi ShowInvoice
    or AnswerRequirements
    od StartDelivery
    fi FinishFiles
    fc ClearFiles
    oa AcceptDelivery
    ov AskChanges
    ou ResumeWork
    oc CancelOrder
    ox ExplainCancel
    ot AgreeAndOrder
    of ShowFiles
    rs StartReview
    w ShowWallet
    ws ShowStatement
    wd SendStatement
    wa StartWord
    wb AgreeWord
    st StartSupport
    sa AnswerThread
    sv ShowThread
    sc CloseThread
    a ShowAdmin
    ar RetryDead
    at Thaw
    ck ConnectAll
    cc ConnectHere
    cd ConnectChannel
    cu Disconnect
    n Nothing
    oh ShowDeliveries
    oe ShowWaysOut
    oy ProposeEnd
    on PickShare
    om AskMoreTime
    ok PickDays
    ol LookLonger
    og AgreeRequest
    ow GiveTime
    oj RefuseRequest
    oz TakeBackRequest
    os PickReason
    do OpenDispute
    ds ShowDispute
    dt SpeakUp
    df ShowEvidence
    da StartAppeal
    dg GiveIn
    dr AskReopen
    mr ShowRoom
    mw ReplyInRoom
    mf ShowRoomFile
    ml LeaveRoom
    ma SendAnyway
    mc ChangeWords
    mq ShowQuick
    ms SendQuick
    md DropQuick
    lb FilterBoard
    lw ShowWeek
    ld ShowDigestHours
    lh ChooseDigestHour
    lv ShowAway
    la StartAway
    lp PickDay
    ln ShowDays
    lk KeepAway
    le EndAway
    rm GiveMark
    ry AnswerReview
    rw ShowReviews
    rr StartReport
    ab ShowQueue
    ac ShowCase
    ah ShowTimeline
    ax DecideCase
    ay ConfirmVerdict
    aw SecondVerdict
    ap ShowPerson
    as ChangeStanding
    ae AppealStanding
    ao ShowReport
    af SettleFine
    an SettleReport
    ag ShowJudgedGig
    aj JudgeGig
    ai ReopenOrder
    ak EnterChargeback
    al ShowLog
    ka ShowByHand
    kb StartClaim
    kc ShowClaim
    kd StartSeeing
    ke ConfirmSeen
    kf WriteByHand
    kg ShowHandRefund
    kh SendBack
    ki ShowRails
    kj EditWallet
    kk SwitchWallet
    kl ShowFulfilment
    km DecideFulfilment
    kn AcceptPolicy
    ko SaveWallet
    kp PickCurrency
    kq ProposeRefund
    kr ConfirmRefund
    qa ShowWithdrawals
    qb ShowWithdrawal
    qc StartWithdrawal
    qd PickWay
    qe ChangeAccount
    qf TakeAll
    qg ConfirmWithdrawal
    qh CancelWithdrawal
    qi StopPayouts
    qj ShowPayout
    qk ApprovePayout
    ql TakePayout
    qm PutPayoutBack
    qn StartPaid
    qo StartUnpaid
    qp NoCharge
    qq ShowReceipt
    qr ShowGuard
    qs LetPayoutsGo
    qt ShowRates
    qu StartRate
    qv SetRate
    qw ShowPin
    qx StartPin
    qy ForgetPin
    qz RememberPin
    tu ShowTrust
    hs ShowStops
    hf FreezeMoney
    hv LeaveSafeMode
    hm ShowMoney
    ha StartMoney
    hr PickPurse
    hy ConfirmMoney
    hc CorrectLine
    hb ReturnUnknown
    hw WriteOff
    hg GiveUpRefund
    hk ShowStuck
    hd ShowDraw
    hx ConfirmDraw
    hz DropDraw
    ia PayWith
    ib PlacePaying
    ic TypeCode
    id StartTip
    ie PickTip
    if ShowCoupons
    ig StartCoupon
    ih StartHouseCoupon
    ii PickWorth
    ij PickSpan
    ik StopCoupon
    il ShowHouseCoupons
    """.strip().splitlines()
)


def test_tags_are_never_reused() -> None:
    """A tag keeps its class; a new tag is added to the list above, none is taken away."""
    assert {tag: tap.__name__ for tag, tap in TAPS.items()} == USED


def test_data_fits_in_a_button() -> None:
    """With the largest numbers every callback stays under 64 bytes and comes back whole."""
    for tap_class in TAPS.values():
        tap = tap_class(*[2**52] * len(fields(tap_class)))
        assert len(encode(tap).encode()) <= DATA_BYTES_MAX
        assert tap == decode(encode(tap))


@given(st.text(max_size=64))
def test_forged_data_decodes_to_nothing_or_a_tap(data: str) -> None:
    """Whatever a stranger sends, decoding never fails."""
    tap = decode(data)
    assert tap is None or type(tap) in TAPS.values()
