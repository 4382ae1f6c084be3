"""Conflicts of interest: found in the records, declared by jurors, recorded and set aside by the staff.

A standing conflict and an assignment never live together: whoever writes the one here ends the other.
"""

from collections.abc import Callable, Collection
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from vivaio.applications.models import Application
from vivaio.journal import actions as journal
from vivaio.jury.advancing import inheriting
from vivaio.jury.awarding import queries as awarding
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.models import Assignment, Clearance, Conflict, ConflictDecision, Juror, Panel, Recusal
from vivaio.jury.queries import conflicts as queries
from vivaio.jury.queries import declaring
from vivaio.jury.queries import panel as panels
from vivaio.jury.rules import conflicts as rules
from vivaio.jury.states import (
    ASSIGNMENT_MOVES,
    CONFLICT_MOVES,
    AsideState,
    AssignmentState,
    ConflictSource,
    ConflictState,
    JurorState,
    Overriding,
)
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person

T = TypeVar("T")


@transaction.atomic
def search(panel: Panel, *, by: Person | None = None) -> int:
    """Look through the records again and write what they say; how many conflicts changed.

    Runs when somebody takes a seat, when applications come or go, before every plan, and by button. What a
    person declared or recorded stays; what was set aside stands again only if the records say something new. Once a
    winner was revealed on stage the verdict stays as it is, and no sheet is taken out of it.
    """
    panel = panels.locked(panel.pk)
    if awarding.on_stage(panel.call):
        return 0
    for inherited in inheriting.inherit(panel):
        end_assignment(inherited.juror_id, inherited.application_id)
    now = queries.found(panel)
    rows = {(c.juror_id, c.application_id): c for c in Conflict.objects.filter(juror__panel=panel)}
    changed = 0
    for pair, grounds in now.items():
        conflict = rows.get(pair)
        if conflict is None:
            conflict = Conflict(juror_id=pair[0], application_id=pair[1], source=ConflictSource.FOUND)
        elif conflict.grounds == grounds:
            continue
        elif conflict.state == ConflictState.DISMISSED and _news(conflict.grounds, grounds):
            move(conflict, ConflictState.STANDING, CONFLICT_MOVES)
            conflict.decided_by, conflict.decision_reason = None, ""
            _keep(panel, pair[0], pair[1], Overriding.FOUND_ANEW, None)
        conflict.grounds = grounds
        conflict.save()
        changed += 1
        if conflict.state == ConflictState.STANDING:
            end_assignment(conflict.juror_id, conflict.application_id)
    for pair, conflict in rows.items():
        if conflict.grounds and pair not in now:
            changed += 1
            _no_longer_found(conflict)
    panel.searched_at = clock.now()
    panel.save(update_fields=["searched_at", "updated_at"])
    if changed or by is not None:
        journal.record("conflicts.searched", panel, by=by)
    return changed


def searched_first(panel: Panel, act: Callable[[], T]) -> T:
    """What `act` does once the records were looked through, all or nothing; where a rule refuses it, what was found
    stays, so that it can be seen and mended.
    """
    with transaction.atomic():
        search(panel)
        try:
            with transaction.atomic():
                return act()
        except Refused as refused:
            kept = refused
    raise kept


@transaction.atomic
def look(panel: Panel, years: int | None, *, by: Person | None) -> int:
    """Staff ask for the search, and say how many years an ended tie counts (None: always); how many changed."""
    panel = panels.locked(panel.pk)
    require(rules.record, panel, by)
    if panel.tie_years != years:
        panel.tie_years = years
        panel.save(update_fields=["tie_years", "updated_at"])
        journal.record("conflicts.window_changed", panel, by=by, fields=["tie_years"])
    return search(panel, by=by)


def _news(before: list[Any], now: list[Any]) -> bool:
    return any(ground not in before for ground in now)


def _no_longer_found(conflict: Conflict) -> None:
    """The records no longer say so: what only they said is gone, what a person said or decided stays."""
    conflict.grounds = []
    if conflict.source == ConflictSource.FOUND and conflict.state == ConflictState.STANDING:
        application, juror = conflict.application_id, conflict.juror_id
        conflict.delete()
        restore(juror, application)
    else:
        conflict.save()


@transaction.atomic
def declare(juror: Juror, application: Application, *, reason: str = "", by: Person) -> Conflict:
    """A juror says "I have a conflict of interest": the application leaves their list at once."""
    juror = _juror(juror)
    require(rules.declare, juror, by)
    if said := _said_already(juror, application, ConflictSource.DECLARED, reason):
        return said
    conflict = _stand(juror, application, ConflictSource.DECLARED, reason, by)
    journal.record("conflict.declared", conflict, by=by)
    return conflict


