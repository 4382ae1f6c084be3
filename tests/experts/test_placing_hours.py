"""Hours of placements: sent back with the reason, corrected, held to a day over all of a student's placements."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.experts.scenes import Scene, letters, signed_in
from tests.factories.people import PersonFactory
from tests.factories.placing import TutorFactory, hours, in_days, over, running
from vivaio.experts.models import PlacementEvaluation
from vivaio.experts.placing import jobs
from vivaio.experts.placing.actions import placements as actions
from vivaio.experts.placing.states import HoursState, PlacementState, Side
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(ended):
    return ended.placement(running)


def page(name, placement, *more):
    return reverse(f"experts:{name}", args=[placement.pk, *more])


def a_day(days=0):
    return f"{clock.today() - dt.timedelta(days=days):%Y-%m-%d}"


class TestSentBack:
    def test_sending_back_asks_why_and_the_student_reads_it_everywhere(self, ended, placement):
        entry = hours(placement)
        leader, student = signed_in(ended.leader), signed_in(placement.student.person)
        address = page("placement_hours_act", placement, entry.pk, "send-back")
        assert "Scrivi perché" in leader.post(address, {"words": " "}, follow=True).text
        entry.refresh_from_db()
        assert (entry.state, letters("placement_hours_back").count()) == (HoursState.LOGGED, 0)
        leader.post(address, {"words": "Eravamo chiusi."})
        letter = letters("placement_hours_back").get()
        assert letter.person == placement.student.person_id
        assert "Eravamo chiusi." in letter.text
        assert "Eravamo chiusi." in student.get(placement.get_absolute_url()).text
        desk = student.get(reverse("desk:home")).text
        assert "Correggere le ore rimandate" in desk
        assert f"{placement.get_absolute_url()}#hours" in desk

    def test_the_student_corrects_day_hours_and_words_and_it_waits_again(self, ended, placement):
        entry = hours(placement, state=HoursState.SENT_BACK, words="Erano tre.")
        client = signed_in(placement.student.person)
        address = page("placement_hours_correct", placement, entry.pk)
        assert address in client.get(placement.get_absolute_url()).text
        assert "Erano tre." in client.get(address).text
        told = {"day": a_day(2), "hours": "3", "what": "Interviste in cortile"}
        client.post(address, told)
        entry.refresh_from_db()
        assert (entry.day, entry.hours, entry.what) == (clock.today() - dt.timedelta(days=2), 3, told["what"])
        assert (entry.state, entry.words) == (HoursState.LOGGED, "")
        signed_in(ended.leader).post(page("placement_hours_act", placement, entry.pk, "confirm"))
        refused = client.post(address, told | {"hours": "9"}).text
        entry.refresh_from_db()
        assert (entry.hours, entry.state) == (3, HoursState.CONFIRMED)
        assert "si correggono solo" in refused

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ({"day": -2}, "non è ancora arrivato"),
            ({"day": 200}, "fuori dal periodo"),
            ({"day": 1, "hours": "9"}, "più di 12 ore"),
        ],
    )
    def test_a_correction_is_held_to_what_hours_are_held_to(self, placement, typed, why):
        hours(placement, days=1)
        entry = hours(placement, days=3, state=HoursState.SENT_BACK, words="No.")
        told = {"day": a_day(typed["day"]), "hours": typed.get("hours", "4"), "what": "Scrivere"}
        answer = signed_in(placement.student.person).post(
            page("placement_hours_correct", placement, entry.pk), told
        )
        assert (answer.status_code, why in answer.text, "Scrivere" in answer.text) == (422, True, True)

    def test_only_the_student_corrects_and_only_while_it_runs(self, ended, placement):
        entry = hours(placement, state=HoursState.SENT_BACK, words="No.")
        given = {"day": clock.today(), "hours": 2, "what": "x"}
        with pytest.raises(Refused, match="solo lo studente"):
            actions.correct_hours(entry, **given, by=ended.leader)
        type(placement).objects.filter(pk=placement.pk).update(state=PlacementState.ENDED)
        with pytest.raises(Refused, match="in corso"):
            actions.correct_hours(entry, **given, by=placement.student.person)


class TestADay:
    def test_its_twelve_hours_count_over_all_placements_of_the_student(self, ended, placement):
        other = Scene(over)
        person = placement.student.person
        elsewhere = other.placement(running, student=other.student(person=person))
        hours(elsewhere, days=1, hours="8.00")
        given = {"day": clock.today() - dt.timedelta(days=1), "what": "Interviste", "by": person}
        with pytest.raises(Refused, match="tutti i tuoi tirocini"):
            actions.log(placement, hours=5, **given)
        actions.log(placement, hours=4, **given)
        colleague = ended.placement(running, student=ended.student(person=PersonFactory()))
        actions.log(colleague, hours=8, **given | {"by": colleague.student.person})


def test_hours_sent_twice_are_written_once(placement):
    client = signed_in(placement.student.person)
    told = {"day": a_day(1), "hours": "4", "what": "Interviste in cortile"}
    for _press in range(2):
        client.post(page("placement_log", placement), told)
    assert [entry.hours for entry in placement.hours.all()] == [4]
    client.post(page("placement_log", placement), told | {"what": "Trascrizioni"})
    assert placement.hours.count() == 2


def test_a_tutor_is_asked_once_how_it_went_a_week_after_the_end():
    tutor = TutorFactory()
    fields = {"round__programme": tutor.programme, "student__university": tutor.university}
    asked = running(state=PlacementState.DONE, ended_at=in_days(-8), **fields)
    said = running(state=PlacementState.ENDED, ended_at=in_days(-8), **fields)
    PlacementEvaluation.objects.create(placement=said, side=Side.UNIVERSITY, grade=4)
    running(state=PlacementState.DONE, ended_at=in_days(-2), **fields)
    running(state=PlacementState.DONE, ended_at=in_days(-40), **fields)
    jobs.not_told(0)
    with clock.rehearsing(in_days(1)):
        jobs.not_told(0)
    letter = OutgoingLetter.objects.get(letter="experts.placement_not_told")
    assert (letter.recipient_email, letter.subject_id) == (tutor.person.email, asked.pk)
    assert f"/placements/{asked.pk}/evaluate/university/" in letter.text
