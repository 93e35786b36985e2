"""What owners set up, and what follows for gigs and orders."""

from dataclasses import replace

import pytest

from market import errors
from market.gig import Fulfilment
from market.money import Currency, Money
from market.rails import POLICY_VERSION
from services.rails import NewWallet
from storage import OpenStorage
from tests.support.by_hand import BKASH, REASON, TAKA, taka_gig, take_taka
from tests.support.town import POLICY, Town


async def test_everything_is_digital_at_first(town: Town) -> None:
    """Stars only, whatever the category."""
    assert await town.services.rails.currencies("lessons") == (Currency.XTR,)
    with pytest.raises(errors.CurrencyClosed):
        await taka_gig(town)


async def test_an_owner_opens_a_category(town: Town) -> None:
    """The reason, the wording and the owner are kept, and written into the log."""
    await take_taka(town)
    setup = await town.services.rails.setup(town.operator.id)
    decided = dict(setup.categories)["lessons"]
    assert decided is not None
    assert (Fulfilment.NON_DIGITAL, REASON, POLICY_VERSION, town.operator.id) == (
        decided.fulfilment,
        decided.reason,
        decided.text_version,
        decided.operator_id,
    )
    assert await town.services.rails.currencies("lessons") == (Currency.XTR, Currency.BDT)
    assert await town.services.rails.currencies("design") == (Currency.XTR,)
    acts = [act.act for act in await town.services.desk.acts(town.operator.id)]
    assert acts[:2] == ["category", "wallet"]


async def test_back_to_digital(town: Town) -> None:
    """The newest decision counts: gigs in taka take no orders, orders that wait go on."""
    await take_taka(town)
    gig = await taka_gig(town)
    order = await town.placed(gig)
    command = town.command(town.operator)
    for _ in range(2):
        await town.services.rails.decide(
            command, "lessons", Fulfilment.DIGITAL, reason=REASON, version=POLICY_VERSION
        )
    with pytest.raises(errors.CurrencyClosed):
        await town.placed(gig)
    assert (await town.services.claims.by_hand(town.buyer.id, order.id)).due == TAKA


async def test_crypto_pay_adds_usdt(storage: OpenStorage) -> None:
    """Once it is set up, for work that is not digital."""
    town = Town(storage, replace(POLICY, takes_usdt=True))
    await town.settle_in()
    await take_taka(town)
    assert await town.services.rails.currencies("lessons") == (
        Currency.XTR,
        Currency.BDT,
        Currency.USDT,
    )
    assert await town.services.rails.currencies("design") == (Currency.XTR,)


async def test_only_owners_decide(town: Town) -> None:
    """Another operator does not; nor do unread wordings, missing reasons, unknown names."""
    second, rails = await town.second(), town.services.rails
    kind = Fulfilment.NON_DIGITAL
    assert not (await rails.setup(second.id)).is_owner
    with pytest.raises(errors.NotAnOperator):
        await rails.setup(town.buyer.id)
    with pytest.raises(errors.NotAnOwner):
        await rails.save_wallet(town.command(second), BKASH)
    with pytest.raises(errors.NotAnOwner):
        await rails.decide(
            town.command(second), "lessons", kind, reason=REASON, version=POLICY_VERSION
        )
    command = town.command(town.operator)
    with pytest.raises(errors.PolicyUnread):
        await rails.decide(command, "lessons", kind, reason=REASON, version=POLICY_VERSION - 1)
    with pytest.raises(errors.TextTooShort):
        await rails.decide(command, "lessons", kind, reason="no", version=POLICY_VERSION)
    with pytest.raises(errors.NotFound):
        await rails.decide(command, "travel", kind, reason=REASON, version=POLICY_VERSION)


async def test_wallets_are_entered_and_switched(town: Town) -> None:
    """A change keeps a closed wallet closed; a repeated command is one act."""
    rails, owner = town.services.rails, town.operator
    with pytest.raises(errors.NoWallet):
        await rails.open_wallet(town.command(owner), "bkash", is_open=True)
    with pytest.raises(errors.NotFound):
        await rails.save_wallet(town.command(owner), replace(BKASH, name="cash"))
    await rails.save_wallet(town.command(owner), BKASH)
    await rails.open_wallet(town.command(owner), "bkash", is_open=False)
    command = town.command(owner)
    for _ in range(2):
        await rails.save_wallet(command, replace(BKASH, number="01711-000002"))
    wallet = (await rails.setup(owner.id)).wallet("bkash")
    assert wallet is not None
    assert (wallet.number, wallet.is_open, wallet.rail) == ("01711-000002", False, "manual:bkash")
    assert (await rails.setup(owner.id)).wallet("nagad") is None
    with pytest.raises(errors.TextTooShort):
        await rails.save_wallet(
            town.command(owner),
            NewWallet(name="bank", number=" ", holder="Olivia", instructions=""),
        )


async def test_each_currency_has_its_limits(town: Town) -> None:
    """A price in taka is judged as taka."""
    await take_taka(town)
    low, high = POLICY.price_limits(Currency.BDT)
    for minor in (low - 1, high + 1):
        with pytest.raises(errors.AmountOutOfRange) as refused:
            await taka_gig(town, price=Money(minor, Currency.BDT))
        assert refused.value.currency == Currency.BDT
    assert (await taka_gig(town, price=Money(low, Currency.BDT))).price.minor == low