@transaction.atomic
def declare_all(juror: Juror, applications: Collection[UUID], *, by: Person) -> Juror:
    """The declaration before scoring: the juror went through the applicants and named these (or none).

    What they declared earlier and no longer name is withdrawn, unless the records say it too. In a blind review
    nobody is named: they declare that they will say so when they recognise somebody.
    """
    juror = _juror(juror)
    require(rules.declare, juror, by)
    before, named = queries.in_play(juror.panel), set(applications)
    shown = {application.pk: application for application in before.filter(pk__in=named)}
    if not named <= set(shown):
        raise Refused(rules.unknown_application())
    if not blinding.is_blind(juror.panel.call):
        earlier = {"source": ConflictSource.DECLARED, "state": ConflictState.STANDING}
        for conflict in juror.conflicts.filter(application__in=before.values("pk"), **earlier):
            if conflict.application_id not in named:
                _withdraw(conflict, by)
        for pk in named:
            _stand(juror, shown[pk], ConflictSource.DECLARED, "", by)
    return _declared(juror, by)


def _declared(juror: Juror, by: Person) -> Juror:
    juror.conflicts_declared_at = clock.now()
    juror.save(update_fields=["conflicts_declared_at", "updated_at"])
    journal.record("conflicts.declared", juror, by=by)
    return juror


@transaction.atomic
def name(juror: Juror, application: UUID, *, by: Person) -> Conflict:
    """Of a list too long for one page the juror names one: it stands from now on, whichever page they open next."""
    juror = _juror(juror)
    require(rules.name, juror, by)
    found = declaring.before_jury(juror, application)
    if found is None:
        raise Refused(rules.unknown_application())
    return declare(juror, found, by=by)


@transaction.atomic
def take_back(juror: Juror, application: UUID, *, by: Person) -> None:
    """The juror named the wrong one; what the records or the staff say too stays."""
    juror = _juror(juror)
    require(rules.name, juror, by)
    if declaring.before_jury(juror, application) is None:
        raise Refused(rules.unknown_application())
    conflict = juror.conflicts.filter(application=application, state=ConflictState.STANDING).first()
    if conflict is None:
        return  # pressed twice
    require(rules.take_back, conflict)
    _withdraw(conflict, by)
    journal.record("conflict.taken_back", juror, by=by)


@transaction.atomic
def declare_the_rest(juror: Juror, *, by: Person) -> Juror:
    """The declaration over such a list: whom the juror named stays named, with all the others there is nothing."""
    juror = _juror(juror)
    require(rules.declare, juror, by)
    return _declared(juror, by)


@transaction.atomic
def record(juror: Juror, application: Application, *, reason: str, by: Person | None) -> Conflict:
    """Staff record a conflict that came to their knowledge."""
    juror = _juror(juror)
    require(rules.record, juror.panel, by)
    require(rules.reason, reason)
    if application.call_id != juror.panel.call_id:
        raise Refused(rules.unknown_application())
    if said := _said_already(juror, application, ConflictSource.RECORDED, reason):
        return said
    conflict = _stand(juror, application, ConflictSource.RECORDED, reason, by)
    journal.record("conflict.recorded", conflict, by=by)
    return conflict


@transaction.atomic
def dismiss(conflict: Conflict, *, reason: str, by: Person | None) -> Conflict:
    """Set a conflict aside: the juror may be given the application, or gets it back."""
    conflict = _conflict(conflict)
    require(rules.dismiss, conflict, by, reason)
    move(conflict, ConflictState.DISMISSED, CONFLICT_MOVES)
    conflict.decided_by, conflict.decision_reason = by, reason.strip()
    conflict.save()
    _keep(conflict.juror.panel, conflict.juror_id, conflict.application_id, Overriding.DISMISSED, by, reason)
    restore(conflict.juror_id, conflict.application_id)
    journal.record("conflict.dismissed", conflict, by=by)
    return conflict


@transaction.atomic
def reinstate(conflict: Conflict, *, by: Person | None) -> Conflict:
    """A conflict that was set aside stands again."""
    conflict = _conflict(conflict)
    require(rules.record, conflict.juror.panel, by)
    move(conflict, ConflictState.STANDING, CONFLICT_MOVES)
    conflict.decided_by, conflict.decision_reason = by, ""
    conflict.save()
    _keep(conflict.juror.panel, conflict.juror_id, conflict.application_id, Overriding.REINSTATED, by)
    end_assignment(conflict.juror_id, conflict.application_id)
    journal.record("conflict.reinstated", conflict, by=by)
    return conflict


@transaction.atomic
def clear(panel: Panel, application: Application, *, reason: str, by: Person | None) -> Clearance:
    """An applicant without recorded members or board may be assigned all the same: somebody says why."""
    panel = panels.locked(panel.pk)
    require(rules.clear, application, panel, by, reason)
    decided = {"panel": panel, "reason": reason.strip(), "decided_by": by}
    if pressed_twice := Clearance.objects.filter(application=application, **decided).first():
        return pressed_twice
    clearance, _new = Clearance.objects.update_or_create(application=application, defaults=decided)
    _keep(panel, None, application.pk, Overriding.CLEARED, by, reason)
    journal.record("applicant.cleared", clearance, by=by)
    return clearance


