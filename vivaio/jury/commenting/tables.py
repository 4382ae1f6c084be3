"""The comments of a call, and its applications with how theirs stand, for the staff."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from vivaio.applications.models import Application
from vivaio.calls.models import Call
from vivaio.jury.commenting import queries, rules
from vivaio.jury.models import Panel
from vivaio.jury.states import IN_A_STAGE, CommentState, Outcome
from vivaio.jury.work_tables import APPLICATIONS, JUROR_NAMES
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter

COMMENTS = ngettext_lazy("%(n)d comment", "%(n)d comments", "n")
SHORT = 160


def opening(text: str) -> str:
    """The first words of a comment, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[:SHORT].rsplit(" ", 1)[0] + "…"


class Comments(Table):
    """Every comment that counts: what it says, and where it stands."""

    key = "jury.comments"
    permission = "scores.read"
    caption = _("Comments for the applicants")
    nouns = COMMENTS
    search = (
        "text",
        "assignment__application__title",
        "assignment__application__organisation__name",
        "assignment__application__person__family_name",
        *(f"assignment__juror__{name}" for name in JUROR_NAMES),
    )
    search_hint = _("Words of a comment, application or juror")
    filters = (
        ChoiceFilter("state", _("State"), CommentState.choices),
        ChoiceFilter("criterion", _("Criterion"), (), "criterion__key"),
        ChoiceFilter("track", _("Track"), (), "assignment__application__track__key"),
    )
    default_order = "number"
    row_header = "application"

    def __init__(self, call: Call, data: Any, **more: Any) -> None:
        choices = {
            "criterion": [(one.key, str(one)) for one in call.criteria.all()],
            "track": [(one.key, str(one)) for one in call.tracks.all()],
        }
        super().__init__(queries.in_call(call), data, choices=choices, **more)
        page = reverse("jury:comments", args=[call.programme.slug, call.slug])
        self.columns = (
            Column(
                "number",
                _("No."),
                value="assignment.application.number",
                order=("assignment__application__number", "criterion__position", "pk"),
                figures=True,
                page=False,
            ),
            Column(
                "application",
                _("Application"),
                value=lambda row: row.assignment.application.title,
                show=lambda row: f"{row.assignment.application.number}. {row.assignment.application.title}",
                href=lambda row: f"{page}{row.assignment.application_id}/",
                order="assignment__application__title",
                note=lambda row: row.about,
            ),
            Column("about", _("Criterion"), value="about", order="criterion__position", page=False),
            Column("juror", _("Juror"), value=lambda row: str(row.assignment.juror), phone=False,
                   order=("assignment__juror__family_name", "assignment__juror__email")),
            Column("text", _("Comment"), show=lambda row: opening(row.text) or "–"),
            Column("state", _("State"), value="get_state_display", order="state", template="jury/commenting/tag.html"),
            Column("asked", _("Why it should be rewritten"), value="asked_reason", page=False),
            Column("withheld", _("Why it is withheld"), value="withheld_reason", page=False),
        )  # fmt: skip


def told(application: Application) -> str:
    """The outcome, once the applicant knows it."""
    entry = queries.entry_of(application)
    if entry is None or application.outcome_published_at is None:
        return _t("Not told yet")
    return entry.get_outcome_display()


def stands(application: Any) -> str:
    """How the comments of an application stand, in words."""
    tally = queries.tally_of(application)
    said = [
        (pgettext("comments", "released"), tally.released),
        (pgettext("comments", "to be read"), tally.to_read),
        (pgettext("comments", "being rewritten"), tally.asked),
        (pgettext("comments", "ready"), tally.ready),
        (pgettext("comments", "withheld"), tally.withheld),
        (pgettext("comments", "missing"), tally.missing),
    ]
    return " · ".join(f"{count} {words}" for words, count in said if count) or "–"


class Reading:
    """What stands against releasing the comments of each application of a call, for one person."""

    def __init__(self, panel: Panel, person: Any):
        self.panel, self.person = panel, person
        self.refused = rules.may_release(panel, person)

    def why_not(self, application: Any) -> str:
        """In words; nothing where they can go."""
        tally, entry = queries.tally_of(application), queries.entry_of(application)
        return str(self.refused or rules.can_go(entry, application, tally) or "")


class Releasing(Table):
    """The judged applications: whether their comments can go, and what went."""

    key = "jury.releasing"
    permission = "scores.read"
    caption = _("Applications and their comments")
    nouns = APPLICATIONS
    search = ("title", "organisation__name", "person__family_name", "person__given_name")
    search_hint = _("Title or applicant")
    filters = (
        ChoiceFilter("outcome", _("Outcome"), (), "ranking_entry__outcome"),
        ChoiceFilter("track", _("Track"), (), "track__key"),
        YesNoFilter(
            "released",
            pgettext_lazy("comments", "Released"),
            narrow=lambda rows, value: (
                rows.filter(comments_released__gt=0) if value == "yes" else rows.filter(comments_released=0)
            ),
        ),
    )
    default_order = "number"
    row_header = "title"

    def __init__(self, call: Call, data: Any, reading: Reading, **more: Any) -> None:
        words = IN_A_STAGE if call.leads_on else {one: one.label for one in Outcome}
        choices = {
            "outcome": [(one.value, words[one]) for one in Outcome],
            "track": [(one.key, str(one)) for one in call.tracks.all()],
        }
        super().__init__(queries.applications(call), data, choices=choices, **more)
        page = reverse("jury:comments", args=[call.programme.slug, call.slug])
        self.columns = (
            Column("number", _("No."), order="number", figures=True, page=False),
            Column(
                "title",
                _("Application"),
                show=lambda row: f"{row.number}. {row.title}",
                href=lambda row: f"{page}{row.pk}/",
                order="title",
                note=lambda row: row.applicant_name,
            ),
            Column("applicant", _("Applicant"), value="applicant_name", page=False),
            Column("outcome", _("Outcome told"), value=told, order="ranking_entry__outcome"),
            Column("comments", _("Comments"), value=stands),
            Column("release", _("What stands against it"), value=reading.why_not, phone=False),
        )
