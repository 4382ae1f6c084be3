"""The jury of the demo's first stage: five who do not know whose the proposals are."""

import random
from typing import Any

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints.demo import said
from vivaio.blueprints.demo.moments import days_ahead, known, told
from vivaio.calls.models import Call, Criterion
from vivaio.jury.actions import assignment, conflicts, panel, places, ranking, scoring
from vivaio.jury.commenting import actions as commenting
from vivaio.jury.discussing import actions as discussing
from vivaio.jury.discussing import queries as discussions
from vivaio.jury.meeting import actions as meeting
from vivaio.jury.models import Assignment, Juror, Meeting, Panel, RankingEntry
from vivaio.jury.recusing import actions as recusing
from vivaio.jury.states import Aside, AssignmentState, Coming, Confidence, Replacing
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom import queries as letters
from vivaio.people.models import Person

SURE = (Confidence.HIGH, Confidence.MEDIUM, Confidence.HIGH, Confidence.LOW)
DRAWN = "12 27 44 61 83"
SEVERITY = (-0.5, 0.4, 0.0, -0.2, 0.3)


def judged(call: Call, by: Person) -> None:
    """From the invitations to the comments that the applicants read."""
    jury, seats = seated(call, by)
    met(jury, seats, by)
    given_out(jury, by)
    scored(jury)
    discussed(jury)
    with days_ahead(-30, 18):
        scoring.close_due(jury)
    concluded(call, by)


def seated(call: Call, by: Person) -> tuple[Panel, list[Juror]]:
    """Five are invited, accept, and declare that they will tell whom they recognise."""
    with days_ahead(-52, 10):
        jury = panel.ensure(call, by=by)
        scoring.ask_confidence(jury, True, by=by)
        recusing.set_replacing(jury, Replacing.AUTOMATIC, by=by)
        seats = [invited(jury, known(name), by) for name in told()["jurors"]]
    with days_ahead(-50, 20):
        seats = [panel.accept(one, by=known(name)) for one, name in zip(seats, told()["jurors"], strict=True)]
    with days_ahead(-46, 9):
        seats = [conflicts.declare_all(one, [], by=juror_of(one)) for one in seats]
    return jury, seats


def invited(jury: Panel, person: Person, by: Person) -> Juror:
    names = {"given_name": person.given_name, "family_name": person.family_name}
    return panel.invite(jury, email=person.email, **names, capacity=8, language="it", by=by)


def juror_of(seat: Juror) -> Person:
    """Who sits there."""
    if seat.person is None:
        raise ValueError(f"Nobody sits on {seat.pk}.")
    return seat.person


def met(jury: Panel, seats: list[Juror], by: Person) -> None:
    """All five practise on the same three, compare, and write down what they agreed on."""
    held = told()["meeting"]
    rows = list(
        Application.objects.filter(call=jury.call, state=ApplicationState.ADMITTED).order_by("number")
    )
    chosen = [rows[0], rows[4], rows[7]]
    with days_ahead(-46, 10):
        prepared = meeting.prepare(jury, by=by, place=held["place"], applications=chosen)
        meeting.start(prepared, by=by)
    chance = random.Random(2022)  # noqa: S311 invented scores, the same at every run
    with days_ahead(-46, 21):
        for seat, severity in zip(seats, SEVERITY, strict=True):
            meeting.answer(prepared, seat, Coming.YES, by=juror_of(seat))
            for application in chosen:
                values = around(quality(application) + 2 * severity, jury.call, chance)
                meeting.practise(prepared, seat, application, values, by=juror_of(seat))
    agreed(prepared, seats, by)


def agreed(prepared: Meeting, seats: list[Juror], by: Person) -> None:
    """The scores on the table, what was agreed on each criterion, and the end of the meeting."""
    held = told()["meeting"]
    keys = dict(Criterion.objects.filter(call=prepared.panel.call).values_list("key", "pk"))
    with days_ahead(-45, 9, 30):
        meeting.put_on_table(prepared, by=by)
        words = {keys[key]: text for key, text in held["agreed"].items()}
        meeting.note(prepared, held["notes"], words, {one.pk for one in prepared.attendances.all()}, by=by)
        meeting.conclude(prepared, by=by)


