"""How a dispute stands, in words: who is heard until when, what was decided, what follows."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.order_state import until
from bot.views.seen import Seen, party_name
from bot.views.shares import shares_words
from market.dispute import Dispute
from market.states import Role


def dispute_of(seen: Seen) -> Dispute:
    """The order's last dispute."""
    assert seen.order.dispute is not None, "there is or was a dispute"
    return seen.order.dispute


def dispute_next(seen: Seen, tr: Translator) -> Markup:
    """What happens next, by when, and what silence does."""
    dispute = dispute_of(seen)
    if dispute.has_verdict:
        return verdict_words(seen, tr)
    lines = [_appealed(seen, tr)] if dispute.appealed_by else _hearing(seen, tr)
    lines.append(_held(seen, tr))
    return Markup("\n").join(lines)


def verdict_words(seen: Seen, tr: Translator) -> Markup:
    """The verdict in exact amounts, when it takes effect, and until when one may appeal."""
    minor = dispute_of(seen).verdict_minor or 0
    moment = until(seen.order.clock_at_ms, seen.now_ms, tr)
    effect = tr(
        "It takes effect {until}. Until then either of you can appeal, once; another operator then "
        "has the last word.",
        until=moment,
    )
    head = tr("An operator has decided:")
    return Markup("\n").join([head, shares_words(seen, minor, tr), effect])


def _hearing(seen: Seen, tr: Translator) -> list[Markup]:
    dispute = dispute_of(seen)
    decides = tr(
        "An operator decides by {until}.", until=until(dispute.decide_by_ms, seen.now_ms, tr)
    )
    if dispute.both_said:
        return [tr("Both sides have been heard."), decides, _more(seen, tr)]
    if seen.now_ms >= dispute.evidence_by_ms:
        return [tr("The time to be heard is over."), decides, _more(seen, tr)]
    waits = until(dispute.evidence_by_ms, seen.now_ms, tr)
    if seen.viewer in dispute.unheard:
        return [
            tr(
                "Please say your side by {until}, with files if they help; after that it is "
                "decided with what is there.",
                until=waits,
            ),
            decides,
        ]
    silent = next(iter(dispute.unheard))
    return [
        tr("{name} can answer until {until}.", name=party_name(seen, silent), until=waits),
        decides,
        _more(seen, tr),
    ]


def _more(seen: Seen, tr: Translator) -> Markup:
    if seen.viewer is Role.OPERATOR:
        return tr("Until the decision both sides can add more.")
    return tr("Until the decision both of you can add more.")


def _appealed(seen: Seen, tr: Translator) -> Markup:
    dispute = dispute_of(seen)
    assert dispute.appealed_by is not None, "somebody has appealed"
    moment = until(dispute.decide_by_ms, seen.now_ms, tr)
    if dispute.appealed_by is seen.viewer:
        return tr(
            "You have appealed. Another operator looks at everything and has the last word, by "
            "{until}.",
            until=moment,
        )
    return tr(
        "{name} has appealed. Another operator looks at everything and has the last word, by "
        "{until}.",
        name=party_name(seen, dispute.appealed_by),
        until=moment,
    )


def _held(seen: Seen, tr: Translator) -> Markup:
    """The money stays where it is; if nobody ever decides, it goes back."""
    facts = {
        "price": tr.money(seen.order.terms.price),
        "when": tr.when(seen.order.clock_at_ms or seen.now_ms, seen.now_ms),
    }
    if seen.viewer is Role.BUYER:
        return tr(
            "{price} stays held. Should nobody have decided by {when}, it goes back to you.",
            **facts,
        )
    return tr(
        "{price} stays held. Should nobody have decided by {when}, it goes back to {buyer}.",
        buyer=party_name(seen, Role.BUYER),
        **facts,
    )
