"""An application goes on to the next stage: a draft there, with the same team and the answers that are asked again."""

from django.db import transaction

from vivaio.applications import answers, events, queries
from vivaio.applications.continuing import letters, rules
from vivaio.applications.models import Application, Writer
from vivaio.calls.models import Call, Track
from vivaio.journal import actions as journal
from vivaio.kit.rules import Refused, require
from vivaio.people.models import Person
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires import queries as forms


@transaction.atomic
def go_on(previous: Application, into: Call, *, by: Person | None, hold: bool = False) -> Application | None:
    """Open the draft in the stage after; nothing is done where it is there already. The team gets a letter.

    Who may go on is decided by the caller, on an adopted verdict. Raises `Refused` as `rules.enter` says.
    """
    into = queries.locked_call(into.pk)  # pressed twice, the second finds what the first has opened
    require(rules.enter, into)
    if Application.objects.filter(continues=previous).exists():
        return None
    form = into.form
    if form is None:
        raise Refused(rules.enter(into))
    carried = forms.carried(
        answers.answers_that_count(previous), previous.response.questionnaire, form.questionnaire
    )
    made = Application.objects.create(
        call=into,
        track=Track.objects.get(call=into, key=previous.track.key),
        organisation=previous.organisation,
        person=previous.person,
        continues=previous,
        created_by=previous.submitted_by or previous.created_by,
        response=questionnaires.start_response(form, by=by, carried=carried),
        title=previous.title,
    )
    Writer.objects.bulk_create(
        Writer(application=made, person_id=one.person_id, wrote_at=one.wrote_at)
        for one in previous.writers.all()
    )
    journal.record("application.went_on", made, by=by, programme=into.programme_id)
    events.continued.send(Application, application=made)
    letters.goes_on.enqueue(made, hold=hold)
    return made
