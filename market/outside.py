"""Finding contact data and invitations to leave in what people write to each other.

It warns, it does not judge: prices, sizes, dates, versions and file names must pass. Nothing here
knows what becomes of a finding.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from market.digit_words import WORD, digits_of, times
from market.outside_phrases import PHRASES

TEXT_MAX = 4096
SPELLED_LEAST = 7


class Trace(StrEnum):
    """What was found."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    LINK = "link"
    WALLET = "wallet"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Finding:
    """One find and the words that gave it away, without invisible signs."""

    kind: Trace
    text: str


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: Trace
    start: int
    end: int


_TLD = (
    r"(?:com|net|org|info|xyz|shop|store|online|site|link|gg|ly|co|io|me|dev|app|uk|in|bd|biz|pro"
    r"|edu|gov|tv|cc|us)"
)
_AT = r"(?:@|\bat the rate\b|\bat\b|অ্যাট দ্য রেট|অ্যাট|এ্যাট|এট)"
_DOT = r"(?:\.|\bdot\b|\bpoint\b|ডট)"
_NET = r"(?:asp|vb|ml|ado|paint|socket|draw)"
_NOT_CSS = (
    r"(?!(?:media|import|keyframes|charset|supports|page|font|property|param|return|returns|throws"
    r"|override|staticmethod|classmethod|dataclass|layer|apply|include|mixin|extend|tailwind|todo)"
    r"(?![a-z0-9_]))"
)
_APP = (
    r"(?:telegram|tg|whats ?app|imo|viber|insta(?:gram)?|facebook|fb|messenger|skype|discord|signal"
    r"|snapchat|টেলিগ্রাম|ফেসবুক|ইমো|স্কাইপ|হোয়াটসঅ্যাপ)"
)
_NAMED = r"(?:id|user ?name|handle|আইডি|ইউজারনেম)"
_OWN = r"[a-z](?=[a-z0-9.]*[_0-9.][a-z0-9_])[a-z0-9_.]{3,31}"
_REACHED = (
    r"(?:call|phone|mobile|cell|whats ?app|imo|viber|contact|b[iy]?kash|nagad|rocket|ফোন|মোবাইল"
    r"|হোয়াটসঅ্যাপ|বিকাশ|নগদ|রকেট|কল|যোগাযোগ)"
)
_GAP = r"[\s.\-()/_*,]{0,3}"

_CASED = (
    (Trace.WALLET, r"(?<![\w-])(?:EQ|UQ|kQ|0Q)[\w-]{46}(?![\w-])"),
    (Trace.WALLET, r"(?<!\w)(?:-1|0):[0-9a-fA-F]{64}(?!\w)"),
    (Trace.WALLET, r"(?<!\w)T[1-9A-HJ-NP-Za-km-z]{33}(?!\w)"),
    (Trace.WALLET, r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)"),
    (Trace.WALLET, r"(?<!\w)(?:bc1|BC1)[a-zA-Z0-9]{25,71}(?!\w)"),
    (
        Trace.WALLET,
        r"(?<!\w)(?=\w*[a-km-z])(?=\w*[A-HJ-NP-Z])[13][1-9A-HJ-NP-Za-km-z]{25,34}(?!\w)",
    ),
)
_FOLDED = (
    (
        Trace.EMAIL,
        (
            r"(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@(?!\dx\.)[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{2,63}){1,4}"
            r"(?<!\.png)(?<!\.jpg)(?<!\.jpeg)(?<!\.svg)(?<!\.webp)(?<!\.gif)(?<!\.pdf)"
        ),
    ),
    (
        Trace.EMAIL,
        (
            rf"(?<![^\s@()\[\]])[^\s@()\[\]]{{2,64}}\s?[\[({{<]?\s?{_AT}\s?[\])}}>]?\s?[^\s.@]{{2,40}}"
            rf"\s?[\[({{<]?\s?{_DOT}\s?[\])}}>]?\s?(?:com|net|org|bd|me|in|io|info|কম|নেট)\b"
        ),
    ),
    (
        Trace.EMAIL,
        (
            rf"(?<![^\s@()\[\]])[^\s@()\[\]]{{2,64}}\s?[\[({{<]?\s?{_AT}\s?[\])}}>]?\s?"
            r"(?:g-?mail|yahoo|hotmail|outlook|proton ?mail|জিমেইল|ইয়াহু)"
        ),
    ),
    (Trace.LINK, r"\b(?:https?|tg|ton|ftp)://\S{2,200}|\bwww\.[^\s.]{1,63}\.\S{2,200}"),
    (
        Trace.LINK,
        (
            r"(?<![\w'’])(?:t|wa|m|telegram|fb)\s?(?:\.|\bdot\b|ডট)\s?me"
            r"(?:\s?(?:/|\bslash\b|স্ল্যাশ)\s?\S{1,100}|(?![\w ]))"
        ),
    ),
    (
        Trace.LINK,
        (
            rf"(?<![\w.@-])(?!{_NET}\.)(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}{_TLD}(?![\w-]|\.\w)"
            r"(?:[/?#]\S{0,200})?"
        ),
    ),
    (Trace.LINK, r"(?<![^\s.])[^\s.]{2,40} (?:dot|ডট) (?:com|net|org|কম|নেট)(?!\w)"),
    (Trace.HANDLE, rf"(?<![a-z0-9_@/.])@{_NOT_CSS}[a-z][a-z0-9_]{{3,31}}(?![\w/])"),
    (
        Trace.HANDLE,
        rf"{_APP} ?{_NAMED} ?(?:is|:|=|-|হলো|holo)? ?@?(?!card|proof)[a-z][\w.]{{3,31}}",
    ),
    (Trace.HANDLE, rf"\b{_APP} ?(?:is|:|=|-|@) ?{_OWN}"),
    (
        Trace.PHONE,
        rf"(?<![\d])(?:\+?8{_GAP}8{_GAP})?[0o]{_GAP}1{_GAP}[3-9](?:{_GAP}\d){{8,9}}(?!\d)",
    ),
    (Trace.PHONE, r"(?<![\w+])(?:\+|00)[1-9](?:[\s.\-()]{0,3}\d){8,14}(?!\d)"),
    (Trace.PHONE, r"(?<![\w.-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?![\w-])"),
    (Trace.PHONE, rf"{_REACHED}[^\d\n]{{0,25}}\d(?:[\s.\-()]{{0,3}}\d){{8,14}}(?!\d)"),
    (Trace.OUTSIDE, PHRASES.pattern),
)
_DATE = re.compile(
    r"(?<![\d./-])(?:[0-3]?\d[./-][0-3]?\d[./-](?:19|20)\d\d|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d)"
    r"(?![\d]|[./-]\d)"
)


