"""Around the orders: the board, the week, the day's summary, absences, reviews, reports."""

from bot.ui.callbacks import Tap, tag


@tag("lb")
class FilterBoard(Tap):
    """A page of the work board; `which` is a number in bot.views.board.FILTERS."""

    which: int
    page: int


@tag("lw")
class ShowWeek(Tap):
    """The deadlines of the week that is `weeks_on` weeks after the present one, as a picture."""

    weeks_on: int


@tag("ld")
class ShowDigestHours(Tap):
    """At which hour the day's summary comes."""


@tag("lh")
class ChooseDigestHour(Tap):
    """The summary comes at this hour, -1 never."""

    hour: int


@tag("lv")
class ShowAway(Tap):
    """The absences that are declared."""


@tag("la")
class StartAway(Tap):
    """Begin to declare an absence."""


@tag("lp")
class PickDay(Tap):
    """A day by its proleptic Gregorian ordinal."""

    ordinal: int


@tag("ln")
class ShowDays(Tap):
    """Another page of days to pick from."""

    page: int


@tag("lk")
class KeepAway(Tap):
    """Declare the absence as it was shown."""


@tag("le")
class EndAway(Tap):
    """Back earlier, or not going at all."""

    absence_id: int


@tag("rm")
class GiveMark(Tap):
    """One to five stars for question `question` of a review (its number in the flow)."""

    question: int
    stars: int


@tag("ry")
class AnswerReview(Tap):
    """Begin the one answer to the review that the other side wrote."""

    order_id: int


@tag("rw")
class ShowReviews(Tap):
    """A page of what is said about a gig's seller."""

    gig_id: int
    page: int


@tag("rr")
class StartReport(Tap):
    """Begin a report; `subject` is a number in bot.views.reports.SUBJECTS, order 0 none."""

    subject: int
    about_id: int
    order_id: int
