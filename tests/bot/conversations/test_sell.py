"""The gig conversation's steps: what each answer does, and that no answer is a dead end."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.conversations import sell
from bot.conversations.sell_draft import GigDraft, new_gig
from bot.i18n import Translator, translator
from bot.kit.flows import Done, Go, Next, Stay, from_json, to_json
from bot.ui.callbacks import Tap
from bot.ui.taps import (
    AcceptTerms,
    EditStep,
    KeepAnswer,
    PickCategory,
    PickCurrency,
    PickNumber,
    PublishGig,
    SkipStep,
    StartSelling,
    StepBack,
)
from bot.views.selling import STEPS
from market import errors
from market.files import FileRef
from market.gig import Gig, NewGig
from market.money import Currency, Money
from market.people import TERMS_VERSION, Person, Standing
from market.policy import Policy
from market.rail_cards import OpenWays
from services.rows import Command
from tests.support.means import TAKA as WITH_TAKA
from tests.support.samples import POLICY, file, gig, person

FULL = GigDraft(
    category="design",
    title="I will design a logo",
    description="Three ideas as PNG files.",
    picture=None,
    price_minor=250,
    days=3,
    revisions=2,
    question="Name and colours?",
    answered=STEPS,
)


@dataclass
class FakeGigs:
    published: list[tuple[Command, NewGig]] = field(default_factory=list)

    async def publish(self, command: Command, new: NewGig) -> Gig:
        self.published.append((command, new))
        return gig(title=new.title)


@dataclass
class FakePeople:
    accepted: list[int] = field(default_factory=list)

    async def accept_terms(self, _command: Command, version: int) -> Person:
        if version != TERMS_VERSION:
            raise errors.TermsNotAccepted(TERMS_VERSION)
        self.accepted.append(version)
        return person()


@dataclass
class FakeRails:
    taken: tuple[Currency, ...] = (Currency.XTR,)

    async def currencies(self, _category: str) -> tuple[Currency, ...]:
        return self.taken

    async def open_ways(self) -> OpenWays:
        return WITH_TAKA


@dataclass
class FakeServices:
    gigs: FakeGigs = field(default_factory=FakeGigs)
    rails: FakeRails = field(default_factory=FakeRails)
    people: FakePeople = field(default_factory=FakePeople)


@dataclass
class FakeTurn:
    """The little of a turn that steps look at."""

    person: Person = field(default_factory=person)
    tr: Translator = field(default_factory=lambda: translator("en"))
    services: FakeServices = field(default_factory=FakeServices)
    policy: Policy = POLICY
    command: Command = field(default_factory=lambda: Command("tap:1", 1))
    bot_username: str = "gighaat_bot"
    left: int = 0

    async def end_flow(self) -> None:
        self.left += 1


FLOW = sell.flow(None)  # type: ignore[arg-type]


async def says(step: str, text: str, draft: GigDraft = FULL, **turn: Any) -> Next:
    on_text = FLOW.steps[step].text
    assert on_text is not None, f"{step} takes no text"
    return await on_text(FakeTurn(**turn), draft, text)  # type: ignore[arg-type]


async def sends(step: str, sent: FileRef) -> Next:
    on_file = FLOW.steps[step].file
    assert on_file is not None, f"{step} takes no file"
    return await on_file(FakeTurn(), FULL, sent)  # type: ignore[arg-type]


async def taps(step: str, tap: Tap, draft: GigDraft = FULL, turn: FakeTurn | None = None) -> Next:
    return await FLOW.steps[step].taps[type(tap)](turn or FakeTurn(), draft, tap)  # type: ignore[arg-type]


def gone(following: Next) -> Go:
    assert isinstance(following, Go), following
    return following


def note(following: Next) -> str:
    assert isinstance(following, Stay), following
    return str(following.note)


async def test_eight_answers_make_a_gig() -> None:
    """From the first question to the published gig, each answer leads to the next question."""
    turn = FakeTurn()
    following = gone(await FLOW.commands["sell"](turn))  # type: ignore[arg-type]
    assert following == Go("category", GigDraft())
    answers: list[Tap | str | FileRef] = [
        PickCategory(0),
        "I will design\n a logo",
        "Three ideas as PNG files.",
        file(),
        "৫০০",
        PickNumber(3),
        PickNumber(2),
        "Name and colours?",
    ]
    for step, answer in zip(STEPS, answers, strict=True):
        assert step == following.step
        following = gone(await _answer(step, answer, following.draft))
    assert following.step == "preview"
    done = await taps("preview", PublishGig(), following.draft, turn)
    assert isinstance(done, Done)
    command, new = turn.services.gigs.published[0]
    assert command == Command("tap:1", 1)
    assert new.title == "I will design a logo"
    assert new.price.minor == 500
    assert new.picture == file()
    assert new.question == "Name and colours?"


async def _answer(step: str, answer: Tap | str | FileRef, draft: GigDraft) -> Next:
    match answer:
        case str():
            return await says(step, answer, draft)
        case FileRef():
            on_file = FLOW.steps[step].file
            assert on_file is not None
            return await on_file(FakeTurn(), draft, answer)  # type: ignore[arg-type]
        case _:
            return await taps(step, answer, draft)


async def test_terms_come_first() -> None:
    """Without accepted terms the terms are asked, and accepting leads to the first question."""
    turn = FakeTurn(person=person(terms_version=0))
    following = gone(await FLOW.entries[StartSelling](turn, StartSelling()))  # type: ignore[arg-type]
    kept = from_json(FLOW, to_json(FLOW, following.draft))
    question = FLOW.steps[following.step].ask(turn, kept)  # type: ignore[arg-type]
    assert following.step == "terms"
    assert "taka (bKash" in question.text
    after = gone(await taps("terms", AcceptTerms(TERMS_VERSION), following.draft, turn))
    assert after.step == "category"
    assert turn.services.people.accepted == [TERMS_VERSION]


async def test_beginning_again_keeps_the_draft() -> None:
    """A second /sell begins anew and leaves what was entered as a draft."""
    turn = FakeTurn()
    assert gone(await FLOW.commands["sell"](turn)).draft == GigDraft()  # type: ignore[arg-type]
    assert turn.left == 1


async def test_old_terms_are_not_enough() -> None:
    """A button of older terms accepts nothing."""
    with pytest.raises(errors.TermsNotAccepted):
        await taps("terms", AcceptTerms(TERMS_VERSION + 1))


async def test_a_paused_person_sells_nothing() -> None:
    """The conversation does not begin without good standing."""
    turn = FakeTurn(person=person(standing=Standing.PAUSED))
    with pytest.raises(errors.Standing):
        await FLOW.commands["sell"](turn)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("৫০০", 500),
        ("500", 500),
        ("1,000", 1_000),
        ("২৫০ স্টার", 250),
        ("10", 10),
        ("10000 ⭐", 10_000),
        ("100.0", 100),
    ],
)
async def test_prices_that_are_read(text: str, minor: int) -> None:
    """Prices are read in both scripts, and the seller is told what remains."""
    following = gone(await says("price", text))
    assert following.draft.price_minor == minor
    assert following.step == "days"
    assert "receive" in str(following.note)


@pytest.mark.parametrize(
    "text", ["-5", "0", "1.5", "1" + "0" * 20, "9", "10001", "five", "𝟝", "5 or 6", "", "−100"]
)
async def test_prices_that_are_refused(text: str) -> None:
    """Anything else is answered with the allowed range."""
    said = note(await says("price", text))
    assert "from 10 to 10,000" in said


@pytest.mark.parametrize(("step", "range_"), [("days", "1 to 60"), ("revisions", "0 to 10")])
@pytest.mark.parametrize("text", ["-1", "61", "1.5", "many", "9" * 30, ""])
async def test_numbers_that_are_refused(step: str, range_: str, text: str) -> None:
    """Days and rounds outside the range are answered with the range."""
    assert range_ in note(await says(step, text))


async def test_tapped_numbers_are_checked_too() -> None:
    """A button is an address: a made-up number is refused like a typed one."""
    assert "from 10 to 10,000" in note(await taps("price", PickNumber(-3)))
    assert "1 to 60" in note(await taps("days", PickNumber(99)))
    assert "0 to 10" in note(await taps("revisions", PickNumber(11)))


@pytest.mark.parametrize(("text", "days"), [("৭ দিন", 7), ("3 days", 3), ("60", 60)])
async def test_days_that_are_read(text: str, days: int) -> None:
    """Days are read with their word and in both scripts."""
    assert gone(await says("days", text)).draft.days == days


@pytest.mark.parametrize(
    ("step", "text", "expected"),
    [
        ("title", "x" * 92, "12 characters too long; the limit is 80"),
        ("title", "x" * 81, "1 character too long; the limit is 80"),
        ("title", "  short ", "at least 8"),
        ("title", "   ", "at least 8"),
        ("title", "😀" * 41, "2 characters too long"),
        ("description", "too short", "at least 20"),
        ("description", "ক" * 1_201, "the limit is 1,200"),
        ("question", "x" * 301, "the limit is 300"),
        ("question", " \n ", "at least 1"),
    ],
)
async def test_texts_of_a_wrong_length(step: str, text: str, expected: str) -> None:
    """A text that does not fit is told by how much, and the limit."""
    assert expected in note(await says(step, text))


@pytest.mark.parametrize(
    ("text", "has_hint"),
    [
        ("I will design a logo", False),
        ("আমি লোগো বানিয়ে দেব", False),
        ("Logo design for shops", True),
    ],
)
async def test_titles_are_not_forced(text: str, has_hint: bool) -> None:
    """A title that does not begin with "I will" is taken, with a hint."""
    following = gone(await says("title", text))
    assert following.draft.title == text
    assert has_hint == (following.note is not None)


@pytest.mark.parametrize(
    "sent",
    [file(), file(kind="document", name="Logo.PNG"), file(kind="document", name="a.webp", size=0)],
)
async def test_pictures(sent: FileRef) -> None:
    """Photos and image files are taken."""
    assert sent == gone(await sends("picture", sent)).draft.picture


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (file(size=10_000_001), "larger than 10 MB"),
        (file(kind="document", name="a.png", size=40_000_000), "larger than 10 MB"),
        (file(kind="document", name="cv.pdf"), "not a picture"),
        (file(kind="document", name=""), "not a picture"),
        (file(kind="video", name="a.mp4"), "not a picture"),
        (file(kind="voice"), "not a picture"),
        (file(kind="animation", name="a.gif"), "not a picture"),
        (file(kind="audio", name="a.mp3"), "not a picture"),
    ],
)
async def test_files_that_are_refused(sent: FileRef, expected: str) -> None:
    """Large pictures and other files are answered with what would do."""
    assert expected in note(await sends("picture", sent))


async def test_skipping() -> None:
    """Picture and question may be left out."""
    draft = replace(FULL, picture=file())
    assert gone(await taps("picture", SkipStep(), draft)).draft.picture is None
    assert gone(await taps("question", SkipStep())).draft.question is None


@pytest.mark.parametrize(("step", "before"), [*zip(STEPS[1:], STEPS, strict=False)])
async def test_back(step: str, before: str) -> None:
    """Back leads one question back and loses nothing."""
    following = gone(await taps(step, StepBack()))
    assert following == Go(before, FULL)


async def test_back_at_the_first_question() -> None:
    """There is nothing before the first question: it is asked again."""
    assert gone(await taps("category", StepBack())).step == "category"


async def test_leaving_an_answer_as_it_is() -> None:
    """After a step back the present answer may stay; without one there is nothing to leave."""
    assert gone(await taps("title", KeepAnswer())) == Go("description", FULL)
    assert "no answer" in note(await taps("title", KeepAnswer(), GigDraft()))


@pytest.mark.parametrize("number", range(len(STEPS)))
async def test_editing_returns_to_the_preview(number: int) -> None:
    """Each answer can be changed from the preview, and then the preview comes again."""
    editing = gone(await taps("preview", EditStep(number)))
    assert editing.step == STEPS[number]
    for tap in (KeepAnswer(), StepBack()):
        assert gone(await taps(editing.step, tap, editing.draft)) == Go("preview", FULL)


async def test_an_edited_answer_is_in_the_preview() -> None:
    """The new price stands in the preview, the other answers stay."""
    editing = gone(await taps("preview", EditStep(4)))
    following = gone(await says("price", "750", editing.draft))
    assert following.step == "preview"
    assert following.draft == replace(FULL, price_minor=750)
    assert following.note is None


async def test_unknown_numbers_of_buttons() -> None:
    """Made-up categories and steps lead nowhere else."""
    assert "categories" in note(await taps("category", PickCategory(99)))
    assert gone(await taps("preview", EditStep(99))) == Go("preview", FULL)


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("step", FLOW.steps)
def test_every_step_asks_and_says_what_it_wants(step: str, language: str) -> None:
    """Whatever is sent at any step, there is a sentence for it and the question again."""
    turn = FakeTurn(tr=translator(language))
    for draft in (FULL, replace(FULL, picture=file(), question=None, is_editing=True)):
        assert FLOW.steps[step].ask(turn, draft).rows  # type: ignore[arg-type]
    assert FLOW.steps[step].wants(turn.tr)


def test_a_draft_survives_the_session() -> None:
    """A draft is the same after it was stored and read."""
    draft = replace(FULL, picture=file())
    assert draft == from_json(FLOW, to_json(FLOW, draft))
    assert new_gig(draft).picture == file()


TAKA = FakeServices(rails=FakeRails((Currency.XTR, Currency.BDT)))


async def test_a_price_in_taka() -> None:
    """Where there is a choice it is asked in the other currency, with paisa; the gig has it."""
    turn = FakeTurn(services=TAKA)
    following = gone(await taps("category", PickCategory(0), GigDraft(), turn))
    assert following.draft.currencies == (Currency.XTR, Currency.BDT)
    following = gone(await taps("price", PickCurrency(1), following.draft, turn))
    assert following.step == "price"
    screen = FLOW.steps["price"].ask(turn, following.draft)  # type: ignore[arg-type]
    labels = [button.label for row in screen.rows for button in row]
    assert "৳50 to ৳100,000" in screen.text
    assert {"৳200", "Price in Stars"} <= set(labels)
    following = gone(await says("price", "১,২০০.৫০ টাকা", following.draft))
    draft = following.draft
    assert new_gig(draft).price == Money(120_050, Currency.BDT)
    assert "৳1,080.45" in str(following.note)


async def test_another_currency_keeps_the_answer() -> None:
    """Leaving the price as it is leaves its currency, too; paisa are not asked in Stars."""
    draft = replace(FULL, currencies=(Currency.XTR, Currency.BDT))
    asked = gone(await taps("price", PickCurrency(1), draft)).draft
    kept = gone(await taps("price", KeepAnswer(), asked)).draft
    assert kept == draft
    assert "৳50" in note(await says("price", "1.5", asked))
    assert "whole number of Stars" in note(await says("price", "10.5", draft))


async def test_currencies_that_are_not_taken() -> None:
    """Neither by a forged button nor after the category has changed."""
    with pytest.raises(errors.CurrencyClosed):
        await taps("price", PickCurrency(1))
    with pytest.raises(errors.NotFound):
        await taps("price", PickCurrency(99))
    priced = replace(
        FULL,
        currency=Currency.BDT,
        asked_in=Currency.BDT,
        currencies=(Currency.XTR, Currency.BDT),
        is_editing=True,
    )
    moved = gone(await taps("category", PickCategory(1), priced))
    assert moved.step == "price"
    assert "price" not in moved.draft.answered
    following = gone(await says("price", "300", moved.draft))
    assert (following.step, new_gig(following.draft).price) == (
        "preview",
        Money(300, Currency.XTR),
    )
