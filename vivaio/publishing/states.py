"""Lifecycles of what is published, and kinds of document."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NewsState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("news", "In preparation")
    SCHEDULED = "scheduled", pgettext_lazy("news", "Scheduled")
    PUBLISHED = "published", pgettext_lazy("news", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("news", "Withdrawn")


NEWS_MOVES = {
    NewsState.DRAFT: {NewsState.SCHEDULED, NewsState.PUBLISHED},
    NewsState.SCHEDULED: {NewsState.DRAFT, NewsState.PUBLISHED},
    # Back to preparation, or to its schedule, only where putting it on line is undone.
    NewsState.PUBLISHED: {NewsState.WITHDRAWN, NewsState.DRAFT, NewsState.SCHEDULED},
    NewsState.WITHDRAWN: {NewsState.PUBLISHED},
}


class ItemState(models.TextChoices):
    """Of a document, a photo, a video."""

    DRAFT = "draft", pgettext_lazy("document or picture", "In preparation")
    PUBLISHED = "published", pgettext_lazy("document or picture", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("document or picture", "Withdrawn")


ITEM_MOVES = {
    ItemState.DRAFT: {ItemState.PUBLISHED},
    ItemState.PUBLISHED: {ItemState.WITHDRAWN, ItemState.DRAFT},  # to draft as with news
    ItemState.WITHDRAWN: {ItemState.PUBLISHED},
}


class DocumentKind(models.TextChoices):
    CALL = "call", _("Call and rules")
    FORM = "form", _("Form to fill in")
    MINUTES = "minutes", _("Act and minutes")
    REPORT = "report", _("Report and research")
    BROCHURE = "brochure", _("Brochure and presentation")
    TRAINING = "training", _("Training material")
    OTHER = "other", _("Other")


class Compliance(models.TextChoices):
    """The three answers of the model statement (Decision (EU) 2018/1523, annex)."""

    FULL = "full", pgettext_lazy("accessibility", "Fully compliant")
    PARTIAL = "partial", pgettext_lazy("accessibility", "Partially compliant")
    NONE = "none", pgettext_lazy("accessibility", "Not compliant")


class Assessment(models.TextChoices):
    """How the statement came to its answer (the same Decision, art. 3)."""

    MAKERS = "makers", _("Checks by those who make the software; the body has not assessed this site yet")
    OWN = "own", _("Self-assessment by the body")
    THIRD_PARTY = "third_party", _("Assessment by a third party")


class ReportKind(models.TextChoices):
    """What directive (EU) 2016/2102, art. 7(1)(b) lets anyone do: notify a failure, ask for what is left out."""

    BARRIER = "barrier", _("Something here stops me, or I cannot use it well")
    CONTENT = "content", _("I need something from this site in a form that I can use")


class ReportState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("report", "Received")
    IN_HAND = "in_hand", pgettext_lazy("report", "In hand")
    ANSWERED = "answered", pgettext_lazy("report", "Answered")
    CLOSED = "closed", pgettext_lazy("report", "Closed")


REPORT_MOVES = {
    ReportState.RECEIVED: {ReportState.IN_HAND, ReportState.ANSWERED, ReportState.CLOSED},
    ReportState.IN_HAND: {ReportState.ANSWERED, ReportState.CLOSED},
    ReportState.ANSWERED: {ReportState.IN_HAND, ReportState.CLOSED},
    ReportState.CLOSED: {ReportState.IN_HAND},
}


class Mended(models.TextChoices):
    """With what a report was closed."""

    MENDED = "mended", pgettext_lazy("report", "Mended")
    NOT_MENDED = "not_mended", pgettext_lazy("report", "Not mended")


class PracticeState(models.TextChoices):
    """Of a good practice that the programme has accepted, or left out."""

    DRAFT = "draft", pgettext_lazy("good practice", "In preparation")
    ASKED = "asked", pgettext_lazy("good practice", "With the organisation")
    PUBLISHED = "published", pgettext_lazy("good practice", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("good practice", "Withdrawn")
    LEFT_OUT = "left_out", pgettext_lazy("good practice", "Left out")


# What the staff has edited goes on line when its organisation confirms it; as it was written, at once.
PRACTICE_MOVES = {
    PracticeState.DRAFT: {PracticeState.ASKED, PracticeState.PUBLISHED, PracticeState.LEFT_OUT},
    PracticeState.ASKED: {PracticeState.DRAFT, PracticeState.PUBLISHED},
    PracticeState.PUBLISHED: {PracticeState.WITHDRAWN},
    PracticeState.WITHDRAWN: {PracticeState.DRAFT},
    PracticeState.LEFT_OUT: {PracticeState.DRAFT},
}


class Verdict(models.TextChoices):
    """What a team says of a practice that was suggested to it."""

    USEFUL = "useful", pgettext_lazy("good practice", "Useful to us")
    NOT_FOR_US = "not_for_us", pgettext_lazy("good practice", "Not for us")


# What is written in it, in the order in which it is read; then what is the same in every language.
PRACTICE_TEXTS = ("title", "need", "done", "partners", "costs", "results", "avoid")
PRACTICE_PLAIN = ("links", "place", "sectors", "contact", "contact_public")
LICENCE, LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"


class ResultsState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("results", "In preparation")
    PUBLISHED = "published", pgettext_lazy("results", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("results", "Withdrawn")


RESULTS_MOVES = {
    ResultsState.DRAFT: {ResultsState.PUBLISHED},
    ResultsState.PUBLISHED: {ResultsState.WITHDRAWN},
    ResultsState.WITHDRAWN: {ResultsState.PUBLISHED},
}


class ResultsPart(models.TextChoices):
    """What the results page tells, in its order."""

    WHO = "who", _("Who took part")
    HELP = "help", _("Hours given")
    PLACEMENTS = "placements", _("Students at work")
    CHANGE = "change", _("Before and after")
    CONTACTS = "contacts", _("Contacts made")
    CONTESTS = "contests", _("Contests and awards")
    MONEY = "money", _("Where the money stands")
    ENTERPRISES = "enterprises", _("Enterprises born")
    STORIES = "stories", _("Stories")
