"""How money comes in, clears and becomes money in hand, as texts for everybody tell it.

All of it follows what the house takes and pays out by; nothing is told that it cannot do.
"""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.order_money import percent
from bot.views.payout_words import rate_words
from bot.views.wallets import wallet_name
from market.money import Money
from market.payout_terms import PayoutTerms, Way
from market.policy import Policy
from market.rail_cards import OpenWays


def means(ways: OpenWays, tr: Translator) -> str:
    """What buyers pay with; comes after "pay with"."""
    found = [tr.label("Telegram Stars")]
    if ways.wallets:
        names = ", ".join(_wallet(name, tr) for name in ways.wallets)
        found.append(tr.label("taka ({wallets})", wallets=names))
    if ways.takes_usdt:
        found.append("USDT (@CryptoBot)")
    return _either(found, tr)


def hand_words(ways: OpenWays, tr: Translator, policy: Policy) -> Markup | None:
    """What is special about money that is sent by hand, where some is."""
    if not ways.wallets:
        return None
    return tr(
        "You send taka yourself, within {pay}, and tell me the number of the payment; an operator "
        "looks for it, usually within {look}.",
        pay=tr.span(policy.windows.pay_by_hand_ms),
        look=tr.span(policy.windows.claim_review_ms),
    )


def buyers_fee(tr: Translator, policy: Policy) -> Markup:
    """What buyers pay on top of the price."""
    if not (policy.buyer_fee_bp or policy.buyer_fee_least_minor):
        return tr("Buyers pay no fee.")
    return tr(
        "Buyers pay a service fee of {fee}% on top; it is shown before you pay.",
        fee=percent(policy.buyer_fee_bp, tr),
    )


def clearing_words(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    """When earnings become available, in a sentence or three."""
    windows = policy.windows
    words = tr(
        "Earnings become available {clearing} after acceptance, and no sooner than {hold} after a "
        "payment in Stars.",
        clearing=tr.span(windows.clearing_ms),
        hold=tr.span(windows.charge_hold_ms),
    )
    more = [] if ways.takes_stars_only else [_firm(tr, policy)]
    if _has_new(policy):
        more.append(tr("New sellers wait longer."))
    return Markup(" ").join([words, *more])


def clearing_lines(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    """When earnings become available, by how they were paid, and why."""
    windows = policy.windows
    lines = [
        tr(
            "Paid in Stars: {clearing} after acceptance, and no sooner than {hold} after the "
            "payment; until then Telegram can take Stars back.",
            clearing=tr.span(windows.clearing_ms),
            hold=tr.span(windows.charge_hold_ms),
        )
    ]
    lines += [] if ways.takes_stars_only else [_firm(tr, policy)]
    if _has_new(policy):
        lines.append(
            tr(
                "As long as a seller has fewer than {first} cleared orders, the time after "
                "acceptance is {factor} times as long.",
                first=policy.new_seller_orders,
                factor=policy.new_seller_factor,
            )
        )
    return _listed(lines)


def _firm(tr: Translator, policy: Policy) -> Markup:
    """What nobody takes back later clears sooner."""
    firm = tr.span(policy.windows.firm_clearing_ms)
    return tr("Not paid in Stars: {firm} after acceptance.", firm=firm)


def _has_new(policy: Policy) -> bool:
    return policy.new_seller_orders > 0 and policy.new_seller_factor > 1


def payout_lines(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    """How earnings become money in hand: where to, from how much on, what it costs, when."""
    if not ways.ways_out:
        return closed_words(tr)
    windows, terms = policy.windows, [one for one in policy.payouts if _targets(ways, one, tr)]
    waits = tr(
        "Your first withdrawal waits {first}, and after you change your account all of them wait "
        "{freeze}: should somebody else get in, there is time to stop it.",
        first=tr.span(windows.payout_first_ms),
        freeze=tr.span(windows.payout_freeze_ms),
    )
    lines = _listed([*(_terms(ways, one, tr) for one in terms), *_rates(ways, tr), waits])
    return Markup("{}\n{}").format(tr("You withdraw them in the Wallet:"), lines)


def closed_words(tr: Translator) -> Markup:
    """Nothing brings earnings to anybody's hand just now."""
    return tr(
        "Withdrawals are not open at the moment: an owner of the house has to set a rate for "
        "Stars first. What you have earned stays yours; you can order with it here meanwhile."
    )


def targets(ways: OpenWays, tr: Translator) -> str:
    """Where earnings can go: bKash, Nagad or your bank account."""
    return _either([_target(way, tr) for way in ways.ways_out], tr)


def _targets(ways: OpenWays, terms: PayoutTerms, tr: Translator) -> list[str]:
    """Those that bring this currency."""
    return [_target(way, tr) for way in ways.ways_out if way.currency is terms.currency]


def _target(way: Way, tr: Translator) -> str:
    names = {Way.BANK: tr.label("your bank account"), Way.CRYPTO_PAY: "@CryptoBot (USDT)"}
    return names.get(way) or wallet_name(way.value, tr)


def _terms(ways: OpenWays, terms: PayoutTerms, tr: Translator) -> Markup:
    least, fees = tr.money(Money(terms.least_minor, terms.currency)), []
    if terms.fee_flat_minor:
        fees.append(tr.money(Money(terms.fee_flat_minor, terms.currency)))
    if terms.fee_bp:
        fees.append(tr.label("{percent}%", percent=percent(terms.fee_bp, tr)))
    words = tr(
        "To {targets}: from {least} on, fee {fee}.",
        targets=_either(_targets(ways, terms, tr), tr),
        least=least,
        fee=" + ".join(fees) or tr.label("none"),
    )
    return Markup("{} {}").format(words, _when(terms, tr))


def _when(terms: PayoutTerms, tr: Translator) -> Markup:
    if terms.currency is Way.CRYPTO_PAY.currency:
        return tr("It goes by itself, within minutes.")
    return tr("An operator sends it by hand, as a rule within a day.")


def _rates(ways: OpenWays, tr: Translator) -> list[Markup]:
    """What a Star brings today; a request keeps its rate."""
    brought = {way.currency for way in ways.ways_out}
    shown = [
        rate_words(rate.micro, rate.source, rate.target, tr)
        for rate in ways.rates
        if rate.target in brought
    ]
    if not shown:
        return []
    return [tr("Today's rate: {rates}. A request keeps its rate.", rates=", ".join(shown))]


def back_words(ways: OpenWays, tr: Translator) -> Markup:
    """How a payment goes back, by how it came."""
    parts = [tr("Stars go back to the Telegram account that paid, usually within minutes.")]
    if ways.wallets:
        parts.append(
            tr("An operator sends taka back to the number that they came from, within a day.")
        )
    if ways.takes_usdt:
        parts.append(tr("USDT go back to your wallet in @CryptoBot."))
    return Markup(" ").join(parts)


def _wallet(name: str, tr: Translator) -> str:
    return tr.label("bank transfer") if name == "bank" else wallet_name(name, tr)


def _either(parts: list[str], tr: Translator) -> str:
    if len(parts) == 1:
        return parts[0]
    return tr.label("{some} or {last}", some=", ".join(parts[:-1]), last=parts[-1])


def _listed(lines: list[Markup]) -> Markup:
    return Markup("\n").join(Markup("• {}").format(line) for line in lines)