def _compiled(rules: tuple[tuple[Trace, str], ...]) -> tuple[tuple[Trace, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(unicodedata.normalize("NFKC", pattern))) for kind, pattern in rules
    )


_CASED_RULES, _FOLDED_RULES = _compiled(_CASED), _compiled(_FOLDED)
_TOKEN = re.compile(rf"[0-9]+|{WORD}")


def found(text: str) -> tuple[Finding, ...]:
    """What in this text is contact data or an invitation to leave, in order, none twice."""
    clean = _clean(text)
    kept: list[_Hit] = []
    for hit in sorted(_hits(clean), key=lambda hit: (hit.start, hit.start - hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    finds = (Finding(hit.kind, clean[hit.start : hit.end].strip()) for hit in kept)
    return tuple(dict.fromkeys(finds))


def _clean(text: str) -> str:
    """Without signs that nobody sees; look-alikes of digits and letters become plain ones."""
    plain = unicodedata.normalize("NFKC", text[:TEXT_MAX])
    return "".join(sign for sign in plain if not _is_invisible(sign))[: 2 * TEXT_MAX]


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign in "\ufe0e\ufe0f\u20e3"


def _folded(clean: str) -> str:
    """Lower case and Latin digits, sign for sign, without dates."""
    signs = "".join(map(_fold, clean))
    return _DATE.sub(lambda date: "\0" * len(date[0]), signs)


def _fold(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if sign.isspace():
        return " "
    lower = sign.lower()
    return lower if len(lower) == 1 else sign


def _hits(clean: str) -> Iterator[_Hit]:
    folded = _folded(clean)
    for rules, subject in ((_CASED_RULES, clean), (_FOLDED_RULES, folded)):
        for kind, pattern in rules:
            for match in pattern.finditer(subject):
                yield _Hit(kind, match.start(), match.end())
    yield from _spelled(folded)


def _spelled(folded: str) -> Iterator[_Hit]:
    """Phone numbers of which a part is written in words."""
    run: list[re.Match[str]] = []
    for token in (*_TOKEN.finditer(folded), None):
        if token is not None and _goes_on(run, token, folded):
            run.append(token)
            continue
        if _is_number(run):
            yield _Hit(Trace.PHONE, run[0].start(), run[-1].end())
        run = [] if token is None or not _counts(token) else [token]


def _goes_on(run: list[re.Match[str]], token: re.Match[str], folded: str) -> bool:
    between = folded[run[-1].end() : token.start()] if run else ""
    return len(between) <= 3 and "\0" not in between and _counts(token)


def _counts(token: re.Match[str]) -> bool:
    return bool(digits_of(token[0])) or times(token[0]) > 1


def _is_number(run: list[re.Match[str]]) -> bool:
    """Seven digits in words, or fewer in a number that is long enough otherwise."""
    digits, words, again = "", 0, 1
    for token in run:
        part = digits_of(token[0])
        words += 0 if token[0].isdigit() else len(part) * again
        digits, again = digits + part * again, times(token[0])
    if words >= SPELLED_LEAST:
        return True
    is_local = re.fullmatch(r"(?:88)?01[3-9]\d{8,9}", digits) is not None
    return words > 0 and (is_local or (words >= 3 and len(digits) >= 9))
