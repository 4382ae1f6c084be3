"""Every write on good practices."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.applications import queries as applications
from vivaio.applications.answers import answers_that_count
from vivaio.applications.models import Application
from vivaio.calls import actions as calls
from vivaio.calls.actions.terms import Line
from vivaio.calls.models import Call, Track
from vivaio.calls.states import CallKind
from vivaio.initiatives.contacting import actions as contacting
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import ContactKind, ContactOrigin
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.kit.texts import write_text, write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Practice, PracticeIntroduction, PracticeMark
from vivaio.publishing.practices import letters, queries, ready_form, rules
from vivaio.publishing.states import PRACTICE_TEXTS, PracticeState, Verdict
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.models import FormVersion

Texts = Mapping[str, Mapping[str, str]]


@transaction.atomic
def lay_form(programme: Programme, *, by: Person | None) -> FormVersion:
    """The ready-made form with the programme's needs and fields; the same questions again are the same version."""
    require(rules.collect, programme, by)
    dimensions, fields = queries.tags_of(programme)
    with override("it"):
        italian = queries.fields_of(programme)
    with override("en"):
        english = queries.fields_of(programme)
    named = {key: {"it": italian[key], "en": english[key]} for key in fields}
    definition = ready_form.definition(dimensions, named, (programme.languages or ["it"])[0])
    titles = dict(definition.title)
    form = questionnaires.keep_form(
        programme, ready_form.KEY, title=titles["it"], title_en=titles.get("en"), by=by
    )
    return questionnaires.publish_version(form, definition, by=by)


@transaction.atomic
def collect(
    programme: Programme,
    *,
    titles: Mapping[str, str],
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    by: Person | None,
) -> Call:
    """A collection in preparation: a call of that kind with the ready-made form and one track."""
    version = lay_form(programme, by=by)
    call = calls.create(programme, by=by, titles=titles, opens_at=opens_at, closes_at=closes_at)
    values = {"kind": CallKind.PRACTICES, "form": version, "title_question": "title"}
    call = calls.amend(call, values, by=by)
    with override("it"):
        track = Track(call=call, title=_("Good practices"), places=100, minimum_score=0)
    with override("en"):
        track.i18n = {"title_en": _("Good practices")}
    return calls.arrange(call, "tracks", [Line(track, ["title"])], by=by)


@transaction.atomic
def take(application: Application, *, by: Person | None) -> Practice:
    """Accept it for publication: a practice in preparation, its text as it was handed in. Once, however often asked."""
    application = applications.locked(application.pk)
    programme = programmes.locked(application.call.programme_id)
    known = Practice.objects.filter(application=application).first()
    if known is not None:
        return known
    answers = answers_that_count(application)
    require(rules.take, application, answers, by)
    texts = ready_form.texts_of(answers, application.title)
    plain = ready_form.plain_of(answers)
    practice = Practice(
        programme=programme,
        application=application,
        organisation=application.organisation,
        slug=free_slug(programme, texts["title"]),
        language=applications.language_of(application),
        written=texts | plain,
        **plain,
    )
    for name in PRACTICE_TEXTS:
        write_text(practice, name, practice.language, texts[name])
    practice.save()
    _tag(practice, ready_form.chosen(answers, "needs"), ready_form.chosen(answers, "fields"))
    journal.record("publishing.practice_taken", practice, by=by)
    letters.taken.enqueue(practice)
    return practice


def free_slug(programme: Programme, title: str) -> str:
    """An address made from the title that no other practice of the programme has; the programme is locked."""
    stem = slugify(title)[:70].strip("-") or "practice"
    taken = queries.slugs_like(programme, stem)
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _tag(practice: Practice, needs: Collection[str], fields: Collection[str]) -> list[str]:
    """Set the tags to those that the programme has; returns what changed."""
    dimensions, known = queries.tags_of(practice.programme, *practice.fields)
    wanted = [one for one in dimensions if one.key in needs]
    before = set(practice.dimensions.values_list("key", flat=True))
    chosen = [key for key in known if key in fields]
    changed = []
    if before != {one.key for one in wanted}:
        practice.dimensions.set(wanted)
        changed.append("dimensions")
    if practice.fields != chosen:
        practice.fields = chosen
        practice.save(update_fields=["fields", "updated_at"])
        changed.append("fields")
    return changed


@transaction.atomic
def edit(practice: Practice, *, texts: Texts, plain: Mapping[str, Any], by: Person | None) -> Practice:
    """Edit the text, per language, while it is in preparation."""
    practice = queries.locked(practice.pk)
    require(rules.change, practice, by)
    changed = [name for name, value in plain.items() if getattr(practice, name) != value]
    for name in changed:
        setattr(practice, name, plain[name])
    changed += write_texts(practice, texts)
    if not changed:
        return practice
    practice.save()
    journal.record("publishing.practice_edited", practice, by=by, fields=sorted(set(changed)))
    return practice


@transaction.atomic
def settle(
    practice: Practice, *, needs: Collection[str], fields: Collection[str], by: Person | None
) -> Practice:
    """Settle which needs it meets and which competences it takes."""
    practice = queries.locked(practice.pk)
    require(rules.settle, practice, by)
    changed = _tag(practice, needs, fields)
    if changed:
        journal.record("publishing.practice_tagged", practice, by=by, fields=changed)
        if practice.is_public:
            programmes.public_changed(practice.programme_id)
    return practice


@transaction.atomic
def ask(practice: Practice, *, by: Person | None) -> Practice:
    """Ask the organisation whether the edited text may go on line."""
    practice = queries.locked(practice.pk)
    require(rules.ask, practice, by)
    practice.asked_at, practice.note = clock.now(), ""
    _moved(practice, PracticeState.ASKED, "publishing.practice_asked", by)
    letters.to_confirm.enqueue(practice)
    return practice


