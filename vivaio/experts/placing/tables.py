"""Placements as lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.experts.placing.queries import placements
from vivaio.experts.placing.states import (
    OFFER_TONES,
    PLACEMENT_ROUND_TONES,
    PLACEMENT_TONES,
    STUDENT_TONES,
    OfferState,
    PlacementRoundState,
    PlacementState,
    StudentState,
    WorkPlace,
)
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged


def tag_by(tones: dict[str, str]) -> Any:
    """A state as a tag."""
    return lambda row: tagged(row.get_state_display(), tones[row.state])


def placed_at(student: Any) -> str:
    """Where the student is placed, in words."""
    return ", ".join(str(one.offer.initiative) for one in student.standing)


def begun(rows: Any, value: str) -> Any:
    """Placements whose agreement all three signed, or those that never began."""
    return rows.filter(started_at__isnull=value != "yes")


def unsigned_long(rows: Any, value: str) -> Any:
    """Whose agreement has waited for signatures too long, or the others."""
    late = placements.unsigned_long(rows)
    return late if value == "yes" else rows.exclude(pk__in=late.order_by().values("pk"))


def grant_due(rows: Any, value: str) -> Any:
    """Whose grant is due and not awarded, or the others."""
    due = placements.grant_due(rows)
    return due if value == "yes" else rows.exclude(pk__in=due.order_by().values("pk"))


def with_wishes(rows: Any, value: str) -> Any:
    return rows.filter(wishes_at__isnull=value != "yes")


def with_grant(rows: Any, value: str) -> Any:
    return rows.filter(grant__isnull=value != "yes")


class Rounds(Table):
    """The rounds of a programme."""

    key = "experts.placement_rounds"
    permission = "experts.read"
    caption = _("Placement rounds")
    nouns = ngettext_lazy("%(n)d round", "%(n)d rounds", "n")
    search = ("title",)
    search_hint = _("Title")
    filters = [ChoiceFilter("state", _("State"), PlacementRoundState.choices)]
    columns = [
        Column(
            "title",
            pgettext_lazy("placement", "Round"),
            order="title",
            href=lambda row: row.get_absolute_url(),
        ),
        Column(
            "state", _("State"), value="get_state_display", show=tag_by(PLACEMENT_ROUND_TONES), order="state"
        ),
        Column("students", _("Students"), value="students_n", figures=True),
        Column("offers", pgettext_lazy("placement", "Offers"), value="offers_n", figures=True),
        Column("placed", _("Placed"), value="placed_n", figures=True),
        Column("offers_until", _("Offers until"), order="offers_until", page=False),
        Column("students_until", _("Students until"), order="students_until", page=False),
        Column("preferences_until", _("Preferences until"), order="preferences_until", phone=False),
    ]
    cards = True
    default_order = "-preferences_until"
    row_header = "title"


class Students(Table):
    """The students of a round."""

    key = "experts.placement_students"
    permission = "experts.read"
    caption = pgettext_lazy("placement", "Students of the round")
    nouns = ngettext_lazy("%(n)d student", "%(n)d students", "n")
    search = ("person__given_name", "person__family_name", "course", "university__name")
    search_hint = _("Name, course, university")
    filters = [
        ChoiceFilter("state", _("State"), StudentState.choices),
        ChoiceFilter("university", pgettext_lazy("placement", "University"), ()),
        YesNoFilter("wishes", _("Said what they would like"), narrow=with_wishes),
    ]
    columns = [
        Column(
            "person", _("Student"), value=lambda row: str(row.person), order="person__sort_name",
            href=lambda row: row.get_absolute_url(), note=lambda row: row.course,
        ),
        Column("state", _("State"), value="get_state_display", show=tag_by(STUDENT_TONES), order="state"),
        Column(
            "university", pgettext_lazy("placement", "University"), value=lambda row: str(row.university),
            phone=False,
        ),
        Column("placed", _("Placed with"), value=placed_at),
        Column("course", _("Course of study"), page=False),
        Column("languages", _("Languages"), value="language_names", page=False),
        Column("available_from", _("Free from"), order="available_from", page=False),
        Column("available_until", _("Free until"), order="available_until", page=False),
        Column("hours_a_week", _("Hours a week"), order="hours_a_week", figures=True, phone=False),
        Column("wishes_at", _("Preferences given"), order="wishes_at", page=False),
        Column("email", _("E-mail"), value=lambda row: row.person.email, page=False),
    ]  # fmt: skip
    cards = True
    default_order = "person"
    row_header = "person"


class Offers(Table):
    """The offers of a round."""

    key = "experts.placement_offers"
    permission = "experts.read"
    caption = pgettext_lazy("placement", "Offers of the round")
    nouns = ngettext_lazy("%(n)d offer", "%(n)d offers", "n")
    search = ("title", "initiative__title", "tasks")
    search_hint = _("Offer or initiative")
    filters = [
        ChoiceFilter("state", _("State"), OfferState.choices),
        ChoiceFilter("work_place", _("Where one works"), WorkPlace.choices),
        YesNoFilter("grant", _("With a grant"), narrow=with_grant),
    ]
    columns = [
        Column(
            "title", _("Offer"), order="title", href=lambda row: row.get_absolute_url(),
            note=lambda row: str(row.initiative),
        ),
        Column("initiative", _("Initiative"), value=lambda row: str(row.initiative), page=False),
        Column("state", _("State"), value="get_state_display", show=tag_by(OFFER_TONES), order="state"),
        Column("places", _("Places"), order="places", figures=True),
        Column("hours", _("Hours"), order="hours", figures=True),
        Column("starts_on", pgettext_lazy("placement", "From"), order="starts_on", phone=False),
        Column("ends_on", pgettext_lazy("placement", "Until"), order="ends_on", page=False),
        Column("work_place", _("Where one works"), value="get_work_place_display", page=False),
        Column("grant", pgettext_lazy("placement", "Grant"), order="grant", figures=True, phone=False),
        Column("ranked_at", _("Students ranked"), order="ranked_at", page=False),
    ]  # fmt: skip
    cards = True
    default_order = "title"
    row_header = "title"


class Placements(Table):
    """The placements of a round."""

    key = "experts.placements"
    permission = "experts.read"
    caption = pgettext_lazy("placement", "Placements of the round")
    nouns = ngettext_lazy("%(n)d placement", "%(n)d placements", "n")
    search = (
        "student__person__given_name",
        "student__person__family_name",
        "offer__title",
        "offer__initiative__title",
    )
    search_hint = _("Student, offer or initiative")
    filters = [
        ChoiceFilter("state", _("State"), PlacementState.choices),
        ChoiceFilter("student__university", pgettext_lazy("placement", "University"), ()),
    ]
    columns = [
        Column(
            "student", _("Student"), value=lambda row: str(row.student), order="student__person__sort_name",
            href=lambda row: row.get_absolute_url(), note=lambda row: str(row.offer.initiative),
        ),
        Column("initiative", _("Initiative"), value=lambda row: str(row.offer.initiative), page=False),
        Column("offer", _("Offer"), value=lambda row: str(row.offer), phone=False),
        Column("state", _("State"), value="get_state_display", show=tag_by(PLACEMENT_TONES), order="state"),
        Column("wish", _("Choice"), order="wish", figures=True),
        Column(
            "university", pgettext_lazy("placement", "University"),
            value=lambda row: str(row.student.university), page=False,
        ),
        Column("hours", _("Hours confirmed"), value="hours_confirmed", order="hours_confirmed", figures=True),
        Column("grant", pgettext_lazy("placement", "Grant"), value="offer.grant", figures=True, page=False),
        Column("started_at", _("Signed by all three"), order="started_at", page=False),
        Column("ended_at", _("Ended"), order="ended_at", page=False),
    ]  # fmt: skip
    cards = True
    default_order = "student"
    row_header = "student"


class OfProgramme(Placements):
    """The placements of a programme, of whichever round: what its figures are made of."""

    key = ""
    caption = pgettext_lazy("placement", "Placements of the programme")
    filters = [
        *Placements.filters,
        YesNoFilter("begun", pgettext_lazy("placement", "Begun"), narrow=begun),
        YesNoFilter("unsigned", _("Unsigned for two weeks"), narrow=unsigned_long),
        YesNoFilter("grant_due", _("Grant due, not awarded"), narrow=grant_due),
        ChoiceFilter("round", pgettext_lazy("placement", "Round"), ()),
    ]
    columns = [
        Column(
            "student", _("Student"), value=lambda row: str(row.student), order="student__person__sort_name",
            href=lambda row: row.get_absolute_url(), note=lambda row: str(row.offer),
        ),
        Column(
            "initiative", _("Initiative"), value=lambda row: str(row.offer.initiative),
            order="offer__initiative__title",
        ),
        Column(
            "university", pgettext_lazy("placement", "University"), value=lambda row: str(row.student.university),
            order="student__university__name", phone=False,
        ),
        *(one for one in Placements.columns if one.key not in ("student", "initiative", "offer", "university")),
        Column("offer", _("Offer"), value=lambda row: str(row.offer), page=False),
        Column("round", pgettext_lazy("placement", "Round"), value=lambda row: str(row.round), page=False),
    ]  # fmt: skip


class OffersOfProgramme(Offers):
    """The offers of a programme, of whichever round."""

    key = ""
    caption = pgettext_lazy("placement", "Offers of the programme")
    filters = [*Offers.filters, ChoiceFilter("round", pgettext_lazy("placement", "Round"), ())]
    columns = [
        *Offers.columns,
        Column("round", pgettext_lazy("placement", "Round"), value=lambda row: str(row.round), page=False),
    ]
