"""Reads of the editor."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.editor import marks
from vivaio.questionnaires.editor.rules import EDIT
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.program import Problem, compiled
from vivaio.questionnaires.models import DraftStep, Form, FormDraft, FormVersion


def editable_by(person: Person) -> QuerySet[Form]:
    """The forms that a person may change."""
    return Form.objects.filter(programme__in=programmes.programmes_where(person, EDIT)).select_related(
        "programme"
    )


def drafts_of(person: Person) -> QuerySet[FormDraft]:
    """The drafts that a person may work on."""
    return FormDraft.objects.filter(
        form__programme__in=programmes.programmes_where(person, EDIT)
    ).select_related("form__programme", "basis", "changed_by")


def locked(form_id: uuid.UUID) -> FormDraft:
    """The draft of a form under its row lock. Raises `FormDraft.DoesNotExist`."""
    return FormDraft.objects.select_for_update(of=("self",)).select_related("form", "basis").get(form=form_id)


def last_step(draft: FormDraft) -> DraftStep | None:
    """The change that undoing takes back."""
    return draft.steps.select_related("by").first()


def who_changed(draft: FormDraft, *parts: str) -> DraftStep | None:
    """The last change of any of these parts."""
    return draft.steps.filter(part__in=parts).select_related("by").first()


def to_copy(person: Person) -> QuerySet[FormVersion]:
    """The versions that a person may begin a form from: the newest of each form they may read."""
    newest = FormVersion.objects.order_by("form_id", "-number").distinct("form_id").values("pk")
    mine = questionnaires.forms_for(person).values("pk")
    found = FormVersion.objects.filter(pk__in=newest, form__in=mine).select_related("form__programme")
    return found.order_by("form__programme__title", "form__title")


@dataclass(frozen=True)
class Fault:
    """Something to put right before publishing: where, and in words."""

    name: str
    label: str
    column: str
    message: str


def faults(definition: Definition) -> list[Fault]:
    """What stands against publishing, each with the question that it is at."""
    return [_fault(definition, each) for each in compiled(definition).problems]


def _fault(definition: Definition, problem: Problem) -> Fault:
    question = definition.by_name.get(problem.name)
    label = named(definition, question) if question else ""
    return Fault(problem.name if question else "", label, problem.column, problem.message)


def named(definition: Definition, question: Question, language: str = "") -> str:
    """How a question is spoken of: by its label, or else by its name."""
    words = definition.words(question.label, language or questionnaires.language_now())
    return words or question.name


def mark(draft: FormDraft, part: str) -> str:
    """The mark of a part as it stands."""
    return marks.mark(draft.questionnaire, part)


def begun(form: Form) -> QuerySet[FormVersion]:
    """The versions that somebody has begun to answer, with how many."""
    return form.versions.annotate(response_count=Count("responses")).filter(response_count__gt=0)
