"""Leaving placements: the intern's part goes with what made them one; what others signed stays, without names."""

import datetime as dt
import importlib

import pytest
from django.apps import apps

from tests.experts.scenes import Scene, letters
from tests.factories.people import PersonFactory
from tests.factories.placing import (
    agreeing,
    hours,
    over,
    running,
    typed_student,
    wishes,
    with_curriculum,
)
from tests.factories.programmes import holder
from vivaio.experts.models import LearningAgreement, Placement, PlacementRound, PlacementStudent
from vivaio.experts.placing.actions import letting_go, matching, taking_part
from vivaio.experts.placing.actions import placements as actions
from vivaio.experts.placing.forms.taking_part import StudentForm
from vivaio.experts.placing.queries import taking_part as queries
from vivaio.experts.placing.states import PlacementRoundState, PlacementState, Side, StudentState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.people.events import erasing
from vivaio.people.models import Person
from vivaio.programmes.actions import roles
from vivaio.programmes.models import RoleHolding

pytestmark = pytest.mark.django_db


def is_intern(student):
    return RoleHolding.objects.filter(
        person=student.person, programme=student.round.programme, role="intern"
    ).exists()


def vouched(scene, **fields):
    student = scene.student(state=StudentState.APPLIED, **fields)
    return taking_part.vouch(student, words="", by=scene.tutor.person)


def invited(programme, person):
    manager = holder(programme, "manager")
    return roles.invite(programme, email=person.email, role="intern", language="it", by=manager)


def erased(person):
    erasing.send(Person, person=person)


class TestTheRole:
    def test_it_goes_when_the_student_withdraws_and_comes_with_the_tutor_s_word(self, scene):
        student = vouched(scene)
        assert is_intern(student)
        taking_part.withdraw(student, by=student.person)
        assert not is_intern(student)

    def test_it_goes_when_the_tutor_vouches_no_longer(self, scene):
        student = vouched(scene)
        taking_part.decline(student, words="Non più.", by=scene.tutor.person)
        assert not is_intern(student)

    def test_it_goes_when_a_placement_ends_early_and_stays_when_it_is_completed(self, scene):
        left, done = (scene.placement(running, student=vouched(scene)) for _number in range(2))
        actions.end(left, words="Mi trasferisco.", by=left.student.person)
        actions.finish(done, by=scene.leader)
        assert (is_intern(left.student), is_intern(done.student)) == (False, True)

    @pytest.mark.parametrize("how", ["declined", "lapsed"])
    def test_it_goes_with_a_placement_that_was_not_accepted_and_comes_with_the_next(self, scene, how):
        student, other = vouched(scene), scene.offer()
        placement = scene.placement(student=student)
        if how == "declined":
            actions.decline(placement, Side.STUDENT, words="Parto.", by=student.person)
        else:
            Placement.objects.filter(pk=placement.pk).update(answer_by=clock.now())
            actions.lapse(placement.pk)
        assert not is_intern(student)
        wishes(student, other)
        PlacementRound.objects.filter(pk=scene.round.pk).update(preferences_until=clock.now())
        matching.send(matching.compute(scene.round, seen="", by=scene.manager), by=scene.manager)
        assert is_intern(student)

    def test_it_stays_with_whoever_is_an_intern_in_another_round_of_the_programme(self, scene):
        student = vouched(scene)
        other = Scene.__new__(Scene)
        other.__dict__ = {**scene.__dict__, "round": over(programme=scene.programme)}
        other.placement(running, student=other.student(person=student.person))
        taking_part.withdraw(student, by=student.person)
        assert is_intern(student)

    def test_who_was_given_the_role_by_hand_keeps_it_when_the_placement_goes(self, scene):
        student = scene.student(state=StudentState.APPLIED)
        by_hand = RoleHolding.objects.create(programme=scene.programme, person=student.person, role="intern")
        taking_part.vouch(student, words="", by=scene.tutor.person)
        taking_part.withdraw(student, by=student.person)
        assert RoleHolding.objects.filter(pk=by_hand.pk).exists()

    def test_who_takes_it_by_an_invitation_while_placed_keeps_it_too(self, scene):
        student = vouched(scene)
        invitation = invited(scene.programme, student.person)
        roles.accept(invitation, by=student.person)
        taking_part.withdraw(student, by=student.person)
        assert is_intern(student)

    def test_interns_of_before_are_told_apart_by_the_register(self, scene):
        came, by_hand, alone = vouched(scene), vouched(scene), PersonFactory()
        RoleHolding.objects.create(programme=scene.programme, person=alone, role="intern")
        roles.accept(invited(scene.programme, by_hand.person), by=by_hand.person)
        RoleHolding.objects.update(comes_with="")
        importlib.import_module("vivaio.experts.migrations.0008_interns_by_placement").with_placements(
            apps, None
        )
        held = RoleHolding.objects.filter(role="intern", comes_with="placements")
        assert [one.person for one in held] == [came.person]

    def test_that_it_comes_and_goes_is_told_in_the_register(self, scene):
        student = vouched(scene)
        taking_part.withdraw(student, by=student.person)
        told = Record.objects.filter(verb__startswith="experts.intern_").order_by("number")
        assert list(told.values_list("verb", flat=True)) == ["experts.intern_began", "experts.intern_over"]


