"""Placements: taking part, preferences, the stable matching, the agreement of three, hours, the grant."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.experts.scenes import Scene, letters, signed_in
from tests.factories.funding import able, funded, invoiced
from tests.factories.people import PersonFactory, RelationFactory
from tests.factories.placing import (
    OfferFactory,
    PlacementInvitationFactory,
    TutorFactory,
    agreeing,
    hours,
    over,
    running,
    typed_agreement,
    typed_offer,
    typed_student,
    wishes,
    with_curriculum,
)
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.experts.models import (
    OfferRank,
    Placement,
    PlacementInvitation,
    PlacementMatching,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    UniversityTutor,
)
from vivaio.experts.placing import computing
from vivaio.experts.placing.actions import letting_go, matching
from vivaio.experts.placing.actions import placements as actions
from vivaio.experts.placing.actions import rounds as round_actions
from vivaio.experts.placing.queries import placements_of
from vivaio.experts.placing.states import OfferState, PlacementState, Side, StudentState
from vivaio.funding.actions import claims
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.methods.placing import blocking
from vivaio.people.models import Relation

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


class TestStudents:
    def test_a_pasted_list_is_invited_once_each_cancelled_and_sent_again(self, scene):
        client = signed_in(scene.manager)
        page = reverse("experts:placement_invite", args=[scene.round.pk])
        text = "Una <una@example.org>; due@example.org\nUNA@example.org"
        answer = client.post(page, {"emails": text, "language": "it", "message": "Venite!"}, follow=True)
        assert "2 inviti" in answer.text
        assert letters("placement_invitation").count() == 2
        first = PlacementInvitation.objects.get(email="una@example.org")
        client.post(reverse("experts:placement_invitation_act", args=[first.pk, "resend"]))
        first.refresh_from_db()
        assert first.state == "cancelled"
        again = PlacementInvitation.objects.get(email="una@example.org", state="sent")
        client.post(reverse("experts:placement_invitation_act", args=[again.pk, "cancel"]))
        assert not PlacementInvitation.objects.filter(email="una@example.org", state="sent").exists()
        wrong = client.post(page, {"emails": "due@@example", "language": "it"})
        assert wrong.status_code == 422
        assert "due@@example" in wrong.text

    def test_a_student_applies_with_a_curriculum_and_the_tutor_vouches(self, scene):
        person = PersonFactory(given_name="Elisa", family_name="Conti")
        PlacementInvitationFactory(round=scene.round, email=person.email)
        told = typed_student(
            scene.tutor.university, file=SimpleUploadedFile("cv.pdf", PDF, "application/pdf")
        )
        answer = signed_in(person).post(
            reverse("experts:placement_apply", args=[scene.round.pk]), told, follow=True
        )
        assert "tutor della tua università" in answer.text
        student = PlacementStudent.objects.get(person=person)
        assert PlacementInvitation.objects.get(email=person.email).state == "accepted"
        assert letters("student_to_vouch").get().person == scene.tutor.person_id
        client = signed_in(scene.tutor.person)
        client.post(reverse("experts:placement_student_act", args=[student.pk, "vouch"]), {"words": "Brava."})
        student.refresh_from_db()
        assert student.state == StudentState.VOUCHED
        assert "Brava." in letters("student_vouched").get().text

    def test_what_is_no_document_is_refused_and_nothing_typed_is_lost(self, scene):
        told = typed_student(
            scene.tutor.university, file=SimpleUploadedFile("cv.pdf", b"MZ\x90\x00", "application/pdf")
        )
        answer = signed_in(PersonFactory()).post(
            reverse("experts:placement_apply", args=[scene.round.pk]), told
        )
        assert answer.status_code == 422
        assert "Design dei servizi" in answer.text

    def test_under_eighteen_is_refused_in_words(self, scene):
        minor = PersonFactory(born_on=clock.today() - dt.timedelta(days=16 * 365))
        page = signed_in(minor).get(reverse("experts:placement_apply", args=[scene.round.pk]))
        assert "maggiorenni" in page.text

    def test_another_university_s_tutor_sees_nothing(self, scene):
        other = TutorFactory(programme=scene.programme)
        student = with_curriculum(scene.student())
        client = signed_in(other.person)
        for name in ("placement_student", "placement_curriculum"):
            assert client.get(reverse(f"experts:{name}", args=[student.pk])).status_code == 404
        assert str(student) not in client.get(reverse("experts:placements_tutored")).text

    def test_a_curriculum_is_served_to_the_round_s_initiatives_while_the_student_takes_part(self, scene):
        student = with_curriculum(scene.student())
        address = reverse("experts:placement_curriculum", args=[student.pk])
        client = signed_in(scene.leader)
        assert client.get(address).status_code == 404
        scene.offer()
        assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
        signed_in(student.person).post(
            reverse("experts:placement_student_act", args=[student.pk, "withdraw"])
        )
        assert client.get(address).status_code == 404
        student.refresh_from_db()
        assert not student.file

    def test_a_team_reads_whom_it_may_choose_and_afterwards_only_who_is_placed_with_it(self, scene):
        offer, student = scene.offer(), with_curriculum(scene.student())
        addresses = [
            reverse(f"experts:{name}", args=[student.pk])
            for name in ("placement_student", "placement_curriculum")
        ]
        client = signed_in(scene.leader)
        assert [client.get(one).status_code for one in addresses] == [200, 200]
        for fields in ({"preferences_until": clock.now()}, {"state": "sent"}, {"state": "closed"}):
            PlacementRound.objects.filter(pk=scene.round.pk).update(**fields)
            assert [client.get(one).status_code for one in addresses] == [404, 404]
        placement = scene.placement(offer=offer, student=student)
        assert [client.get(one).status_code for one in addresses] == [200, 200]
        actions.decline(placement, Side.STUDENT, words="Parto.", by=student.person)
        assert [client.get(one).status_code for one in addresses] == [404, 404]
        page = client.get(placement.get_absolute_url()).text
        assert (student.get_absolute_url() in page, str(student) in page) == (False, True)

    def test_a_tutor_accepts_the_invitation(self, scene):
        made = round_actions.invite_tutor(
            scene.programme, email="prof@example.org", university=scene.tutor.university, language="it",
            message="", by=scene.manager,
        )  # fmt: skip
        person = PersonFactory(email="prof@example.org")
        signed_in(person).post(reverse("experts:placement_invited", args=[made.token]), {"accept": "yes"})
        assert UniversityTutor.objects.filter(person=person, university=scene.tutor.university).exists()


class TestOffers:
    def test_an_offer_is_seen_once_the_programme_has_checked_it(self, scene):
        student = scene.student()
        told = typed_offer(scene.round, scene.leader, grant="500", send="yes")
        client = signed_in(scene.leader)
        client.post(reverse("experts:placement_offer_new", args=[scene.initiative.pk]), told)
        offer = PlacementOffer.objects.get()
        assert (offer.state, offer.grant) == (OfferState.ASKED, Decimal("500.00"))
        page = reverse("experts:placement_offer", args=[offer.pk])
        assert signed_in(student.person).get(page).status_code == 404
        act = reverse("experts:placement_offer_act", args=[offer.pk, "publish"])
        client.post(act, {"words": ""})
        offer.refresh_from_db()
        assert offer.state == OfferState.ASKED, "a leader does not check"
        signed_in(scene.manager).post(act, {"words": ""})
        assert signed_in(student.person).get(page).status_code == 200

    def test_only_a_leader_offers(self, scene):
        answer = signed_in(scene.manager).get(
            reverse("experts:placement_offer_new", args=[scene.initiative.pk])
        )
        assert '<form method="post" novalidate>' not in answer.text


class TestPreferences:
    def test_a_student_ranks_changes_and_may_not_repeat_a_place(self, scene):
        student, one, two = scene.student(), scene.offer(), scene.offer()
        client, page = signed_in(student.person), reverse("experts:placement_wishes", args=[student.pk])
        client.post(page, {f"place_{one.pk}": "2", f"place_{two.pk}": "1"})
        assert [wish.offer for wish in student.wishes.order_by("position")] == [two, one]
        answer = client.post(page, {f"place_{one.pk}": "1", f"place_{two.pk}": "1"})
        assert answer.status_code == 422
        client.post(page, {f"place_{one.pk}": "1"})
        assert [wish.offer for wish in student.wishes.all()] == [one]

    def test_an_initiative_ranks_and_refuses_and_does_not_see_the_wishes(self, scene):
        first, second, third = (scene.student() for _number in range(3))
        offer = scene.offer()
        wishes(first, offer)
        client, page = signed_in(scene.leader), reverse("experts:placement_ranks", args=[offer.pk])
        client.post(page, {f"place_{second.pk}": "1", f"place_{third.pk}": "out"})
        held = dict(OfferRank.objects.values_list("student", "position"))
        assert held == {second.pk: 1, third.pk: None}
        assert "Preferenze</h2>" not in client.get(first.get_absolute_url()).text

    def test_of_many_lines_the_place_is_written(self, scene):
        student = scene.student()
        offers = [scene.offer() for _number in range(35)]
        client, page = signed_in(student.person), reverse("experts:placement_wishes", args=[student.pk])
        shown = client.get(page).text
        assert "<option" not in shown
        assert len(shown) < 120_000
        client.post(page, {f"place_{offers[7].pk}": "2", f"place_{offers[30].pk}": "1"})
        assert [wish.offer for wish in student.wishes.order_by("position")] == [offers[30], offers[7]]
        assert client.get(page).context["form"].rows[0][0] == offers[30], "the first choice stands first"
        for wrong in ("36", "0", "uno"):
            assert client.post(page, {f"place_{offers[7].pk}": wrong}).status_code == 422
        answer = client.post(page, {f"place_{offers[1].pk}": "1", f"place_{offers[2].pk}": "1"})
        assert answer.status_code == 422
        assert student.wishes.count() == 2

    def test_of_many_students_one_is_out_by_a_box(self, scene):
        first, second, *_others = (scene.student() for _number in range(35))
        offer = scene.offer()
        client, page = signed_in(scene.leader), reverse("experts:placement_ranks", args=[offer.pk])
        both = {f"place_{second.pk}": "2", f"out_{second.pk}": "on"}
        assert client.post(page, both).status_code == 422
        assert not OfferRank.objects.exists()
        client.post(page, {f"place_{first.pk}": "1", f"out_{second.pk}": "on"})
        assert dict(OfferRank.objects.values_list("student", "position")) == {first.pk: 1, second.pk: None}
        assert client.get(page).text.count(" checked") == 1

    def test_after_the_date_nothing_changes(self, ended):
        student, offer = ended.student(), ended.offer()
        client, page = signed_in(student.person), reverse("experts:placement_wishes", args=[student.pk])
        assert "scaduto" in client.get(page).text
        client.post(page, {f"place_{offer.pk}": "1"})
        assert not student.wishes.exists()


class TestMatching:
    def test_it_waits_for_the_date(self, scene):
        with pytest.raises(Refused, match="possono ancora cambiare"):
            matching.compute(scene.round, seen="", by=scene.manager)

    def test_the_preview_says_who_goes_where_and_why(self, ended):
        offer, other = ended.offer(), ended.offer()
        liked, second, silent = ended.student(), ended.student(), ended.student()
        wishes(liked, offer)
        wishes(second, offer, other)
        OfferRank.objects.create(offer=offer, student=liked, position=1)
        client, page = signed_in(ended.manager), reverse("experts:placement_matching", args=[ended.round.pk])
        client.post(page, {"seen": ""})
        text = client.get(page).text
        assert "i suoi posti sono andati a chi" in text
        assert "Non ha espresso preferenze" in text
        found = PlacementMatching.objects.get()
        client.post(reverse("experts:placement_send", args=[ended.round.pk]), {"seen": str(found.pk)})
        assert dict(Placement.objects.values_list("student", "offer")) == {
            liked.pk: offer.pk,
            second.pk: other.pk,
        }
        assert letters("student_unplaced").get().person == silent.person_id
        told = signed_in(second.person).get(Placement.objects.get(student=second).get_absolute_url()).text
        assert "i suoi posti sono andati a chi" in told

    def test_whoever_is_tied_or_refused_is_never_placed(self, ended):
        tied, refused = ended.student(), ended.student()
        offer = ended.offer(places=5)
        RelationFactory(person=tied.person, organisation=ended.initiative.organisation, kind="family")
        wishes(tied, offer)
        wishes(refused, offer)
        OfferRank.objects.create(offer=offer, student=refused, position=None)
        found = matching.compute(ended.round, seen="", by=ended.manager)
        assert [one.offer for one in computing.outcomes(found.inputs)] == [None, None]

    def test_what_changed_since_is_computed_anew(self, ended):
        student, offer = ended.student(), ended.offer()
        wishes(student, offer)
        found = matching.compute(ended.round, seen="", by=ended.manager)
        assert computing.digest(found.inputs) == found.digest
        wishes(ended.student(), offer)
        with pytest.raises(Refused, match="ricalcola"):
            matching.send(found, by=ended.manager)
        again = matching.compute(ended.round, seen=str(found.pk), by=ended.manager)
        assert matching.send(again, by=ended.manager) == 1

    def test_a_place_that_comes_free_is_matched_again(self, ended):
        student, next_one, offer = ended.student(), ended.student(), ended.offer()
        wishes(student, offer)
        wishes(next_one, offer)
        OfferRank.objects.create(offer=offer, student=student, position=1)
        matching.send(matching.compute(ended.round, seen="", by=ended.manager), by=ended.manager)
        placement = Placement.objects.get()
        actions.decline(placement, Side.STUDENT, words="Parto.", by=student.person)
        matching.send(matching.compute(ended.round, seen="", by=ended.manager), by=ended.manager)
        assert Placement.objects.get(state=PlacementState.PROPOSED).student == next_one

    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_no_pair_would_both_rather_have_each_other(self, data):
        """What is frozen as inputs gives, whatever the preferences, a matching that no pair blocks."""
        students, offers = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
        lists = st.lists(st.integers(0, offers - 1), unique=True)
        orders = st.lists(st.integers(0, students - 1), unique=True)
        inputs = {
            "students": [f"s{n}" for n in range(students)],
            "offers": [f"o{n}" for n in range(offers)],
            "wishes": [data.draw(lists) for _number in range(students)],
            "orders": [data.draw(orders) for _number in range(offers)],
            "places": [data.draw(st.integers(0, 3)) for _number in range(offers)],
            "shut": [],
        }
        found = computing.outcome(inputs)
        assert blocking(found, inputs["wishes"], inputs["orders"], places=inputs["places"]) == []
        told = computing.outcomes(inputs)
        assert [one.wish for one in told] == list(found.wish)
        left = computing.empty_places(inputs)
        assert sum(left.values()) + sum(one.offer is not None for one in told) == sum(inputs["places"])


@pytest.mark.django_db(transaction=True)
def test_two_managers_sending_at_once_send_once():
    with transaction.atomic():
        scene = Scene(over)
        other = holder(scene.programme, "manager")
        wishes(scene.student(), scene.offer())
    found = matching.compute(scene.round, seen="", by=scene.manager)
    answers = at_once(
        lambda: matching.send_seen(found, seen=str(found.pk), by=scene.manager),
        lambda: matching.send_seen(found, seen=str(found.pk), by=other),
    )
    assert sorted(isinstance(one, Refused) for one in answers) == [False, True]
    assert Placement.objects.count() == 1
    assert letters("student_placed").count() == 1


class TestPlacement:
    def test_both_accept_the_three_sign_and_it_runs(self, ended):
        placement = ended.placement()
        student = placement.student.person
        for person, side in ((student, "student"), (ended.leader, "initiative")):
            address = reverse("experts:placement_answer", args=[placement.pk, side, "accept"])
            signed_in(person).post(address, {"words": ""})
        placement.refresh_from_db()
        assert placement.state == PlacementState.AGREEING
        assert Relation.objects.get(origin__startswith=f"placement:{placement.pk}").kind == "employment"
        signed_in(ended.leader).post(
            reverse("experts:placement_agreement", args=[placement.pk]), typed_agreement()
        )
        digest = placement.agreement.digest
        sides = {"student": student, "initiative": ended.leader, "university": ended.tutor.person}
        for side, person in sides.items():
            address = reverse("experts:placement_sign", args=[placement.pk, side])
            signed_in(person).post(address, {"digest": digest})
        placement.refresh_from_db()
        assert placement.state == PlacementState.RUNNING
        paper = signed_in(student).get(reverse("experts:placement_agreement_paper", args=[placement.pk]))
        assert paper.content.startswith(b"%PDF-1.7")
        assert list(placements_of(ended.programme)) == [placement]

    def test_another_text_voids_the_signatures(self, ended):
        placement = ended.placement(agreeing)
        old = placement.agreement.digest
        actions.sign(placement, Side.STUDENT, digest=old, by=placement.student.person)
        signed_in(ended.tutor.person).post(
            reverse("experts:placement_agreement", args=[placement.pk]), typed_agreement(hours="200")
        )
        page = signed_in(placement.student.person).get(placement.get_absolute_url()).text
        assert page.count("Da firmare") == 3
        with pytest.raises(Refused, match="è cambiato"):
            actions.sign(placement, Side.INITIATIVE, digest=old, by=ended.leader)

    def test_nobody_signs_for_two_sides(self, ended):
        TutorFactory(programme=ended.programme, university=ended.tutor.university, person=ended.leader)
        placement = ended.placement(agreeing)
        digest = placement.agreement.digest
        actions.sign(placement, Side.INITIATIVE, digest=digest, by=ended.leader)
        with pytest.raises(Refused, match="altra parte"):
            actions.sign(placement, Side.UNIVERSITY, digest=digest, by=ended.leader)

    def test_what_is_not_accepted_in_time_is_over(self, ended):
        placement = ended.placement(answer_by=clock.now() - dt.timedelta(minutes=1))
        actions.lapse(placement.pk)
        actions.lapse(placement.pk)
        placement.refresh_from_db()
        assert placement.state == PlacementState.LAPSED
        with pytest.raises(Refused):
            actions.accept(placement, Side.STUDENT, by=placement.student.person)

    def test_hours_are_written_confirmed_and_counted(self, ended):
        placement = ended.placement(running)
        client = signed_in(placement.student.person)
        address = reverse("experts:placement_log", args=[placement.pk])
        today = f"{clock.today():%Y-%m-%d}"
        client.post(address, {"day": today, "hours": "5", "what": "Interviste"})
        too_many = client.post(address, {"day": today, "hours": "8", "what": "Ancora"})
        assert (too_many.status_code, "Ancora" in too_many.text) == (422, True)
        future = f"{clock.today() + dt.timedelta(days=2):%Y-%m-%d}"
        assert client.post(address, {"day": future, "hours": "1", "what": "Domani"}).status_code == 422
        every = reverse("experts:placement_act", args=[placement.pk, "confirm-all"])
        client.post(every)
        assert placements_of(ended.programme).get().hours_confirmed == 0
        signed_in(ended.leader).post(every)
        assert placements_of(ended.programme).get().hours_confirmed == Decimal("5.00")
        sheet = client.get(reverse("experts:placement_hours_paper", args=[placement.pk]))
        assert sheet.content.startswith(b"%PDF-1.7")

    def test_it_ends_and_each_side_says_how_it_went(self, ended):
        placement = ended.placement(running)
        hours(placement)
        finish = reverse("experts:placement_act", args=[placement.pk, "finish"])
        client = signed_in(ended.leader)
        assert "ancora da confermare" in client.post(finish, follow=True).text
        client.post(reverse("experts:placement_act", args=[placement.pk, "confirm-all"]))
        client.post(finish)
        address = reverse("experts:placement_evaluate", args=[placement.pk, "university"])
        signed_in(ended.tutor.person).post(address, {"grade": "5", "text": "Ha imparato molto."})
        assert "Ha imparato molto." in client.get(placement.get_absolute_url()).text

    def test_it_ends_early_with_a_reason(self, ended):
        placement = ended.placement(running)
        actions._tie(placement)
        address = reverse("experts:placement_act", args=[placement.pk, "end"])
        client = signed_in(placement.student.person)
        client.post(address, {"words": " "})
        placement.refresh_from_db()
        assert placement.state == PlacementState.RUNNING
        client.post(address, {"words": "Mi trasferisco."})
        placement.refresh_from_db()
        assert placement.state == PlacementState.ENDED
        assert Relation.objects.get(origin__startswith=f"placement:{placement.pk}").until == clock.today()


class TestGrant:
    def test_it_is_awarded_once_and_only_after_the_three_signed(self):
        programme, manager = funded("1000.00")
        initiative, _leader = able(programme=programme)
        row = over(programme=programme, state="sent")
        waiting, begun = (
            make(round=row, offer=OfferFactory(round=row, initiative=initiative, grant=Decimal("600.00")))
            for make in (agreeing, running)
        )
        with pytest.raises(Refused, match="solo dopo"):
            actions.grant(waiting, document="Determina 1", by=manager)
        client = signed_in(manager)
        client.post(reverse("experts:placement_grant", args=[begun.pk]), {"document": "Determina 1"})
        begun.refresh_from_db()
        assert (begun.award.amount, begun.award.kind) == (Decimal("600.00"), "placement")
        with pytest.raises(Refused, match="già assegnata"):
            actions.grant(begun, document="Determina 2", by=manager)

    def test_it_goes_to_the_student_and_whoever_manages_money_hears_of_an_early_end(self):
        programme, manager = funded("1000.00")
        initiative, leader = able(programme=programme)
        row = over(programme=programme, state="sent")
        offer = OfferFactory(round=row, initiative=initiative, grant=Decimal("600.00"))
        begun = actions.grant(running(round=row, offer=offer), document="Determina 1", by=manager)
        page = signed_in(leader).get(reverse("funding:claim_new", args=[begun.award.pk])).text
        assert "Il tirocinante, oppure" in page
        others, own = (invoiced(begun.award, leader, "300.00", payee_code=code)
                       for code in ("00743110157", "RSSMRA80A01H501U"))  # fmt: skip
        with pytest.raises(Refused, match="il beneficiario indicato è un altro"):
            claims.submit(others, by=leader)
        claims.submit(own, by=leader)
        end = reverse("experts:placement_act", args=[begun.pk, "end"])
        signed_in(begun.student.person).post(end, {"words": "Mi trasferisco."})
        told = OutgoingLetter.objects.get(letter="experts.grant_to_look_at", person=manager.pk)
        assert "600,00" in told.text
        assert "Mi trasferisco." in told.text


class TestPrivacy:
    def test_an_erased_student_leaves_hours_and_no_words(self, ended):
        placement = ended.placement(running)
        student = with_curriculum(placement.student)
        hours(placement, what="Interviste a nomi e cognomi")
        letting_go.forget(student.person)
        student.refresh_from_db()
        assert (student.presentation, bool(student.file)) == ("", False)
        assert placement.hours.get().what == "—"

    def test_a_student_without_a_placement_goes_with_their_file(self, scene):
        student = with_curriculum(scene.student())
        letting_go.forget(student.person)
        assert not PlacementStudent.objects.exists()
