"""The staff's list of what was handed in to a call."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from vivaio.applications.answers import answers_that_count
from vivaio.applications.checking import queries as checking
from vivaio.applications.models import Application
from vivaio.applications.standing import TONES
from vivaio.applications.states import ApplicationState, ProposalState
from vivaio.calls.models import Call
from vivaio.kit.tables import ChoiceFilter, Column, Table
from vivaio.questionnaires import queries as questionnaires

READY, DOUBT, FAILED = "ready", "doubt", "failed"


def conditions_in_words(row: Any) -> str:
    """How the conditions of a row stand, in a word or two."""
    if row.not_met:
        return ngettext("%(n)d not met", "%(n)d not met", row.not_met) % {"n": row.not_met}
    if row.to_integrate:
        words = ngettext("%(n)d to be integrated", "%(n)d to be integrated", row.to_integrate)
        return words % {"n": row.to_integrate}
    if row.unknown:
        return ngettext("%(n)d to be checked", "%(n)d to be checked", row.unknown) % {"n": row.unknown}
    return _t("All met") if row.checked else _t("No conditions")


def narrowed(rows: QuerySet, value: str) -> QuerySet:
    if value == FAILED:
        return rows.filter(not_met__gt=0)
    if value == DOUBT:
        return rows.filter(Q(unknown__gt=0) | Q(to_integrate__gt=0), not_met=0)
    return rows.filter(not_met=0, unknown=0, to_integrate=0)


def state_tag(row: Application) -> Any:
    state = ApplicationState(row.state)
    waits = state == ApplicationState.SUBMITTED
    tone, words = ("maybe", undecided_in_words(row)) if waits else (TONES[state], state.label)
    return format_html('<span class="vv-tag{}">{}</span>', f" vv-{tone}" if tone else "", words)


def proposer(row: Application) -> str:
    """Who proposed the decision that stands, or waits."""
    found = checking.waiting(row) or checking.confirmed(row)
    return str(found.proposed_by or "") if found else ""


def undecided_in_words(row: Any) -> Any:
    """How far a row is on its way to a decision."""
    if row.proposed:
        return _t("Waits for your confirmation") if row.mine_to_confirm else _t("Waits for confirmation")
    if row.last_proposal == ProposalState.SENT_BACK:
        return _t("Sent back: to be decided again")
    return _t("To be decided")


class Received(Table):
    key = "applications.received"
    permission = "applications.read"
    caption = _("Applications received")
    nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
    search = ("title", "organisation__name", "person__family_name", "number")
    search_hint = _("Title, applicant or number")
    filters = [
        ChoiceFilter("track", _("Track"), ()),
        ChoiceFilter(
            "state",
            _("State"),
            [choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT],
        ),
        ChoiceFilter(
            "conditions",
            _("Conditions"),
            [(READY, _("All met")), (DOUBT, _("To be checked")), (FAILED, _("Not met"))],
            narrow=narrowed,
        ),
        ChoiceFilter(
            "queue",
            _("Queue"),
            [
                (checking.TO_CHECK, _("To check and decide")),
                (checking.TO_CONFIRM, _("Waiting for my confirmation")),
                (checking.PROPOSED, _("Waiting for somebody’s confirmation")),
                (checking.SENT_BACK, _("Sent back")),
            ],
            narrow=checking.narrowed,
        ),
    ]
    columns = [
        Column("number", _("No."), order="number", figures=True),
        Column(
            "title",
            _("Application"),
            value=str,
            order="title",
            href=lambda row: reverse("applications:eligibility", args=[row.pk]),
            note=lambda row: row.applicant_name,
        ),
        Column("applicant", _("Applicant"), value="applicant_name", order="organisation__name", page=False),
        Column("track", _("Track"), value=lambda row: str(row.track), order="track__position", phone=False),
        Column("state", _("State"), value="get_state_display", order="state", show=state_tag),
        Column("conditions", _("Conditions"), value=conditions_in_words, order=("not_met", "unknown")),
        Column("submitted_at", _("Handed in"), order="submitted_at", phone=False),
        Column("reason", _("Reason"), value="decision_reason", page=False),
        Column("digest", _("SHA-256 of the answers"), page=False),
    ]
    row_header = "title"
    default_order = "number"


def received(call: Call) -> type[Received]:
    """The staff's list of a call; what it exports ends with a column for each question of the call's form."""
    by_two = [
        Column("proposed_by", _("Proposed by"), value=proposer, page=False),
        Column("decided_by", _("Decided by"), value=lambda row: str(row.decided_by or ""), page=False),
    ]
    columns = [*Received.columns, *(by_two if call.two_persons else [])]
    if call.form is None:
        return type("ReceivedHere", (Received,), {"columns": columns})
    definition = call.form.questionnaire

    def cell(name: str) -> Callable[[Any], Any]:
        def value(row: Any) -> Any:
            if not hasattr(row, "answer_cells"):
                row.answer_cells = questionnaires.answer_cells(definition, answers_that_count(row))
            return row.answer_cells[name]

        return value

    asked = [
        Column(f"answer-{name}", heading, value=cell(name), page=False, offered=False)
        for name, heading in questionnaires.answer_columns(definition)
    ]
    return type("ReceivedWithAnswers", (Received,), {"columns": [*columns, *asked]})