class TestApplyingAgain:
    def test_the_word_of_before_is_not_the_word_of_now(self, scene):
        student = vouched(scene)
        taking_part.withdraw(student, by=student.person)
        told = typed_student(scene.tutor.university)
        form = StudentForm(told, None, type(scene.tutor.university).objects.all())
        assert form.is_valid(), form.errors
        again = taking_part.apply(scene.round, values=form.values, file=None, by=student.person)
        assert (again.state, again.vouched_by, again.vouched_at) == (StudentState.APPLIED, None, None)
        assert not is_intern(again)


class TestTheAgreement:
    def test_what_is_agreed_is_closed_while_it_runs_whatever_hours_are_confirmed(self, ended):
        placement = ended.placement(running)
        actions.confirm_hours(hours(placement), by=ended.leader)
        agreed = {
            name: getattr(placement.agreement, name)
            for name in ("goals", "activities", "starts_on", "ends_on", "host_tutor", "university_tutor")
        }
        with pytest.raises(Refused, match="è chiuso"):
            actions.write_agreement(placement, values=agreed | {"hours": 1}, by=ended.leader)
        placement.agreement.refresh_from_db()
        assert placement.agreement.hours == 150


class TestErasure:
    def test_what_others_signed_before_it_began_stays_and_ends(self, ended):
        placement = ended.placement(agreeing)
        actions.sign(placement, Side.INITIATIVE, digest=placement.agreement.digest, by=ended.leader)
        erased(placement.student.person)
        placement.refresh_from_db()
        assert (placement.state, placement.agreement.signatures.count()) == (PlacementState.ENDED, 1)
        assert (placement.student.presentation, bool(placement.student.file)) == ("", False)
        told = letters("placement_ended").filter(person=ended.leader.pk).get()
        assert "non è più qui" in told.text

    @pytest.mark.parametrize("make", [agreeing, None])
    def test_what_nobody_else_signed_goes_with_the_student_and_the_team_is_told(self, ended, make):
        placement = ended.placement(make) if make else ended.placement()
        erased(placement.student.person)
        assert not Placement.objects.exists()
        assert not PlacementStudent.objects.exists()
        kind = "placement_ended" if make else "placement_off"
        assert letters(kind).filter(person=ended.leader.pk).exists()

    def test_what_was_under_way_ends_and_its_hours_stay(self, ended):
        placement = ended.placement(running)
        hours(placement, what="Interviste a nomi e cognomi")
        erased(placement.student.person)
        placement.refresh_from_db()
        assert (placement.state, placement.hours.get().what) == (PlacementState.ENDED, "—")

    def test_a_tutor_s_name_leaves_what_was_agreed_and_a_namesake_s_stays(self, ended):
        ended.tutor.person = PersonFactory(given_name="Anna", family_name="Riva")
        ended.tutor.save()
        placement = ended.placement(running)
        elsewhere = Scene(over).placement(running)
        PlacementStudent.objects.update(vouched_by=None)
        student = placement.student
        student.vouched_by, student.words = ended.tutor.person, "La conosco."
        student.save()
        erased(ended.tutor.person)
        names = {
            one.placement_id: (one.host_tutor, one.university_tutor)
            for one in LearningAgreement.objects.all()
        }
        assert names == {
            placement.pk: ("Giulia Ferri", "—"),
            elsewhere.pk: ("Giulia Ferri", "Prof. Anna Riva"),
        }
        student.refresh_from_db()
        assert (student.vouched_by, student.words) == (None, "")

    def test_the_name_of_who_followed_them_in_the_team_leaves_too(self, ended):
        Person.objects.filter(pk=ended.leader.pk).update(given_name="Giulia", family_name="Ferri")
        ended.leader.refresh_from_db()
        placement = ended.placement(running, offer=ended.offer(tutor=ended.leader))
        erased(ended.leader)
        placement.agreement.refresh_from_db()
        placement.offer.refresh_from_db()
        assert (placement.agreement.host_tutor, placement.offer.tutor) == ("—", None)
        assert placement.agreement.university_tutor == "Prof. Anna Riva"


class TestWhenTimeIsOver:
    def due(self, scene):
        PlacementRound.objects.filter(pk=scene.round.pk).update(state=PlacementRoundState.CLOSED)
        return set(queries.left_behind(scene.programme.pk, clock.now() + dt.timedelta(days=1)))

    def test_words_go_even_where_there_was_no_curriculum(self, ended):
        placement = ended.placement(running)
        student = placement.student
        assert self.due(ended) == {student}
        letting_go.let_go(student.pk)
        student.refresh_from_db()
        assert (student.presentation, self.due(ended)) == ("", set())
        assert Placement.objects.filter(pk=placement.pk).exists()

    def test_whoever_was_never_placed_goes_and_what_others_signed_stays(self, ended):
        alone, signed = with_curriculum(ended.student()), ended.placement(agreeing)
        actions.sign(signed, Side.INITIATIVE, digest=signed.agreement.digest, by=ended.leader)
        assert self.due(ended) == {alone, signed.student}
        for one in (alone, signed.student, alone):
            letting_go.let_go(one.pk)
        assert set(PlacementStudent.objects.all()) == {signed.student}
        assert self.due(ended) == set()
