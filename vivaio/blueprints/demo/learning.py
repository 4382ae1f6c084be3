"""What the demo's initiatives learn from others: a collection of good practices, of organisations that do not exist."""

import datetime as dt
from typing import Any

from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo.registering import register
from vivaio.calls import actions as calls
from vivaio.calls.models import Call
from vivaio.calls.states import CallKind
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import TeamPart
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Practice
from vivaio.publishing.practices import actions
from vivaio.publishing.states import Verdict
from vivaio.questionnaires.changes import Change

FIRST_NUMBER = 120
TEXTS = ("title", "need", "done", "partners", "costs", "results", "avoid")


def learn(
    programme: Programme, told: list[dict[str, Any]], initiatives: list[Initiative], by: Person
) -> None:
    """Two practices on line, one with its organisation to confirm; a team asks to meet who did the first."""
    with clock.rehearsing(days_ago(61)):
        call = opened(programme, by)
    with clock.rehearsing(days_ago(40)):
        handed_in = [applied(call, one, FIRST_NUMBER + number) for number, one in enumerate(told)]
    found = [accepted(one, text["english"], by) for one, text in zip(handed_in, told, strict=True)]
    for practice, application in zip(found[:-1], handed_in, strict=False):
        confirmed(actions.ask(practice, by=by), application)
    texts = {"done": {"it": found[-1].done.replace("in dieci case", "in dieci case del quartiere")}}
    actions.ask(actions.edit(found[-1], texts=texts, plain={}, by=by), by=by)
    leader = TeamMember.objects.get(initiative=initiatives[0], part=TeamPart.LEADER).person
    actions.mark(found[0], initiatives[0], Verdict.USEFUL, by=leader)
    actions.introduce(
        found[0], initiatives[0], by=leader,
        message="Anche noi vorremmo un fondo tra botteghe: ci raccontate come avete scritto il regolamento?",
    )  # fmt: skip


def days_ago(days: int) -> dt.datetime:
    """A full hour so many days ago."""
    return clock.now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(days=days)


def opened(programme: Programme, by: Person) -> Call:
    """The blueprint's collection, moved so that it takes practices for forty days from tomorrow."""
    opens_at = days_ago(-1)
    window = {"opens_at": opens_at, "closes_at": opens_at + dt.timedelta(days=40)}
    call = Call.objects.get(programme=programme, kind=CallKind.PRACTICES)
    return calls.publish(calls.amend(call, window, by=by), by=by)


def applied(call: Call, one: dict[str, Any], number: int) -> Application:
    """An organisation registers, tells its practice and agrees to its publication."""
    person = people.account(*one["person"].split(" ", 1))
    organisation = register(one["org"], OrganisationKind.COOPERATIVE, person, number)
    application = applications.start(call.tracks.get(), by=person, organisation=organisation)
    answers = {name: one[name] for name in (*TEXTS, "needs", "sectors")}
    answers |= {"fields": one["needs"], "place": "Milano", "consent": "OK"}
    applications.save(application, [Change(path, value) for path, value in answers.items()], by=person)
    return applications.submit(application, by=person, declared=True, noticed=True)


def accepted(application: Application, english: str, by: Person) -> Practice:
    """The staff finds it eligible, accepts it for publication and gives it an English title."""
    practice = actions.take(applications.admit(application, by=by), by=by)
    return actions.edit(practice, texts={"title": {"en": english}}, plain={}, by=by)


def confirmed(practice: Practice, application: Application) -> Practice:
    """Whoever told it reads it with its English title, and agrees."""
    return actions.confirm(practice, revision=practice.revision, by=application.created_by)
