"""Lifecycles of placements: rounds, students, offers, matchings, placements and the hours in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlacementRoundState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("placement round", "In preparation")
    OPEN = "open", pgettext_lazy("placement round", "Open")
    SENT = "sent", pgettext_lazy("placement round", "Matched")
    CLOSED = "closed", pgettext_lazy("placement round", "Closed")


# A round that was matched is matched again when places come free.
PLACEMENT_ROUND_MOVES = {
    PlacementRoundState.DRAFT: {PlacementRoundState.OPEN},
    PlacementRoundState.OPEN: {PlacementRoundState.SENT, PlacementRoundState.CLOSED},
    PlacementRoundState.SENT: {PlacementRoundState.CLOSED},
    PlacementRoundState.CLOSED: set(),
}
PLACEMENT_ROUND_TONES = {"draft": "", "open": "now", "sent": "yes", "closed": ""}
AT_WORK = (PlacementRoundState.OPEN, PlacementRoundState.SENT)


class StudentState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("student", "Waits for the university tutor")
    VOUCHED = "vouched", pgettext_lazy("student", "Vouched for")
    DECLINED = "declined", pgettext_lazy("student", "Not vouched for")
    WITHDRAWN = "withdrawn", pgettext_lazy("student", "Withdrawn")


STUDENT_MOVES = {
    StudentState.APPLIED: {StudentState.VOUCHED, StudentState.DECLINED, StudentState.WITHDRAWN},
    StudentState.VOUCHED: {StudentState.WITHDRAWN, StudentState.DECLINED},
    StudentState.DECLINED: {StudentState.APPLIED, StudentState.VOUCHED, StudentState.WITHDRAWN},
    StudentState.WITHDRAWN: {StudentState.APPLIED},
}
STUDENT_TONES = {"applied": "now", "vouched": "yes", "declined": "no", "withdrawn": ""}


class OfferState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("placement offer", "Draft")
    ASKED = "asked", pgettext_lazy("placement offer", "With the programme")
    SENT_BACK = "sent_back", pgettext_lazy("placement offer", "Sent back")
    PUBLISHED = "published", pgettext_lazy("placement offer", "Seen by students")
    WITHDRAWN = "withdrawn", pgettext_lazy("placement offer", "Withdrawn")


OFFER_MOVES = {
    OfferState.DRAFT: {OfferState.ASKED, OfferState.WITHDRAWN},
    OfferState.ASKED: {OfferState.PUBLISHED, OfferState.SENT_BACK, OfferState.WITHDRAWN},
    OfferState.SENT_BACK: {OfferState.ASKED, OfferState.WITHDRAWN},
    OfferState.PUBLISHED: {OfferState.SENT_BACK, OfferState.WITHDRAWN},
    OfferState.WITHDRAWN: set(),
}
OFFER_TONES = {"draft": "", "asked": "now", "sent_back": "now", "published": "yes", "withdrawn": ""}
OFFER_OPEN_TO_CHANGE = (OfferState.DRAFT, OfferState.SENT_BACK)


class WorkPlace(models.TextChoices):
    IN_PERSON = "in_person", pgettext_lazy("placement", "In person")
    REMOTE = "remote", pgettext_lazy("placement", "At a distance")
    BOTH = "both", pgettext_lazy("placement", "Partly in person, partly at a distance")


class PlacementMatchingState(models.TextChoices):
    PREVIEW = "preview", pgettext_lazy("placement matching", "Being looked at")
    SENT = "sent", pgettext_lazy("placement matching", "Sent")
    DROPPED = "dropped", pgettext_lazy("placement matching", "Computed anew")


PLACEMENT_MATCHING_MOVES = {
    PlacementMatchingState.PREVIEW: {PlacementMatchingState.SENT, PlacementMatchingState.DROPPED},
    PlacementMatchingState.SENT: set(),
    PlacementMatchingState.DROPPED: set(),
}


class PlacementState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("placement", "To be accepted")
    AGREEING = "agreeing", pgettext_lazy("placement", "Agreement to be signed")
    RUNNING = "running", pgettext_lazy("placement", "Under way")
    DONE = "done", pgettext_lazy("placement", "Completed")
    ENDED = "ended", pgettext_lazy("placement", "Ended early")
    DECLINED = "declined", pgettext_lazy("placement", "Not accepted")
    LAPSED = "lapsed", pgettext_lazy("placement", "Not accepted in time")


PLACEMENT_MOVES = {
    PlacementState.PROPOSED: {PlacementState.AGREEING, PlacementState.DECLINED, PlacementState.LAPSED},
    PlacementState.AGREEING: {PlacementState.RUNNING, PlacementState.ENDED},
    PlacementState.RUNNING: {PlacementState.DONE, PlacementState.ENDED},
    PlacementState.DONE: set(),
    PlacementState.ENDED: set(),
    PlacementState.DECLINED: set(),
    PlacementState.LAPSED: set(),
}
PLACEMENT_TONES = {
    "proposed": "now", "agreeing": "now", "running": "yes", "done": "yes", "ended": "no", "declined": "no",
    "lapsed": "no",
}  # fmt: skip
# What takes the student and a place; what was lived, at least in part.
STANDING = (PlacementState.PROPOSED, PlacementState.AGREEING, PlacementState.RUNNING, PlacementState.DONE)
UNFINISHED = (PlacementState.PROPOSED, PlacementState.AGREEING, PlacementState.RUNNING)
LIVED = (PlacementState.RUNNING, PlacementState.DONE, PlacementState.ENDED)


class Side(models.TextChoices):
    """Who signs the learning agreement, and who says at the end how it went."""

    STUDENT = "student", pgettext_lazy("placement", "The student")
    INITIATIVE = "initiative", pgettext_lazy("placement", "The initiative")
    UNIVERSITY = "university", pgettext_lazy("placement", "The university")


class HoursState(models.TextChoices):
    LOGGED = "logged", pgettext_lazy("hours", "To be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("hours", "Confirmed")
    SENT_BACK = "sent_back", pgettext_lazy("hours", "Sent back")


HOURS_MOVES = {
    HoursState.LOGGED: {HoursState.CONFIRMED, HoursState.SENT_BACK},
    HoursState.SENT_BACK: {HoursState.LOGGED},
    HoursState.CONFIRMED: set(),
}
HOURS_TONES = {"logged": "now", "confirmed": "yes", "sent_back": "no"}


class PlacementPart(models.TextChoices):
    """What somebody is invited to be."""

    STUDENT = "student", _("Student")
    TUTOR = "tutor", _("University tutor")


class Grade(models.IntegerChoices):
    """How a placement went."""

    POOR = 1, pgettext_lazy("placement", "Not at all")
    LITTLE = 2, pgettext_lazy("placement", "Little")
    FAIR = 3, pgettext_lazy("placement", "Enough")
    GOOD = 4, pgettext_lazy("placement", "Well")
    VERY_GOOD = 5, pgettext_lazy("placement", "Very well")
