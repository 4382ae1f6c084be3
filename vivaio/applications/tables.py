"""The staff's list of what was handed in to a call."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from vivaio.applications import queries
from vivaio.applications.answers import answers_that_count
from vivaio.applications.checking import queries as checking
from vivaio.applications.finding import conditions
from vivaio.applications.finding import queries as finding
from vivaio.applications.finding.passages import Passages
from vivaio.applications.models import Application, Extract
from vivaio.applications.signing import queries as signing
from vivaio.applications.standing import TONES
from vivaio.applications.states import ApplicationState, ProposalState
from vivaio.calls.models import Call
from vivaio.calls.signing.queries import wanted
from vivaio.kit.links import by_key
from vivaio.kit.statements import Statement
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.kit.tables.columns import in_words
from vivaio.kit.tables.shelf import VIEW, WHOLE
from vivaio.people import queries as people
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Definition

READY, DOUBT, FAILED = "ready", "doubt", "failed"
ANSWER = "answer-"
LONGEST_CELL, LONGEST_WHERE = 160, 4000


OF_APPLICATION = "frozen created_at updated_at declared_at withdrawn_at emptied_at outcome_published_at"
OF_TRACK = "key created_at updated_at description places minimum_score organisation_kinds"
UNSHOWN = (*OF_APPLICATION.split(), *(f"track__{name}" for name in OF_TRACK.split()))
LISTED = Statement(
    lambda call, person: queries.of_call(call, person).defer(*UNSHOWN, *people.unnamed()),
    reads=queries.OF_BOTH,
)


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


def by_conditions(rows: QuerySet, value: str) -> QuerySet:
    if value == FAILED:
        return rows.filter(not_met__gt=0)
    if value == DOUBT:
        return rows.filter(Q(unknown__gt=0) | Q(to_integrate__gt=0), not_met=0)
    return rows.filter(not_met=0, unknown=0, to_integrate=0)


def state_tag(row: Application) -> Any:
    state = ApplicationState(row.state)
    waits = state == ApplicationState.SUBMITTED
    tone, words = ("maybe", undecided_in_words(row)) if waits else (TONES[state], state.label)
    return tagged(words, tone)


def applicant_and_passage(row: Any) -> Any:
    """Who applies and, where words were searched, what of the answers has them."""
    passage = getattr(row, "passage", "")
    return format_html("{}<br>{}", row.applicant_name, passage) if passage else row.applicant_name


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


SIGNATURES = ChoiceFilter(
    "signatures",
    _("Signatures"),
    [
        (signing.SOUND, _("All in order")),
        (signing.DOUBT, _("To be looked at")),
        (signing.BROKEN, _("Not in order")),
    ],
    narrow=signing.standing_among,
)


class Received(Table):
    key = "applications.received"
    permission = "applications.read"
    caption = _("Applications received")
    nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
    search = ("title", "organisation__name", "person__family_name", "number")
    search_hint = _("Words of the answers, title, applicant or number")
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
            narrow=by_conditions,
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
            href=by_key("applications:eligibility"),
            note=applicant_and_passage,
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

    form: Definition | None = None

    @cached_property
    def _where(self) -> tuple[list[conditions.Condition], int]:
        return conditions.read(self.asked(conditions.WHERE)[:LONGEST_WHERE], self.form)

    @property
    def conditions(self) -> list[conditions.Condition]:
        """What is asked of the answers."""
        return self._where[0]

    @property
    def left_out(self) -> int:
        """How many conditions the address asks for that the form knows nothing of."""
        return self._where[1]

    def matching(self, rows: QuerySet, words: list[str]) -> QuerySet:
        return finding.saying(rows, words)

    @property
    def narrowing(self) -> bool | None:
        if self.form is not None and self.conditions:
            return None
        return self._with_answers

    @property
    def _with_answers(self) -> bool:
        return bool(self.export) or any(column.key.startswith(ANSWER) for column in self.shown_columns)

    def narrowed(self, rows: QuerySet) -> QuerySet:
        if self.form is not None and self.conditions:
            extracts = Extract.objects.all()
            for condition in self.conditions:
                extracts = conditions.narrowed(extracts, condition, self.form)
            rows = rows.filter(pk__in=extracts.values("application_id"))
        return rows.defer(None) if self._with_answers else rows

    @cached_property
    def rows(self) -> list[Any]:
        if self.words:
            Passages(self.words, self.form).attach(list(self.page.object_list))
        return super().rows

    @property
    def is_narrowed(self) -> bool:
        return bool(super().is_narrowed or self.conditions)

    @property
    def active(self) -> list[str]:
        if self.form is None:
            return super().active
        return [*super().active, *(conditions.in_words(each, self.form) for each in self.conditions)]

    @property
    def clear_url(self) -> str:
        return self.url(q="", page="", where="", **{filter_.key: "" for filter_ in self.filters})

    @property
    def _kept(self) -> list[tuple[str, str]]:
        where = conditions.written(self.conditions)
        return [*super()._kept, *([(conditions.WHERE, where)] if where else [])]

    def url(self, **changes: Any) -> str:
        where = changes.pop(conditions.WHERE, None)
        url = super().url(**changes)
        if where is None:
            return url
        pairs = [pair for pair in parse_qsl(url[1:]) if pair[0] != conditions.WHERE]
        pairs += [(conditions.WHERE, where)] if where else []
        whole = [(VIEW, WHOLE)] if self.shelf and self.shelf.usual else []
        return "?" + urlencode(pairs or whole, safe=",")

    def takes(self, key: str, value: str) -> bool:
        if key == conditions.WHERE:
            return not conditions.read(value, self.form)[1]
        return super().takes(key, value)


def received(call: Call, asked: Mapping[str, Any] | None = None) -> type[Received]:
    """The staff's list of a call, with a column for each question of its form where one is `asked` for.

    What it exports ends with all of them. Without `asked` they are all there.
    """
    by_two = [
        Column("proposed_by", _("Proposed by"), value=proposer, page=False),
        Column("decided_by", _("Decided by"), value=lambda row: str(row.decided_by or ""), page=False),
    ]
    columns = [*Received.columns, *(by_two if call.two_persons else [])]
    filters = [*Received.filters, *([SIGNATURES] if wanted(call) else [])]
    if call.form is None:
        return type("ReceivedHere", (Received,), {"columns": columns, "filters": filters})
    definition = call.form.questionnaire
    plain = {"form": definition, "columns": columns, "filters": filters}
    if asked is not None and not _answers_asked(asked):
        return type("ReceivedOfForm", (Received,), plain)

    def cell(name: str) -> Callable[[Any], Any]:
        def value(row: Any) -> Any:
            if not hasattr(row, "answer_cells"):
                row.answer_cells = questionnaires.answer_cells(definition, answers_that_count(row))
            return row.answer_cells[name]

        return value

    def show(name: str) -> Callable[[Any], Any]:
        of = cell(name)

        def words(row: Any) -> Any:
            value = in_words(of(row))
            return Truncator(value).chars(LONGEST_CELL) if isinstance(value, str) else value

        return words

    answers = [
        Column(f"{ANSWER}{name}", heading, value=cell(name), show=show(name), page=False, aside=True)
        for name, heading in questionnaires.answer_columns(definition)
    ]
    return type("ReceivedWithAnswers", (Received,), {**plain, "columns": [*columns, *answers]})


def _answers_asked(asked: Mapping[str, Any]) -> bool:
    several = getattr(asked, "getlist", None)
    columns = several("columns") if several else [asked.get("columns", "")]
    return bool(asked.get("export")) or any(ANSWER in str(each) for each in columns)
