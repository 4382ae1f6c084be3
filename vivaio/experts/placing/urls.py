"""The addresses of placements."""

from django.urls import path

from vivaio.experts.placing.views import inviting, offers, placements, rounds, students

OF = "programmes/<slug:programme>/placements/"
ROUND = "placements/rounds/<uuid:pk>/"
STUDENT = "placements/students/<uuid:pk>/"
OFFER = "placements/offers/<uuid:pk>/"
ONE = "placements/<uuid:pk>/"

urlpatterns = [
    path(OF, rounds.index, name="placements"),
    path(f"{OF}new/", rounds.new, name="placement_round_new"),
    path(f"{OF}all/", rounds.every, name="placement_all"),
    path(f"{OF}offers/", rounds.every_offer, name="placement_offers_all"),
    path(f"{OF}tutors/", inviting.tutors, name="placement_tutors"),
    path(f"{OF}universities/", inviting.university, name="placement_university"),
    path(ROUND, rounds.show, name="placement_round"),
    path(f"{ROUND}edit/", rounds.edit, name="placement_round_edit"),
    path(f"{ROUND}students/", rounds.students, name="placement_students"),
    path(f"{ROUND}offers/", rounds.offers, name="placement_offers"),
    path(f"{ROUND}matching/", rounds.match, name="placement_matching"),
    path(f"{ROUND}send/", rounds.send, name="placement_send"),
    path(f"{ROUND}placements/", rounds.listed, name="placement_list"),
    path(f"{ROUND}invite/", inviting.students, name="placement_invite"),
    path(f"{ROUND}apply/", students.apply, name="placement_apply"),
    path(f"{ROUND}<slug:act>/", rounds.act, name="placement_round_act"),
    path("placements/invitations/<str:token>/", inviting.invited, name="placement_invited"),
    path("placements/invitations/<uuid:pk>/<slug:act>/", inviting.act, name="placement_invitation_act"),
    path("placements/tutors/<uuid:pk>/dismiss/", inviting.dismiss, name="placement_tutor_dismiss"),
    path("placements/mine/", students.mine, name="placements_mine"),
    path("placements/university/", students.tutored, name="placements_tutored"),
    path(STUDENT, students.show, name="placement_student"),
    path(f"{STUDENT}edit/", students.edit, name="placement_student_edit"),
    path(f"{STUDENT}curriculum/", students.curriculum, name="placement_curriculum"),
    path(f"{STUDENT}preferences/", students.wishes, name="placement_wishes"),
    path(f"{STUDENT}<slug:act>/", students.act, name="placement_student_act"),
    path("initiatives/<uuid:pk>/placements/", offers.tab, name="placement_tab"),
    path("initiatives/<uuid:pk>/placements/offer/", offers.new, name="placement_offer_new"),
    path(OFFER, offers.show, name="placement_offer"),
    path(f"{OFFER}edit/", offers.edit, name="placement_offer_edit"),
    path(f"{OFFER}students/", offers.ranks, name="placement_ranks"),
    path(f"{OFFER}<slug:act>/", offers.act, name="placement_offer_act"),
    path(ONE, placements.show, name="placement"),
    path(f"{ONE}agreement/", placements.agreement, name="placement_agreement"),
    path(f"{ONE}agreement.pdf", placements.agreement_paper, name="placement_agreement_paper"),
    path(f"{ONE}hours.pdf", placements.sheet, name="placement_hours_paper"),
    path(f"{ONE}hours/", placements.log, name="placement_log"),
    path(f"{ONE}hours/<uuid:entry>/", placements.correct, name="placement_hours_correct"),
    path(f"{ONE}hours/<uuid:entry>/<slug:act>/", placements.hours_act, name="placement_hours_act"),
    path(f"{ONE}grant/", placements.grant, name="placement_grant"),
    path(f"{ONE}sign/<slug:side>/", placements.sign, name="placement_sign"),
    path(f"{ONE}evaluate/<slug:side>/", placements.evaluate, name="placement_evaluate"),
    path(f"{ONE}answer/<slug:side>/<slug:answer>/", placements.answer, name="placement_answer"),
    path(f"{ONE}<slug:act>/", placements.act, name="placement_act"),
]
