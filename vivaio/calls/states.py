"""Lifecycles and choices of a call."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")
    CONCLUDED = "concluded", pgettext_lazy("call", "Concluded")
    WITHDRAWN = "withdrawn", pgettext_lazy("call", "Withdrawn")


CALL_MOVES = {
    CallState.DRAFT: {CallState.PUBLISHED},
    CallState.PUBLISHED: {CallState.DRAFT, CallState.CONCLUDED, CallState.WITHDRAWN},
    CallState.CONCLUDED: {CallState.PUBLISHED},
    CallState.WITHDRAWN: set(),
}


class CallKind(models.TextChoices):
    """What a call is for. A contest is entered by initiatives, is pitched on a day, and admits nobody.

    A collection takes good practices of other organisations: nobody is chosen for a place, and nothing is born of it.
    """

    ORDINARY = "ordinary", pgettext_lazy("kind of call", "Call for applications")
    CONTEST = "contest", pgettext_lazy("kind of call", "Contest among initiatives")
    PRACTICES = "practices", pgettext_lazy("kind of call", "Collection of good practices")


class Window(models.TextChoices):
    """Where a published call stands, told by the clock alone."""

    AHEAD = "ahead", _("Opens soon")
    OPEN = "open", _("Open")
    SHUT = "shut", _("Closed")


class AwardKind(models.TextChoices):
    PLACE = "place", _("Place")
    VOUCHER = "voucher", _("Voucher")
    PRIZE = "prize", _("Prize")
    GRANT = "grant", _("Grant")


class Purchase(models.TextChoices):
    """What a voucher may buy."""

    CONSULTANCY = "consultancy", pgettext_lazy("voucher", "Consultancy")
    TRAINING = "training", pgettext_lazy("voucher", "Training")
    SERVICES = "services", pgettext_lazy("voucher", "Other services")
    EQUIPMENT = "equipment", pgettext_lazy("voucher", "Equipment")


class ApplicantKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")


class Disclosure(models.TextChoices):
    """Whom the published ranking names."""

    SELECTED_ORGANISATIONS = (
        "selected_organisations",
        _("Selected organisations by name, the others by number"),
    )
    SELECTED = "selected", _("All the selected by name, the others by number")
    EVERYONE = "everyone", _("Everyone by name")
    NUMBERS = "numbers", _("Everyone by number")


class Deciding(models.TextChoices):
    """The figure that a ranking is made by; the call fixes it before anybody applies."""

    RAW_MEAN = "raw_mean", _("The mean of the jurors' totals")
    CALIBRATED = "calibrated", _("The calibrated quality: the same totals without the severity of each juror")


class Commenting(models.TextChoices):
    """Who receives the jurors' comments, once the outcome was told; the call fixes it before anybody applies."""

    NOBODY = "nobody", _("To nobody: jurors write no comments for applicants")
    NOT_SELECTED = "not_selected", _("To those who are not selected, the reserve list included")
    EVERYBODY = "everybody", _("To all whose application was judged")


class GoingOn(models.TextChoices):
    """Who goes on from a stage of a call to the next."""

    PLACES = "places", _("The best of each track, as many as its places")
    THRESHOLD = "threshold", _("Everyone at or above the minimum score of their track")


class Reviewing(models.TextChoices):
    """What jurors know of who applies while they score."""

    OPEN = "open", _("Jurors know who applies")
    BLIND = "blind", _("Jurors do not know who applies; they read the title")
    BLIND_TITLES = "blind_titles", _("Jurors do not know who applies, nor the title")


class Discussing(models.TextChoices):
    """Whether jurors discuss an application once each has confirmed their own scores of it."""

    NONE = "none", _("Jurors do not discuss the applications")
    ANONYMOUS = "anonymous", _("Jurors discuss without names: Juror A, Juror B")
    NAMED = "named", _("Jurors discuss by name")


EARLIER, DRAW = "earlier_submission", "draw"  # the steps of a tie rule beside `criterion:KEY`


class ConditionKind(models.TextChoices):
    """How an eligibility condition is found out. The parameters stand in `Condition.parameters`."""

    ORGANISATION_KIND = "organisation_kind", _("Kind of organisation")  # {"kinds": [...]}
    ANSWER = "answer", _("An answer of the form")  # {"expression": "selected(${area}, 'milan')"}
    SEAT = (
        "seat",
        _("Seat of the organisation"),
    )  # {"provinces": [...], "municipalities": [...], "countries": [...]}
    FOUNDED_AFTER = "founded_after", _("Founded after a date")  # {"date": "2015-01-01"}
    AGE = "age", _("Age of the person who applies")  # {"least": 18, "most": 30, "on": "2027-01-31"}
    IDENTIFIED = "identified", _("Valid legal identifier")  # {}
    ONE_EACH = "one_each", _("One application for each applicant")  # {}
    # {"regime": "general", "amount": "20000.00" or "question": "grant_asked", "reduces": true} (`calls.aid`)
    DE_MINIMIS = "de_minimis", _("De minimis aid, with a declaration")
    DOCUMENT = "document", _("A document of the form")  # {"question": "balance_sheet"}
    SIGNATURE = (
        "signature",
        _("Signature of a document"),
    )  # {"question": "statute"}; {}: the application itself
    STAFF = "staff", _("Checked by the staff")  # {"question": "idea"}


class AidRegime(models.TextChoices):
    """The regulations on de minimis aid; their ceilings stand in `methods.deminimis`."""

    GENERAL = "general", _("General – Reg. (EU) 2023/2831")
    SGEI = "sgei", _("Services of general economic interest – Reg. (EU) 2023/2832")
    AGRICULTURE = "agriculture", _("Agriculture – Reg. (EU) 1408/2013")
    FISHERY = "fishery", _("Fishery and aquaculture – Reg. (EU) 717/2014")


class QuestionState(models.TextChoices):
    """What became of a question on a call."""

    ASKED = "asked", pgettext_lazy("question on a call", "To answer")
    PUBLISHED = "published", pgettext_lazy("question on a call", "Published")
    MERGED = "merged", pgettext_lazy("question on a call", "Answered with another")
    PRIVATE = "private", pgettext_lazy("question on a call", "Answered to who asked")
    DECLINED = "declined", pgettext_lazy("question on a call", "Not answered")
    TAKEN_BACK = "taken_back", pgettext_lazy("question on a call", "Taken back")


QUESTION_MOVES = {
    QuestionState.ASKED: {
        QuestionState.PUBLISHED,
        QuestionState.MERGED,
        QuestionState.PRIVATE,
        QuestionState.DECLINED,
        QuestionState.TAKEN_BACK,
    },
    QuestionState.PUBLISHED: set(),
    QuestionState.MERGED: set(),
    QuestionState.PRIVATE: set(),
    QuestionState.DECLINED: set(),
    QuestionState.TAKEN_BACK: set(),
}


class NoticeKind(models.TextChoices):
    """What a notice is called: of several, the one that weighs most."""

    AMENDMENT = "amendment", pgettext_lazy("notice of a call", "Amendment")
    EXTENSION = "extension", pgettext_lazy("notice of a call", "Extension")
    REOPENING = "reopening", pgettext_lazy("notice of a call", "Reopening of the terms")
