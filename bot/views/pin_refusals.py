"""Words for refusals about PINs; `problems` has all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from market import errors
from market.errors import MarketError

_SURELY_PAST_MS = 0


def _unfit(error: errors.PinUnfit, tr: Translator) -> Markup:
    return tr("A PIN has {least} to {most} digits.", least=error.least, most=error.most)


def _easy(_error: errors.PinEasy, tr: Translator) -> Markup:
    return tr("Anybody would try that one first. Please choose another.")


def _needed(_error: errors.PinNeeded, tr: Translator) -> Markup:
    return tr("Your PIN is needed for that.")


def _wrong(error: errors.PinWrong, tr: Translator) -> Markup:
    return tr.n(
        "That is not your PIN. {n} try is left; then it is locked.",
        "That is not your PIN. {n} tries are left; then it is locked.",
        error.left,
    )


def _locked(error: errors.PinLocked, tr: Translator) -> Markup:
    return tr(
        "Too many wrong tries: your PIN is locked until {when}.",
        when=tr.when(error.until_ms, _SURELY_PAST_MS),
    )


PIN_REFUSALS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    errors.PinUnfit: _unfit,
    errors.PinEasy: _easy,
    errors.PinNeeded: _needed,
    errors.PinWrong: _wrong,
    errors.PinLocked: _locked,
}