@transaction.atomic
def publish(practice: Practice, *, by: Person | None) -> Practice:
    """Put it on line as it was written."""
    practice = queries.locked(practice.pk)
    require(rules.publish, practice, by)
    return _on_line(practice, by)


@transaction.atomic
def confirm(practice: Practice, *, revision: str, by: Person) -> Practice:
    """The organisation agrees to what it has read: it goes on line."""
    practice = queries.locked(practice.pk)
    require(rules.answer, practice, revision, by)
    practice.confirmed_at, practice.confirmed_by = clock.now(), by
    return _on_line(practice, by)


def _on_line(practice: Practice, by: Person | None) -> Practice:
    practice.published_at, practice.note, practice.reason = clock.now(), "", ""
    _moved(practice, PracticeState.PUBLISHED, "publishing.practice_published", by)
    programmes.public_changed(practice.programme_id)
    letters.on_line.enqueue(practice)
    return practice


@transaction.atomic
def send_back(practice: Practice, *, revision: str, words: str, by: Person) -> Practice:
    """The organisation would have what it has read otherwise, and says how."""
    practice = queries.locked(practice.pk)
    require(rules.answer, practice, revision, by)
    require(rules.with_words, words)
    practice.note = words.strip()
    _moved(practice, PracticeState.DRAFT, "publishing.practice_sent_back", by)
    letters.sent_back.enqueue(practice)
    return practice


@transaction.atomic
def take_back(practice: Practice, *, by: Person | None) -> Practice:
    """Back to its preparation."""
    practice = queries.locked(practice.pk)
    require(rules.take_back, practice, by)
    practice.reason = ""
    return _moved(practice, PracticeState.DRAFT, "publishing.practice_taken_back", by)


@transaction.atomic
def leave_out(practice: Practice, *, reason: str, by: Person | None) -> Practice:
    """It is not published; the organisation reads why."""
    practice = queries.locked(practice.pk)
    require(rules.leave_out, practice, by)
    require(rules.with_words, reason)
    practice.reason = reason.strip()
    _moved(practice, PracticeState.LEFT_OUT, "publishing.practice_left_out", by)
    letters.left_out.enqueue(practice)
    return practice


@transaction.atomic
def withdraw(practice: Practice, *, reason: str, by: Person | None) -> Practice:
    """Off line at once, by the staff or by the organisation whose it is."""
    practice = queries.locked(practice.pk)
    require(rules.withdraw, practice, by)
    require(rules.with_words, reason)
    practice.reason = reason.strip()
    _moved(practice, PracticeState.WITHDRAWN, "publishing.practice_withdrawn", by)
    programmes.public_changed(practice.programme_id)
    letters.withdrawn.enqueue(practice)
    return practice


def _moved(practice: Practice, to: PracticeState, verb: str, by: Person | None) -> Practice:
    move(practice, to, practice.MOVES)
    practice.save()
    journal.record(verb, practice, by=by, fields=["state"])
    return practice


@transaction.atomic
def mark(practice: Practice, initiative: Initiative, verdict: Verdict, *, by: Person) -> PracticeMark:
    """The team says whether it is of use; said again, the last word counts."""
    practice = queries.locked(practice.pk)
    require(rules.mark, practice, initiative, by)
    found = PracticeMark.objects.filter(practice=practice, initiative=initiative).first()
    if found is not None and found.verdict == verdict:
        return found
    found = found or PracticeMark(practice=practice, initiative=initiative)
    found.verdict, found.person = verdict, by
    found.save()
    journal.record("publishing.practice_marked", found, by=by, fields=["verdict"])
    return found


@transaction.atomic
def introduce(
    practice: Practice, initiative: Initiative, *, message: str, by: Person
) -> PracticeIntroduction:
    """Ask to be introduced: it goes on as a contact, and the organisation and the staff read who asks and what for."""
    initiative = initiatives.locked(initiative.pk)
    practice = queries.locked(practice.pk)
    require(rules.introduce, practice, initiative, by)
    require(rules.with_words, message)
    contact = contacting.open_from(
        initiative,
        kind=ContactKind.COLLABORATION,
        who=practice.organisation.name,
        origin=ContactOrigin.PRACTICE,
        source=f"practice:{practice.pk}",
        organisation=practice.organisation,
        notes=message.strip(),
        by=by,
    )
    made = PracticeIntroduction.objects.create(
        practice=practice, initiative=initiative, person=by, message=message.strip(), contact=contact
    )
    journal.record("publishing.practice_introduction", made, by=by)
    letters.introduction.enqueue(made)
    letters.introduction_staff.enqueue(made)
    return made


@transaction.atomic
def forget(person: Person) -> None:
    """What an erased person asked for goes, and where they are whom to ask; what their organisation published stays the
    organisation's."""
    asked = PracticeIntroduction.objects.filter(person=person)
    for contact, message in list(asked.exclude(contact=None).values_list("contact", "message")):
        contacting.take_words_out(contact, message)
    asked.update(person=None, message="")
    PracticeMark.objects.filter(person=person).update(person=None)
    Practice.objects.filter(confirmed_by=person).update(confirmed_by=None)
    for practice in queries.naming(person):
        practice.contact, practice.contact_public = "", False
        practice.written |= {"contact": "", "contact_public": False}
        practice.save()
        journal.record("publishing.practice_contact_gone", practice, fields=["contact"])
        if practice.is_public:
            programmes.public_changed(practice.programme_id)
