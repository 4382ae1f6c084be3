"""Every write of the editor: one change a function, each with the form as it was before, so that it can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.editor import marks, queries, rules, texts, tree
from vivaio.questionnaires.engine.definition import Choice, Definition, Question
from vivaio.questionnaires.models import DraftStep, Form, FormDraft, FormVersion

MOST_STEPS = 50
Make = Callable[[Definition], Definition]


class Stale(Refused):
    """What somebody wanted to save was made from a part that a colleague has changed since."""

    def __init__(self, reason: Any, definition: Definition):
        super().__init__(reason)
        self.definition = definition


@transaction.atomic
def start_form(
    programme: Programme, definition: Definition, *, title: str, title_en: str = "", by: Person
) -> FormDraft:
    """A form that has no version yet, and its draft."""
    require(rules.start, programme, by)
    taken = set(Form.objects.filter(programme=programme).values_list("key", flat=True))
    key = tree.free_name(title, taken, "form").replace("_", "-")
    key = key if key not in taken else tree.free_name(f"{key}-{len(taken)}", taken, "form")
    form = questionnaires.keep_form(programme, key, title=title, title_en=title_en, by=by)
    return begin(form, definition, by=by)


@transaction.atomic
def begin(form: Form, definition: Definition, *, basis: FormVersion | None = None, by: Person) -> FormDraft:
    """Open the draft of a form; one that is open already stays as it is, whoever opened it."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(rules.edit, form, by)
    draft, created = FormDraft.objects.get_or_create(
        form=form, defaults={"definition": definition.to_dict(), "basis": basis, "changed_by": by}
    )
    if created:
        journal.record("questionnaires.draft_begun", form, by=by, programme=form.programme_id)
    return draft


@transaction.atomic
def discard(form: Form, *, by: Person) -> None:
    """Throw the draft away; the versions stay."""
    draft = _locked(form)
    require(rules.edit, draft.form, by)
    draft.delete()
    journal.record("questionnaires.draft_discarded", form, by=by, programme=form.programme_id)


@transaction.atomic
def publish(form: Form, *, seen: str, by: Person) -> FormVersion:
    """The draft becomes the form's next version: exactly the one that was read before publishing."""
    draft = _locked(form)
    definition = draft.questionnaire
    require(rules.publish, draft, by, queries.faults(definition))
    _as_seen(draft, definition, marks.WHOLE, seen)
    version = questionnaires.publish_version(form, definition, by=by)
    title = definition.title
    if title.get("it") and form.title != title["it"]:
        english = title.get("en") or (form.i18n or {}).get("title_en")
        questionnaires.keep_form(form.programme, form.key, title=title["it"], title_en=english, by=by)
    draft.delete()
    return version


@transaction.atomic
def undo(form: Form, *, seen: int, by: Person) -> DraftStep:
    """Take the last change back."""
    draft = _locked(form)
    require(rules.undo, draft, by, seen)
    step = draft.steps.get(number=draft.stamp)
    draft.definition, draft.stamp, draft.changed_by = step.before, draft.stamp - 1, by
    draft.save(update_fields=["definition", "stamp", "changed_by", "updated_at"])
    step.delete()
    journal.record("questionnaires.draft_undone", form, by=by, programme=form.programme_id)
    return step


def add_question(
    form: Form, question: Question, place: str, *, by: Person, choices: Sequence[Choice] = ()
) -> FormDraft:
    """A question at a place; with `choices`, also the list that it names."""

    def make(definition: Definition) -> Definition:
        if question.name in definition.by_name:
            raise Refused(
                _("The name “%(name)s” is taken: give the question another.") % {"name": question.name}
            )
        lists = {**definition.lists, question.choices: tuple(choices)} if choices else definition.lists
        found = tree.put(replace(definition, lists=lists), question, place)
        reason = tree.why_not(definition, found, question.name)
        if reason and "type" in reason:
            raise Refused(reason)
        return found

    return _write(form, marks.question(question.name), "added", make, by=by)


def change_question(
    form: Form, name: str, question: Question, *, seen: str, by: Person, fields: Sequence[str] = ()
) -> FormDraft:
    """Another wording, kind, limit or logic for a question. What stands inside it stays."""

    def make(definition: Definition) -> Definition:
        if question.name != name and question.name in definition.by_name:
            raise Refused(
                _("The name “%(name)s” is taken: give the question another.") % {"name": question.name}
            )
        return tree.with_question(definition, name, question)

    return _write(form, marks.question(name), "changed", make, seen=seen, by=by, fields=fields)


def move_question(form: Form, name: str, *, by: Person, place: str = "", way: int = 0) -> FormDraft:
    """One step up or down, or to a place."""

    def make(definition: Definition) -> Definition:
        _there(definition, name)
        try:
            return tree.moved(definition, name, place) if place else tree.step(definition, name, way)
        except tree.Misplaced as wrong:
            raise Refused(_("It stays where it was: %(why)s.") % {"why": wrong}) from None

    return _write(form, marks.branch(name), "moved", make, by=by)