@transaction.atomic
def withdraw_clearance(clearance: Clearance, *, by: Person | None) -> None:
    """Take back such a decision."""
    panel = panels.locked(clearance.panel_id)
    require(rules.record, panel, by)
    if not Clearance.objects.filter(pk=clearance.pk).exists():
        return  # pressed twice
    _keep(panel, None, clearance.application_id, Overriding.WITHDRAWN, by)
    journal.record("applicant.clearance_withdrawn", clearance, by=by)
    clearance.delete()


def _keep(
    panel: Panel, juror: UUID | None, application: UUID, what: Overriding, by: Person | None, reason: str = ""
) -> None:
    """One row more of what was decided and why: the journal, which is written beside it, holds no words of people."""
    ConflictDecision.objects.create(
        panel=panel, juror_id=juror, application_id=application, what=what, by=by, reason=reason.strip()
    )


def _said_already(
    juror: Juror, application: Application, source: ConflictSource, reason: str
) -> Conflict | None:
    """The conflict that stands for these very words: a button pressed twice declares once."""
    told = {"source": source, "reason": reason.strip()[:300], "state": ConflictState.STANDING}
    return Conflict.objects.filter(juror=juror, application=application, **told).first()


def _stand(
    juror: Juror, application: Application, source: ConflictSource, reason: str, by: Person | None
) -> Conflict:
    """The conflict of the pair, standing, with the latest words; the assignment of the pair ends."""
    conflict = Conflict.objects.select_for_update().filter(juror=juror, application=application).first()
    told = conflict and conflict.state == ConflictState.STANDING and conflict.source != ConflictSource.FOUND
    if not told or reason.strip():
        _keep(juror.panel, juror.pk, application.pk, Overriding(source.value), by, reason.strip()[:300])
    if conflict is None:
        conflict = Conflict(juror=juror, application=application, source=source, recorded_by=by)
    elif conflict.state == ConflictState.DISMISSED:
        move(conflict, ConflictState.STANDING, CONFLICT_MOVES)
        conflict.source, conflict.recorded_by = source, by
        conflict.decided_by, conflict.decision_reason = None, ""
    elif conflict.source == ConflictSource.FOUND:
        conflict.source, conflict.recorded_by = source, by
    conflict.reason = reason.strip()[:300] or conflict.reason
    conflict.save()
    end_assignment(conflict.juror_id, conflict.application_id)
    return conflict


def _withdraw(conflict: Conflict, by: Person) -> None:
    _keep(conflict.juror.panel, conflict.juror_id, conflict.application_id, Overriding.TAKEN_BACK, by)
    if conflict.grounds:
        conflict.source, conflict.reason = ConflictSource.FOUND, ""
        conflict.save()
        return
    juror, application = conflict.juror_id, conflict.application_id
    conflict.delete()
    restore(juror, application)


def end_assignment(juror: UUID, application: UUID) -> None:
    """End a pair's assignment; scores already given stay stored and count no more."""
    for assignment in Assignment.objects.select_for_update().filter(juror=juror, application=application):
        if assignment.state != AssignmentState.RECUSED:
            move(assignment, AssignmentState.RECUSED, ASSIGNMENT_MOVES)
            assignment.locked = False
            assignment.save()
            journal.record("assignment.recused", assignment)


def restore(juror: UUID, application: UUID) -> None:
    """What kept a juror away is gone: an assignment that it ended is taken up again where it stood.

    Not while the juror has stepped aside, nor while a conflict stands.
    """
    if (
        Recusal.objects.filter(juror=juror, application=application, state=AsideState.STANDING).exists()
        or Conflict.objects.filter(
            juror=juror, application=application, state=ConflictState.STANDING
        ).exists()
    ):
        return
    for assignment in Assignment.objects.select_for_update().filter(
        juror=juror, application=application, state=AssignmentState.RECUSED
    ):
        move(assignment, AssignmentState.TO_SCORE, ASSIGNMENT_MOVES)
        given = assignment.scores.count()
        if given and given == assignment.application.call.criteria.count():
            move(assignment, AssignmentState.DONE, ASSIGNMENT_MOVES)
        elif given or assignment.private_note:
            move(assignment, AssignmentState.STARTED, ASSIGNMENT_MOVES)
        assignment.save()
        journal.record("assignment.restored", assignment)


def _juror(juror: Juror) -> Juror:
    panel = panels.locked(juror.panel_id)
    found = Juror.objects.select_for_update(of=("self",)).select_related("person").get(pk=juror.pk)
    found.panel = panel
    if found.state in (JurorState.DECLINED, JurorState.REMOVED):
        raise Refused(rules.left(found))
    return found


def _conflict(conflict: Conflict) -> Conflict:
    juror = Juror.objects.get(pk=conflict.juror_id)
    panel = panels.locked(juror.panel_id)
    found = (
        Conflict.objects.select_for_update(of=("self",))
        .select_related("juror")
        .filter(pk=conflict.pk)
        .first()
    )
    if found is None:
        raise Refused(rules.gone())
    found.juror.panel = panel
    return found