def quality(application: Application) -> float:
    """How good it is, as the file says."""
    return next(one["quality"] for one in told()["entries"] if one["title"] == application.title)


def around(middle: float, call: Call, chance: random.Random) -> dict[Any, int]:
    """A score on each criterion, around a middle."""
    criteria = call.criteria.order_by("position")
    return {one.pk: max(1, min(5, round(chance.gauss(middle, 0.5)))) for one in criteria}


def given_out(jury: Panel, by: Person) -> None:
    """By plan; a day later one juror has no time for one of theirs, and another takes it over at once."""
    with days_ahead(-45, 11):
        assignment.apply(assignment.plan(jury, objective="fair", by=by), by=by)
    busy = known(told()["aside"])
    with days_ahead(-44, 18):
        theirs = Assignment.objects.filter(juror__panel=jury, juror__person=busy)
        sheet = theirs.exclude(application__title=told()["discussed"]).order_by("position").first()
        if sheet is not None:
            recusing.step_aside(sheet, Aside.TIME, by=busy)


def scored(jury: Panel) -> None:
    """Every sheet, with how sure the juror is and what the applicants will read."""
    chance = random.Random(2023)  # noqa: S311 invented scores, the same at every run
    criteria = list(jury.call.criteria.order_by("position"))
    for number, seat in enumerate(jury.jurors.select_related("person").order_by("created_at")):
        mine = Assignment.objects.filter(juror=seat).exclude(state=AssignmentState.RECUSED)
        for place, sheet in enumerate(mine.select_related("application").order_by("position")):
            values = around(quality(sheet.application) + SEVERITY[number], jury.call, chance)
            sure = {one.key: SURE[(number + place + at) % len(SURE)] for at, one in enumerate(criteria)}
            with days_ahead(-43 + place, 18 + number % 4, 7 * number):
                words = said.comments(values, criteria, chance)
                scoring.save(sheet, values, confidence=sure, comments=words, by=juror_of(seat))


def discussed(jury: Panel) -> None:
    """Those who read one proposal confirm their scores and talk it over; one of them changes a score."""
    sheets = Assignment.objects.filter(
        juror__panel=jury, application__title=told()["discussed"], state=AssignmentState.DONE
    )
    sheets = list(sheets.select_related("juror__person", "application").order_by("juror__created_at"))
    for number, (sheet, words) in enumerate(zip(sheets, told()["said"], strict=False)):
        with days_ahead(-33 + number, 19):
            thread = discussing.confirm(sheet, by=juror_of(sheet.juror))
            discussing.say(thread, words, by=juror_of(sheet.juror), juror=sheet.juror)
    last = sheets[-1]
    before = last.scores.get(criterion__key="lasting")
    with days_ahead(-31, 19, 20):
        other = {before.criterion_id: before.value + (1 if before.value < 5 else -1)}
        discussing.revise(last, other, reason=told()["revised"], by=juror_of(last.juror))


def concluded(call: Call, by: Person) -> None:
    """The numbers are drawn, the verdict adopted and published; letters and comments reach the applicants."""
    rows = list(Application.objects.filter(call=call, state=ApplicationState.ADMITTED))
    with days_ahead(-28, 10):
        for one in discussions.open_ones(call):
            discussing.close(one, by=by)
        ranking.draw(call, DRAWN, by=by)
        for one in call.rankings.all():
            ranking.adopt(one, by=by, note="La giuria ha lavorato senza conoscere chi si candida.")
        for row in rows:
            commenting.all_ready(row, Panel.objects.get(call=call), by=by)
    with days_ahead(-26, 12):
        places.publish(call, by=by)
    with days_ahead(-25, 10):
        for row in rows:
            let_go(row, by)
    with days_ahead(-24, 10):
        for row in rows:
            commenting.release(row, by=by)


def let_go(application: Application, by: Person) -> None:
    """The letters about an application, or its place in the ranking, that were held have been read, and leave."""
    entries = RankingEntry.objects.filter(application=application).values_list("pk", flat=True)
    subjects = [application.pk, *entries]
    for subject in subjects:
        for letter in letters.held_about(subject):
            mailroom.release(letter.batch, letters=[letter.pk], by=by)
