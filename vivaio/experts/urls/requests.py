"""The addresses of requests and matching."""

from django.urls import path

from vivaio.experts.views import matching, requests

urlpatterns = [
    path("initiatives/<uuid:pk>/experts/", requests.tab, name="tab"),
    path("initiatives/<uuid:pk>/experts/ask/", requests.ask, name="ask"),
    path("programmes/<slug:programme>/experts/requests/", requests.index, name="requests"),
    path("programmes/<slug:programme>/experts/matching/", matching.matching, name="matching"),
    path("programmes/<slug:programme>/experts/matching/send/", matching.send_round, name="send_round"),
    path("experts/requests/<uuid:pk>/", requests.show, name="request"),
    path("experts/requests/<uuid:pk>/edit/", requests.edit, name="edit_request"),
    path("experts/requests/<uuid:pk>/propose/<uuid:profile>/", requests.propose, name="propose"),
    path("experts/requests/<uuid:pk>/<slug:act>/", requests.act, name="act_on_request"),
    path("experts/proposals/<uuid:pk>/", matching.proposal, name="proposal"),
    path("experts/proposals/<uuid:pk>/instead/", matching.instead, name="instead"),
    path("experts/proposals/<uuid:pk>/answer/<slug:answer>/", matching.answer, name="answer"),
    path("experts/proposals/<uuid:pk>/<slug:act>/", matching.adjust, name="adjust"),
]
