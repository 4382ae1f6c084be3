"""The addresses of engagements, sessions and hours given."""

from django.urls import path

from vivaio.experts.engaging.views import engagement, lists, sessions

OF = "programmes/<slug:programme>/experts/"
ONE = "experts/engagements/<uuid:pk>/"
SESSION = "experts/sessions/<uuid:pk>/"

urlpatterns = [
    path(f"{OF}engagements/", lists.index, name="engagements"),
    path(f"{OF}hours/", lists.hours, name="hours"),
    path(f"{OF}hours/sessions/", lists.given, name="given"),
    path(f"{OF}hours/value/", lists.value, name="hour_value"),
    path("experts/mine/engagements/", lists.mine, name="mine_engagements"),
    path(ONE, engagement.show, name="engagement"),
    path(f"{ONE}terms/", engagement.change, name="engagement_terms"),
    path(f"{ONE}call-off/", engagement.drop, name="engagement_drop"),
    path(f"{ONE}end/", engagement.end, name="engagement_end"),
    path(f"{ONE}extend/", engagement.extend, name="engagement_extend"),
    path(f"{ONE}evaluate/", engagement.evaluate, name="engagement_evaluate"),
    path(f"{ONE}note/", engagement.note, name="engagement_note"),
    path(f"{ONE}sessions.ics", engagement.ics, name="engagement_ics"),
    path(f"{ONE}sessions/propose/", sessions.propose, name="session_propose"),
    path(f"{ONE}sessions/record/", sessions.record, name="session_record"),
    path(f"{ONE}act/<slug:act>/", engagement.act, name="act_on_engagement"),
    path(SESSION, sessions.show, name="session"),
    path(f"{SESSION}accept/", sessions.accept, name="session_accept"),
    path(f"{SESSION}move/", sessions.shift, name="session_move"),
    path(f"{SESSION}cancel/", sessions.cancel, name="session_cancel"),
    path(f"{SESSION}hours/", sessions.tell, name="session_tell"),
    path(f"{SESSION}confirm/", sessions.confirm, name="session_confirm"),
    path(f"{SESSION}note/", sessions.note, name="session_note"),
    path(f"{SESSION}session.ics", sessions.ics, name="session_ics"),
]
