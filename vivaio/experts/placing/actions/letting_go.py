"""What placements let go of: with an erased person, and when time is over."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.experts.models import (
    AgreementSignature,
    PlacementEvaluation,
    PlacementHours,
    PlacementInvitation,
    PlacementOffer,
    PlacementStudent,
    UniversityTutor,
)
from vivaio.experts.placing.actions import placements
from vivaio.experts.placing.actions.interns import settle
from vivaio.experts.placing.actions.taking_part import drop_curriculum
from vivaio.experts.placing.queries import placements as queries
from vivaio.experts.placing.queries import taking_part
from vivaio.journal import actions as journal
from vivaio.kit.files import delete_later
from vivaio.people.models import Person

GONE = "—"


@transaction.atomic
def let_go(pk: UUID) -> None:
    """A student who was never placed goes; of one who was, the curriculum and the words go. It may run twice."""
    if not PlacementStudent.objects.filter(pk=pk).exists():
        return  # gone the first time
    student = taking_part.student_locked(pk)
    journal.record("experts.student_forgotten", student, programme=student.programme_id)
    _let_go(student)


def _let_go(student: PlacementStudent) -> bool:
    """Empty the row if something of it must be kept, else delete it; whether it is kept."""
    if taking_part.is_kept(student):
        drop_curriculum(student)
        student.presentation, student.words = "", ""
        student.save()
        return True
    delete_later(student.file)
    student.delete()
    settle(student)
    return False


@transaction.atomic
def forget(person: Person) -> None:
    """Part of somebody's erasure: what initiative and university must keep stays, without who it was."""
    for pk in list(PlacementStudent.objects.filter(person=person).values_list("pk", flat=True)):
        student = taking_part.student_locked(pk)
        with override(person.language):
            placements.leave(student, words=_("The student is no longer here."))
        if _let_go(student):
            PlacementHours.objects.filter(placement__student=student).update(what=GONE, words="")
    _forget_tutor(person)
    AgreementSignature.objects.filter(person=person).update(name=GONE, person=None)
    PlacementEvaluation.objects.filter(person=person).update(text="", person=None)
    PlacementInvitation.objects.filter(email__iexact=person.email).delete()


def _forget_tutor(person: Person) -> None:
    """Whoever followed students, in a team or for a university: what was agreed stays, their name and words go."""
    for field, rows in queries.agreements_naming(person):
        rows.update(**{field: GONE})
    PlacementOffer.objects.filter(tutor=person).update(tutor=None)
    PlacementStudent.objects.filter(vouched_by=person).update(vouched_by=None, words="")
    UniversityTutor.objects.filter(person=person).delete()
