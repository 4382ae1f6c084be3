"""Plans as lists: an initiative's, all of a programme's, the cohort on one axis, the milestones of the programme."""

from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.initiatives.planning import drawing, queries
from vivaio.initiatives.states import MilestoneState
from vivaio.kit import clock
from vivaio.kit.formats import short_day
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged

TONES = {"planned": "", "under_way": "now", "reached": "yes", "dropped": "no"}
STANDING = (
    (queries.LATE, _("Late")),
    (queries.DUE_SOON, _("Due within thirty days")),
    (queries.LATER, _("Due later")),
    (queries.REACHED, _("Reached")),
    (queries.DROPPED, _("Dropped")),
)


def state_tag(row: Any) -> Any:
    """The state as a tag; what is late says so."""
    if row.is_late:
        return tagged(_t("Late"), "no")
    return tagged(row.get_state_display(), TONES[row.state])


def moved_from(row: Any) -> str:
    """The first due date, where another stands in its place."""
    return _t("was %(day)s") % {"day": short_day(row.first_due_on)} if row.was_moved else ""


def late_only(rows: QuerySet, answer: str) -> QuerySet:
    return rows.filter(standing=answer)


def in_state(rows: QuerySet, answer: str) -> QuerySet:
    """Only what is late, or only what is not."""
    late = {"due_on__lt": clock.today(), "state__in": queries.MILESTONE_OPEN}
    return rows.filter(**late) if answer == "yes" else rows.exclude(**late)


PERSON = Column("person", _("Who answers for it"), value=lambda row: str(row.person or ""), phone=False)
DUE = Column("due_on", _("Due on"), order="due_on", show=lambda row: short_day(row.due_on), note=moved_from)
FIRST_DUE = Column("first_due_on", _("First due on"), order="first_due_on", page=False)
ENDED = Column("ended_on", _("Closed on"), order="ended_on", page=False)
EVIDENCE = Column("evidence", _("What shows that it is reached"), page=False)


class Plan(Table):
    """An initiative's plan in its own order."""

    caption = _("Milestones")
    nouns = ngettext_lazy("%(n)d milestone", "%(n)d milestones", "n")
    search = ("title", "evidence")
    search_hint = _("Milestone")
    filters = [
        ChoiceFilter("state", _("State"), MilestoneState.choices),
        YesNoFilter("late", _("Late"), narrow=in_state),
    ]
    cards = True
    columns = [
        Column(
            "title",
            _("Milestone"),
            href=lambda row: row.get_absolute_url(),
            note=lambda row: row.evidence,
        ),
        DUE,
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        PERSON,
        EVIDENCE,
        FIRST_DUE,
        ENDED,
    ]
    row_header = "title"


class Plans(Table):
    """Every milestone of a programme, what is late first."""

    key = "initiatives.plans"
    permission = "initiatives.read"
    caption = _("Milestones of all plans")
    nouns = ngettext_lazy("%(n)d milestone", "%(n)d milestones", "n")
    search = ("title", "initiative__title", "initiative__organisation__name")
    search_hint = _("Milestone, initiative or organisation")
    filters = [
        ChoiceFilter("standing", _("How it stands"), STANDING, narrow=late_only),
        ChoiceFilter("state", _("State"), MilestoneState.choices),
    ]
    cards = True
    columns = [
        Column("turn", _("Late first"), order=("turn", "due_on"), page=False, export=False, offered=False),
        Column("title", _("Milestone"), order="title", href=lambda row: row.get_absolute_url()),
        Column(
            "initiative",
            _("Initiative"),
            value=lambda row: row.initiative.title,
            order="initiative__title",
            note=lambda row: row.initiative.organisation.name if row.initiative.organisation else "",
        ),
        DUE,
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        PERSON,
        EVIDENCE,
        FIRST_DUE,
        ENDED,
    ]
    default_order = "turn"
    row_header = "title"


def line(row: Any) -> Any:
    """The plan of one initiative along the axis; its figures stand beside it in words."""
    return render_to_string("initiatives/planning/line.html", {"axis": row.axis, "marks": row.marks})


class Cohort(Table):
    """An initiative a row, its milestones along one axis of time."""

    caption = _("The cohort in time")
    nouns = ngettext_lazy("%(n)d initiative", "%(n)d initiatives", "n")
    search = ("title", "organisation__name")
    search_hint = _("Initiative or organisation")
    columns = [
        Column("title", _("Initiative"), order="title", href=lambda row: row.plan_href),
        Column(
            "line", _("Milestones in time"), value=lambda row: "", show=line, export=False, offered=False
        ),
        Column("reached", _("Reached"), value="reached_milestones", order="reached_milestones", figures=True),
        Column("late", _("Late"), value="late_milestones", order="late_milestones", figures=True),
        Column("all", _("All"), value="all_milestones", order="all_milestones", figures=True),
        Column(
            "next", _("Next milestone"), value="next_title", order="next_due",
            note=lambda row: short_day(row.next_due) if row.next_due else "",
        ),
        Column("next_due", _("Next due on"), order="next_due", page=False),
    ]  # fmt: skip
    default_order = "title"
    row_header = "title"
    per_page = 25

    def drawn(self, axis: drawing.Axis, today: Any, address: Any) -> "Cohort":
        """With the marks of this page's rows worked out."""
        for row in self.page.object_list:
            row.axis = axis
            row.marks = drawing.marks(row.milestones.all(), axis, today)
            row.plan_href = address(row.pk)
        return self


class Shared(Table):
    """The milestones that a programme gives to all."""

    caption = _("Milestones of the programme")
    nouns = ngettext_lazy("%(n)d milestone", "%(n)d milestones", "n")
    cards = True
    columns = [
        Column(
            "title",
            _("Milestone"),
            value="title_i18n",
            order="title",
            href=lambda row: row.get_absolute_url(),
            note=lambda row: row.evidence_i18n,
        ),
        Column("due_on", _("Due on"), order="due_on", show=lambda row: short_day(row.due_on)),
        Column("taken", _("Plans that have it"), value="taken", order="taken", figures=True),
    ]
    row_header = "title"