def double_question(form: Form, name: str, *, by: Person) -> str:
    """A copy just after it; returns the copy's name."""
    found: list[str] = []

    def make(definition: Definition) -> Definition:
        _there(definition, name)
        doubled, twin = tree.doubled(definition, name)
        found.append(twin)
        return doubled

    _write(form, marks.branch(name), "doubled", make, by=by)
    return found[0]


def remove_question(form: Form, name: str, *, seen: str, by: Person) -> FormDraft:
    """Take a question, and all inside it, out of the form."""
    return _write(
        form, marks.branch(name), "removed", lambda each: tree.without(each, name), seen=seen, by=by
    )


def _there(definition: Definition, name: str) -> None:
    if name not in definition.by_name:
        raise Refused(_("A colleague has removed this question meanwhile."))


def _locked(form: Form) -> FormDraft:
    try:
        return queries.locked(form.pk)
    except FormDraft.DoesNotExist:
        raise Refused(
            _("There is no draft any more: a colleague has published it or thrown it away.")
        ) from None


def _as_seen(draft: FormDraft, definition: Definition, part: str, seen: str) -> None:
    """What is saved was made from the part as it stands now, else `Stale` says who changed it."""
    now = marks.mark(definition, part)
    if now and now == seen:
        return
    name = part.partition(":")[2]
    step = queries.who_changed(draft, part, marks.question(name), marks.branch(name))
    who = str(step.by) if step and step.by else _("A colleague")
    if not now:
        words = _(
            "%(who)s has removed this meanwhile. What you typed is still here, so that you can copy it."
        )
    elif part == marks.WHOLE:
        words = _("The draft has changed since you opened this page. Read it as it is now, then go on.")
    else:
        words = _(
            "Not saved: %(who)s has changed this since you opened it. What you typed is still here, and what"
            " stands in the draft now is shown beside it. Save again to keep yours."
        )
    raise Stale(words % {"who": who} if "%(who)s" in words else words, definition)


@transaction.atomic
def _write(
    form: Form,
    part: str,
    what: str,
    make: Make,
    *,
    by: Person,
    seen: str | None = None,
    fields: Sequence[str] = (),
) -> FormDraft:
    """Change the draft under its lock, keep what it was, tell the journal."""
    draft = _locked(form)
    require(rules.edit, draft.form, by)
    before = draft.questionnaire
    if seen is not None:
        _as_seen(draft, before, part, seen)
    after = make(before)
    if after.sha256 == before.sha256:
        return draft
    draft.stamp += 1
    DraftStep.objects.create(
        draft=draft, number=draft.stamp, part=part[:120], what=what, before=draft.definition, by=by
    )
    draft.steps.filter(number__lte=draft.stamp - MOST_STEPS).delete()
    draft.definition, draft.changed_by = after.to_dict(), by
    draft.save(update_fields=["definition", "stamp", "changed_by", "updated_at"])
    journal.record(
        "questionnaires.draft_changed",
        form,
        by=by,
        programme=form.programme_id,
        fields=list(fields) or [what],
    )
    return draft


def set_columns(form: Form, name: str, columns: Mapping[str, Any], *, seen: str, by: Person) -> FormDraft:
    """Give columns of a question (its logic, its limits, its messages) these values."""

    def make(definition: Definition) -> Definition:
        return tree.with_question(definition, name, replace(definition.by_name[name], **columns))

    return _write(form, marks.question(name), "changed", make, seen=seen, by=by, fields=list(columns))


def settle(
    form: Form, title: Mapping[str, str], languages: Sequence[str], *, seen: str, by: Person
) -> FormDraft:
    """The form's title and its languages; what is said in a language that goes is not kept."""

    def make(definition: Definition) -> Definition:
        return replace(texts.in_languages(definition, languages), title=dict(title))

    return _write(form, marks.SETTINGS, "settled", make, seen=seen, by=by, fields=["title", "languages"])


def set_choices(form: Form, name: str, choices: Sequence[Choice], *, seen: str, by: Person) -> FormDraft:
    """What a list offers, in this order; a list without choices goes."""

    def make(definition: Definition) -> Definition:
        lists = {**definition.lists, name: tuple(choices)}
        return replace(definition, lists={key: found for key, found in lists.items() if found})

    return _write(form, marks.choices(name), "listed", make, seen=seen, by=by, fields=["choices"])


@transaction.atomic
def translate(
    form: Form, language: str, typed: Mapping[str, str], drawn: Mapping[str, str], *, by: Person
) -> tuple[FormDraft, dict[str, str]]:
    """Words in a language, by key. What a colleague has changed since `drawn` is left, and handed back."""
    theirs: dict[str, str] = {}

    def make(definition: Definition) -> Definition:
        now = {each.key: each.words.get(language, "") for each in texts.texts(definition)}
        for key, text in typed.items():
            if key not in now:
                theirs[key] = ""
            elif now[key] != drawn.get(key, "") and now[key] != text.strip():
                theirs[key] = now[key]
        return texts.written(
            definition, language, {key: text for key, text in typed.items() if key not in theirs}
        )

    return _write(form, f"texts:{language}", "translated", make, by=by, fields=[f"words_{language}"]), theirs
