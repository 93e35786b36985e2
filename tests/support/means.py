"""Houses as texts about money see them: in Stars only, with withdrawals, with taka, with USDT."""

from market.money import Currency
from market.payout_terms import Rate, Way
from market.rail_cards import OpenWays
from tests.support.samples import NOW_MS


def _rate(target: Currency, micro: int) -> Rate:
    return Rate(id=1, source=Currency.XTR, target=target, micro=micro, set_ms=NOW_MS, set_by=1)


BDT_RATE = _rate(Currency.BDT, 158_000_000)
STARS_ONLY = OpenWays()
STARS_OUT = OpenWays(ways_out=(Way.BKASH,), rates=(BDT_RATE,))
TAKA = OpenWays(
    categories=("lessons",),
    wallets=("bkash", "nagad", "bank"),
    ways_out=(Way.BKASH, Way.NAGAD, Way.BANK),
    rates=(BDT_RATE,),
)
ALL = OpenWays(
    categories=("design", "lessons"),
    wallets=("bkash",),
    takes_usdt=True,
    ways_out=(Way.BKASH, Way.CRYPTO_PAY),
    rates=(BDT_RATE, _rate(Currency.USDT, 11_000 * 10**6)),
)
HOUSES = {"stars": STARS_ONLY, "stars_out": STARS_OUT, "taka": TAKA, "all": ALL}
