"""What placements let go of: with an erased person, and when time is over."""

from uuid import UUID

from django.db import transaction

from vivaio.experts.models import (
    AgreementSignature,
    PlacementEvaluation,
    PlacementHours,
    PlacementInvitation,
    PlacementStudent,
    UniversityTutor,
)
from vivaio.experts.placing.actions.taking_part import drop_curriculum
from vivaio.experts.placing.queries import taking_part as queries
from vivaio.journal import actions as journal
from vivaio.kit.files import delete_later
from vivaio.people.models import Person


@transaction.atomic
def let_go(pk: UUID) -> None:
    """A student who was never placed goes; of one who was, the curriculum and the words go. It may run twice."""
    student = queries.student_locked(pk)
    journal.record("experts.student_forgotten", student, programme=student.programme_id)
    if student.placements.exclude(started_at=None).exists():
        _empty(student)
    else:
        delete_later(student.file)
        student.delete()


def _empty(student: PlacementStudent) -> None:
    drop_curriculum(student)
    student.presentation, student.words = "", ""
    student.save()


@transaction.atomic
def forget(person: Person) -> None:
    """Part of somebody's erasure: what initiative and university must keep stays, without who it was."""
    for pk in list(PlacementStudent.objects.filter(person=person).values_list("pk", flat=True)):
        student = queries.student_locked(pk)
        if student.placements.exclude(started_at=None).exists():
            _empty(student)
            PlacementHours.objects.filter(placement__student=student).update(what="—", words="")
        else:
            delete_later(student.file)
            student.delete()
    AgreementSignature.objects.filter(person=person).update(name="—", person=None)
    PlacementEvaluation.objects.filter(person=person).update(text="", person=None)
    UniversityTutor.objects.filter(person=person).delete()
    PlacementInvitation.objects.filter(email__iexact=person.email).delete()
