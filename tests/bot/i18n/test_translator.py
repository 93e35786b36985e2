"""What the translator does to values: escaping, digits, plain text."""

from markupsafe import Markup

from bot.i18n import plain, translator

EN, BN = translator("en"), translator("bn")


def test_values_are_escaped() -> None:
    """What a person typed can never become markup."""
    tr = EN
    assert tr("{name} ({contact})", name="<b>x</b>", contact="&") == "&lt;b&gt;x&lt;/b&gt; (&amp;)"


def test_markup_values_pass() -> None:
    """A piece that the translator made stays what it is."""
    tr = EN
    made = tr("{name} ({contact})", name=Markup("<b>x</b>"), contact="y")
    assert made == "<b>x</b> (y)"


def test_typed_digits_stay() -> None:
    """Figures of the house are translated, figures that a person typed are not."""
    tr = BN
    given_up = "Given up: updates {updates}, notices {notices}, refunds {refunds}"
    assert "১০৪২" in tr(given_up, updates=1042, notices=0, refunds=0)
    assert "Shop 24" in tr("From: {name}", name="Shop 24")


def test_plurals() -> None:
    """English has two forms; Bengali keeps the noun as it is."""
    tr, bengali = EN, BN
    assert [plain(tr.n("{n} day", "{n} days", n)) for n in (0, 1, 2)] == [
        "0 days",
        "1 day",
        "2 days",
    ]
    assert plain(bengali.n("{n} day", "{n} days", 1000)) == "১,০০০ দিন"


def test_labels_are_plain_text() -> None:
    """A label is not escaped, and markup in it is flattened."""
    tr = EN
    assert tr.label("Answer {name}", name="A & B") == "Answer A & B"
    assert tr.label("Answer {name}", name=Markup("<b>A &amp; B</b>")) == "Answer A & B"


def test_plain_leaves_plain_text_alone() -> None:
    """Only markup is flattened."""
    assert (plain("a < b"), plain(Markup("a &lt; <i>b</i>"))) == ("a < b", "a < b")


def test_unknown_languages_read_english() -> None:
    """Somebody from elsewhere reads English."""
    assert translator("fr").language == "en"
    assert translator("bn").label("Back") == "ফিরে যান"
